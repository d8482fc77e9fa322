//! Appending many values at once.

use super::{ArrayBuilder, total};
use crate::array::access::Native;
use crate::array::type_name;
use crate::array::{ArrayData, Physical, Validation, validate};
use crate::buffer::bitmap;
use crate::err;
use crate::error::Result;

/// Which of a run of values are valid.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunValidity<'a> {
    /// `None`: all of them.
    pub bits: Option<&'a [u8]>,
    /// The bit of the first value.
    pub offset: usize,
}

impl RunValidity<'_> {
    /// The bytes of a bitmap for `count` values from bit `offset` on.
    pub fn bytes(offset: usize, count: usize) -> Result<usize> {
        match offset.checked_add(count) {
            Some(end) => Ok(bitmap::bytes_for(end)),
            None => Err(err!(
                InvalidArgument,
                "no bitmap has {} bits from bit {} on",
                count,
                offset
            )),
        }
    }

    fn count_nulls(&self, count: usize) -> Result<usize> {
        let Some(bits) = self.bits else {
            return Ok(0);
        };
        if Self::bytes(self.offset, count)? > bits.len() {
            return Err(err!(
                InvalidArgument,
                "validity of {} values from bit {} exceeds {} bytes",
                count,
                self.offset,
                bits.len()
            ));
        }
        Ok(count - bitmap::count_set(bits, self.offset, count))
    }
}

impl ArrayBuilder {
    /// The bytes of `count` values in `append_values`.
    pub fn run_bytes(&self, count: usize) -> Result<usize> {
        match self.physical {
            Physical::Bits => Ok(count),
            Physical::Fixed(width) => total(count, width),
            _ => Err(self.takes_no_runs()),
        }
    }

    /// Append `count` values of fixed width as they lie in memory, or booleans as one byte each.
    pub fn append_values(
        &mut self,
        values: &[u8],
        count: usize,
        validity: RunValidity<'_>,
    ) -> Result<()> {
        let size = self.run_bytes(count)?;
        if values.len() != size {
            return Err(err!(
                InvalidArgument,
                "{} values of type {} have {} bytes, found {}",
                count,
                type_name(&self.type_),
                size,
                values.len()
            ));
        }
        let nulls = validity.count_nulls(count)?;
        self.prepare(count, 0, nulls > 0 || self.nulls > 0)?;
        if self.physical == Physical::Bits {
            self.append_bytes_as_bits(values)?;
        } else {
            self.values.append(values)?;
        }
        self.mark_run(count, nulls, validity)
    }

    fn append_bytes_as_bits(&mut self, values: &[u8]) -> Result<()> {
        for chunk in values.chunks(64) {
            let mut word = 0_u64;
            for (index, value) in chunk.iter().enumerate() {
                word |= u64::from(*value != 0) << index;
            }
            self.bits.append_bits(&word.to_le_bytes(), 0, chunk.len())?;
        }
        Ok(())
    }

    /// Count a run that was appended.
    fn mark_run(&mut self, count: usize, nulls: usize, validity: RunValidity<'_>) -> Result<()> {
        if self.begin_validity(nulls > 0)? {
            match validity.bits {
                Some(bits) => self.validity.append_bits(bits, validity.offset, count)?,
                None => self.validity.append_fill(true, count)?,
            }
        }
        self.count(count, nulls);
        Ok(())
    }

    fn takes_no_runs(&self) -> crate::error::Error {
        err!(
            InvalidArgument,
            "a builder of type {} takes no runs of values of fixed width",
            type_name(&self.type_)
        )
    }

    /// Append all values of an array of the same type.
    pub fn append_array(&mut self, array: &ArrayData) -> Result<()> {
        if !self.type_.equals(array.data_type(), false) {
            return Err(err!(
                InvalidArgument,
                "a builder of type {} takes no array of type {}",
                type_name(&self.type_),
                type_name(array.data_type())
            ));
        }
        // Nobody may have checked the array yet, and the result counts as checked.
        validate(array, Validation::Memory)?;
        // A null count that came from outside may be wrong; that of what is built here is not.
        let (count, nulls) = (array.len(), array.count_nulls());
        let from = array.offset();
        let validity = RunValidity {
            bits: array.validity().map(|bits| bits.as_slice()),
            offset: from,
        };
        let any_null = nulls > 0 || self.nulls > 0;
        match self.physical {
            Physical::Null => self.prepare(count, 0, false)?,
            Physical::Bits => {
                self.prepare(count, 0, any_null)?;
                self.bits.append_bits(array.bytes(1), from, count)?;
            }
            Physical::Fixed(width) => {
                self.prepare(count, 0, any_null)?;
                let values = array.bytes(1).get(from * width..(from + count) * width);
                self.values.append(values.unwrap_or_default())?;
            }
            Physical::Binary | Physical::LargeBinary => {
                self.append_variable_array(array, any_null)?;
            }
        }
        self.mark_run(count, nulls, validity)
    }

    fn append_variable_array(&mut self, array: &ArrayData, any_null: bool) -> Result<()> {
        let count = array.len();
        if count == 0 {
            return Ok(());
        }
        let (start, end) = array
            .offset_at(0)
            .zip(array.offset_at(count))
            .unwrap_or_default();
        let bytes = array.bytes(2).get(start..end).unwrap_or_default();
        self.prepare(count, bytes.len(), any_null)?;
        let base = self.data.len();
        self.data.append(bytes)?;
        match self.physical {
            Physical::Binary => self.append_rebased::<i32, 4>(array, start, base),
            _ => self.append_rebased::<i64, 8>(array, start, base),
        }
    }

    /// Append the offsets of an array whose bytes start at `start` there and at `base` here.
    fn append_rebased<T: Native + Into<i64>, const N: usize>(
        &mut self,
        array: &ArrayData,
        start: usize,
        base: usize,
    ) -> Result<()> {
        let (all, _) = array.bytes(1).as_chunks::<N>();
        let ends = all.get(array.offset() + 1..=array.offset() + array.len());
        let ends = ends.unwrap_or_default();
        if self.values.is_empty() {
            self.values.append_fill(0, N)?;
        }
        let filled = self.values.len();
        self.values.append_fill(0, total(ends.len(), N)?)?;
        let target = self.values.as_mut_slice().get_mut(filled..);
        let (target, _) = target.unwrap_or_default().as_chunks_mut::<N>();
        let shift = (base as i64).wrapping_sub(start as i64);
        for (to, from) in target.iter_mut().zip(ends) {
            let from: i64 = T::from_bytes(from).unwrap_or_default().into();
            // The new offset is at most the bytes collected, which `prepare` held to the limit of the type.
            let wide = from.wrapping_add(shift).to_ne_bytes();
            *to = narrowed(wide);
        }
        Ok(())
    }
}

/// The low `N` bytes of a number.
fn narrowed<const N: usize>(wide: [u8; 8]) -> [u8; N] {
    let wide = u64::from_ne_bytes(wide).to_le_bytes();
    let mut narrow = [0; N];
    for (to, from) in narrow.iter_mut().zip(wide) {
        *to = from;
    }
    if cfg!(target_endian = "big") {
        narrow.reverse();
    }
    narrow
}
