//! Which sizes come again and again, so that a spare of theirs will be taken.
//!
//! A size is hot when it was looked for in vain twice with no other one between that shares its place here. Only hot sizes wait, and
//! only they are looked for in the slots: memory of sizes that hardly come again goes the usual way at once. What was found out
//! about a hot size last is noted with it, so that the next call of the same kind need not look at all slots.
//!
//! Everything here is advice. Threads of one shard may write over each other's; the next call that finds it wrong mends it.

#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicU32, Ordering};

const PLACES: usize = 8;

/// All sizes up to this one share the last place: the allocators are fast for them, so a spare pays only while one size alone comes
/// and goes.
pub(super) const MAX_TINY_BYTES: usize = 960;

/// What a place says of its size; sizes have no such bits.
const HOT: u32 = 1;
/// No spare of this size waits.
const NONE: u32 = 2;
/// No slot takes one more of it.
const FULL: u32 = 4;
const STATES: u32 = HOT | NONE | FULL;

#[derive(Debug)]
pub(super) struct Demand([AtomicU32; PLACES + 1]);

/// What is known of a size.
#[derive(Debug)]
pub(super) struct Known<'a> {
    place: &'a AtomicU32,
    says: u32,
    size: u32,
}

impl Demand {
    pub(super) const fn new() -> Self {
        Demand([const { AtomicU32::new(0) }; PLACES + 1])
    }

    /// What is known of a size, a multiple of 64 of at most 32 bits.
    #[inline(always)]
    pub(super) fn of(&self, size: usize) -> Known<'_> {
        let is_tiny = size <= MAX_TINY_BYTES;
        let size = size as u32;
        // A multiple of the golden ratio spreads sizes that are powers of two.
        let spread = (size >> 6).wrapping_mul(0x9E37_79B9) as usize;
        let index = if is_tiny {
            PLACES
        } else {
            (spread >> (u32::BITS - PLACES.ilog2())) % PLACES
        };
        let place = &self.0[index % (PLACES + 1)];
        let says = place.load(Ordering::Relaxed);
        Known { place, says, size }
    }
}

impl Known<'_> {
    #[inline(always)]
    fn is(&self, state: u32) -> bool {
        self.says == self.size | state
    }

    #[inline(always)]
    fn say(&self, state: u32) {
        self.place.store(self.size | state, Ordering::Relaxed);
    }

    /// Whether a spare of this size may wait.
    #[inline(always)]
    pub(super) fn may_wait(&self) -> bool {
        self.is(HOT) || self.is(HOT | FULL)
    }

    /// Whether a slot may take one more of this size.
    #[inline(always)]
    pub(super) fn may_fit(&self) -> bool {
        self.is(HOT) || self.is(HOT | NONE)
    }

    /// Whether this size was looked for in vain.
    #[inline(always)]
    pub(super) fn is_wanted(&self) -> bool {
        self.is(HOT | NONE)
    }

    /// A slot has, or had, one of this size: neither all nor none.
    #[inline(always)]
    pub(super) fn moved(&self) {
        if !self.is(HOT) {
            self.say(HOT);
        }
    }

    /// None was found.
    #[inline(always)]
    pub(super) fn missed(&self) {
        if self.is(HOT | NONE) {
            return;
        }
        if self.says & !STATES == self.size {
            self.say(HOT | NONE);
        } else if self.says & HOT == 0 {
            self.say(0);
        } else {
            // The size that was hot has one more chance.
            self.place.store(self.says & !STATES, Ordering::Relaxed);
        }
    }

    /// No slot was free, and none holds another size that could give way.
    #[inline]
    pub(super) fn refused(&self) {
        self.say(HOT | FULL);
    }
}

#[cfg(test)]
mod tests {
    use super::Demand;

    #[test]
    fn a_size_is_hot_when_it_was_missed_twice() {
        for size in [64, 2048] {
            check(&Demand::new(), size);
        }
    }

    fn check(demand: &Demand, size: usize) {
        let of = |size: usize| demand.of(size);
        assert!(!of(size).may_wait() && !of(size).may_fit());
        of(size).missed();
        assert!(!of(size).may_fit());
        of(size).missed();
        assert!(of(size).may_fit() && of(size).is_wanted() && !of(size).may_wait());
        of(size).moved();
        assert!(of(size).may_fit() && of(size).may_wait() && !of(size).is_wanted());
        of(size).refused();
        assert!(!of(size).may_fit() && of(size).may_wait());
        of(size).moved();
        assert!(of(size).may_fit());
        // One of the others shares its place, and takes it in the end.
        let all = || (1..100).map(|units| units * 64);
        let others = || all().filter(move |other| *other != size);
        others().for_each(|other| of(other).missed());
        assert!(!of(size).may_wait());
        let hot = others().filter(|other| of(*other).may_fit());
        assert_eq!(hot.count(), 0);
    }
}
