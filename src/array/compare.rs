//! Equality of arrays: same type, same length, nulls in the same places, and same values where there are values.
//!
//! Neither offsets nor what lies in null slots nor where the bytes of variable-width values lie makes a difference. Values
//! that are there are compared run by run: as memory where equality of values is equality of bytes.
#![forbid(unsafe_code)]

use super::access::Native;
use super::bits::SetRuns;
use super::{ArrayData, Element, Half, Physical};
use crate::buffer::bitmap;
use crate::err;
use crate::error::Result;

/// What counts as equal among floating-point numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Equality {
    /// Whether "not a number" equals itself.
    pub nans_equal: bool,
    /// Whether 0.0 and -0.0 differ.
    pub signed_zeros_differ: bool,
    /// Numbers that are at most this far apart are equal too.
    pub tolerance: f64,
}

impl Equality {
    /// The same equality, by which numbers that are at most `tolerance` apart are equal too.
    pub fn with_tolerance(self, tolerance: f64) -> Result<Self> {
        if !tolerance.is_finite() || tolerance < 0.0 {
            return Err(err!(
                InvalidArgument,
                "tolerance must be finite and not negative"
            ));
        }
        Ok(Equality { tolerance, ..self })
    }

    #[inline]
    fn holds(&self, a: f64, b: f64) -> bool {
        let zeros = self.signed_zeros_differ & (a == 0.0) & (b == 0.0);
        let same = (a == b) & !(zeros & (a.is_sign_negative() != b.is_sign_negative()));
        // The difference of equal infinities is no number; `same` has them.
        let near = !zeros & (self.tolerance > 0.0) & ((a - b).abs() <= self.tolerance);
        same | near | (self.nans_equal & a.is_nan() & b.is_nan())
    }
}

/// Whether two arrays are equal.
pub fn equal(a: &ArrayData, b: &ArrayData, equality: &Equality) -> bool {
    a.len() == b.len() && same_type(a, b) && values_equal(a, 0, b, 0, a.len(), equality)
}

/// Whether `length` values of `a` from `a_start` on equal those of `b` from `b_start` on.
pub fn equal_range(
    a: &ArrayData,
    a_start: usize,
    b: &ArrayData,
    b_start: usize,
    length: usize,
    equality: &Equality,
) -> Result<bool> {
    for (array, start) in [(a, a_start), (b, b_start)] {
        if start > array.len() || length > array.len() - start {
            return Err(err!(
                OutOfRange,
                "{} values at offset {} exceed an array of {} values",
                length,
                start,
                array.len()
            ));
        }
    }
    Ok(same_type(a, b) && values_equal(a, a_start, b, b_start, length, equality))
}

fn same_type(a: &ArrayData, b: &ArrayData) -> bool {
    std::ptr::eq(a.data_type(), b.data_type()) || a.data_type().equals(b.data_type(), false)
}

