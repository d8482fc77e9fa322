//! How many bytes are in use: exact, bounded, and without threads waiting for each other.
//!
//! The one invariant: `granted` is what all shards together may use; a shard's room is the part of it that nobody uses. So
//! `granted - sum of room` bytes are in use, never more than `granted`, and `granted` never exceeds the limit.
//!
//! Taking bytes takes room of the calling thread's shard; giving bytes back makes room there, whichever shard they were
//! taken from. Only a thread whose shard has too little room looks at the others, one such thread at a time: it moves room over
//! from there, and only when all of them together have too little does `granted` grow. Therefore `granted` is also the peak.
//!
//! That all of them have too little must be true at one moment, although they are looked at one after the other. So each shard
//! counts how often room was made in it. When all shards are empty twice and nobody made room in between, nothing but taking
//! happened, and they were all empty at the end of the first look. The counts wrap, so whoever sleeps in a look may see the old
//! one again; but hardly in two looks one after the other, and therefore there are three.
//!
//! Who sees that room was taken must also see what was made before that, on whatever processor. Therefore taking releases and
//! looking acquires; the second look also cannot begin before the first has ended.
//!
//! A spare that waits in a slot of a shard is room too, of the size of its block: whoever takes it out has taken the bytes, and
//! whoever puts it in has given them back. Only behind the gate does it become room without a spare, so that nobody who looks
//! can miss it on its way.

#![forbid(unsafe_code)]

use super::gate::Gate;
use super::place::{Place, SHARDS};
use super::spare::{Leaving, Placed, Slots, Spare};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

/// Bytes in use, sharded by thread.
#[derive(Debug)]
pub(super) struct Ledger {
    shards: [Shard; SHARDS],
    /// A bit for each shard that ever had room.
    used: AtomicU32,
    granted: AtomicU64,
    limit: u64,
    /// Closed while room moves between shards and `granted` grows.
    gate: Gate,
}

/// By how much a call raised the peak.
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
    /// The lower bits are room, the upper ones count how often room was made.
    word: AtomicU64,
    spares: Slots,
    /// Whether the bit in `used` is set.
    is_used: AtomicBool,
}

/// What somebody saw who looked at all shards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sight {
    /// Changes whenever room was made somewhere.
    sum: u64,
    /// Whether a spare waits somewhere.
    has_spares: bool,
}

