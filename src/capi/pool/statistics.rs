//! Statistics of pools.

use super::nock_pool_t;
use crate::buffer::Buffer;
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard::{self, value};
use crate::capi::status::nock_status_t;
use crate::pool::Pool;

/// What `read` finds in the caller's pool; NULL is the default pool.
///
/// # Safety
/// - `pool` is NULL or a live handle for the duration of the call.
unsafe fn pool_value(pool: *const nock_pool_t, read: impl FnOnce(&Pool) -> u64) -> u64 {
    value(0, || {
        // SAFETY: same contract.
        let pool = unsafe { guard::pool(pool) };
        read(&pool)
    })
}

family! {
    /// Read a statistic of a pool.
    ///
    /// Bytes count as they were asked for; a buffer asks for its padding too. Making memory larger counts as an allocation
    /// of the difference, making it smaller counts as none. Cached bytes are freed blocks that the pool keeps for reuse, and
    /// that nock_pool_release_unused returns to the system. Cached and copied bytes inside of the backend are not counted.
    ///
    /// @param pool  borrowed; may be NULL
    /// @return the number named beside the function
    for ($name:ident, $read:expr, $note:literal) in [
        (nock_pool_bytes_allocated, |pool| pool.statistics().bytes_allocated(), "bytes in use"),
        (nock_pool_max_memory, |pool| pool.statistics().max_memory(), "the most bytes that were in use at one time"),
        (nock_pool_total_bytes_allocated, |pool| pool.statistics().total_bytes_allocated(), "bytes that were ever given out"),
        (nock_pool_num_allocations, |pool| pool.statistics().num_allocations(), "how often memory was given out"),
        (nock_pool_limit, |pool| pool.statistics().limit(), "the most bytes that may be in use; UINT64_MAX: no limit"),
        (nock_pool_cached_bytes, |pool| pool.details().cached_bytes, "bytes of freed blocks that are kept for reuse"),
        (nock_pool_copied_bytes, |pool| pool.details().copied_bytes, "bytes of large blocks copied because they could not grow"),
        (nock_pool_fault_count, |pool| pool.debug().map_or(0, |debug| debug.faults()), "mistakes that a debug pool found: this one or one below"),
    ]
    pub unsafe extern "C" fn $name(pool: *const nock_pool_t) -> u64 {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        unsafe { pool_value(pool, $read) }
    }
}

/// Render the statistics of a pool as text.
///
/// Each statistic is one line: a name, a colon and a number. Newer libraries may have more lines.
///
/// Cost: one allocation for the text, one for the object.
///
/// @param pool       borrowed; may be NULL
/// @param text_pool  shared (adds a reference); may be NULL; where the text comes from
/// @param out        receives a buffer with the text followed by a NUL, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
///         NOCK_ERR_LIMIT when the limit of text_pool would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_stats_text(
    pool: *const nock_pool_t,
    text_pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        let text_pool = pool!(text_pool);
        out.put_shared(Buffer::of_text(&pool.stats_text()?, &text_pool)?);
        Ok(())
    })
}
