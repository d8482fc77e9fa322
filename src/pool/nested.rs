//! Pools whose memory comes from another pool: counted once more, maybe with a cap, and maybe told to a log.
//!
//! Both count: what the parent allocates is in use in the outer pool too, so caps form a tree of quotas. Each cap is reserved
//! before memory is taken.

use super::keep_alive::PoolKeepAlive;
use super::memory_pool::{Debugging, Details, MemoryPool};
use super::pool::{Pool, PoolRef};
use crate::error::Result;
use std::ffi::CStr;
use std::ptr::NonNull;

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A new block.
    Allocate,
    /// Another size of a block.
    Reallocate,
    /// The end of a block.
    Free,
}

/// One call of a pool.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// What was asked.
    pub kind: EventKind,
    /// The address of the block afterwards, or before its end; 0 when the call failed.
    pub address: usize,
    /// The size before, or 0.
    pub old_size: usize,
    /// The size asked for, or 0.
    pub size: usize,
    /// The alignment.
    pub alignment: usize,
}

/// Who is told.
pub trait Log: Send + Sync {
    /// A call happened, on this thread. It must not use the pool.
    fn event(&self, event: &Event);
}

/// Nobody.
impl Log for () {
    fn event(&self, _event: &Event) {}
}

struct Nested<L> {
    parent: PoolKeepAlive,
    log: L,
}

impl<L: Log> Nested<L> {
    fn tell(&self, kind: EventKind, address: usize, sizes: (usize, usize), alignment: usize) {
        self.log.event(&Event {
            kind,
            address,
            old_size: sizes.0,
            size: sizes.1,
            alignment,
        });
    }
}

fn address_of(block: &Result<NonNull<u8>>) -> usize {
    block.as_ref().map_or(0, |block| block.as_ptr().addr())
}

// SAFETY: the blocks are the parent's.
unsafe impl<L: Log> MemoryPool for Nested<L> {
    fn backend_name(&self) -> &'static CStr {
        self.parent.backend_name()
    }

    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        let block = self.parent.allocate(size, alignment);
        let address = address_of(&block);
        self.tell(EventKind::Allocate, address, (0, size), alignment);
        block
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        // SAFETY: same contract; every block of this pool is one of the parent.
        let moved = unsafe { self.parent.reallocate(block, old_size, new_size, alignment) };
        let sizes = (old_size, new_size);
        self.tell(EventKind::Reallocate, address_of(&moved), sizes, alignment);
        moved
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        self.tell(EventKind::Free, block.as_ptr().addr(), (size, 0), alignment);
        // SAFETY: same contract; every block of this pool is one of the parent.
        unsafe { self.parent.deallocate(block, size, alignment) }
    }

    fn release_unused(&self) {
        self.parent.release_unused();
    }

    fn release_cached(&self) {
        self.parent.release_cached();
    }

    fn details(&self) -> Details {
        self.parent.details()
    }

    fn debugging(&self) -> Option<&dyn Debugging> {
        self.parent.debug()
    }
}

impl Pool {
    /// A pool that takes its memory from `parent` and counts it once more.
    pub fn new_proxy(parent: &PoolRef) -> Result<PoolRef> {
        Self::new_nested(parent, u64::MAX, || ())
    }

    /// A pool that takes its memory from `parent`, never more than `limit` bytes at one time.
    pub fn new_capped(parent: &PoolRef, limit: u64) -> Result<PoolRef> {
        Self::new_nested(parent, limit, || ())
    }

    /// A pool that takes its memory from `parent` and tells `log` about each call. On failure `log` is not called.
    pub fn new_logging<L: Log + 'static>(
        parent: &PoolRef,
        log: impl FnOnce() -> L,
    ) -> Result<PoolRef> {
        Self::new_nested(parent, u64::MAX, log)
    }

    fn new_nested<L: Log + 'static>(
        parent: &PoolRef,
        limit: u64,
        log: impl FnOnce() -> L,
    ) -> Result<PoolRef> {
        let depth = parent.depth_below()?;
        let nested = || Nested {
            parent: PoolKeepAlive::new(parent),
            log: log(),
        };
        Pool::new_over(nested, limit, depth)
    }
}
