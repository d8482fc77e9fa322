//! An allocator with a cache of freed blocks over it.
//!
//! | blocks | come from | freed ones |
//! |---|---|---|
//! | small, up to 64 KiB | the allocator, in its own size classes | one of each class is kept for each shard of threads |
//! | between | the allocator | are the allocator's |
//! | large, from `large_bytes` on | the kernel, in size classes, at huge-page borders | are kept up to a limit |
//!
//! A large block grows by moving its pages, not its bytes. Kept blocks go back where they came from when `release_unused` asks for
//! it or when memory runs out. Size and alignment of a block alone decide which kind it is.

mod block_cache;
#[cfg(not(target_os = "linux"))]
#[path = "no_pages.rs"]
mod pages;
#[cfg(target_os = "linux")]
mod pages;
mod policy;
mod size_class;

use super::limits::ALIGNMENT;
use super::memory_pool::Details;
use super::shard::ThreadShard;
use crate::alloc::Allocator;
use block_cache::{BlockCache, Slot};
use size_class::{SizeClass, SmallClass};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

pub use policy::{Numa, Policy};
pub(crate) use size_class::MIN_LARGE_BYTES;

/// An allocator with a cache of freed blocks.
#[derive(Debug)]
pub(super) struct CachingAllocator {
    allocator: Allocator,
    policy: Policy,
    /// Blocks of at most so many bytes, with the usual alignment, are small ones.
    small_bytes: usize,
    cache: BlockCache,
    copied: AtomicU64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A block of the allocator with this size and alignment.
    Plain(usize, usize),
    Large(SizeClass),
}

impl CachingAllocator {
    pub(super) const fn new(allocator: Allocator, mut policy: Policy) -> Self {
        if cfg!(not(target_os = "linux")) {
            policy.large_bytes = usize::MAX;
        }
        if allocator as u8 == Allocator::System as u8 {
            // Leak checkers know its blocks, and would call one that is kept for reuse lost.
            policy.keeps_small = false;
        }
        CachingAllocator {
            allocator,
            policy,
            small_bytes: if policy.keeps_small {
                SmallClass::MAX_BYTES
            } else {
                0
            },
            cache: BlockCache::new(policy.cache_bytes),
            copied: AtomicU64::new(0),
        }
    }

    /// Where the blocks come from.
    pub(super) fn allocator(&self) -> Allocator {
        self.allocator
    }

    /// The class of a small block that is kept for reuse.
    #[inline(always)]
    fn small_class(&self, size: usize, alignment: usize) -> Option<SmallClass> {
        let is_small = alignment == ALIGNMENT && size.wrapping_sub(1) < self.small_bytes;
        is_small.then(|| SmallClass::of(size))
    }

    /// The slot for a small block of this size, if such a block is kept for reuse.
    #[inline(always)]
    pub(super) fn small_slot(
        &self,
        shard: ThreadShard,
        size: usize,
        alignment: usize,
    ) -> Option<&Slot> {
        let class = self.small_class(size, alignment)?;
        self.cache.small_slot(shard, class)
    }

    fn kind(&self, size: usize, alignment: usize) -> Kind {
        if let Some(class) = self.small_class(size, alignment) {
            return Kind::Plain(class.bytes(), ALIGNMENT);
        }
        if size < self.policy.large_bytes {
            return Kind::Plain(size, alignment);
        }
        Kind::Large(SizeClass::of(size))
    }

    fn empty_cache(&self) {
        let free_small = |block: NonNull<u8>| {
            // SAFETY: it came out of the cache just now, and is the allocator's.
            unsafe { self.allocator.deallocate(block.as_ptr()) };
        };
        self.cache.drain(free_small, |block, class| {
            // SAFETY: it came out of the cache just now, which knows its class.
            unsafe { pages::unmap(block, class.bytes()) };
        });
    }

    /// Take a block, but no small one that is kept for reuse: it is in its slot.
    pub(super) fn allocate(&self, size: usize, alignment: usize) -> Option<NonNull<u8>> {
        let kind = self.kind(size, alignment);
        let take = || match kind {
            Kind::Plain(size, alignment) => NonNull::new(self.allocator.allocate(size, alignment)),
            Kind::Large(class) => {
                let kept = self.cache.take_large(class);
                kept.or_else(|| pages::map(class.bytes(), &self.policy))
            }
        };
        take().or_else(|| {
            // What is kept for reuse may be what is missing now.
            self.empty_cache();
            take()
        })
    }

    /// Free a block, but keep no small one for reuse: that is for its slot to do.
    ///
    /// # Safety
    /// - It came from this allocator with `size` and `alignment` and is not used afterwards.
    pub(super) unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) {
        match self.kind(size, alignment) {
            // SAFETY: same contract.
            Kind::Plain(..) => unsafe { self.allocator.deallocate(block.as_ptr()) },
            Kind::Large(class) => self.cache.put_large(block, class, |block, class| {
                // SAFETY: the cache has given it up, and knows its class.
                unsafe { pages::unmap(block, class.bytes()) };
            }),
        }
    }

    /// Change the size of a block; on failure the block is untouched.
    ///
    /// # Safety
    /// - It came from this allocator with `old_size` and `alignment`; when it moved it is not used afterwards.
    pub(super) unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Option<NonNull<u8>> {
        let (old, new) = (
            self.kind(old_size, alignment),
            self.kind(new_size, alignment),
        );
        if old == new {
            return Some(block);
        }
        if let (Kind::Plain(old, _), Kind::Plain(new, alignment)) = (old, new) {
            let change = || {
                // SAFETY: same contract; it is the allocator's block, with so many bytes; a failure leaves it untouched.
                let moved =
                    unsafe { (self.allocator).reallocate(block.as_ptr(), old, new, alignment) };
                NonNull::new(moved)
            };
            return change().or_else(|| {
                // What is kept for reuse may be what is missing now.
                self.empty_cache();
                change()
            });
        }
        if let (Kind::Large(old), Kind::Large(new)) = (old, new) {
            // SAFETY: same contract; it is the kernel's block, with the size of its class.
            let moved = unsafe { pages::remap(block, old.bytes(), new.bytes()) };
            if moved.is_some() {
                return moved;
            }
        }
        let moved = self.allocate(new_size, alignment)?;
        let kept = old_size.min(new_size);
        // SAFETY: both blocks have at least `kept` bytes and are different.
        unsafe { std::ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), kept) };
        self.copied.fetch_add(kept as u64, Ordering::Relaxed);
        // SAFETY: same contract; the block is not used afterwards.
        unsafe { self.deallocate(block, old_size, alignment) };
        Some(moved)
    }

    /// Return freed memory to the system.
    pub(super) fn release_unused(&self) {
        self.empty_cache();
        self.allocator.release_unused();
    }

    /// Return the blocks that are kept for reuse, not those of the allocator.
    pub(super) fn release_cached(&self) {
        self.empty_cache();
    }

    pub(super) fn details(&self) -> Details {
        Details {
            cached_bytes: self.cache.bytes(),
            copied_bytes: self.copied.load(Ordering::Relaxed),
        }
    }
}

impl Drop for CachingAllocator {
    fn drop(&mut self) {
        self.empty_cache();
    }
}

#[cfg(test)]
mod tests;
