//! Buffers of new memory, and of memory of the caller.

use super::{nock_buffer_t, nock_release_fn};
use crate::buffer::Buffer;
use crate::capi::error::nock_error_t;
use crate::capi::pool::nock_pool_t;
use crate::capi::status::nock_status_t;
use std::ffi::c_void;

family! {
    /// Make a mutable buffer of new memory.
    ///
    /// The padding behind its bytes is zero.
    ///
    /// Cost: at most one allocation for the bytes and one for the object; few bytes of fixed size and the object take one.
    ///
    /// @param size   bytes; 0 is allowed
    /// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
    /// @param out    receives the buffer, owned
    /// @param error  receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
    ///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
    ///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
    for ($name:ident, $allocate:expr, $note:literal) in [
        (nock_buffer_alloc, Buffer::allocate, "undefined bytes"),
        (nock_buffer_alloc_zeroed, Buffer::allocate_zeroed, "zeros, which are written"),
        (nock_buffer_alloc_resizable, Buffer::allocate_resizable, "undefined bytes; nock_buffer_resize changes the size"),
    ]
    pub unsafe extern "C" fn $name(
        size: usize,
        pool: *mut nock_pool_t,
        out: *mut *mut nock_buffer_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            let pool = pool!(pool);
            out.put_shared($allocate(&pool, size)?);
            Ok(())
        })
    }
}

/// Make a mutable buffer with a larger alignment.
///
/// The bytes are undefined, the padding behind them is zero.
///
/// Cost: at most one allocation for the bytes and one for the object.
///
/// @param size       bytes; 0 is allowed
/// @param alignment  a power of two up to 2 MiB; below 64 counts as 64, so does 0
/// @param pool       shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out        receives the buffer, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or the alignment is no power of two up to 2 MiB
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_alloc_aligned(
    size: usize,
    alignment: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        out.put_shared(Buffer::allocate_aligned(
            &pool,
            size,
            crate::pool::alignment_or_default(alignment),
        )?);
        Ok(())
    })
}

/// Copy bytes into a new mutable buffer.
///
/// The padding behind them is zero.
///
/// Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and the copy.
///
/// @param data   borrowed; the bytes; may be NULL when len is 0
/// @param len    how many
/// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out    receives the buffer, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL and len is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_new_copy(
    data: *const c_void,
    len: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        out.put_shared({
            let bytes = arg!(bytes(data, len))?;
            Buffer::copy_of(bytes, &pool)
        }?);
        Ok(())
    })
}

family! {
    /// Make a buffer over memory of the caller, without a copy.
    ///
    /// The memory stays as it is until release is called: exactly once, on any thread, when the last reference to the
    /// buffer and its slices is dropped, and only if this call succeeded.
    ///
    /// Cost: one allocation for the object.
    ///
    /// @param data       consumed on success: the bytes; may be NULL when len is 0
    /// @param len        how many
    /// @param release    releases the memory; may be NULL, then the memory must live as long as the process
    /// @param user_data  consumed on success: passed to release; may be NULL
    /// @param out        receives the buffer, owned
    /// @param error      receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
    ///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL and len is not 0
    for ($name:ident, $data:ty, $mutable:expr, $note:literal) in [
        (nock_buffer_new_foreign, *const c_void, false, "immutable"),
        (nock_buffer_new_foreign_mutable, *mut c_void, true, "mutable"),
    ]
    pub unsafe extern "C" fn $name(
        data: $data,
        len: usize,
        release: nock_release_fn,
        user_data: *mut c_void,
        out: *mut *mut nock_buffer_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            let len = arg!(bytes(data, len))?.len();
            // SAFETY: the run stays as it is, and writable if mutable, until release is called on any thread (C contract).
            let buffer =
                unsafe { Buffer::foreign(data.cast(), len, $mutable, release, user_data) }?;
            out.put_shared(buffer);
            Ok(())
        })
    }
}
