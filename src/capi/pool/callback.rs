//! Pools over the caller's allocator.

use super::nock_pool_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::options::{self, Options};
use crate::capi::status::nock_status_t;
use crate::pool::{CallbackPool, Pool};
use std::ffi::c_void;

/// The functions of an allocator. Start from NOCK_POOL_CALLBACKS_INIT.
///
/// Each function may be called on any thread, by several at once, and must not unwind, longjmp, or use the pool.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_pool_callbacks_t {
    /// sizeof the struct.
    pub struct_size: u32,
    /// 0.
    pub flags: u32,
    /// Allocates size bytes at a multiple of alignment, a power of two up to 2 MiB; size is not 0. If it returns another
    /// status than NOCK_OK, the call that needed the memory fails with that status, or with NOCK_ERR_CALLBACK for a number
    /// of the caller's own.
    pub alloc: Option<
        unsafe extern "C" fn(
            user_data: *mut c_void,
            size: usize,
            alignment: usize,
            out: *mut *mut c_void,
        ) -> nock_status_t,
    >,
    /// Changes the size of a block in place. If it returns another status than NOCK_OK, the bytes are copied to a new block.
    /// May be NULL, then they always are.
    pub resize: Option<
        unsafe extern "C" fn(
            user_data: *mut c_void,
            block: *mut c_void,
            old_size: usize,
            new_size: usize,
            alignment: usize,
        ) -> nock_status_t,
    >,
    /// Frees a block.
    pub dealloc: Option<
        unsafe extern "C" fn(
            user_data: *mut c_void,
            block: *mut c_void,
            size: usize,
            alignment: usize,
        ),
    >,
    /// Returns memory that is held for reuse to the system. NULL: there is none.
    pub release_unused: Option<unsafe extern "C" fn(user_data: *mut c_void)>,
    /// Releases user_data, once, after the last block was freed and the last reference to the pool was dropped. NULL: nothing to release.
    pub release: Option<unsafe extern "C" fn(user_data: *mut c_void)>,
    /// The first argument of each.
    pub user_data: *mut c_void,
}

const _: () = assert!(size_of::<nock_pool_callbacks_t>() == 8 + 6 * size_of::<usize>());

// SAFETY: two u32 and then pointers, so no padding; the caller's pointers are functions or NULL (C contract).
unsafe impl Options for nock_pool_callbacks_t {
    const MINIMUM: usize = 8 + 6 * size_of::<usize>();
    const FLAGS: u32 = 0;
}

/// Make a pool over the caller's allocator.
///
/// What its functions return is checked: success without an address, or with a misaligned one, counts as a failure.
///
/// Cost: two small allocations.
///
/// @param callbacks  borrowed; copied; release is called if and only if this call succeeds
/// @param out        receives the pool, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when callbacks, alloc or dealloc in it, or out is NULL
///         NOCK_ERR_UNSUPPORTED when callbacks has something that this library does not know
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_callback(
    callbacks: *const nock_pool_callbacks_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        // SAFETY: `callbacks` is NULL or a sized struct (C contract).
        let given = unsafe { options::read_required(callbacks, "callbacks") }?;
        let callbacks = CallbackPool {
            alloc: guard::function(given.alloc, "alloc")?,
            resize: given.resize,
            dealloc: guard::function(given.dealloc, "dealloc")?,
            release_unused: given.release_unused,
            release: given.release,
            user_data: given.user_data,
        };
        // SAFETY: the functions do what their comments say, on any thread, until release (C contract).
        out.put_shared(unsafe { Pool::new_callback(callbacks) }?);
        Ok(())
    })
}
