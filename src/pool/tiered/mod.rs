//! Memory of every size over an allocator for small blocks.
//!
//! | tier | from | freed blocks |
//! |---|---|---|
//! | small, below `medium_bytes` | the allocator | the allocator's business |
//! | medium | the allocator, in size classes | kept for reuse |
//! | large, from `large_bytes` on | the kernel, in size classes, at huge-page borders | kept for reuse |
//!
//! A large block grows by moving its pages, not its bytes. What is kept for reuse is bounded, and goes back to the system when
//! `release_unused` asks for it or when memory runs out. The tier of a block follows from its size and alignment alone.

mod cache;
mod class;
#[cfg(target_os = "linux")]
mod kernel;
#[cfg(not(target_os = "linux"))]
#[path = "no_kernel.rs"]
mod kernel;

use super::{Details, MemoryPool};
use crate::err;
use crate::error::{Error, Result};
use cache::Cache;
use class::Class;
use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) use class::MIN_BYTES as MIN_KEPT_BYTES;
pub use kernel::Numa;

/// Where the tiers begin and what is done about large blocks.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Blocks of at least so many bytes are kept for reuse; no less than `class::MIN_BYTES`.
    pub medium_bytes: usize,
    /// Blocks of at least so many bytes come from the kernel; no less than `class::MIN_BYTES`.
    pub large_bytes: usize,
    /// The most bytes that are kept for reuse.
    pub cache_bytes: u64,
    /// Whether the kernel is asked to use huge pages.
    pub huge_pages: bool,
    /// On which memory nodes large blocks lie.
    pub numa: Numa,
}

impl Policy {
    /// What the process-wide pools do.
    pub const DEFAULT: Policy = Policy {
        medium_bytes: 512 << 10,
        large_bytes: 4 << 20,
        cache_bytes: 128 << 20,
        huge_pages: true,
        numa: Numa::Default,
    };
}

/// An allocator for small blocks with the other tiers above it.
pub(super) struct Tiered<S: MemoryPool> {
    small: S,
    policy: Policy,
    cache: Cache,
    copied: AtomicU64,
}

/// Medium blocks start at page borders, so that one class serves every alignment up to that.
const MEDIUM_ALIGNMENT: usize = 4096;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tier {
    Small,
    Medium(Class),
    Large(Class),
}

#[cold]
fn no_memory(size: usize) -> Error {
    err!(OutOfMemory, "no memory for {} bytes", size)
}

impl<S: MemoryPool> Tiered<S> {
    pub(super) const fn new(small: S, mut policy: Policy) -> Self {
        if cfg!(not(target_os = "linux")) {
            policy.large_bytes = usize::MAX;
        }
        Tiered {
            small,
            policy,
            cache: Cache::new(policy.cache_bytes),
            copied: AtomicU64::new(0),
        }
    }

    #[inline]
    fn is_small(&self, size: usize) -> bool {
        size < self.policy.medium_bytes && size < self.policy.large_bytes
    }

    fn tier(&self, size: usize, alignment: usize) -> Tier {
        if self.is_small(size) {
            return Tier::Small;
        }
        let class = Class::of(size);
        if class.bytes() >= self.policy.large_bytes {
            return Tier::Large(class);
        }
        if alignment > MEDIUM_ALIGNMENT {
            return Tier::Small;
        }
        Tier::Medium(class)
    }

    /// Take a block from where its tier comes from.
    fn take(&self, tier: Tier, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        match tier {
            Tier::Small => self.small.allocate(size, alignment),
            Tier::Medium(class) => self.small.allocate(class.bytes(), MEDIUM_ALIGNMENT),
            Tier::Large(class) => {
                kernel::map(class.bytes(), &self.policy).ok_or_else(|| no_memory(size))
            }
        }
    }

    /// Give a block back to where its tier comes from.
    ///
    /// # Safety
    /// - The block is of this tier, size and alignment, and not used afterwards.
    unsafe fn end(&self, block: NonNull<u8>, tier: Tier, size: usize, alignment: usize) {
        match tier {
            Tier::Small => {
                // SAFETY: same contract.
                unsafe { self.small.deallocate(block, size, alignment) };
            }
            Tier::Medium(class) => {
                // SAFETY: same contract; taken with these in `take`.
                unsafe {
                    self.small
                        .deallocate(block, class.bytes(), MEDIUM_ALIGNMENT)
                };
            }
            // SAFETY: same contract; taken with this size in `take`.
            Tier::Large(class) => unsafe { kernel::unmap(block, class.bytes()) },
        }
    }

    /// Give a block back that the cache does not want.
    ///
    /// # Safety
    /// - It came out of the cache and is not used afterwards.
    unsafe fn end_cached(&self, block: NonNull<u8>, class: Class) {
        let tier = self.tier(class.bytes(), MEDIUM_ALIGNMENT);
        // SAFETY: the cache holds blocks of the tier that belongs to their class.
        unsafe { self.end(block, tier, class.bytes(), MEDIUM_ALIGNMENT) };
    }

