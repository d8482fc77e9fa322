//! New buffers from the bytes of others.

use super::nock_buffer_t;
use crate::buffer;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::pool::nock_pool_t;
use crate::capi::status::nock_status_t;

family! {
    /// Share a part of a buffer without copying.
    ///
    /// The slice keeps the memory alive and counts against the same pool. What is written to the buffer later shows in the
    /// slice. Two slices for writing may overlap: their users agree who writes which bytes when; the library orders nothing.
    ///
    /// Cost: one small allocation.
    ///
    /// @param buffer  shared (adds a reference)
    /// @param offset  first byte of the slice
    /// @param len     bytes in the slice; 0 is allowed
    /// @param out     receives the slice, owned
    /// @param error   receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
    ///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or an immutable buffer is to be sliced for writing
    ///         NOCK_ERR_BUSY when another thread is resizing the buffer
    for ($name:ident, $buffer:ty, $slice:expr, $note:literal) in [
        (nock_buffer_slice, *const nock_buffer_t, buffer::slice, "an immutable slice, whatever the buffer is"),
        (nock_buffer_slice_mutable, *mut nock_buffer_t, buffer::slice_mutable, "a slice of a mutable buffer for writing"),
    ]
    pub unsafe extern "C" fn $name(
        buffer: $buffer,
        offset: usize,
        len: usize,
        out: *mut *mut nock_buffer_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            let buffer = arg!(borrow_owner(buffer))?;
            out.put_shared($slice(&buffer, offset, len)?);
            Ok(())
        })
    }
}

/// Copy a part of a buffer into a new mutable buffer.
///
/// The padding behind the copy is zero.
///
/// Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and the copy.
///
/// @param buffer  borrowed
/// @param offset  first byte to copy
/// @param len     how many; 0 is allowed
/// @param pool    shared (adds a reference); may be NULL; kept alive by the new buffer
/// @param out     receives the copy, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
///         NOCK_ERR_BUSY when another thread is resizing the buffer
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_copy_range(
    buffer: *const nock_buffer_t,
    offset: usize,
    len: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let buffer = arg!(borrow(buffer))?;
        let pool = pool!(pool);
        out.put_shared(buffer.copy_range(offset, len, &pool)?);
        Ok(())
    })
}

/// Join buffers into a new mutable buffer.
///
/// Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and the copy.
///
/// @param buffers      borrowed; num_buffers buffers; may be NULL when num_buffers is 0
/// @param num_buffers  how many
/// @param pool         shared (adds a reference); may be NULL; kept alive by the new buffer
/// @param out          receives the joined bytes, owned
/// @param error        receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory, or the sizes add up to more than an address space
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out or one of the buffers is NULL, or buffers is NULL and num_buffers is not 0
///         NOCK_ERR_BUSY when another thread is resizing one of the buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_concat(
    buffers: *const *const nock_buffer_t,
    num_buffers: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let buffers = arg!(items(buffers, num_buffers))?;
        let buffers = buffers.iter().map(|buffer| {
            // SAFETY: each of them is NULL or a live handle (C contract).
            unsafe { guard::borrow(*buffer, "a buffer") }
        });
        let pool = pool!(pool);
        out.put_shared(buffer::concat(buffers, &pool)?);
        Ok(())
    })
}

/// Write the bytes of a buffer as hexadecimal text.
///
/// Cost: at most one allocation for a short text and its object together, otherwise one for each; and reads the buffer.
///
/// @param buffer  borrowed
/// @param pool    shared (adds a reference); may be NULL; kept alive by the text
/// @param out     receives a buffer with two upper-case digits for each byte, followed by a NUL, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
///         NOCK_ERR_BUSY when another thread is resizing the buffer
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_hex(
    buffer: *const nock_buffer_t,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let buffer = arg!(borrow(buffer))?;
        let pool = pool!(pool);
        out.put_shared(buffer.to_hex(&pool)?);
        Ok(())
    })
}
