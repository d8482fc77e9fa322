//! Single integers for array builders.
//!
//! Every call appends one value or, when it fails, none.

use super::nock_array_builder_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;

/// Append an 8-bit integer.
///
/// @param builder  borrowed; of type int8
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_i8(
    builder: *mut nock_array_builder_t,
    value: i8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append a 16-bit integer.
///
/// @param builder  borrowed; of type int16
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_i16(
    builder: *mut nock_array_builder_t,
    value: i16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append a 32-bit integer.
///
/// @param builder  borrowed; of type int32, date32, time32 or month interval
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_i32(
    builder: *mut nock_array_builder_t,
    value: i32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append a 64-bit integer.
///
/// @param builder  borrowed; of type int64, date64, time64, timestamp or duration
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_i64(
    builder: *mut nock_array_builder_t,
    value: i64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append an unsigned 8-bit integer.
///
/// @param builder  borrowed; of type uint8
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_u8(
    builder: *mut nock_array_builder_t,
    value: u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append an unsigned 16-bit integer.
///
/// @param builder  borrowed; of type uint16
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_u16(
    builder: *mut nock_array_builder_t,
    value: u16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append an unsigned 32-bit integer.
///
/// @param builder  borrowed; of type uint32
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_u32(
    builder: *mut nock_array_builder_t,
    value: u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append an unsigned 64-bit integer.
///
/// @param builder  borrowed; of type uint64
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_u64(
    builder: *mut nock_array_builder_t,
    value: u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}
