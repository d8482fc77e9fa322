//! Counters of a pool.

use std::sync::atomic::{AtomicU64, Ordering};

/// What went through a pool since it was made. Counts bytes as they were asked for from the pool.
#[derive(Debug)]
#[repr(align(128))]
pub struct Statistics {
    live: AtomicU64,
    peak: AtomicU64,
    total: AtomicU64,
    count: AtomicU64,
}

impl Statistics {
    pub(super) const fn new() -> Self {
        Statistics {
            live: AtomicU64::new(0),
            peak: AtomicU64::new(0),
            total: AtomicU64::new(0),
            count: AtomicU64::new(0),
        }
    }

    #[inline]
    fn grow(&self, bytes: u64) {
        let live = self
            .live
            .fetch_add(bytes, Ordering::Relaxed)
            .wrapping_add(bytes);
        // A peak is rare once a program has warmed up, so look before writing.
        if live > self.peak.load(Ordering::Relaxed) {
            self.peak.fetch_max(live, Ordering::Relaxed);
        }
        self.total.fetch_add(bytes, Ordering::Relaxed);
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    #[inline]
    pub(super) fn allocated(&self, size: usize) {
        self.grow(size as u64);
    }

    pub(super) fn reallocated(&self, old_size: usize, new_size: usize) {
        match new_size.checked_sub(old_size) {
            Some(more) if more > 0 => self.grow(more as u64),
            _ => self.freed(old_size - new_size),
        }
    }

    #[inline]
    pub(super) fn freed(&self, size: usize) {
        self.live.fetch_sub(size as u64, Ordering::Relaxed);
    }

    /// Bytes in use now.
    pub fn bytes_allocated(&self) -> u64 {
        self.live.load(Ordering::Relaxed)
    }

    /// The most bytes that were ever in use at one time.
    pub fn max_memory(&self) -> u64 {
        self.peak.load(Ordering::Relaxed)
    }

    /// All bytes ever handed out; growing a block counts the growth, shrinking counts nothing.
    pub fn total_bytes_allocated(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// How often memory was handed out; growing a block counts once, shrinking does not.
    pub fn num_allocations(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}