    fn empty_cache(&self) {
        self.cache.drain(|block, class| {
            // SAFETY: it came out of the cache just now.
            unsafe { self.end_cached(block, class) };
        });
    }

    #[inline(never)]
    fn allocate_kept(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        let tier = self.tier(size, alignment);
        if let Tier::Medium(class) | Tier::Large(class) = tier
            && let Some(block) = self.cache.take(class)
        {
            return Ok(block);
        }
        match self.take(tier, size, alignment) {
            Ok(block) => Ok(block),
            Err(_) => self.take_once_more(tier, size, alignment),
        }
    }

    /// What is kept for reuse may be what is missing now.
    #[cold]
    fn take_once_more(&self, tier: Tier, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        self.empty_cache();
        self.take(tier, size, alignment)
    }

    /// Keep a block for reuse, or give it back to where its tier comes from.
    ///
    /// # Safety
    /// - It came from this pool with `size` and `alignment` and is not used afterwards.
    #[inline(never)]
    unsafe fn end_kept(&self, block: NonNull<u8>, size: usize, alignment: usize) {
        let tier = self.tier(size, alignment);
        let (Tier::Medium(class) | Tier::Large(class)) = tier else {
            // SAFETY: same contract, and this is its tier.
            unsafe { self.end(block, tier, size, alignment) };
            return;
        };
        if let Some((block, class)) = self.cache.put(block, class) {
            // SAFETY: it came out of the cache just now.
            unsafe { self.end_cached(block, class) };
        }
    }

    /// # Safety
    /// - As for `MemoryPool::reallocate`.
    unsafe fn copy_to_new(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        let moved = self.allocate(new_size, alignment)?;
        let kept = old_size.min(new_size);
        // SAFETY: both blocks have at least `kept` bytes and are different.
        unsafe { std::ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), kept) };
        self.copied.fetch_add(kept as u64, Ordering::Relaxed);
        // SAFETY: same contract; the block is not used afterwards.
        unsafe { self.deallocate(block, old_size, alignment) };
        Ok(moved)
    }
}

// SAFETY: small and medium blocks are the allocator's, large ones the kernel's; each is at least as large and as aligned as
// asked, and the cache gives each to one caller.
unsafe impl<S: MemoryPool> MemoryPool for Tiered<S> {
    fn backend_name(&self) -> &'static CStr {
        self.small.backend_name()
    }

    #[inline(always)]
    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        if !self.is_small(size) {
            return self.allocate_kept(size, alignment);
        }
        match self.small.allocate(size, alignment) {
            Ok(block) => Ok(block),
            Err(_) => self.take_once_more(Tier::Small, size, alignment),
        }
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        let tiers = (
            self.tier(old_size, alignment),
            self.tier(new_size, alignment),
        );
        if let (Tier::Small, Tier::Small) = tiers {
            // SAFETY: same contract; it is the allocator's block.
            let moved = unsafe { self.small.reallocate(block, old_size, new_size, alignment) };
            if moved.is_ok() || self.cache.bytes() == 0 {
                return moved;
            }
            // What is kept for reuse may be what is missing now.
            self.empty_cache();
            // SAFETY: same contract; a failure left the block untouched.
            return unsafe { self.small.reallocate(block, old_size, new_size, alignment) };
        }
        if tiers.0 == tiers.1 {
            return Ok(block);
        }
        if let (Tier::Large(old), Tier::Large(new)) = tiers {
            // SAFETY: same contract; it is the kernel's block, with the size of its class.
            let moved = unsafe { kernel::remap(block, old.bytes(), new.bytes()) };
            if let Some(moved) = moved {
                return Ok(moved);
            }
        }
        // SAFETY: same contract.
        unsafe { self.copy_to_new(block, old_size, new_size, alignment) }
    }

    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        if self.is_small(size) {
            // SAFETY: same contract; it is the allocator's block.
            return unsafe { self.small.deallocate(block, size, alignment) };
        }
        // SAFETY: same contract.
        unsafe { self.end_kept(block, size, alignment) };
        size
    }

    fn release_unused(&self) {
        self.empty_cache();
        self.small.release_unused();
    }

    fn release_cached(&self) {
        self.empty_cache();
    }

    fn details(&self) -> Details {
        Details {
            cached_bytes: self.cache.bytes(),
            copied_bytes: self.copied.load(Ordering::Relaxed),
        }
    }
}

impl<S: MemoryPool> Drop for Tiered<S> {
    fn drop(&mut self) {
        self.empty_cache();
    }
}

#[cfg(test)]
mod tests;
