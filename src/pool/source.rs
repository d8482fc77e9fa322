//! Which implementation a pool has.

use super::MemoryPool;
#[cfg(feature = "jemalloc")]
use super::jemalloc::Jemalloc;
#[cfg(feature = "mimalloc")]
use super::mimalloc::Mimalloc;
use super::system::System;
use super::tiered::{Policy, Tiered};
use crate::error::Result;
use std::ptr::NonNull;

/// The implementations that every process has are called without an indirection.
pub(super) enum Source {
    System(Tiered<System>),
    #[cfg(feature = "mimalloc")]
    Mimalloc(Tiered<Mimalloc>),
    #[cfg(feature = "jemalloc")]
    Jemalloc(Tiered<Jemalloc>),
    Other(Box<dyn MemoryPool>),
}

/// The C library's allocator below the tiers of `policy`, without the medium one: leak checkers know its blocks, and would
/// call one that is kept for reuse lost.
pub(super) const fn system_tiers(policy: Policy) -> Tiered<System> {
    let policy = Policy {
        medium_bytes: usize::MAX,
        ..policy
    };
    Tiered::new(System, policy)
}

/// mimalloc below the tiers of `policy`.
#[cfg(feature = "mimalloc")]
pub(super) const fn mimalloc_tiers(policy: Policy) -> Tiered<Mimalloc> {
    Tiered::new(Mimalloc, policy)
}

/// jemalloc below the tiers of `policy`.
#[cfg(feature = "jemalloc")]
pub(super) const fn jemalloc_tiers(policy: Policy) -> Tiered<Jemalloc> {
    Tiered::new(Jemalloc, policy)
}

impl Source {
    /// The C library's allocator.
    pub(super) const fn system(policy: Policy) -> Self {
        Source::System(system_tiers(policy))
    }

    /// mimalloc.
    #[cfg(feature = "mimalloc")]
    pub(super) const fn mimalloc(policy: Policy) -> Self {
        Source::Mimalloc(mimalloc_tiers(policy))
    }

    /// jemalloc.
    #[cfg(feature = "jemalloc")]
    pub(super) const fn jemalloc(policy: Policy) -> Self {
        Source::Jemalloc(jemalloc_tiers(policy))
    }

    #[inline]
    pub(super) fn get(&self) -> &dyn MemoryPool {
        match self {
            Source::System(pool) => pool,
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(pool) => pool,
            #[cfg(feature = "jemalloc")]
            Source::Jemalloc(pool) => pool,
            Source::Other(pool) => pool.as_ref(),
        }
    }

    #[inline(always)]
    pub(super) fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        match self {
            Source::System(pool) => pool.allocate(size, alignment),
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(pool) => pool.allocate(size, alignment),
            #[cfg(feature = "jemalloc")]
            Source::Jemalloc(pool) => pool.allocate(size, alignment),
            Source::Other(pool) => pool.allocate(size, alignment),
        }
    }

    /// # Safety
    /// - As for `MemoryPool::deallocate`.
    #[inline]
    pub(super) unsafe fn deallocate(
        &self,
        block: NonNull<u8>,
        size: usize,
        alignment: usize,
    ) -> usize {
        match self {
            // SAFETY: same contract.
            Source::System(pool) => unsafe { pool.deallocate(block, size, alignment) },
            #[cfg(feature = "mimalloc")]
            // SAFETY: same contract.
            Source::Mimalloc(pool) => unsafe { pool.deallocate(block, size, alignment) },
            #[cfg(feature = "jemalloc")]
            // SAFETY: same contract.
            Source::Jemalloc(pool) => unsafe { pool.deallocate(block, size, alignment) },
            // SAFETY: same contract.
            Source::Other(pool) => unsafe { pool.deallocate(block, size, alignment) },
        }
    }
}