impl Sight {
    #[inline]
    fn add(&mut self, word: u64) {
        // An odd multiple of the golden ratio spreads the bits of a small count over the sum.
        self.sum = (self.sum.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// What somebody saw who looks again and again.
#[derive(Debug)]
struct Looks {
    last: Option<Sight>,
    same: u32,
}

impl Looks {
    const ENOUGH: u32 = 3;

    fn new() -> Self {
        Looks {
            last: None,
            same: 0,
        }
    }

    /// Whether the last ones, with this one, were the same often enough.
    fn all_same(&mut self, sight: Sight) -> bool {
        if self.last != Some(sight) {
            self.last = Some(sight);
            self.same = 0;
        }
        self.same += 1;
        self.same >= Self::ENOUGH
    }
}

/// More room than an address space has.
const ROOM_BITS: u32 = 48;
const ROOM: u64 = (1 << ROOM_BITS) - 1;
const ONCE: u64 = 1 << ROOM_BITS;

impl Shard {
    /// Change the word, unless another thread has.
    #[inline(always)]
    fn changed(&self, from: u64, to: u64) -> bool {
        let (success, failure) = (Ordering::Release, Ordering::Relaxed);
        self.word
            .compare_exchange(from, to, success, failure)
            .is_ok()
    }

    /// Take up to `wanted` bytes of room. The second result is how often room was made before.
    fn take(&self, wanted: u64) -> (u64, u64) {
        loop {
            let word = self.word.load(Ordering::Acquire);
            let taken = (word & ROOM).min(wanted);
            if taken == 0 || self.changed(word, word - taken) {
                return (taken, word >> ROOM_BITS);
            }
        }
    }

    /// Take `bytes` of room, or nothing.
    fn take_all(&self, bytes: u64) -> bool {
        loop {
            let word = self.word.load(Ordering::Relaxed);
            if word & ROOM < bytes {
                return false;
            }
            if self.changed(word, word - bytes) {
                return true;
            }
        }
    }

    fn room(&self) -> u64 {
        self.word.load(Ordering::Relaxed) & ROOM
    }

    #[inline]
    fn give(&self, bytes: u64) {
        // The count wraps, and nothing but its change is of interest.
        self.word
            .fetch_add((bytes & ROOM) + ONCE, Ordering::Relaxed);
    }
}

impl Ledger {
    /// Nothing in use, and never more than `limit`.
    pub(super) const fn new(limit: u64) -> Self {
        Ledger {
            shards: [const {
                Shard {
                    word: AtomicU64::new(0),
                    spares: Slots::new(),
                    is_used: AtomicBool::new(false),
                }
            }; SHARDS],
            used: AtomicU32::new(0),
            granted: AtomicU64::new(0),
            limit,
            gate: Gate::new(),
        }
    }

    /// The shard of this place, before room is made in it.
    #[inline]
    fn to_fill(&self, place: Place) -> &Shard {
        let mine = place.of(&self.shards);
        if !mine.is_used.load(Ordering::Acquire) {
            self.used.fetch_or(place.bit(), Ordering::Relaxed);
            mine.is_used.store(true, Ordering::Release);
        }
        mine
    }

    /// The shards that ever had room, and a word that changes when there is one more.
    fn used(&self) -> (impl Iterator<Item = &Shard>, u64) {
        let used = self.used.load(Ordering::Acquire);
        let bits = (0..u32::BITS).filter(move |bit| used & (1 << bit) != 0);
        let shards = bits.filter_map(|bit| self.shards.get(bit as usize));
        (shards, u64::from(used))
    }

    /// Count `bytes` as in use; `None` when the limit forbids it. The result is what `undo` needs. Spares that had to give up
    /// their room for that are left to `end`.
    #[inline]
    pub(super) fn take(
        &self,
        place: Place,
        bytes: u64,
        end: impl FnOnce(Leaving),
    ) -> Option<Raised> {
        let mine = place.of(&self.shards);
        let word = mine.word.load(Ordering::Relaxed);
        if word & ROOM >= bytes && mine.changed(word, word - bytes) {
            return Some(Raised(0));
        }
        let mut leaving = Leaving::new();
        let raised = self.take_slowly(place, bytes, &mut leaving);
        end(leaving);
        raised
    }

    /// Count `bytes` as not taken after all. What this call raised the peak by is taken back; a call that found no room because
    /// of this one may have raised it too.
    #[cold]
    pub(super) fn undo(&self, place: Place, bytes: u64, raised: Raised) {
        self.granted.fetch_sub(raised.0, Ordering::Relaxed);
        self.give_back(place, bytes - raised.0);
    }

    /// Count `bytes` as no longer in use.
    #[inline]
    pub(super) fn give_back(&self, place: Place, bytes: u64) {
        self.to_fill(place).give(bytes);
    }

    /// Take a spare with a block of exactly `size` bytes, and count them as in use.
    #[inline(always)]
    pub(super) fn take_spare(&self, place: Place, size: usize) -> Option<Spare> {
        place.of(&self.shards).spares.take(size)
    }

    /// Whether a spare with a block of `size` bytes may wait.
    #[inline(always)]
    pub(super) fn may_keep(&self, place: Place, size: usize) -> bool {
        place.of(&self.shards).spares.may_fit(size)
    }

    /// Count the bytes of a spare as no longer in use. What does not wait from now on is the result: this one, when there is no
    /// slot for it, or the one that it replaces.
    #[inline]
    pub(super) fn give_spare(&self, place: Place, spare: Spare, size: usize) -> Option<Spare> {
        let mine = self.to_fill(place);
        match mine.spares.put(spare, size) {
            Placed::Waits => None,
            Placed::Refused(spare) => {
                mine.give(size as u64);
                Some(spare)
            }
            Placed::Wanted(spare) => Some(self.replace_spare(mine, spare, size)),
        }
    }

    /// All slots are full. What is wanted now waits instead of something else.
    #[cold]
    #[inline(never)]
    fn replace_spare(&self, mine: &Shard, spare: Spare, size: usize) -> Spare {
        let passing = self.gate.try_enter();
        let (end, freed) = if passing.is_some() {
            mine.spares.replace_other(spare, size)
        } else {
            (spare, size)
        };
        mine.give(freed as u64);
        drop(passing);
        end
    }

    /// Take all spares out; their bytes are room like any other.
    pub(super) fn empty_slots(&self) -> Leaving {
        let mut leaving = Leaving::new();
        let _passing = self.gate.enter();
        self.take_spares(u64::MAX, &mut leaving);
        leaving
    }

    /// Turn spares into room, until they were `bytes`. The caller is behind the gate.
    fn take_spares(&self, bytes: u64, leaving: &mut Leaving) {
        let mut left = bytes;
        for shard in self.used().0 {
            while left > 0
                && let Some((spare, size)) = shard.spares.take_any()
            {
                shard.give(size as u64);
                leaving.add(spare);
                left = left.saturating_sub(size as u64);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn take_slowly(&self, place: Place, bytes: u64, leaving: &mut Leaving) -> Option<Raised> {
        let mine = self.to_fill(place);
        if mine.take_all(bytes) {
            return Some(Raised(0));
        }
        self.take_from_all(mine, bytes, leaving)
    }

    fn take_from_all(&self, mine: &Shard, bytes: u64, leaving: &mut Leaving) -> Option<Raised> {
        let _passing = self.gate.enter();
        let mut found = mine.take(bytes).0;
        let mut looks = Looks::new();
        while found < bytes {
            let before = found;
            let sight = self.look(mine, bytes, &mut found);
            if found == bytes {
                break;
            }
            if sight.has_spares {
                self.take_spares(bytes - found, leaving);
            }
            if looks.all_same(sight) && !sight.has_spares && found == before {
                return self.raise(mine, found, bytes - found);
            }
        }
        Some(Raised(0))
    }

    /// Take what is missing from all shards, one after the other. The result says nothing when enough was found.
    fn look(&self, mine: &Shard, bytes: u64, found: &mut u64) -> Sight {
        let (shards, sum) = self.used();
        let mut sight = Sight {
            sum,
            has_spares: false,
        };
        for shard in shards {
            let (taken, made) = shard.take(bytes - *found);
            *found += taken;
            if *found == bytes {
                // Half of what is left there comes along, so that the next call need not come here.
                mine.give(shard.take(shard.room() / 2).0);
                break;
            }
            sight.add(made);
            let has_spares = shard.spares.look(|word| sight.add(word));
            sight.has_spares |= has_spares;
        }
        sight
    }

    /// Make `granted` larger by what is missing, or give back what was found.
    fn raise(&self, mine: &Shard, found: u64, missing: u64) -> Option<Raised> {
        // More than `ROOM` could not be counted in one shard, where all of it may end up. Nobody else raises `granted` now; a
        // refused call may lower it.
        let most = self.limit.min(ROOM);
        if missing > most - self.granted.load(Ordering::Relaxed) {
            mine.give(found);
            return None;
        }
        self.granted.fetch_add(missing, Ordering::Relaxed);
        Some(Raised(missing))
    }

    /// Bytes in use.
    pub(super) fn in_use(&self) -> u64 {
        let room = self
            .shards
            .iter()
            .map(|shard| shard.room() + shard.spares.bytes());
        let room = room.fold(0_u64, u64::wrapping_add);
        // While other threads are at it the shards are read at different times, and room may be on its way between two of them;
        // then the result is only close. Nobody who asks has to wait.
        self.granted.load(Ordering::Relaxed).saturating_sub(room)
    }

    /// Bytes of spares that wait.
    pub(super) fn spare_bytes(&self) -> u64 {
        self.shards.iter().map(|shard| shard.spares.bytes()).sum()
    }

    /// The most bytes that were ever in use.
    pub(super) fn peak(&self) -> u64 {
        self.granted.load(Ordering::Relaxed)
    }

    /// The most bytes that may be in use.
    pub(super) fn limit(&self) -> u64 {
        self.limit
    }
}

#[cfg(test)]
mod tests;
