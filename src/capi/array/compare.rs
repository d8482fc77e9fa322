//! Equality of arrays.

use super::nock_array_t;
use crate::array::{Equality, equal, equal_range};
use crate::capi::error::nock_error_t;
use crate::capi::options;
use crate::capi::status::nock_status_t;
use crate::error::Result;

/// What counts as equal among floating-point numbers. Without flags, "not a number" equals nothing and 0.0 equals -0.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_equals_values {
    /// "Not a number" equals itself.
    NOCK_EQUALS_NANS = 1,
    /// 0.0 and -0.0 differ.
    NOCK_EQUALS_SIGNED_ZEROS = 2,
    /// Compare metadata too.
    NOCK_EQUALS_METADATA = 4,
}

const NANS: u32 = nock_equals_values::NOCK_EQUALS_NANS as u32;
const SIGNED_ZEROS: u32 = nock_equals_values::NOCK_EQUALS_SIGNED_ZEROS as u32;
const METADATA: u32 = nock_equals_values::NOCK_EQUALS_METADATA as u32;

/// The equality that flags ask for, and whether metadata counts.
pub(in crate::capi) fn equality(flags: u32) -> Result<(Equality, bool)> {
    options::check_flags(flags, NANS | SIGNED_ZEROS | METADATA)?;
    let equality = Equality {
        nans_equal: flags & NANS != 0,
        signed_zeros_differ: flags & SIGNED_ZEROS != 0,
        tolerance: 0.0,
    };
    Ok((equality, flags & METADATA != 0))
}

/// Compare two arrays.
///
/// They are equal when they have the same type, the same length, nulls in the same places, and equal values elsewhere.
/// Offsets, and the bytes under nulls, make no difference.
///
/// Cost: reads both arrays up to the first difference.
///
/// @param array      borrowed
/// @param other      borrowed
/// @param flags      NOCK_EQUALS_ bits; 0: none
/// @param out_equal  receives 1 when they are equal, else 0
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when array, other or out_equal is NULL
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_equals(
    array: *const nock_array_t,
    other: *const nock_array_t,
    flags: u32,
    out_equal: *mut u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_equal = arg!(out_value(out_equal))?;
        let array = arg!(borrow(array))?;
        let other = arg!(borrow(other))?;
        let (equality, _) = equality(flags)?;
        out_equal.put(u8::from(equal(array, other, &equality)));
        Ok(())
    })
}

/// Compare two arrays with a tolerance for floating-point numbers.
///
/// Floating-point numbers are equal when they are at most tolerance apart; all other values as in nock_array_equals.
///
/// Cost: reads both arrays up to the first difference.
///
/// @param array      borrowed
/// @param other      borrowed
/// @param tolerance  0 or more, and finite
/// @param flags      NOCK_EQUALS_ bits; 0: none
/// @param out_equal  receives 1 when they are equal, else 0
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when array, other or out_equal is NULL, or tolerance is negative or no finite number
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_equals_approx(
    array: *const nock_array_t,
    other: *const nock_array_t,
    tolerance: f64,
    flags: u32,
    out_equal: *mut u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_equal = arg!(out_value(out_equal))?;
        let array = arg!(borrow(array))?;
        let other = arg!(borrow(other))?;
        let (equality, _) = equality(flags)?;
        let equality = equality.with_tolerance(tolerance)?;
        out_equal.put(u8::from(equal(array, other, &equality)));
        Ok(())
    })
}

/// Compare a part of one array with a part of another.
///
/// Cost: reads both parts up to the first difference.
///
/// @param array        borrowed
/// @param start        first value of the part of array
/// @param other        borrowed
/// @param other_start  first value of the part of other
/// @param length       values to compare; 0 is allowed
/// @param flags        NOCK_EQUALS_ bits; 0: none
/// @param out_equal    receives 1 when the types are the same and the parts are equal, else 0
/// @param error        receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when a number is negative or a part exceeds its array
///         NOCK_ERR_INVALID_ARGUMENT when array, other or out_equal is NULL
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_equals_range(
    array: *const nock_array_t,
    start: i64,
    other: *const nock_array_t,
    other_start: i64,
    length: i64,
    flags: u32,
    out_equal: *mut u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_equal = arg!(out_value(out_equal))?;
        let array = arg!(borrow(array))?;
        let other = arg!(borrow(other))?;
        let (equality, _) = equality(flags)?;
        let (start, other_start) = (
            super::index(start, "start")?,
            super::index(other_start, "other_start")?,
        );
        let length = super::index(length, "length")?;
        let equal = equal_range(array, start, other, other_start, length, &equality)?;
        out_equal.put(u8::from(equal));
        Ok(())
    })
}
