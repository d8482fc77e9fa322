use super::{Ledger, Looks, Place, Sight};
use std::sync::atomic::{AtomicU64, Ordering};

fn took(ledger: &Ledger, bytes: u64) -> bool {
    ledger.take(Place::of_this_thread(), bytes, drop).is_some()
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
    let raised = ledger.take(place, 1 << 47, drop).expect("no limit");
    ledger.undo(place, 1 << 47, raised);
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

/// A count that came round again while a thread slept in a look is no sign that nothing happened.
#[test]
fn two_looks_alike_are_not_enough() {
    let (mut looks, mut sight) = (Looks::new(), Sight::default());
    assert!(!looks.all_same(sight) && !looks.all_same(sight));
    sight.add(1);
    assert!(!looks.all_same(sight) && !looks.all_same(sight));
    assert!(looks.all_same(sight));
    sight.has_spares = true;
    assert!(!looks.all_same(sight));
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
fn threads_that_take_from_each_other_lose_nothing() {
    for round in 0..200_u64 {
        let ledger = Ledger::new(u64::MAX);
        std::thread::scope(|scope| {
            for seed in 0..4_u64 {
                let ledger = &ledger;
                scope.spawn(move || {
                    for step in 0..400_u64 {
                        let bytes = (seed * 7 + step * 13 + round) % 50 + 1;
                        assert!(took(ledger, bytes));
                        if step % 16 == 0 {
                            std::thread::yield_now();
                        }
                        give_back(ledger, bytes);
                    }
                });
            }
        });
        assert_eq!(ledger.in_use(), 0);
        assert!((50..=200).contains(&ledger.peak()), "{}", ledger.peak());
        assert!(took(&ledger, ledger.peak()));
        assert_eq!(ledger.in_use(), ledger.peak());
    }
}

/// Each of three threads has room for its block, whatever the two others do.
#[test]
fn nobody_is_refused_what_was_free_all_the_time() {
    const EACH: u64 = 100;
    let ledger = Ledger::new(3 * EACH);
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    assert!(took(&ledger, EACH));
                    give_back(&ledger, EACH);
                }
            });
        }
        for _ in 0..20_000 {
            assert!(took(&ledger, EACH));
            give_back(&ledger, EACH);
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!((ledger.in_use(), ledger.limit()), (0, 3 * EACH));
    assert!(ledger.peak() <= 3 * EACH);
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
