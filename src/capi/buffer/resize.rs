//! Size and mutability of buffers.

use super::nock_buffer_t;
use crate::buffer::{self, Buffer};
use crate::capi::error::nock_error_t;
use crate::capi::guard::value;
use crate::capi::status::nock_status_t;
use crate::capi::{handle, options};

/// Flags of functions that resize.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_buffer_resize_values {
    /// Return memory that is no longer needed to the pool.
    NOCK_BUFFER_RESIZE_SHRINK = 1,
}

/// Whether the flags of a resize ask for shrinking.
pub(in crate::capi) fn shrink(flags: u32) -> crate::error::Result<bool> {
    const SHRINK: u32 = nock_buffer_resize_values::NOCK_BUFFER_RESIZE_SHRINK as u32;
    options::check_flags(flags, SHRINK)?;
    Ok(flags & SHRINK != 0)
}

/// Change the size of a resizable buffer.
///
/// The bytes that fit are kept, new bytes are undefined, the padding is zero. Addresses of the bytes are no longer valid.
///
/// Cost: copies the bytes when they have to move.
///
/// @param buffer  borrowed; this must be its only reference, and it must have no slices
/// @param size    bytes
/// @param flags   NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory that is no longer needed
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
///         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
///         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
///         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_resize(
    buffer: *mut nock_buffer_t,
    size: usize,
    flags: u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let buffer = arg!(borrow_owner(buffer))?;
        let shrink = shrink(flags)?;
        // SAFETY: nobody uses an address of the bytes any more (C contract), and calls inside the library guard theirs.
        unsafe { buffer::resize_borrowed(&buffer, size, shrink) }
    })
}

/// Make room in a resizable buffer without changing its size.
///
/// Growing up to the capacity then neither allocates nor moves. Addresses of the bytes are no longer valid.
///
/// Cost: copies the bytes when they have to move.
///
/// @param buffer    borrowed; this must be its only reference, and it must have no slices
/// @param capacity  bytes to have room for in all
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
///         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
///         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_reserve(
    buffer: *mut nock_buffer_t,
    capacity: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let buffer = arg!(borrow_owner(buffer))?;
        // SAFETY: nobody uses an address of the bytes any more (C contract), and calls inside the library guard theirs.
        unsafe { buffer::reserve_borrowed(&buffer, capacity) }
    })
}

/// Make a buffer immutable.
///
/// This cannot be undone. Mutable slices that were taken before stay mutable.
///
/// @param buffer  borrowed; may be NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_freeze(buffer: *mut nock_buffer_t) {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value((), || buffer.map_or((), Buffer::freeze));
}
