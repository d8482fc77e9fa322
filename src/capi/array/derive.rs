//! New arrays, text and checks from arrays.

use super::nock_array_t;
use crate::array::{self, array_text, concat};
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::pool::nock_pool_t;
use crate::capi::status::nock_status_t;
use crate::capi::validation::{self, nock_validation_t};

/// Share a part of an array without copying.
///
/// Cost: one small allocation, whatever the length.
///
/// @param array   shared (adds a reference)
/// @param offset  first value of the part
/// @param length  values in the part; 0 is allowed
/// @param out     receives the slice, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when a number is negative or offset + length exceeds the array
///         NOCK_ERR_INVALID_ARGUMENT when array or out is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_slice(
    array: *const nock_array_t,
    offset: i64,
    length: i64,
    out: *mut *mut nock_array_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let array = arg!(borrow_owner(array))?;
        let (offset, length) = (
            super::index(offset, "offset")?,
            super::index(length, "length")?,
        );
        out.put_shared(array::slice(&array, offset, length)?);
        Ok(())
    })
}

/// Join arrays of one type into one.
///
/// Cost: copies all values; joining a single array copies nothing.
///
/// @param arrays      num_arrays arrays, each borrowed
/// @param num_arrays  at least 1
/// @param pool        shared (adds a reference); may be NULL; where the new buffers come from
/// @param out         receives the array, owned
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when there is no array, one has another type, or arrays, one of them or out is NULL
///         NOCK_ERR_LIMIT when the bytes of a binary or string type exceed its offsets, or the pool's limit is reached
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_CORRUPT when an array was never validated and its values lie outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_concat(
    arrays: *const *const nock_array_t,
    num_arrays: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_array_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let arrays = arg!(items(arrays, num_arrays))?;
        // SAFETY: each is NULL or a live handle (C contract).
        let arrays = unsafe { super::owned_all(arrays, "arrays") }?;
        let pool = pool!(pool);
        out.put_shared(concat(&arrays, &pool)?);
        Ok(())
    })
}

/// Check the contents of an array.
///
/// Cost: reads what the level checks.
///
/// @param array       borrowed
/// @param validation  a NOCK_VALIDATE_ value; 0: MEMORY
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when the buffers do not hold what type, length, null count and offset say
///         NOCK_ERR_INVALID_ARGUMENT when array is NULL or validation is not known
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_validate(
    array: *const nock_array_t,
    validation: nock_validation_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let array = arg!(borrow(array))?;
        array::validate(array, validation::level(validation)?)
    })
}

/// Render an array as text for people.
///
/// Long arrays show their first and last values, and long values are cut. Control characters are escaped. The form of the
/// text may change from version to version.
///
/// Cost: bounded by max_rows, whatever the array's length.
///
/// @param array     borrowed
/// @param max_rows  the most values to show; 0: 20
/// @param pool      shared (adds a reference); may be NULL; where the text comes from
/// @param out       receives the text, owned: UTF-8 whose size is that of the buffer, followed by a NUL
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when array or out is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_to_text(
    array: *const nock_array_t,
    max_rows: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let array = arg!(borrow(array))?;
        let pool = pool!(pool);
        out.put_shared(array_text(array, max_rows, &pool)?);
        Ok(())
    })
}

/// Compute the bytes that the values of an array take.
///
/// Of shared buffers, only the part that this array uses counts.
///
/// @param array  borrowed; may be NULL
/// @return the number; 0 when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_nbytes(array: *const nock_array_t) -> u64 {
    // SAFETY: `array` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(array, 0, array::ArrayData::num_bytes) }
}
