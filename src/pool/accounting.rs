//! What a pool counts: exact whenever no call is under way, bounded, and without threads waiting for each other.
//!
//! The one invariant: `granted` is what all shards together may use; the room of a shard is the part of it that nobody uses. So
//! `granted - sum of room` bytes are in use, never more than `granted`, and `granted` never exceeds the limit.
//!
//! Allocating takes room of the calling thread's shard; freeing adds room there, whichever shard it was taken from. Only a thread
//! whose shard has too little room looks at the others, one such thread at a time: it moves their room over, and only when all of
//! them together have too little does `granted` grow. Therefore `granted` is also the peak.
//!
//! That all of them have too little must be true at one moment, although they are looked at one after the other. So each shard
//! counts how often room was added to it. When a scan finds all shards empty, and the next scan finds them empty with the same
//! counts, then all were empty at the end of the first one. The counts wrap, so a thread that sleeps within a scan might see the
//! old count again, but hardly in two scans one after the other: that is why there are three.
//!
//! Who sees that room was taken must also see what was added before that, on whatever processor. Therefore taking releases and
//! scanning acquires; a scan also cannot begin before the last one has ended.

#![forbid(unsafe_code)]

use super::fork_safe_lock::ForkSafeLock;
use super::shard::{SHARDS, ThreadShard};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

/// What went through a pool since it was made. Counts bytes as they were asked for from the pool.
#[derive(Debug)]
pub struct Statistics {
    shards: [Shard; SHARDS],
    /// A bit for each shard that ever had room.
    used: AtomicU32,
    limit: u64,
    granted: AtomicU64,
    /// Held while room moves between shards and `granted` grows.
    rebalancing: ForkSafeLock,
}

/// By how much a reservation raised the peak.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raised(u64);

impl Raised {
    /// Whether it did at all.
    pub(super) fn is_some(self) -> bool {
        self.0 != 0
    }
}

/// On cache lines of its own.
#[derive(Debug)]
#[repr(align(128))]
struct Shard {
    /// The lower bits are room, the upper ones count how often room was added.
    room: AtomicU64,
    /// Whether the bit in `used` is set.
    is_used: AtomicBool,
    /// The first thread of the shard that allocates. It counts without locked instructions, the others beside it. It stays the
    /// owner after its end, until a thread gets its address; that one starts after the end of the first and sees what it wrote.
    owner: AtomicU64,
    by_owner: Allocated,
    by_others: Allocated,
}

/// What was allocated.
#[derive(Debug)]
struct Allocated {
    bytes: AtomicU64,
    times: AtomicU64,
}

/// The owner of a shard that has none yet.
const NO_THREAD: u64 = 0;

/// More room than an address space has.
const ROOM_BITS: u32 = 48;
const ROOM: u64 = (1 << ROOM_BITS) - 1;
const ONCE: u64 = 1 << ROOM_BITS;

impl Allocated {
    const fn new() -> Self {
        Allocated {
            bytes: AtomicU64::new(0),
            times: AtomicU64::new(0),
        }
    }
}

impl Shard {
    const fn new() -> Self {
        Shard {
            room: AtomicU64::new(0),
            is_used: AtomicBool::new(false),
            owner: AtomicU64::new(NO_THREAD),
            by_owner: Allocated::new(),
            by_others: Allocated::new(),
        }
    }

    /// Change the room, unless another thread has.
    #[inline(always)]
    fn changed(&self, from: u64, to: u64) -> bool {
        let (success, failure) = (Ordering::Release, Ordering::Relaxed);
        self.room
            .compare_exchange(from, to, success, failure)
            .is_ok()
    }

    /// Take up to `wanted` bytes of room. The second result is how often room was added before.
    fn take(&self, wanted: u64) -> (u64, u64) {
        loop {
            let room = self.room.load(Ordering::Acquire);
            let taken = (room & ROOM).min(wanted);
            if taken == 0 || self.changed(room, room - taken) {
                return (taken, room >> ROOM_BITS);
            }
        }
    }

    #[inline]
    fn add(&self, bytes: u64) {
        // The count wraps, and nothing but its change is of interest.
        self.room
            .fetch_add(bytes.wrapping_add(ONCE), Ordering::Relaxed);
    }

    fn free_bytes(&self) -> u64 {
        self.room.load(Ordering::Relaxed) & ROOM
    }

    /// Whether a thread owns the shard, maybe from now on.
    #[inline(always)]
    fn is_owned_by(&self, thread: u64) -> bool {
        self.owner.load(Ordering::Relaxed) == thread || self.is_now_owned_by(thread)
    }

    #[cold]
    fn is_now_owned_by(&self, thread: u64) -> bool {
        let (success, failure) = (Ordering::Relaxed, Ordering::Relaxed);
        self.owner
            .compare_exchange(NO_THREAD, thread, success, failure)
            .is_ok()
    }
}

impl Statistics {
    /// Nothing allocated, and never more than `limit`.
    pub(super) const fn new(limit: u64) -> Self {
        Statistics {
            shards: [const { Shard::new() }; SHARDS],
            used: AtomicU32::new(0),
            limit,
            granted: AtomicU64::new(0),
            rebalancing: ForkSafeLock::new(),
        }
    }

    /// Count `bytes` as in use before they are allocated; `None` when the limit forbids it. The result is what `cancel` needs.
    #[inline(always)]
    pub(super) fn reserve(&self, shard: ThreadShard, bytes: usize) -> Option<Raised> {
        if self.reserved_from_shard(shard, bytes) {
            return Some(Raised(0));
        }
        self.reserve_from_all(shard, bytes as u64)
    }

