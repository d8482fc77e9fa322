//! Bytes and many values at once for array builders.

use super::nock_array_builder_t;
use crate::array::RunValidity;
use crate::capi::array::nock_array_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::status::nock_status_t;
use std::ffi::c_void;

/// Append a value given as bytes.
///
/// For binary and string types these are the value; text must be UTF-8. For types of fixed width, such as decimals, they are
/// the value as it lies in memory, and len must be its width.
///
/// @param builder  borrowed; of any type but null and bool
/// @param data     borrowed; the bytes; may be NULL when len is 0
/// @param len      how many
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when text is not UTF-8, len is not the type's width, the builder has another type, or
///         builder or data is NULL
///         NOCK_ERR_LIMIT when 32-bit offsets cannot reach as many bytes, or the pool's limit would be exceeded
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_bytes(
    builder: *mut nock_array_builder_t,
    data: *const c_void,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let data = arg!(bytes(data, len))?;
        builder.append_bytes(data)
    })
}

/// Append a run of values of fixed width.
///
/// The values are num_values times the type's width of bytes as they lie in memory, for type bool one byte each, where
/// anything but 0 is true. The bytes of null values do not matter.
///
/// @param builder       borrowed; of a type of fixed width or bool
/// @param values        borrowed; the values; may be NULL when they have no bytes
/// @param num_values    how many
/// @param validity      borrowed; a bitmap, where bit i + validity_bit is 0 when value i is null; may be NULL, then none is
/// @param validity_bit  the bit of the first value in validity
/// @param error         receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or builder or values is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_values(
    builder: *mut nock_array_builder_t,
    values: *const c_void,
    num_values: usize,
    validity: *const u8,
    validity_bit: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let len = builder.run_bytes(num_values)?;
        let values = arg!(bytes(values, len))?;
        let validity_len = RunValidity::bytes(validity_bit, num_values)?;
        // SAFETY: `validity` is NULL or a readable bitmap of that many bits (C contract).
        let bits = unsafe { guard::optional_bytes(validity.cast(), validity_len, "validity") }?;
        let validity = RunValidity {
            bits,
            offset: validity_bit,
        };
        builder.append_values(values, num_values, validity)
    })
}

/// Append all values of an array of the same type.
///
/// @param builder  borrowed
/// @param array    borrowed
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the types differ, or builder or array is NULL
///         NOCK_ERR_LIMIT when 32-bit offsets cannot reach as many bytes, or the pool's limit would be exceeded
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_CORRUPT when the array was never validated and its values lie outside its buffers
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_array(
    builder: *mut nock_array_builder_t,
    array: *const nock_array_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let array = arg!(borrow(array))?;
        builder.append_array(array)
    })
}
