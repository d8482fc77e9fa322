//! An allocator with a cache of freed blocks over it.
//!
//! | blocks | come from | freed ones |
//! |---|---|---|
//! | small, up to 64 KiB | the allocator, in its own size classes | one of each class is kept for each shard of threads |
//! | between | the allocator | are the allocator's |
//! | medium, from `medium_bytes` on | the allocator, in size classes | are kept up to a limit |
//! | large, from `large_bytes` on | the kernel, in size classes, at huge-page borders | are kept up to the same limit |
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
pub(crate) use size_class::MIN_BYTES as MIN_KEPT_BYTES;

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

/// Medium blocks start at page borders, so that one class serves every alignment up to that.
const MEDIUM_ALIGNMENT: usize = 4096;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A block of the allocator with this size and alignment.
    Plain(usize, usize),
    Medium(SizeClass),
    Large(SizeClass),
}

impl CachingAllocator {
    pub(super) const fn new(allocator: Allocator, mut policy: Policy) -> Self {
        if cfg!(not(target_os = "linux")) {
            policy.large_bytes = usize::MAX;
        }
        if let Allocator::System = allocator {
            // Leak checkers know its blocks, and would call one that is kept for reuse lost.
            policy.keeps_small = false;
            policy.medium_bytes = usize::MAX;
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

    fn kind(&self, size: usize, alignment: usize) -> Kind {
        if let Some(class) = self.small_class(size, alignment) {
            return Kind::Plain(class.bytes(), ALIGNMENT);
        }
        let plain = Kind::Plain(size, alignment);
        if size < self.policy.medium_bytes && size < self.policy.large_bytes {
            return plain;
        }
        let class = SizeClass::of(size);
        if class.bytes() >= self.policy.large_bytes {
            Kind::Large(class)
        } else if alignment <= MEDIUM_ALIGNMENT {
            Kind::Medium(class)
        } else {
            plain
        }
    }

    /// Take a block from where its kind comes from.
    fn take(&self, kind: Kind) -> Option<NonNull<u8>> {
        match kind {
            Kind::Plain(size, alignment) => NonNull::new(self.allocator.allocate(size, alignment)),
            Kind::Medium(class) => {
                NonNull::new(self.allocator.allocate(class.bytes(), MEDIUM_ALIGNMENT))
            }
            Kind::Large(class) => pages::map(class.bytes(), &self.policy),
        }
    }

    /// Give a medium or large block back to where its kind comes from.
    ///
    /// # Safety
    /// - The block is of this class, and not used afterwards.
    unsafe fn free_class(&self, block: NonNull<u8>, class: SizeClass) {
        if class.bytes() >= self.policy.large_bytes {
            // SAFETY: same contract; mapped with this size in `take`.
            unsafe { pages::unmap(block, class.bytes()) };
        } else {
            // SAFETY: same contract; it came from the allocator in `take`.
            unsafe { self.allocator.deallocate(block.as_ptr()) };
        }
    }

    fn empty_cache(&self) {
        let free_small = |block: NonNull<u8>| {
            // SAFETY: it came out of the cache just now, and is the allocator's.
            unsafe { self.allocator.deallocate(block.as_ptr()) };
        };
        self.cache.drain(free_small, |block, class| {
            // SAFETY: it came out of the cache just now, and the cache knows its class.
            unsafe { self.free_class(block, class) };
        });
    }

    /// A slot in which a small block for this size is kept.
    #[inline(always)]
    pub(super) fn full_slot(
        &self,
        shard: ThreadShard,
        size: usize,
        alignment: usize,
    ) -> Option<&Slot> {
        let class = self.small_class(size, alignment)?;
        self.cache
            .small_slot(shard, class)
            .filter(|slot| slot.is_full())
    }

    /// Take a block.
    pub(super) fn allocate(
        &self,
        shard: ThreadShard,
        size: usize,
        alignment: usize,
    ) -> Option<NonNull<u8>> {
        if let Some(slot) = self.full_slot(shard, size, alignment)
            && let Some(block) = slot.take()
        {
            return Some(block);
        }
        let kind = self.kind(size, alignment);
        if let Kind::Medium(class) | Kind::Large(class) = kind
            && let Some(block) = self.cache.take_large(class)
        {
            return Some(block);
        }
        self.take(kind).or_else(|| self.take_once_more(kind))
    }

    /// What is kept for reuse may be what is missing now.
    #[cold]
    fn take_once_more(&self, kind: Kind) -> Option<NonNull<u8>> {
        self.empty_cache();
        self.take(kind)
    }

    /// Keep a small block for reuse. False, and nothing done, when it is none, or when one of its class is kept already.
    ///
    /// # Safety
    /// - It came from `allocate` or `reallocate` with `size` and `alignment`; if the result is true, it is not used afterwards.
    #[inline(always)]
    pub(super) unsafe fn keep_small(
        &self,
        shard: ThreadShard,
        block: NonNull<u8>,
        size: usize,
        alignment: usize,
    ) -> bool {
        let class = self.small_class(size, alignment);
        let slot = class.and_then(|class| self.cache.small_slot(shard, class));
        slot.is_some_and(|slot| slot.put(block))
    }

    /// Free a block: keep it for reuse, or give it back to where it came from.
    ///
    /// # Safety
    /// - It came from `allocate` or `reallocate` with `size` and `alignment` and is not used afterwards.
    pub(super) unsafe fn deallocate(
        &self,
        shard: ThreadShard,
        block: NonNull<u8>,
        size: usize,
        alignment: usize,
    ) {
        // SAFETY: same contract.
        if unsafe { self.keep_small(shard, block, size, alignment) } {
            return;
        }
        match self.kind(size, alignment) {
            // SAFETY: same contract; it came from the allocator in `take`.
            Kind::Plain(..) => unsafe { self.allocator.deallocate(block.as_ptr()) },
            Kind::Medium(class) | Kind::Large(class) => {
                self.cache.put_large(block, class, |block, class| {
                    // SAFETY: the cache has given it up, and knows its class.
                    unsafe { self.free_class(block, class) };
                });
            }
        }
    }

    /// Change the size of a block; on failure the block is untouched.
    ///
    /// # Safety
    /// - It came from `allocate` or `reallocate` with `old_size` and `alignment`; when it moved it is not used afterwards.
    pub(super) unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Option<NonNull<u8>> {
        let kinds = (
            self.kind(old_size, alignment),
            self.kind(new_size, alignment),
        );
        if kinds.0 == kinds.1 {
            return Some(block);
        }
        let moved = match kinds {
            (Kind::Plain(old, _), Kind::Plain(new, alignment)) => {
                let change = || {
                    let block = block.as_ptr();
                    // SAFETY: same contract; it is the allocator's block, with so many bytes.
                    NonNull::new(unsafe { self.allocator.reallocate(block, old, new, alignment) })
                };
                return change().or_else(|| {
                    // What is kept for reuse may be what is missing now.
                    self.empty_cache();
                    change()
                });
            }
            (Kind::Large(old), Kind::Large(new)) => {
                // SAFETY: same contract; it is the kernel's block, with the size of its class.
                unsafe { pages::remap(block, old.bytes(), new.bytes()) }
            }
            _ => None,
        };
        moved.or_else(|| {
            // SAFETY: same contract.
            unsafe { self.copy_to_new(block, old_size, new_size, alignment) }
        })
    }

    /// # Safety
    /// - As for `reallocate`.
    unsafe fn copy_to_new(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Option<NonNull<u8>> {
        let shard = ThreadShard::current();
        let moved = self.allocate(shard, new_size, alignment)?;
        let kept = old_size.min(new_size);
        // SAFETY: both blocks have at least `kept` bytes and are different.
        unsafe { std::ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), kept) };
        self.copied.fetch_add(kept as u64, Ordering::Relaxed);
        // SAFETY: same contract; the block is not used afterwards.
        unsafe { self.deallocate(shard, block, old_size, alignment) };
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
