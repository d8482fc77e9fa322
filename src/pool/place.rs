//! Spreads counters over cache lines, so that threads that count at the same time do not write the same one.

use std::sync::atomic::{AtomicU64, Ordering};

/// How many cache lines a counter is spread over.
pub(super) const SHARDS: usize = 32;

/// The calling thread's place in every sharded counter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    index: usize,
    thread: u64,
}

impl Place {
    /// Threads may share a place; the same thread always gets the same.
    #[inline]
    pub(crate) fn of_this_thread() -> Self {
        let thread = thread_address();
        // Descriptors of threads lie at equal distances, at page boundaries; a multiple of the golden ratio spreads those.
        let spread = (thread >> 6).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Place {
            index: (spread >> (u64::BITS - SHARDS.ilog2())) as usize,
            thread,
        }
    }

    /// The bit of this place in a set of places.
    pub(super) fn bit(self) -> u32 {
        const { assert!(SHARDS == u32::BITS as usize) };
        1 << (self.index % SHARDS)
    }

    /// The element at this place.
    #[inline]
    pub(super) fn of<T>(self, shards: &[T; SHARDS]) -> &T {
        // The place has as many bits as SHARDS has values.
        &shards[self.index % SHARDS]
    }
}

/// The address of what the system knows of the calling thread.
///
/// The thread pointer's own address is its first word (System V ABI, ELF handling for thread-local storage, variant II);
/// `pthread_self` gives the same, but is a call.
#[cfg(all(
    target_arch = "x86_64",
    target_os = "linux",
    target_pointer_width = "64"
))]
#[inline(always)]
fn thread_address() -> u64 {
    let address: u64;
    // SAFETY: every thread has this word, and reading it changes nothing.
    unsafe {
        std::arch::asm!(
            "mov {}, fs:0",
            out(reg) address,
            options(pure, readonly, nostack, preserves_flags)
        );
    }
    address
}

#[cfg(not(all(
    target_arch = "x86_64",
    target_os = "linux",
    target_pointer_width = "64"
)))]
#[inline(always)]
fn thread_address() -> u64 {
    // SAFETY: pthread_self may be called by any thread.
    unsafe { libc::pthread_self() as u64 }
}

/// Which thread alone writes some counter, so that it needs no locked instruction.
///
/// The first thread that comes stays the owner after its end, until another one gets its identity. That one starts after the
/// end of the first and sees what it wrote.
#[derive(Debug)]
pub(super) struct Owner(AtomicU64);

/// No thread has this identity: it is the address of a descriptor.
const NOBODY: u64 = 0;

impl Owner {
    /// The first thread to ask will be it.
    pub(super) const fn new() -> Self {
        Owner(AtomicU64::new(NOBODY))
    }

    /// Whether the thread at this place, which is the calling one, is the owner.
    #[inline]
    pub(super) fn is(&self, place: Place) -> bool {
        self.0.load(Ordering::Relaxed) == place.thread || self.is_first(place)
    }

    #[cold]
    fn is_first(&self, place: Place) -> bool {
        self.0.load(Ordering::Relaxed) == NOBODY
            && self
                .0
                .compare_exchange(NOBODY, place.thread, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}
