//! Pools that take their memory from another pool.

use super::nock_pool_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::pool::Pool;

/// Make a pool with a limit on the bytes in use.
///
/// A call that would exceed the limit gives NOCK_ERR_LIMIT and changes nothing. The limit holds for all threads together.
/// All memory also counts in the parent, so that limited pools can be nested.
///
/// Cost: two small allocations.
///
/// @param parent  shared (adds a reference); may be NULL; gives the memory
/// @param limit   bytes; 0 refuses everything
/// @param out     receives the pool, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_LIMIT when pools are nested more than 64 deep
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_capped(
    parent: *mut nock_pool_t,
    limit: u64,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let parent = pool!(parent);
        out.put_shared(Pool::new_capped(&parent, limit)?);
        Ok(())
    })
}

/// Make a pool with statistics of its own over another pool.
///
/// Cost: two small allocations.
///
/// @param parent  shared (adds a reference); may be NULL; gives the memory
/// @param out     receives the pool, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_LIMIT when pools are nested more than 64 deep
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_proxy(
    parent: *mut nock_pool_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let parent = pool!(parent);
        out.put_shared(Pool::new_proxy(&parent)?);
        Ok(())
    })
}