fn values_equal(
    a: &ArrayData,
    a_start: usize,
    b: &ArrayData,
    b_start: usize,
    length: usize,
    equality: &Equality,
) -> bool {
    if !nulls_equal(a, a_start, b, b_start, length) {
        return false;
    }
    let bits = a.validity().map(|bits| bits.as_slice());
    let mut runs = SetRuns::new(bits, a.offset() + a_start, length);
    let ends = |start: usize| (a_start + start, b_start + start);
    match (a.physical(), a.element()) {
        (Physical::Null, _) => true,
        (Physical::Bits, _) => runs.all(|(start, len)| {
            let (at_a, at_b) = ends(start);
            let (at_a, at_b) = (a.offset() + at_a, b.offset() + at_b);
            bitmap::equal(a.bytes(1), at_a, b.bytes(1), at_b, len)
        }),
        (Physical::Fixed(_), Element::F16) => runs.all(|(start, len)| {
            let (at_a, at_b) = ends(start);
            floats_equal::<Half, 2>(a, at_a, b, at_b, len, equality, |half| half.to_f32().into())
        }),
        (Physical::Fixed(_), Element::F32) => runs.all(|(start, len)| {
            let (at_a, at_b) = ends(start);
            floats_equal::<f32, 4>(a, at_a, b, at_b, len, equality, f64::from)
        }),
        (Physical::Fixed(_), Element::F64) => runs.all(|(start, len)| {
            let (at_a, at_b) = ends(start);
            floats_equal::<f64, 8>(a, at_a, b, at_b, len, equality, f64::from)
        }),
        (Physical::Fixed(width), _) => runs.all(|(start, len)| {
            let (at_a, at_b) = ends(start);
            let a = a.fixed_run(at_a, len, width);
            a.is_some() && a == b.fixed_run(at_b, len, width)
        }),
        (Physical::Binary, _) => runs.all(|(start, len)| {
            let (at_a, at_b) = ends(start);
            bytes_equal::<i32, 4>(a, at_a, b, at_b, len)
        }),
        (Physical::LargeBinary, _) => runs.all(|(start, len)| {
            let (at_a, at_b) = ends(start);
            bytes_equal::<i64, 8>(a, at_a, b, at_b, len)
        }),
    }
}

fn nulls_equal(
    a: &ArrayData,
    a_start: usize,
    b: &ArrayData,
    b_start: usize,
    length: usize,
) -> bool {
    let (at_a, at_b) = (a.offset() + a_start, b.offset() + b_start);
    match (a.validity(), b.validity()) {
        (None, None) => true,
        (Some(a), None) => bitmap::count_set(a.as_slice(), at_a, length) == length,
        (None, Some(b)) => bitmap::count_set(b.as_slice(), at_b, length) == length,
        (Some(a), Some(b)) => bitmap::equal(a.as_slice(), at_a, b.as_slice(), at_b, length),
    }
}

fn floats_equal<T: Native, const N: usize>(
    a: &ArrayData,
    a_start: usize,
    b: &ArrayData,
    b_start: usize,
    len: usize,
    equality: &Equality,
    widen: impl Fn(T) -> f64,
) -> bool {
    let (Some(a), Some(b)) = (a.fixed_run(a_start, len, N), b.fixed_run(b_start, len, N)) else {
        return false;
    };
    let read = |bytes: &[u8; N]| widen(T::from_bytes(bytes).unwrap_or_default());
    let pairs = a.as_chunks::<N>().0.iter().zip(b.as_chunks::<N>().0);
    pairs.fold(true, |all, (a, b)| all & equality.holds(read(a), read(b)))
}

/// Whether the offsets of two runs are the same distances apart, and the bytes between them are the same.
fn bytes_equal<T: Native + Into<i64>, const N: usize>(
    a: &ArrayData,
    a_start: usize,
    b: &ArrayData,
    b_start: usize,
    len: usize,
) -> bool {
    let compare = || {
        let (a_offsets, b_offsets) = (
            a.offset_run::<N>(a_start, len)?,
            b.offset_run::<N>(b_start, len)?,
        );
        let (a_first, a_last) = (a.offset_at(a_start)?, a.offset_at(a_start + len)?);
        let (b_first, b_last) = (b.offset_at(b_start)?, b.offset_at(b_start + len)?);
        let distance = (a_first as i64).wrapping_sub(b_first as i64);
        let read = |bytes: &[u8; N]| -> i64 { T::from_bytes(bytes).unwrap_or_default().into() };
        let pairs = a_offsets.iter().zip(b_offsets);
        let same = pairs.fold(true, |all, (a, b)| {
            all & (read(a).wrapping_sub(read(b)) == distance)
        });
        let bytes = (
            a.bytes(2).get(a_first..a_last)?,
            b.bytes(2).get(b_first..b_last)?,
        );
        Some(same && bytes.0 == bytes.1)
    };
    compare().unwrap_or(false)
}
