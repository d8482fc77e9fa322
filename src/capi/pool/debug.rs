//! Pools that find mistakes in the use of their memory.

use super::nock_pool_t;
use crate::buffer::Buffer;
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard::{self, ErrorSlot, value};
use crate::capi::options::{self, Options};
use crate::capi::status::nock_status_t;
use crate::err;
use crate::error::Result;
use crate::pool::{Action, Pool, StderrReport};
use std::ffi::{c_char, c_void};

/// What a debug pool does after it told of a mistake.
pub type nock_pool_on_fault_t = i32;

/// Every reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_pool_on_fault_values {
    /// Go on.
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

/// Who a debug pool tells. Start from NOCK_POOL_FAULT_CALLBACKS_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_pool_fault_callbacks_t {
    /// sizeof the struct.
    pub struct_size: u32,
    /// 0.
    pub flags: u32,
    /// Gets a line of text about each mistake, on the thread that called the pool. It must not use the pool, unwind or
    /// longjmp.
    pub fault: Option<unsafe extern "C" fn(user_data: *mut c_void, text: *const c_char)>,
    /// Ends user_data, once, on any thread, after the last mistake. NULL: nothing to end.
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

/// Make a pool that finds mistakes in the use of its memory.
///
/// Found when memory is given back or changes its size: writes up to 64 bytes before or behind it, a wrong size or alignment,
/// and memory that is given back twice. The padding of a buffer is its own, so writes there are not found.
/// nock_pool_live_text lists what was never given back. Fresh and freed bytes are filled with patterns. The environment
/// variable ARROW_DEBUG_MEMORY_POOL (abort, trap, warn or none) puts such a pool over each process-wide
/// one, the default pool among them.
///
/// Cost: each call of the pool takes a lock; each block has at least 128 bytes more.
///
/// @param parent     shared (adds a reference); may be NULL; gives the memory
/// @param on_fault   one of NOCK_POOL_ON_FAULT_
/// @param callbacks  borrowed; copied; may be NULL, then mistakes are written to stderr; release is called if and only if this call
///                   succeeds
/// @param out        receives the pool, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_LIMIT when pools are nested more than 64 deep
///         NOCK_ERR_INVALID_ARGUMENT when out or fault in callbacks is NULL, or on_fault is no reaction
///         NOCK_ERR_UNSUPPORTED when callbacks has something that this library does not know
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_debug(
    parent: *mut nock_pool_t,
    on_fault: nock_pool_on_fault_t,
    callbacks: *const nock_pool_fault_callbacks_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        let action = action_of(on_fault)?;
        // SAFETY: `parent` is NULL or a live handle (C contract).
        let parent = unsafe { guard::pool(parent) };
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

/// Mark what is allocated from now on, for nock_pool_live_text and for mistakes.
///
/// Cost: compares the tag with all earlier ones; a new one is copied, and kept as long as the pool.
///
/// @param pool   borrowed; may be NULL; a debug pool, or one with a debug pool below it
/// @param tag    borrowed; any text, such as the name of the part of the program that runs; may be NULL for none
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when there is no debug pool
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the tag
///         NOCK_ERR_INVALID_ARGUMENT when tag is not UTF-8
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_set_tag(
    pool: *mut nock_pool_t,
    tag: *const c_char,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        if tag.is_null() {
            return pool.require_debug()?.set_tag("");
        }
        // SAFETY: `tag` is NUL-terminated (C contract).
        let tag = unsafe { guard::text(tag, "tag") }?;
        pool.require_debug()?.set_tag(tag)
    })
}

/// Count the mistakes that a debug pool found.
///
/// @param pool  borrowed; may be NULL
/// @return how many; 0 when neither this pool nor one below it is a debug pool
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_fault_count(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.debug().map_or(0, |debug| debug.faults())
    })
}

/// List the memory of a debug pool that was not given back yet.
///
/// Cost: one allocation for the text, one for the object, one for the list.
///
/// @param pool       borrowed; may be NULL; a debug pool, or one with a debug pool below it
/// @param text_pool  shared (adds a reference); may be NULL; where the text comes from
/// @param out        receives a buffer with a line for each block in the order of their allocation, and a NUL behind its
///                   end, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when there is no debug pool
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
///         NOCK_ERR_LIMIT when the limit of text_pool would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_live_text(
    pool: *const nock_pool_t,
    text_pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        // SAFETY: `text_pool` is NULL or a live handle (C contract).
        let text_pool = unsafe { guard::pool(text_pool) };
        let report = pool.require_debug()?.report()?;
        out.put_shared(Buffer::of_text(&report, &text_pool)?);
        Ok(())
    })
}
