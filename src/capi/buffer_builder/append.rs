//! Bytes for buffer builders.

use super::nock_buffer_builder_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::status::nock_status_t;
use std::ffi::c_void;

/// Make room for more bytes and show where they go.
///
/// What was written to the room counts after nock_buffer_builder_advance. The room stays valid until the next call that
/// appends, resizes or finishes. Growing at least doubles the capacity, so that collecting byte by byte costs the same for
/// each byte; where the pool refuses that, it grows by what is needed.
///
/// Cost: copies the bytes when they have to move.
///
/// @param builder     borrowed
/// @param additional  bytes that must fit; 0 shows the room there is
/// @param out_tail    receives the address behind the last byte, borrowed until the next call; may be NULL
/// @param out_room    receives how many bytes fit there, at least additional; may be NULL
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_reserve(
    builder: *mut nock_buffer_builder_t,
    additional: usize,
    out_tail: *mut *mut c_void,
    out_room: *mut usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let tail = builder.reserve(additional)?;
        // SAFETY: `out_room` is NULL or a valid slot (C contract).
        unsafe { guard::put_if_wanted(out_room, tail.len()) };
        // SAFETY: `out_tail` is NULL or a valid slot (C contract).
        unsafe { guard::put_if_wanted(out_tail, tail.as_mut_ptr().cast()) };
        Ok(())
    })
}

/// Count bytes that were written to the reserved room.
///
/// @param builder  borrowed
/// @param len      how many
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when the reserved room is smaller
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_advance(
    builder: *mut nock_buffer_builder_t,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        // SAFETY: the caller wrote the bytes (C contract).
        unsafe { builder.advance(len) }
    })
}

/// Append bytes.
///
/// For an array of numbers, len is the number of items times their size.
///
/// Cost: copies the bytes; when the memory grows it may move.
///
/// @param builder  borrowed
/// @param data     borrowed; the bytes, none of them in the builder itself; may be NULL when len is 0
/// @param len      how many
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, data is NULL and len is not 0, or data lies in the builder
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append(
    builder: *mut nock_buffer_builder_t,
    data: *const c_void,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let bytes = arg!(bytes(data, len))?;
        guard::outside_of_builder(builder.holds(bytes), "data")?;
        builder.append(bytes)
    })
}

/// Append one byte many times.
///
/// Cost: writes the bytes; when the memory grows it may move.
///
/// @param builder  borrowed
/// @param byte     the byte
/// @param count    how many times
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_fill(
    builder: *mut nock_buffer_builder_t,
    byte: u8,
    count: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_fill(byte, count)
    })
}

/// Append a run of bytes many times.
///
/// For example one value of any width, such as a decimal of 16 or 32 bytes.
///
/// Cost: writes the bytes; when the memory grows it may move.
///
/// @param builder  borrowed
/// @param data     borrowed; the bytes, none of them in the builder itself; may be NULL when len is 0
/// @param len      how many bytes the run has
/// @param count    how many times
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, data is NULL and len is not 0, or data lies in the builder
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_copies(
    builder: *mut nock_buffer_builder_t,
    data: *const c_void,
    len: usize,
    count: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let bytes = arg!(bytes(data, len))?;
        guard::outside_of_builder(builder.holds(bytes), "data")?;
        builder.append_copies(bytes, count)
    })
}
