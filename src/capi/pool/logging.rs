//! Pools that log each call.

use super::nock_pool_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::options::{self, Options};
use crate::capi::status::nock_status_t;
use crate::capi::stream::nock_stream_t;
use crate::io::AllocationLog;
use crate::pool::Pool;
use std::ffi::c_void;

/// What happened in a logging pool.
pub type nock_pool_event_t = i32;

/// Every event. A newer library may report others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_pool_event_values {
    /// A block was allocated, or refused.
    NOCK_POOL_EVENT_ALLOC = 1,
    /// A block was resized, or that was refused.
    NOCK_POOL_EVENT_REALLOC = 2,
    /// A block is freed.
    NOCK_POOL_EVENT_DEALLOC = 3,
}

/// What a logging pool calls. Start from NOCK_POOL_LOG_CALLBACKS_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_pool_log_callbacks_t {
    /// sizeof the struct.
    pub struct_size: u32,
    /// 0.
    pub flags: u32,
    /// Called for each event, on the thread that called the pool. The address is 0 when memory was refused. It must not use
    /// the pool, unwind or longjmp.
    pub event: Option<
        unsafe extern "C" fn(
            user_data: *mut c_void,
            event: nock_pool_event_t,
            address: u64,
            old_size: usize,
            size: usize,
            alignment: usize,
        ),
    >,
    /// Releases user_data, once, on any thread, after the last event. NULL: nothing to release.
    pub release: Option<unsafe extern "C" fn(user_data: *mut c_void)>,
    /// The first argument of both.
    pub user_data: *mut c_void,
}

const _: () = assert!(size_of::<nock_pool_log_callbacks_t>() == 8 + 3 * size_of::<usize>());

// SAFETY: two u32 and then pointers, so no padding; the caller's pointers are functions or NULL (C contract).
unsafe impl Options for nock_pool_log_callbacks_t {
    const MINIMUM: usize = 8 + 3 * size_of::<usize>();
    const FLAGS: u32 = 0;
}

/// Make a pool that calls a function of the caller for each call.
///
/// Cost: two small allocations.
///
/// @param parent     shared (adds a reference); may be NULL; gives the memory
/// @param callbacks  borrowed; copied; release is called if and only if this call succeeds
/// @param out        receives the pool, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_LIMIT when pools are nested more than 64 deep
///         NOCK_ERR_INVALID_ARGUMENT when callbacks, event in it, or out is NULL
///         NOCK_ERR_UNSUPPORTED when callbacks has something that this library does not know
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_logging(
    parent: *mut nock_pool_t,
    callbacks: *const nock_pool_log_callbacks_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        // SAFETY: `callbacks` is NULL or a sized struct (C contract).
        let callbacks = unsafe { options::read_required(callbacks, "callbacks") }?;
        let event = guard::function(callbacks.event, "event")?;
        let parent = pool!(parent);
        let (release, user_data) = (callbacks.release, callbacks.user_data);
        // SAFETY: the functions may be called on any thread until release (C contract).
        let pool = unsafe { Pool::new_logging_callback(&parent, event, release, user_data) }?;
        out.put_shared(pool);
        Ok(())
    })
}

/// Make a pool that writes a line about each call to a stream.
///
/// Lines that cannot be written are dropped; so are lines of calls on several threads at the same time.
///
/// Cost: two small allocations.
///
/// @param parent  shared (adds a reference); may be NULL; gives the memory
/// @param stream  shared (adds a reference); must not take its memory from the new pool
/// @param out     receives the pool, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_LIMIT when pools are nested more than 64 deep
///         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_logging_stream(
    parent: *mut nock_pool_t,
    stream: *mut nock_stream_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(share(stream))?;
        let parent = pool!(parent);
        out.put_shared(Pool::new_logging(&parent, || AllocationLog(stream))?);
        Ok(())
    })
}
