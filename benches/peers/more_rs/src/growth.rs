//! GROW: appends, reserved and not, a buffer of 1 GiB, and two threads that allocate.

use crate::allocation::allocate;
use crate::measure::Bench;
use arrow_buffer::{Buffer, MutableBuffer};
use std::hint::black_box;

const BUILT: usize = 64 << 20;
const HUGE: usize = 1 << 30;
const ALLOCATIONS: usize = 1_000_000;

pub fn run(bench: &Bench<'_>) {
    let (bytes, runs) = (BUILT as f64, (BUILT / 64) as f64);
    bench.case("tail1", bytes, bytes, || {
        append_bytes(MutableBuffer::new(0))
    });
    bench.case("tail1_reserved", bytes, bytes, || {
        let mut built = MutableBuffer::with_capacity(BUILT);
        for i in 0..BUILT {
            // SAFETY: there is room for `BUILT` bytes.
            unsafe { built.push_unchecked(i as u8) };
        }
        finish(built)
    });
    bench.case("tail64", runs, bytes, || append_runs(MutableBuffer::new(0)));
    bench.case("tail64_reserved", runs, bytes, || {
        append_runs(MutableBuffer::with_capacity(BUILT))
    });
    bench.case("touch_1g", 1.0, HUGE as f64, || {
        let mut touched = MutableBuffer::with_capacity(HUGE);
        touched.resize(HUGE, 1);
        finish(touched)
    });
    bench.case("grow_1g", 1.0, HUGE as f64, || {
        let mut built = MutableBuffer::new(0);
        while built.len() < HUGE {
            built.resize((built.len() * 2).max(64), 1);
            black_box(built.as_slice());
        }
        finish(built)
    });
    bench.case(
        "alloc_free_64_1t",
        ALLOCATIONS as f64,
        0.0,
        allocate_and_free,
    );
    bench.case("alloc_free_64_2t", 2.0 * ALLOCATIONS as f64, 0.0, || {
        std::thread::scope(|threads| {
            threads.spawn(allocate_and_free);
            allocate_and_free()
        })
    });
}

fn append_bytes(mut built: MutableBuffer) -> u64 {
    for i in 0..BUILT {
        built.push(i as u8);
    }
    finish(built)
}

fn append_runs(mut built: MutableBuffer) -> u64 {
    let mut run = [3u8; 64];
    for i in 0..BUILT / 64 {
        run[0] = i as u8;
        built.extend_from_slice(&run);
    }
    finish(built)
}

fn finish(built: MutableBuffer) -> u64 {
    u64::from(Buffer::from(built).as_slice()[77])
}

fn allocate_and_free() -> u64 {
    (0..ALLOCATIONS)
        .map(|_| black_box(allocate(64)).len() as u64)
        .sum()
}
