//! Pools of a backend with options for large blocks.

use super::nock_pool_t;
use crate::capi::error::nock_error_t;
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
    /// Map no blocks from the kernel directly.
    NOCK_POOL_BACKEND_NO_KERNEL = 4,
}

use nock_pool_backend_flag_values::*;

/// On which memory nodes the large blocks of a pool are placed.
pub type nock_pool_numa_t = i32;

/// Every policy. All are advice: a system that cannot follow ignores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_pool_numa_values {
    /// The policy of the calling thread.
    NOCK_POOL_NUMA_DEFAULT = 0,
    /// Interleaved page by page over all nodes.
    NOCK_POOL_NUMA_INTERLEAVE = 1,
    /// On numa_node if it has memory, else on others.
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
    /// Blocks of at least this many bytes come straight from the kernel and grow without a copy, where the system can do that;
    /// at least 256 KiB; 0: 4 MiB.
    pub large_bytes: u64,
    /// At most this many bytes of freed blocks are kept for reuse; 0: 128 MiB.
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

/// Make a pool of a backend with its own options for large blocks.
///
/// It has statistics and freed blocks for reuse of its own.
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
///         NOCK_ERR_INVALID_ARGUMENT when name or out is NULL, or options are not valid
///         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_pool_new_backend(
    name: *const c_char,
    options: *const nock_pool_backend_options_t,
    out: *mut *mut nock_pool_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let name = arg!(c_text(name))?;
        // SAFETY: `options` is NULL or a sized struct (C contract).
        let policy = unsafe { options::read(options) }?.policy()?;
        out.put_shared(Pool::new_backend(name.to_bytes(), policy)?);
        Ok(())
    })
}
