//! Raw memory of a pool.

use super::nock_pool_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard::{self, value};
use crate::capi::status::nock_status_t;
use crate::pool;
use std::ffi::c_void;

/// Allocate raw memory from a pool.
///
/// The bytes are uninitialised. Size 0 gives an aligned address that must not be accessed, and costs nothing.
///
/// Cost: one allocation.
///
/// @param pool       borrowed; may be NULL
/// @param size       bytes
/// @param alignment  a power of two up to 2 MiB; 0 means 64
/// @param out        receives the address, owned; return it with nock_pool_dealloc, with the same size and alignment
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_CALLBACK when a callback pool fails with a status of its own, or gives a NULL or misaligned address
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or the alignment is no power of two up to 2 MiB
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_alloc(
    pool: *mut nock_pool_t,
    size: usize,
    alignment: usize,
    out: *mut *mut c_void,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        let block = pool.allocate(size, pool::alignment_or_default(alignment))?;
        out.put_block(block);
        Ok(())
    })
}

/// Change the size of raw memory.
///
/// The bytes that fit into both sizes are kept. On failure the memory is as it was.
///
/// Cost: copies the bytes when they have to move.
///
/// @param pool       borrowed; may be NULL; the pool that gave the memory
/// @param block      borrowed; the variable with the address, which changes when the memory moves; if it holds NULL,
///                   old_size is 0 and the call allocates
/// @param old_size   the size it was allocated with
/// @param new_size   the new size
/// @param alignment  the alignment it was allocated with; 0 means 64
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the backend has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_CALLBACK when a callback pool fails with a status of its own, or gives a NULL or misaligned address
///         NOCK_ERR_INVALID_ARGUMENT when block is NULL, when it holds NULL and old_size is not 0, when the alignment is no
///         power of two up to 2 MiB, or when a debug pool finds that the memory has another size or alignment
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_realloc(
    pool: *mut nock_pool_t,
    block: *mut *mut c_void,
    old_size: usize,
    new_size: usize,
    alignment: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let block = arg!(in_out(block))?;
        let pool = pool!(pool);
        let old = guard::block(*block, old_size, "block")?;
        let alignment = pool::alignment_or_default(alignment);
        // SAFETY: the block came from this pool with this size and alignment (C contract).
        let moved = unsafe { pool.reallocate(old, old_size, new_size, alignment) }?;
        *block = moved.as_ptr().cast();
        Ok(())
    })
}

/// Return raw memory to its pool.
///
/// @param pool       borrowed; may be NULL; the pool that gave the memory
/// @param block      consumed; may be NULL; the address
/// @param size       the size it was allocated with
/// @param alignment  the alignment it was allocated with; 0 means 64
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_dealloc(
    pool: *mut nock_pool_t,
    block: *mut c_void,
    size: usize,
    alignment: usize,
) {
    value((), || {
        let Some(block) = std::ptr::NonNull::new(block.cast()) else {
            return;
        };
        let pool = pool!(pool);
        let alignment = pool::alignment_or_default(alignment);
        // SAFETY: the block came from this pool with this size and alignment (C contract).
        unsafe { pool.deallocate(block, size, alignment) };
    });
}
