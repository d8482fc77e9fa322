//! Which allocator counted objects come from: the one that the default pool's data comes from.
//!
//! The choice is made once and kept, since a block must go back where it came from.
#![forbid(unsafe_code)]

use super::environment::chosen_backend;
use std::sync::atomic::{AtomicU8, Ordering};

/// An allocator of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Allocator {
    /// The C library's.
    System = 1,
    #[cfg(feature = "mimalloc")]
    Mimalloc = 2,
    #[cfg(feature = "jemalloc")]
    Jemalloc = 3,
}

const UNDECIDED: u8 = 0;
#[cfg(feature = "mimalloc")]
const MIMALLOC: u8 = Allocator::Mimalloc as u8;
#[cfg(feature = "jemalloc")]
const JEMALLOC: u8 = Allocator::Jemalloc as u8;

static CHOICE: AtomicU8 = AtomicU8::new(UNDECIDED);

impl Allocator {
    /// What is taken when the environment names no backend of this build.
    pub(crate) const BUILT_IN: Allocator = {
        #[cfg(feature = "mimalloc")]
        {
            Allocator::Mimalloc
        }
        #[cfg(all(feature = "jemalloc", not(feature = "mimalloc")))]
        {
            Allocator::Jemalloc
        }
        #[cfg(not(any(feature = "jemalloc", feature = "mimalloc")))]
        {
            Allocator::System
        }
    };

    /// The allocator of the backend with this name; `None` when this build has no such backend.
    pub(crate) fn named(name: &[u8]) -> Option<Allocator> {
        match name {
            b"system" => Some(Allocator::System),
            #[cfg(feature = "mimalloc")]
            b"mimalloc" => Some(Allocator::Mimalloc),
            #[cfg(feature = "jemalloc")]
            b"jemalloc" => Some(Allocator::Jemalloc),
            _ => None,
        }
    }

    fn of(choice: u8) -> Allocator {
        match choice {
            #[cfg(feature = "mimalloc")]
            MIMALLOC => Allocator::Mimalloc,
            #[cfg(feature = "jemalloc")]
            JEMALLOC => Allocator::Jemalloc,
            _ => Allocator::System,
        }
    }

    /// Where objects come from.
    #[inline]
    pub(crate) fn of_objects() -> Allocator {
        match CHOICE.load(Ordering::Relaxed) {
            UNDECIDED => decide(),
            choice => Allocator::of(choice),
        }
    }
}

/// An unknown name means the built-in default, as it does for the default pool.
#[cold]
fn decide() -> Allocator {
    let named = chosen_backend().and_then(|(_, name)| Allocator::named(name.to_bytes()));
    let choice = named.unwrap_or(Allocator::BUILT_IN);
    match CHOICE.compare_exchange(
        UNDECIDED,
        choice as u8,
        Ordering::Relaxed,
        Ordering::Relaxed,
    ) {
        Ok(_) => choice,
        Err(earlier) => Allocator::of(earlier),
    }
}
