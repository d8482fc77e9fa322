//! A pool whose memory comes from another pool: with statistics of its own, and maybe with a cap of its own.
//!
//! Both count: what the inner pool gives out is in use in the outer one too, so caps form a tree of quotas. Each cap is
//! reserved before memory is taken.

use super::{MemoryPool, Pool, PoolHold, PoolRef};
use crate::error::Result;
use std::ffi::CStr;
use std::ptr::NonNull;

struct Nested {
    parent: PoolHold,
}

// SAFETY: the blocks are the parent's.
unsafe impl MemoryPool for Nested {
    fn backend_name(&self) -> &'static CStr {
        self.parent.backend_name()
    }

    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        self.parent.allocate(size, alignment)
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        // SAFETY: same contract; every block of this pool is one of the parent.
        unsafe { self.parent.reallocate(block, old_size, new_size, alignment) }
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        // SAFETY: same contract; every block of this pool is one of the parent.
        unsafe { self.parent.deallocate(block, size, alignment) }
    }

    fn release_unused(&self) {
        self.parent.release_unused();
    }

    fn release_cached(&self) {
        self.parent.release_cached();
    }

    fn details(&self) -> super::Details {
        self.parent.details()
    }

    fn debug(&self) -> Option<&super::DebugPool> {
        self.parent.debug()
    }
}

impl Pool {
    /// A pool that takes its memory from `parent` and counts it once more.
    pub fn new_proxy(parent: &PoolRef) -> Result<PoolRef> {
        Self::new_capped(parent, u64::MAX)
    }

    /// A pool that takes its memory from `parent`, never more than `limit` bytes at one time.
    pub fn new_capped(parent: &PoolRef, limit: u64) -> Result<PoolRef> {
        let depth = parent.depth_below()?;
        let nested = || Nested {
            parent: PoolHold::new(parent),
        };
        Pool::new_counted(nested, limit, depth)
    }
}
