//! Counters of a pool.

#![forbid(unsafe_code)]

use super::ledger::{Ledger, Raised};
use super::place::{Owner, Place, SHARDS};
use super::spare::{Leaving, Spare};
use std::sync::atomic::{AtomicU64, Ordering};

/// What went through a pool since it was made. Counts bytes as they were asked for from the pool.
///
/// Exact whenever no call is under way; threads that allocate at the same time count on different cache lines.
#[derive(Debug)]
pub struct Statistics {
    in_use: Ledger,
    given_out: [GivenOut; SHARDS],
    /// What did not fit into the packed counters.
    spilled_bytes: AtomicU64,
    spilled_count: AtomicU64,
}

/// Two counters, each with bytes in the lower bits and times in the upper ones, so that one write counts both.
#[derive(Debug)]
#[repr(align(128))]
struct GivenOut {
    owner: Owner,
    /// What the owner counts; nobody else writes it.
    own: AtomicU64,
    /// What the other threads at this place count.
    shared: AtomicU64,
}

impl GivenOut {
    const fn new() -> Self {
        GivenOut {
            owner: Owner::new(),
            own: AtomicU64::new(0),
            shared: AtomicU64::new(0),
        }
    }

    /// Both counters, still packed.
    fn both(&self) -> [u64; 2] {
        [
            self.own.load(Ordering::Relaxed),
            self.shared.load(Ordering::Relaxed),
        ]
    }
}

const BYTE_BITS: u32 = 40;
const BYTES: u64 = (1 << BYTE_BITS) - 1;
const ONCE: u64 = 1 << BYTE_BITS;
/// The top bit of either part: it is time to spill, long before the other part or the word overflows.
const FULL: u64 = 1 << (BYTE_BITS - 1) | 1 << 63;
/// What is larger is spilled right away.
const MAX_PACKED: u64 = 1 << 32;

impl Statistics {
    /// Nothing allocated, and never more than `limit`.
    pub(super) const fn new(limit: u64) -> Self {
        Statistics {
            in_use: Ledger::new(limit),
            given_out: [const { GivenOut::new() }; SHARDS],
            spilled_bytes: AtomicU64::new(0),
            spilled_count: AtomicU64::new(0),
        }
    }

    /// Count bytes as in use before they are taken, if the limit allows it. Spares whose bytes these are now are left to `end`.
    #[inline]
    pub(super) fn reserve(
        &self,
        place: Place,
        bytes: usize,
        end: impl FnOnce(Leaving),
    ) -> Option<Raised> {
        self.in_use.take(place, bytes as u64, end)
    }

    /// Take a spare with a block of exactly `size` bytes and count them as given out.
    #[inline(always)]
    pub(super) fn take_spare(&self, place: Place, size: usize) -> Option<Spare> {
        let spare = self.in_use.take_spare(place, size)?;
        self.given_out(place, size);
        Some(spare)
    }

    /// Count the bytes of a spare as no longer in use. The result does not wait, and is to be ended.
    #[inline]
    pub(super) fn give_spare(&self, place: Place, spare: Spare, size: usize) -> Option<Spare> {
        self.in_use.give_spare(place, spare, size)
    }

    /// Whether a spare with a block of `size` bytes may wait.
    #[inline(always)]
    pub(super) fn may_keep(&self, place: Place, size: usize) -> bool {
        self.in_use.may_keep(place, size)
    }

    /// All spares that waited.
    pub(super) fn take_spares(&self) -> Leaving {
        self.in_use.empty_slots()
    }

    /// Bytes of spares that wait.
    pub(super) fn spare_bytes(&self) -> u64 {
        self.in_use.spare_bytes()
    }

    /// Forget a reservation for which there was no memory.
    pub(super) fn undo(&self, place: Place, bytes: usize, raised: Raised) {
        self.in_use.undo(place, bytes as u64, raised);
    }

    /// Count bytes as no longer in use.
    #[inline]
    pub(super) fn freed(&self, bytes: usize) {
        self.in_use.give_back(Place::of_this_thread(), bytes as u64);
    }

    /// Count reserved bytes as given out.
    #[inline]
    pub(super) fn given_out(&self, place: Place, bytes: usize) {
        let bytes = bytes as u64;
        if bytes >= MAX_PACKED {
            self.spill(bytes, 1);
            return;
        }
        let mine = place.of(&self.given_out);
        if !mine.owner.is(place) {
            return self.given_out_beside_owner(&mine.shared, bytes);
        }
        let packed = mine.own.load(Ordering::Relaxed) + (bytes | ONCE);
        if packed & FULL == 0 {
            return mine.own.store(packed, Ordering::Relaxed);
        }
        mine.own.store(0, Ordering::Relaxed);
        self.spill(packed & BYTES, packed >> BYTE_BITS);
    }

    #[cold]
    fn given_out_beside_owner(&self, shared: &AtomicU64, bytes: u64) {
        if shared.fetch_add(bytes | ONCE, Ordering::Relaxed) & FULL != 0 {
            let packed = shared.swap(0, Ordering::Relaxed);
            self.spill(packed & BYTES, packed >> BYTE_BITS);
        }
    }

    #[cold]
    fn spill(&self, bytes: u64, count: u64) {
        self.spilled_bytes.fetch_add(bytes, Ordering::Relaxed);
        self.spilled_count.fetch_add(count, Ordering::Relaxed);
    }

    fn sum(&self, spilled: &AtomicU64, part: impl Fn(u64) -> u64) -> u64 {
        let packed = self.given_out.iter().flat_map(GivenOut::both);
        packed.fold(spilled.load(Ordering::Relaxed), |sum, packed| {
            sum.wrapping_add(part(packed))
        })
    }

    /// Bytes in use now.
    pub fn bytes_allocated(&self) -> u64 {
        self.in_use.in_use()
    }

    /// The most bytes that were ever in use at one time.
    pub fn max_memory(&self) -> u64 {
        self.in_use.peak()
    }

    /// The most bytes that may be in use at one time.
    pub fn limit(&self) -> u64 {
        self.in_use.limit()
    }

    /// All bytes ever handed out; growing a block counts the growth, shrinking counts nothing.
    pub fn total_bytes_allocated(&self) -> u64 {
        self.sum(&self.spilled_bytes, |packed| packed & BYTES)
    }

    /// How often memory was handed out; growing a block counts once, shrinking does not.
    pub fn num_allocations(&self) -> u64 {
        self.sum(&self.spilled_count, |packed| packed >> BYTE_BITS)
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_PACKED, Place, Statistics};

    #[test]
    fn packed_counters_spill_before_they_overflow() {
        let statistics = Statistics::new(u64::MAX);
        let place = Place::of_this_thread();
        let big = (MAX_PACKED - 1) as usize;
        for _ in 0..1000 {
            statistics.given_out(place, big);
        }
        for _ in 0..10_000_000 {
            statistics.given_out(place, 1);
        }
        statistics.given_out(place, usize::MAX >> 8);
        assert_eq!(
            statistics.total_bytes_allocated(),
            (1000 * big + 10_000_000 + (usize::MAX >> 8)) as u64
        );
        assert_eq!(statistics.num_allocations(), 10_001_001);
    }
}
