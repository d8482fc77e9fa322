//! How many bytes are in use: exact, bounded, and without threads waiting for each other.
//!
//! The one invariant: `granted` is what all shards together may use; a shard's `room` is the part of it that nobody uses. So
//! `granted - sum of room` bytes are in use, never more than `granted`, and `granted` never exceeds the limit.
//!
//! Taking bytes takes room of the calling thread's shard; giving bytes back makes room there, whichever shard they were
//! taken from. Only a thread whose shard has too little room looks at the others: it moves room over from there, and only
//! when all of them together have too little does `granted` grow. Therefore `granted` is also the exact peak.
//!
//! With a limit, a lock is held meanwhile: two threads that each hold a part of the last room would otherwise both be
//! refused. Without one nobody is refused, and there is no lock that a fork could leave closed behind in the child.

use super::shard::{Place, SHARDS};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes in use, sharded by thread.
#[derive(Debug)]
pub(super) struct Ledger {
    shards: [Shard; SHARDS],
    granted: AtomicU64,
    limit: u64,
    /// Held under a limit while room moves between shards and `granted` changes.
    moving: Mutex<()>,
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
    room: AtomicU64,
}

impl Shard {
    /// Take up to `wanted` bytes of room.
    fn take(&self, wanted: u64) -> u64 {
        let mut room = self.room.load(Ordering::Relaxed);
        loop {
            let taken = room.min(wanted);
            if taken == 0 {
                return 0;
            }
            match self.room.compare_exchange_weak(
                room,
                room - taken,
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => return taken,
                Err(now) => room = now,
            }
        }
    }
}

impl Ledger {
    /// Nothing in use, and never more than `limit`.
    pub(super) const fn new(limit: u64) -> Self {
        Ledger {
            shards: [const {
                Shard {
                    room: AtomicU64::new(0),
                }
            }; SHARDS],
            granted: AtomicU64::new(0),
            limit,
            moving: Mutex::new(()),
        }
    }

