//! Single numbers for buffer builders, in the order of bytes of the machine.

use super::nock_buffer_builder_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;

/// Append an int8_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i8(
    builder: *mut nock_buffer_builder_t,
    number: i8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append an int16_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i16(
    builder: *mut nock_buffer_builder_t,
    number: i16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append an int32_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i32(
    builder: *mut nock_buffer_builder_t,
    number: i32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append an int64_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i64(
    builder: *mut nock_buffer_builder_t,
    number: i64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint8_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u8(
    builder: *mut nock_buffer_builder_t,
    number: u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint16_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u16(
    builder: *mut nock_buffer_builder_t,
    number: u16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint32_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u32(
    builder: *mut nock_buffer_builder_t,
    number: u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint64_t in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u64(
    builder: *mut nock_buffer_builder_t,
    number: u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a float in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_f32(
    builder: *mut nock_buffer_builder_t,
    number: f32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a double in the machine's byte order.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_f64(
    builder: *mut nock_buffer_builder_t,
    number: f64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(&number.to_ne_bytes())
    })
}
