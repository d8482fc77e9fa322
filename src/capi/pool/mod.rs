//! Memory pools.

use super::error::nock_error_t;
use super::guard::value;
use super::handle::{self, Handle, Shared};
use super::status::nock_status_t;
use crate::pool::{self, Pool};
use std::ffi::c_char;

pub mod raw;
pub mod statistics;
pub mod backend;
pub mod nested;
pub mod logging;
pub mod debug;
pub mod callback;

/// Allocates the memory of buffers, and counts it. A NULL pool is the default pool in every call.
///
/// *Shared*: any function, any threads, at once.
/// Get one: nock_pool_default, nock_pool_get, nock_pool_new_backend, nock_pool_new_capped, nock_pool_new_proxy,
/// nock_pool_new_logging, nock_pool_new_logging_stream, nock_pool_new_debug, nock_pool_new_callback. Keep it: nock_pool_ref.
/// Release it: nock_pool_unref. Buffers keep the pool of their memory alive; raw memory from nock_pool_alloc does not.
/// Raw memory: nock_pool_alloc, nock_pool_realloc, nock_pool_dealloc, nock_pool_release_unused. Count:
/// nock_pool_bytes_allocated, nock_pool_max_memory, nock_pool_total_bytes_allocated, nock_pool_num_allocations,
/// nock_pool_limit, nock_pool_cached_bytes, nock_pool_copied_bytes, nock_pool_stats_text. Look for mistakes:
/// nock_pool_fault_count, nock_pool_live_text, nock_pool_set_tag. Also: nock_pool_set_default, nock_pool_backend_name,
/// nock_pool_backend_count, nock_pool_backend_name_at.
pub struct nock_pool_t {
    _opaque: [u8; 0],
}

impl Handle for nock_pool_t {
    type Object = Pool;
    type Kind = Shared;
}

/// Get the default pool.
///
/// The environment is read when the pool is first needed. NOCK_DEFAULT_MEMORY_POOL names the backend; if it is not set,
/// ARROW_DEFAULT_MEMORY_POOL does; if neither is set, the backend is the first of nock_pool_backend_name_at. An unknown name
/// is reported once on stderr.
///
/// @return the pool, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_pool_default() -> *mut nock_pool_t {
    value(std::ptr::null_mut(), || {
        std::ptr::from_ref(Pool::default_static()).cast_mut().cast()
    })
}

/// Make a pool the default for later calls.
///
/// Memory allocated before stays with its pool. A pool that was once the default is never freed.
///
/// @param pool  shared (adds a reference); may be NULL, then the environment's choice is the default again
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_set_default(pool: *mut nock_pool_t) {
    // SAFETY: `pool` is NULL or a live handle (C contract).
    let pool = unsafe { handle::borrow_owner(pool) };
    value((), || Pool::set_default(pool.as_deref()));
}

/// Get the process-wide pool of a backend.
///
/// @param name   borrowed; the backend: "system", or another name from nock_pool_backend_name_at
/// @param out    receives the pool, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when this library has no such backend
///         NOCK_ERR_INVALID_ARGUMENT when name or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_get(
    name: *const c_char,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let name = arg!(c_text(name))?;
        out.put_shared(Pool::get(name.to_bytes())?);
        Ok(())
    })
}

/// Count the backends of this library.
///
/// @return how many names nock_pool_backend_name_at has, at least 1
#[unsafe(no_mangle)]
pub extern "C" fn nock_pool_backend_count() -> usize {
    pool::backend_count()
}

/// Name a backend.
///
/// @param index  0 for the preferred one, up to nock_pool_backend_count() - 1
/// @return static text such as "mimalloc"; NULL when index is beyond
#[unsafe(no_mangle)]
pub extern "C" fn nock_pool_backend_name_at(index: usize) -> *const c_char {
    pool::backend_name_at(index).map_or(std::ptr::null(), |name| name.as_ptr())
}

/// Get the name of the backend that a pool takes its memory from.
///
/// @param pool  borrowed; may be NULL
/// @return static text such as "mimalloc"
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_backend_name(pool: *const nock_pool_t) -> *const c_char {
    value(c"".as_ptr(), || {
        let pool = pool!(pool);
        pool.backend_name().as_ptr()
    })
}

/// Return freed memory that a pool keeps for reuse to the system.
///
/// How much that is depends on the backend. The statistics do not change, except nock_pool_cached_bytes.
///
/// @param pool  borrowed; may be NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_release_unused(pool: *mut nock_pool_t) {
    value((), || {
        let pool = pool!(pool);
        pool.release_unused()
    });
}

/// Read how many bytes of the default pool are in use.
///
/// @return bytes, as they were asked for
#[unsafe(no_mangle)]
pub extern "C" fn nock_total_allocated_bytes() -> u64 {
    value(0, || Pool::default_static().statistics().bytes_allocated())
}