    /// Count `bytes` as in use; `None` when the limit forbids it. The result is what `undo` needs.
    #[inline]
    pub(super) fn take(&self, place: Place, bytes: u64) -> Option<Raised> {
        let mine = place.of(&self.shards);
        let room = mine.room.load(Ordering::Relaxed);
        let taken = room >= bytes
            && mine
                .room
                .compare_exchange(room, room - bytes, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if taken {
            return Some(Raised(0));
        }
        self.take_from_all(mine, bytes)
    }

    /// Count `bytes` as not taken after all; the peak is as if they had never been.
    #[cold]
    pub(super) fn undo(&self, place: Place, bytes: u64, raised: Raised) {
        self.granted.fetch_sub(raised.0, Ordering::Relaxed);
        self.give_back(place, bytes - raised.0);
    }

    /// Count `bytes` as no longer in use.
    #[inline]
    pub(super) fn give_back(&self, place: Place, bytes: u64) {
        let mine = place.of(&self.shards);
        mine.room.fetch_add(bytes, Ordering::Relaxed);
    }

    #[cold]
    #[inline(never)]
    fn take_from_all(&self, mine: &Shard, bytes: u64) -> Option<Raised> {
        let _moving = self.lock();
        let mut found = mine.take(bytes);
        for shard in &self.shards {
            if found == bytes {
                break;
            }
            found += shard.take(bytes - found);
            if found == bytes {
                // Half of what is left there comes along, so that the next call need not come here.
                let left = shard.room.load(Ordering::Relaxed);
                mine.room.fetch_add(shard.take(left / 2), Ordering::Relaxed);
            }
        }
        let missing = bytes - found;
        // Under a limit nobody else changes `granted` now; without one there is always enough left.
        if missing > self.limit - self.granted.load(Ordering::Relaxed) {
            mine.room.fetch_add(found, Ordering::Relaxed);
            return None;
        }
        self.granted.fetch_add(missing, Ordering::Relaxed);
        Some(Raised(missing))
    }

    fn lock(&self) -> Option<MutexGuard<'_, ()>> {
        let is_limited = self.limit != u64::MAX;
        is_limited.then(|| self.moving.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Bytes in use.
    pub(super) fn in_use(&self) -> u64 {
        let _moving = self.lock();
        let room = self.shards.iter().fold(0_u64, |sum, shard| {
            sum.wrapping_add(shard.room.load(Ordering::Relaxed))
        });
        // While other threads are at it the shards are read at different times; then the result is only close.
        self.granted.load(Ordering::Relaxed).saturating_sub(room)
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
mod tests {
    use super::{Ledger, Place};
    use std::sync::atomic::{AtomicU64, Ordering};

    fn took(ledger: &Ledger, bytes: u64) -> bool {
        ledger.take(Place::of_this_thread(), bytes).is_some()
    }

    fn give_back(ledger: &Ledger, bytes: u64) {
        ledger.give_back(Place::of_this_thread(), bytes);
    }

    #[test]
    fn what_is_undone_leaves_no_peak() {
        let ledger = Ledger::new(u64::MAX);
        assert!(took(&ledger, 100));
        give_back(&ledger, 40);
        let place = Place::of_this_thread();
        let raised = ledger.take(place, 1 << 62).expect("no limit");
        ledger.undo(place, 1 << 62, raised);
        assert_eq!((ledger.in_use(), ledger.peak()), (60, 100));
    }

    #[test]
    fn the_peak_is_exact_and_the_limit_holds() {
        let ledger = Ledger::new(1000);
        assert!(took(&ledger, 600) && took(&ledger, 400));
        assert!(!took(&ledger, 1));
        assert_eq!((ledger.in_use(), ledger.peak()), (1000, 1000));
        give_back(&ledger, 400);
        assert!(!took(&ledger, 401));
        assert_eq!((ledger.in_use(), ledger.peak()), (600, 1000));
        assert!(took(&ledger, 400) && took(&ledger, 0));
        give_back(&ledger, 1000);
        assert_eq!((ledger.in_use(), ledger.peak()), (0, 1000));
    }

    #[test]
    fn room_moves_between_threads() {
        let ledger = Ledger::new(u64::MAX);
        assert!(took(&ledger, 100));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {}).join().expect("no panic");
                scope
                    .spawn(|| give_back(&ledger, 100))
                    .join()
                    .expect("no panic");
                assert!(scope.spawn(|| took(&ledger, 100)).join().expect("no panic"));
            }
        });
        assert_eq!((ledger.in_use(), ledger.peak()), (100, 100));
    }

    #[test]
    fn threads_never_exceed_the_limit_together() {
        const LIMIT: u64 = 250;
        let ledger = Ledger::new(LIMIT);
        let in_use = AtomicU64::new(0);
        let refused = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for seed in 0..8_u64 {
                let (ledger, in_use, refused) = (&ledger, &in_use, &refused);
                scope.spawn(move || {
                    let mut held = [0_u64; 8];
                    let mut random = seed;
                    for round in 0..20_000 {
                        random = random
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1);
                        let place = &mut held[round % 8];
                        in_use.fetch_sub(*place, Ordering::SeqCst);
                        give_back(ledger, *place);
                        *place = (random >> 33) % 60;
                        if took(ledger, *place) {
                            let now = in_use.fetch_add(*place, Ordering::SeqCst) + *place;
                            assert!(now <= LIMIT, "{now} in use");
                        } else {
                            refused.fetch_add(1, Ordering::Relaxed);
                            *place = 0;
                        }
                    }
                    for place in held {
                        in_use.fetch_sub(place, Ordering::SeqCst);
                        give_back(ledger, place);
                    }
                });
            }
        });
        assert_eq!(ledger.in_use(), 0);
        assert!(ledger.peak() <= LIMIT && refused.load(Ordering::Relaxed) > 0);
    }
}
