//! The allocators of this build, and which of them counted objects come from.
//!
//! Objects come from the allocator that the default pool's data comes from. That choice is made once and kept, since a block
//! must go back where it came from.

#[cfg(feature = "jemalloc")]
mod jemalloc;
#[cfg(feature = "mimalloc")]
mod mimalloc;
mod system;

use super::environment::chosen_backend;
use std::ffi::CStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// An allocator of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Allocator {
    #[cfg(feature = "mimalloc")]
    Mimalloc = 1,
    #[cfg(feature = "jemalloc")]
    Jemalloc = 2,
    /// The C library's.
    System = 3,
}

impl Allocator {
    /// Take a block of at least one byte, aligned to a power of two; null when there is none.
    #[inline(always)]
    pub(crate) fn allocate(self, size: usize, alignment: usize) -> *mut u8 {
        match self {
            Allocator::System => system::allocate(size, alignment),
            #[cfg(feature = "mimalloc")]
            Allocator::Mimalloc => mimalloc::allocate(size, alignment),
            #[cfg(feature = "jemalloc")]
            Allocator::Jemalloc => jemalloc::allocate(size, alignment),
        }
    }

    /// Change the size of a block to at least one byte; null, and the block untouched, when there is no memory.
    ///
    /// # Safety
    /// - `block` came from this allocator with at least `old_size` bytes and with `alignment`; when it moved it is not used
    ///   afterwards.
    pub(crate) unsafe fn reallocate(
        self,
        block: *mut u8,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> *mut u8 {
        match self {
            // SAFETY: same contract.
            Allocator::System => unsafe {
                system::reallocate(block, old_size, new_size, alignment)
            },
            #[cfg(feature = "mimalloc")]
            // SAFETY: same contract.
            Allocator::Mimalloc => unsafe { mimalloc::reallocate(block, new_size, alignment) },
            #[cfg(feature = "jemalloc")]
            // SAFETY: same contract.
            Allocator::Jemalloc => unsafe { jemalloc::reallocate(block, new_size, alignment) },
        }
    }

    /// Give a block back.
    ///
    /// # Safety
    /// - `block` came from this allocator and is not used afterwards.
    #[inline(always)]
    pub(crate) unsafe fn deallocate(self, block: *mut u8) {
        match self {
            // SAFETY: same contract.
            Allocator::System => unsafe { system::deallocate(block) },
            #[cfg(feature = "mimalloc")]
            // SAFETY: same contract.
            Allocator::Mimalloc => unsafe { mimalloc::deallocate(block) },
            #[cfg(feature = "jemalloc")]
            // SAFETY: same contract.
            Allocator::Jemalloc => unsafe { jemalloc::deallocate(block) },
        }
    }

    /// Return freed memory to the system, as far as the allocator can.
    pub(crate) fn release_unused(self) {
        match self {
            Allocator::System => system::release_unused(),
            #[cfg(feature = "mimalloc")]
            Allocator::Mimalloc => mimalloc::release_unused(),
            #[cfg(feature = "jemalloc")]
            Allocator::Jemalloc => jemalloc::release_unused(),
        }
    }

    /// The name that the environment calls it by.
    pub(crate) const fn name(self) -> &'static CStr {
        match self {
            Allocator::System => c"system",
            #[cfg(feature = "mimalloc")]
            Allocator::Mimalloc => c"mimalloc",
            #[cfg(feature = "jemalloc")]
            Allocator::Jemalloc => c"jemalloc",
        }
    }

    /// All of this build, the preferred one first.
    pub(crate) const ALL: &'static [Allocator] = &[
        #[cfg(feature = "mimalloc")]
        Allocator::Mimalloc,
        #[cfg(feature = "jemalloc")]
        Allocator::Jemalloc,
        Allocator::System,
    ];

    /// The allocator with this name; `None` when this build has no such one.
    pub(crate) fn named(name: &[u8]) -> Option<Allocator> {
        let mut all = Self::ALL.iter().copied();
        all.find(|allocator| allocator.name().to_bytes() == name)
    }

    /// Where objects come from.
    #[inline]
    pub(crate) fn of_objects() -> Allocator {
        const SYSTEM: u8 = Allocator::System as u8;
        #[cfg(feature = "mimalloc")]
        const MIMALLOC: u8 = Allocator::Mimalloc as u8;
        #[cfg(feature = "jemalloc")]
        const JEMALLOC: u8 = Allocator::Jemalloc as u8;
        match OF_OBJECTS.load(Ordering::Relaxed) {
            SYSTEM => Allocator::System,
            #[cfg(feature = "mimalloc")]
            MIMALLOC => Allocator::Mimalloc,
            #[cfg(feature = "jemalloc")]
            JEMALLOC => Allocator::Jemalloc,
            _ => Self::choose_for_objects(),
        }
    }

    /// The environment's choice; as for the default pool, a name that this build does not know counts as none.
    #[cold]
    fn choose_for_objects() -> Allocator {
        static CHOICE: OnceLock<Allocator> = OnceLock::new();
        let choice = *CHOICE.get_or_init(|| {
            let named = chosen_backend().and_then(|(_, name)| Self::named(name.to_bytes()));
            named.unwrap_or(Self::ALL[0])
        });
        OF_OBJECTS.store(choice as u8, Ordering::Relaxed);
        choice
    }
}

/// `Allocator::of_objects` as a number; 0 until it is chosen.
static OF_OBJECTS: AtomicU8 = AtomicU8::new(0);
