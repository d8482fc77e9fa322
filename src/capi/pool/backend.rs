//! Pools of a backend with a policy of their own.

use super::nock_pool_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard::{self, ErrorSlot, value};
use crate::capi::options::{self, Options};
use crate::capi::status::nock_status_t;
use crate::err;
use crate::error::Result;
use crate::pool::{self, Numa, Policy, Pool};
use std::ffi::c_char;

/// Flags of nock_pool_backend_options_t.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_pool_backend_flag_values {
    /// Do not ask for huge pages.
    NOCK_POOL_BACKEND_NO_HUGE_PAGES = 1,
    /// Keep no freed blocks for reuse.
    NOCK_POOL_BACKEND_NO_CACHE = 2,
    /// Take no blocks straight from the kernel.
    NOCK_POOL_BACKEND_NO_KERNEL = 4,
}

use nock_pool_backend_flag_values::*;

/// On which memory nodes the large blocks of a pool lie.
pub type nock_pool_numa_t = i32;

/// Every way to choose. All are advice: a system that cannot follow goes on without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_pool_numa_values {
    /// As the policy of the calling thread says.
    NOCK_POOL_NUMA_DEFAULT = 0,
    /// Page by page on all nodes in turn.
    NOCK_POOL_NUMA_INTERLEAVE = 1,
    /// On numa_node while it has memory.
    NOCK_POOL_NUMA_PREFER = 2,
}

/// How a pool treats large blocks. Start from NOCK_POOL_BACKEND_OPTIONS_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_pool_backend_options_t {
    /// sizeof the struct.
    pub struct_size: u32,
    /// NOCK_POOL_BACKEND_ flags.
    pub flags: u32,
    /// Blocks of at least so many bytes come straight from the kernel and grow without a copy, where the system can do that;
    /// at least 256 KiB; 0: 4 MiB.
    pub large_bytes: u64,
    /// At most so many bytes of freed blocks are kept for reuse; 0: 128 MiB.
    pub cache_bytes: u64,
    /// One of NOCK_POOL_NUMA_.
    pub numa: nock_pool_numa_t,
    /// The node of NOCK_POOL_NUMA_PREFER.
    pub numa_node: u32,
}

const _: () = assert!(size_of::<nock_pool_backend_options_t>() == 32);

// SAFETY: integers only, no padding (32 bytes in all), size and flags first.
unsafe impl Options for nock_pool_backend_options_t {
    const MINIMUM: usize = 32;
    const FLAGS: u32 = 7;
}

/// Blocks from the kernel are kept for reuse too.
const MIN_LARGE_BYTES: u64 = pool::MIN_LARGE_BYTES as u64;

impl nock_pool_backend_options_t {
    fn has(&self, flag: nock_pool_backend_flag_values) -> bool {
        self.flags & flag as u32 != 0
    }

    fn policy(&self) -> Result<Policy> {
        let mut policy = Policy::DEFAULT;
        policy.huge_pages = !self.has(NOCK_POOL_BACKEND_NO_HUGE_PAGES);
        policy.numa = match self.numa {
            0 => Numa::Default,
            1 => Numa::Interleave,
            2 => Numa::Prefer(self.numa_node),
            other => {
                return Err(err!(
                    InvalidArgument,
                    "numa is {}, which is no way to choose",
                    other
                ));
            }
        };
        if self.large_bytes != 0 {
            if self.large_bytes < MIN_LARGE_BYTES {
                return Err(err!(
                    InvalidArgument,
                    "large_bytes is {}, less than {}",
                    self.large_bytes,
                    MIN_LARGE_BYTES
                ));
            }
            policy.large_bytes = usize::try_from(self.large_bytes).unwrap_or(usize::MAX);
        }
        if self.has(NOCK_POOL_BACKEND_NO_KERNEL) {
            policy.large_bytes = usize::MAX;
        }
        if self.cache_bytes != 0 {
            policy.cache_bytes = self.cache_bytes;
        }
        if self.has(NOCK_POOL_BACKEND_NO_CACHE) {
            policy.cache_bytes = 0;
        }
        Ok(policy)
    }
}

/// Make a pool of a backend that treats large blocks in a way of its own.
///
/// Its statistics and what it keeps for reuse are its own.
///
/// Cost: two small allocations.
///
/// @param name     borrowed; the backend: "system", or another name from nock_pool_backend_name_at
/// @param options  borrowed; copied; may be NULL
/// @param out      receives the pool, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when this library has no such backend
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when name or out is NULL, or the options are not valid
///         NOCK_ERR_UNSUPPORTED when the options have something that this library does not know
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_backend(
    name: *const c_char,
    options: *const nock_pool_backend_options_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `name` is NULL or NUL-terminated (C contract).
        let name = unsafe { guard::c_text(name, "name") }?;
        // SAFETY: `options` is NULL or a sized struct (C contract).
        let policy = unsafe { options::read(options) }?.policy()?;
        out.put_shared(Pool::new_backend(name.to_bytes(), policy)?);
        Ok(())
    })
}

/// Read how many bytes of freed blocks a pool keeps for reuse.
///
/// The process-wide pools of mimalloc and jemalloc also keep dead buffers of up to 1 MiB, at most 40 MiB in all, for the
/// next one of the same capacity; these bytes are counted here too, and not as allocated.
///
/// @param pool  borrowed; may be NULL
/// @return bytes, which nock_pool_release_unused gives back; what the backend itself keeps is not in it
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_cached_bytes(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.details().cached_bytes
    })
}

/// Read how many bytes were copied because blocks could not grow in place.
///
/// @param pool  borrowed; may be NULL
/// @return bytes; copies of small blocks inside the backend are not in it
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_copied_bytes(pool: *const nock_pool_t) -> u64 {
    value(0, || {
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        pool.details().copied_bytes
    })
}
