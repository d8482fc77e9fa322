//! Pools that detect wrong use of their memory.

use super::nock_pool_t;
use crate::buffer::Buffer;
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::options::{self, Options};
use crate::capi::status::nock_status_t;
use crate::err;
use crate::error::Result;
use crate::pool::{Action, Pool, StderrReport};
use std::ffi::{c_char, c_void};

/// What a debug pool does after it reported a mistake.
pub type nock_pool_on_fault_t = i32;

/// The reactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_pool_on_fault_values {
    /// Continue.
    NOCK_POOL_ON_FAULT_CONTINUE = 0,
    /// End the process with SIGABRT.
    NOCK_POOL_ON_FAULT_ABORT = 1,
    /// Stop with SIGTRAP, where a debugger waits for it.
    NOCK_POOL_ON_FAULT_TRAP = 2,
}

fn action_of(on_fault: nock_pool_on_fault_t) -> Result<Action> {
    match on_fault {
        0 => Ok(Action::GoOn),
        1 => Ok(Action::Abort),
        2 => Ok(Action::Trap),
        other => Err(err!(
            InvalidArgument,
            "on_fault is {}, which is no reaction",
            other
        )),
    }
}

/// What a debug pool calls. Start from NOCK_POOL_FAULT_CALLBACKS_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_pool_fault_callbacks_t {
    /// sizeof the struct.
    pub struct_size: u32,
    /// 0.
    pub flags: u32,
    /// Called with a line of text for each fault, on the thread that called the pool. It must not use the pool, unwind or
    /// longjmp.
    pub fault: Option<unsafe extern "C" fn(user_data: *mut c_void, text: *const c_char)>,
    /// Releases user_data, once, on any thread, after the last mistake. NULL: nothing to release.
    pub release: Option<unsafe extern "C" fn(user_data: *mut c_void)>,
    /// The first argument of both.
    pub user_data: *mut c_void,
}

const _: () = assert!(size_of::<nock_pool_fault_callbacks_t>() == 8 + 3 * size_of::<usize>());

// SAFETY: two u32 and then pointers, so no padding; the caller's pointers are functions or NULL (C contract).
unsafe impl Options for nock_pool_fault_callbacks_t {
    const MINIMUM: usize = 8 + 3 * size_of::<usize>();
    const FLAGS: u32 = 0;
}

/// Make a pool that detects wrong use of its memory.
///
/// Found when memory is freed or resized: writes up to 64 bytes before or behind it, a wrong size or alignment,
/// and memory that is freed twice. The padding of a buffer is its own, so writes there are not found.
/// nock_pool_live_text lists what was never freed. Fresh and freed bytes are filled with patterns. The environment
/// variable ARROW_DEBUG_MEMORY_POOL (abort, trap, warn or none) puts such a pool over each process-wide
/// one, the default pool among them.
///
/// Cost: a lock for each call, and at least 128 bytes more for each block.
///
/// @param parent     shared (adds a reference); may be NULL; gives the memory
/// @param on_fault   one of NOCK_POOL_ON_FAULT_
/// @param callbacks  borrowed; copied; may be NULL, then faults are written to stderr; release is called if and only if this
///                   call succeeds
/// @param out        receives the pool, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_LIMIT when pools are nested more than 64 deep
///         NOCK_ERR_INVALID_ARGUMENT when out or fault in callbacks is NULL, or on_fault is not one of NOCK_POOL_ON_FAULT_
///         NOCK_ERR_UNSUPPORTED when callbacks has something that this library does not know
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_debug(
    parent: *mut nock_pool_t,
    on_fault: nock_pool_on_fault_t,
    callbacks: *const nock_pool_fault_callbacks_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let action = action_of(on_fault)?;
        let parent = pool!(parent);
        if callbacks.is_null() {
            out.put_shared(Pool::new_debug(&parent, action, || StderrReport)?);
            return Ok(());
        }
        // SAFETY: `callbacks` is a sized struct (C contract).
        let callbacks = unsafe { options::read(callbacks) }?;
        let fault = guard::function(callbacks.fault, "fault")?;
        let (release, user_data) = (callbacks.release, callbacks.user_data);
        // SAFETY: the functions may be called on any thread until release (C contract).
        let pool = unsafe { Pool::new_debug_callback(&parent, action, fault, release, user_data) };
        out.put_shared(pool?);
        Ok(())
    })
}

/// Tag the blocks allocated from now on.
///
/// nock_pool_live_text and the reports of faults show the tag of a block.
///
/// Cost: compares the tag with all earlier ones; a new one is copied and kept as long as the pool.
///
/// @param pool   borrowed; may be NULL; a debug pool, or one with a debug pool below it
/// @param tag    borrowed; any text, such as the name of the part of the program that runs; may be NULL for none
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when there is no debug pool
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the tag
///         NOCK_ERR_INVALID_ARGUMENT when tag is not UTF-8
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_set_tag(
    pool: *mut nock_pool_t,
    tag: *const c_char,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let pool = pool!(pool);
        if tag.is_null() {
            return pool.require_debug()?.set_tag("");
        }
        let tag = arg!(text(tag))?;
        pool.require_debug()?.set_tag(tag)
    })
}

/// List the memory of a debug pool that is still allocated.
///
/// Cost: one allocation for the text, one for the object, one for the list.
///
/// @param pool       borrowed; may be NULL; a debug pool, or one with a debug pool below it
/// @param text_pool  shared (adds a reference); may be NULL; where the text comes from
/// @param out        receives a buffer with a line for each block, oldest first, and a NUL behind its end, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when there is no debug pool
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
///         NOCK_ERR_LIMIT when the limit of text_pool would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_live_text(
    pool: *const nock_pool_t,
    text_pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        let text_pool = pool!(text_pool);
        let report = pool.require_debug()?.report()?;
        out.put_shared(Buffer::of_text(&report, &text_pool)?);
        Ok(())
    })
}
