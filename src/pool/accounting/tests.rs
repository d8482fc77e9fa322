use super::{Statistics, ThreadShard};
use std::sync::atomic::{AtomicU64, Ordering};

fn took(statistics: &Statistics, bytes: u64) -> bool {
    statistics
        .reserve(ThreadShard::current(), bytes as usize)
        .is_some()
}

fn free(statistics: &Statistics, bytes: u64) {
    statistics.freed(ThreadShard::current(), bytes as usize);
}

#[test]
fn what_is_undone_leaves_no_peak() {
    let statistics = Statistics::new(u64::MAX);
    assert!(took(&statistics, 100));
    free(&statistics, 40);
    let shard = ThreadShard::current();
    let raised = statistics.reserve(shard, 1 << 47).expect("no limit");
    statistics.cancel(shard, 1 << 47, raised);
    assert_eq!(
        (statistics.bytes_allocated(), statistics.max_memory()),
        (60, 100)
    );
}

#[test]
fn the_peak_is_exact_and_the_limit_holds() {
    let statistics = Statistics::new(1000);
    assert!(took(&statistics, 600) && took(&statistics, 400));
    assert!(!took(&statistics, 1));
    assert_eq!(
        (statistics.bytes_allocated(), statistics.max_memory()),
        (1000, 1000)
    );
    free(&statistics, 400);
    assert!(!took(&statistics, 401));
    assert_eq!(
        (statistics.bytes_allocated(), statistics.max_memory()),
        (600, 1000)
    );
    assert!(took(&statistics, 400) && took(&statistics, 0));
    free(&statistics, 1000);
    assert_eq!(
        (statistics.bytes_allocated(), statistics.max_memory()),
        (0, 1000)
    );
}

#[test]
fn room_moves_between_threads() {
    let statistics = Statistics::new(u64::MAX);
    assert!(took(&statistics, 100));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {}).join().expect("no panic");
            scope
                .spawn(|| free(&statistics, 100))
                .join()
                .expect("no panic");
            assert!(
                scope
                    .spawn(|| took(&statistics, 100))
                    .join()
                    .expect("no panic")
            );
        }
    });
    assert_eq!(
        (statistics.bytes_allocated(), statistics.max_memory()),
        (100, 100)
    );
}

#[test]
fn threads_that_take_from_each_other_lose_nothing() {
    for round in 0..200_u64 {
        let statistics = Statistics::new(u64::MAX);
        std::thread::scope(|scope| {
            for seed in 0..4_u64 {
                let statistics = &statistics;
                scope.spawn(move || {
                    for step in 0..400_u64 {
                        let bytes = (seed * 7 + step * 13 + round) % 50 + 1;
                        assert!(took(statistics, bytes));
                        if step % 16 == 0 {
                            std::thread::yield_now();
                        }
                        free(statistics, bytes);
                    }
                });
            }
        });
        assert_eq!(statistics.bytes_allocated(), 0);
        assert!(
            (50..=200).contains(&statistics.max_memory()),
            "{}",
            statistics.max_memory()
        );
        assert!(took(&statistics, statistics.max_memory()));
        assert_eq!(statistics.bytes_allocated(), statistics.max_memory());
    }
}

/// Each of three threads has room for its block, whatever the two others do.
#[test]
fn nobody_is_refused_what_was_free_all_the_time() {
    const EACH: u64 = 100;
    let statistics = Statistics::new(3 * EACH);
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    assert!(took(&statistics, EACH));
                    free(&statistics, EACH);
                }
            });
        }
        for _ in 0..20_000 {
            assert!(took(&statistics, EACH));
            free(&statistics, EACH);
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(
        (statistics.bytes_allocated(), statistics.limit()),
        (0, 3 * EACH)
    );
    assert!(statistics.max_memory() <= 3 * EACH);
}

#[test]
fn threads_never_exceed_the_limit_together() {
    const LIMIT: u64 = 250;
    let statistics = Statistics::new(LIMIT);
    let in_use = AtomicU64::new(0);
    let refused = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for seed in 0..8_u64 {
            let (statistics, in_use, refused) = (&statistics, &in_use, &refused);
            scope.spawn(move || {
                let mut held = [0_u64; 8];
                let mut random = seed;
                for round in 0..20_000 {
                    random = random
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    let bytes = &mut held[round % 8];
                    in_use.fetch_sub(*bytes, Ordering::SeqCst);
                    free(statistics, *bytes);
                    *bytes = (random >> 33) % 60;
                    if took(statistics, *bytes) {
                        let now = in_use.fetch_add(*bytes, Ordering::SeqCst) + *bytes;
                        assert!(now <= LIMIT, "{now} in use");
                    } else {
                        refused.fetch_add(1, Ordering::Relaxed);
                        *bytes = 0;
                    }
                }
                for bytes in held {
                    in_use.fetch_sub(bytes, Ordering::SeqCst);
                    free(statistics, bytes);
                }
            });
        }
    });
    assert_eq!(statistics.bytes_allocated(), 0);
    assert!(statistics.max_memory() <= LIMIT && refused.load(Ordering::Relaxed) > 0);
}
