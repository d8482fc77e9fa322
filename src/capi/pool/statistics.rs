//! What went through a pool.

use super::nock_pool_t;
use crate::buffer::Buffer;
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard::value;
use crate::capi::status::nock_status_t;

/// Read how many bytes of a pool are in use.
///
/// @param pool  borrowed; may be NULL
/// @return bytes, as they were asked for; a buffer asks for its padding too
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_bytes_allocated(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        let pool = pool!(pool);
        pool.statistics().bytes_allocated()
    })
}

/// Read the most bytes of a pool that were ever in use at one time.
///
/// @param pool  borrowed; may be NULL
/// @return bytes, as they were asked for
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_max_memory(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        let pool = pool!(pool);
        pool.statistics().max_memory()
    })
}

/// Read how many bytes a pool ever gave out.
///
/// @param pool  borrowed; may be NULL
/// @return bytes; making memory larger counts the difference, making it smaller counts nothing
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_total_bytes_allocated(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        let pool = pool!(pool);
        pool.statistics().total_bytes_allocated()
    })
}

/// Read how often a pool gave out memory.
///
/// @param pool  borrowed; may be NULL
/// @return how often; making memory larger counts once, making it smaller does not count
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_num_allocations(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        let pool = pool!(pool);
        pool.statistics().num_allocations()
    })
}

/// Read the most bytes that may be in use at one time.
///
/// @param pool  borrowed; may be NULL
/// @return the limit that nock_pool_new_capped was given; UINT64_MAX without one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_limit(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        let pool = pool!(pool);
        pool.statistics().limit()
    })
}

/// Render the statistics of a pool as text.
///
/// There is a line of a name, a colon and a number for each; more may come with newer libraries.
///
/// Cost: one allocation for the text, one for the object.
///
/// @param pool       borrowed; may be NULL
/// @param text_pool  shared (adds a reference); may be NULL; where the text comes from
/// @param out        receives a buffer with the text and a NUL behind its end, owned
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
        out.give(Buffer::of_text(&pool.stats_text()?, &text_pool))
    })
}
