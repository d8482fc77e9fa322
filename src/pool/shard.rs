//! Spreads what threads write all the time over cache lines, so that two threads do not write the same one.

/// How many shards there are.
pub(super) const SHARDS: usize = 32;

/// The calling thread's share of everything that is sharded by thread.
#[derive(Clone, Copy, Debug)]
pub(super) struct ThreadShard {
    index: usize,
    thread: u64,
}

impl ThreadShard {
    /// Threads may share a shard; the same thread always gets the same.
    #[inline(always)]
    pub(super) fn current() -> Self {
        let thread = thread_address();
        // Descriptors of threads lie at equal distances; a multiple of the golden ratio spreads those.
        let spread = thread.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ThreadShard {
            index: (spread >> (u64::BITS - SHARDS.ilog2())) as usize,
            thread,
        }
    }

    /// What tells the calling thread from all others that are alive; never zero.
    #[inline]
    pub(super) fn thread(self) -> u64 {
        self.thread
    }

    /// The bit of this shard in a set of shards.
    #[inline]
    pub(super) fn bit(self) -> u32 {
        const { assert!(SHARDS == u32::BITS as usize) };
        1 << (self.index % SHARDS)
    }

    /// The element of this shard.
    #[inline]
    pub(super) fn of<T>(self, shards: &[T; SHARDS]) -> &T {
        // The index has as many bits as SHARDS has values.
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
