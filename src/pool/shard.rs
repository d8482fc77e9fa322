//! Spreads counters over cache lines, so that threads that count at the same time do not write the same one.

/// How many cache lines a counter is spread over.
pub(super) const SHARDS: usize = 32;

/// The calling thread's place in every sharded counter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(usize);

impl Place {
    /// Threads may share a place; the same thread always gets the same.
    #[inline]
    pub(super) fn of_this_thread() -> Self {
        // SAFETY: pthread_self may be called by any thread.
        let thread = unsafe { libc::pthread_self() } as u64;
        // Descriptors of threads lie at equal distances, at page boundaries; a multiple of the golden ratio spreads those.
        let spread = (thread >> 6).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Place((spread >> (u64::BITS - SHARDS.ilog2())) as usize)
    }

    /// The element at this place.
    #[inline]
    pub(super) fn of<T>(self, shards: &[T; SHARDS]) -> &T {
        // The place has as many bits as SHARDS has values.
        &shards[self.0 % SHARDS]
    }
}