    /// Count `bytes` as in use before they are allocated, if the shard has the room for them.
    #[inline(always)]
    pub(super) fn reserved_from_shard(&self, shard: ThreadShard, bytes: usize) -> bool {
        let (mine, bytes) = (shard.of(&self.shards), bytes as u64);
        let room = mine.room.load(Ordering::Relaxed);
        room & ROOM >= bytes && mine.changed(room, room.wrapping_sub(bytes))
    }

    #[cold]
    #[inline(never)]
    fn reserve_from_all(&self, shard: ThreadShard, bytes: u64) -> Option<Raised> {
        const ENOUGH_SCANS: u32 = 3;
        let mine = self.with_room(shard);
        let _held = self.rebalancing.lock();
        let mut found = mine.take(bytes).0;
        let (mut last_seen, mut scans_alike) = (u64::MAX, 0);
        while found < bytes {
            let before = found;
            let seen = self.scan(mine, bytes, &mut found);
            let is_alike = seen == last_seen && found == before;
            scans_alike = if is_alike { scans_alike + 1 } else { 1 };
            last_seen = seen;
            if found < bytes && scans_alike == ENOUGH_SCANS {
                return self.raise(mine, found, bytes - found);
            }
        }
        Some(Raised(0))
    }

    /// Take what is missing from all shards, one after the other. The result changes whenever room was added somewhere.
    fn scan(&self, mine: &Shard, bytes: u64, found: &mut u64) -> u64 {
        let used = self.used.load(Ordering::Acquire);
        let mut seen = 0_u64;
        for (index, shard) in self.shards.iter().enumerate() {
            if used & (1 << index) == 0 {
                continue;
            }
            let (taken, times_added) = shard.take(bytes - *found);
            *found += taken;
            if *found == bytes {
                // Half of what is left there comes along, so that the next call need not come here.
                mine.add(shard.take(shard.free_bytes() / 2).0);
                break;
            }
            seen += times_added;
        }
        seen
    }

    /// Make `granted` larger by what is missing, or give back what was found.
    fn raise(&self, mine: &Shard, found: u64, missing: u64) -> Option<Raised> {
        // More than `ROOM` could not be counted in one shard, where all of it may end up. Nobody else raises `granted` now; a
        // refused call may lower it.
        let most = self.limit.min(ROOM);
        if missing > most - self.granted.load(Ordering::Relaxed) {
            mine.add(found);
            return None;
        }
        self.granted.fetch_add(missing, Ordering::Relaxed);
        Some(Raised(missing))
    }

    /// Forget a reservation for which there was no memory. What it raised the peak by is taken back; a call that found no room
    /// because of this one may have raised it too.
    #[cold]
    pub(super) fn cancel(&self, shard: ThreadShard, bytes: usize, raised: Raised) {
        self.granted.fetch_sub(raised.0, Ordering::Relaxed);
        self.with_room(shard).add(bytes as u64 - raised.0);
    }

    /// Count reserved bytes as allocated.
    #[inline(always)]
    pub(super) fn allocated(&self, shard: ThreadShard, bytes: usize) {
        let (mine, bytes) = (shard.of(&self.shards), bytes as u64);
        if !mine.is_owned_by(shard.thread()) {
            mine.by_others.bytes.fetch_add(bytes, Ordering::Relaxed);
            mine.by_others.times.fetch_add(1, Ordering::Relaxed);
            return;
        }
        for (counter, more) in [(&mine.by_owner.bytes, bytes), (&mine.by_owner.times, 1)] {
            let sum = counter.load(Ordering::Relaxed).wrapping_add(more);
            counter.store(sum, Ordering::Relaxed);
        }
    }

    /// Count bytes as no longer in use.
    #[inline(always)]
    pub(super) fn freed(&self, shard: ThreadShard, bytes: usize) {
        self.with_room(shard).add(bytes as u64);
    }

    /// The shard, before room is added to it.
    #[inline(always)]
    fn with_room(&self, shard: ThreadShard) -> &Shard {
        let mine = shard.of(&self.shards);
        if !mine.is_used.load(Ordering::Acquire) {
            self.used.fetch_or(shard.bit(), Ordering::Relaxed);
            mine.is_used.store(true, Ordering::Release);
        }
        mine
    }

    /// Bytes in use now.
    pub fn bytes_allocated(&self) -> u64 {
        let room = self.shards.iter().map(Shard::free_bytes);
        let room = room.fold(0_u64, u64::wrapping_add);
        // While other threads are at it the shards are read at different times, and room may be on its way between two of them;
        // then the result is only close. Nobody who asks has to wait.
        self.granted.load(Ordering::Relaxed).saturating_sub(room)
    }

    /// The most bytes that were ever in use at one time.
    pub fn max_memory(&self) -> u64 {
        self.granted.load(Ordering::Relaxed)
    }

    /// The most bytes that may be in use at one time.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    fn sum(&self, counter: impl Fn(&Allocated) -> &AtomicU64) -> u64 {
        let shards = self.shards.iter();
        let counted = shards.flat_map(|shard| [&shard.by_owner, &shard.by_others]);
        counted.fold(0, |sum, allocated| {
            sum.wrapping_add(counter(allocated).load(Ordering::Relaxed))
        })
    }

    /// All bytes ever allocated; growing a block counts the growth, shrinking counts nothing.
    pub fn total_bytes_allocated(&self) -> u64 {
        self.sum(|allocated| &allocated.bytes)
    }

    /// How often memory was allocated; growing a block counts once, shrinking does not.
    pub fn num_allocations(&self) -> u64 {
        self.sum(|allocated| &allocated.times)
    }
}

#[cfg(test)]
mod tests;
