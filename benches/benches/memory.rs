//! Pools, buffers, slices, the builder and bitmaps.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use nock::buffer::bitmap::Bits;
use nock::buffer::{Buffer, BufferBuilder, bitmap, slice};
use nock::pool::Pool;
use std::hint::black_box;

fn allocation(c: &mut Criterion) {
    let pool = Pool::default_pool();
    let mut group = c.benchmark_group("allocate_and_free");
    for (name, size) in [
        ("64B", 64),
        ("4KiB", 4 << 10),
        ("1MiB", 1 << 20),
        ("64MiB", 64 << 20),
    ] {
        group.bench_function(name, |b| {
            b.iter(|| {
                let buffer = Buffer::allocate(&pool, black_box(size)).expect("memory");
                black_box(buffer.as_ptr())
            });
        });
    }
    group.finish();
}

fn slices(c: &mut Criterion) {
    let pool = Pool::default_pool();
    let parent = Buffer::allocate_zeroed(&pool, 1 << 20).expect("memory");
    let mut offset = 0;
    c.bench_function("slice_and_drop", |b| {
        b.iter(|| {
            offset = (offset + 64) & 0xFFFF;
            black_box(slice(&parent, offset, 64).expect("in range").as_ptr())
        });
    });
}

fn builder(c: &mut Criterion) {
    const SIZE: usize = 64 << 20;
    let pool = Pool::default_pool();
    let mut group = c.benchmark_group("builder_64MiB");
    group
        .sample_size(10)
        .throughput(Throughput::Bytes(SIZE as u64));
    for width in [1, 64] {
        let run = vec![3_u8; width];
        group.bench_function(format!("append_{width}"), |b| {
            b.iter_batched_ref(
                || BufferBuilder::new(&pool),
                |builder| {
                    for _ in 0..SIZE / width {
                        builder.append(black_box(&run)).expect("memory");
                    }
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

fn bitmaps(c: &mut Criterion) {
    const BYTES: usize = 1 << 20;
    const BITS: usize = BYTES * 8 - 8;
    let (first, second) = (vec![0xAA_u8; BYTES], vec![0xAA_u8; BYTES]);
    let mut target = vec![0_u8; BYTES];
    let at = |bytes, offset| Bits { bytes, offset };
    let mut group = c.benchmark_group("bitmap_1MiB");
    // An element is a bit.
    group.throughput(Throughput::Elements(BITS as u64));
    for offset in [0, 3] {
        group.bench_function(format!("count_{offset}"), |b| {
            b.iter(|| bitmap::count_set(black_box(&first), offset, BITS));
        });
        group.bench_function(format!("copy_{offset}_to_1"), |b| {
            b.iter(|| bitmap::copy(at(black_box(&first), offset), BITS, &mut target, 1));
        });
        group.bench_function(format!("not_{offset}_to_0"), |b| {
            b.iter(|| bitmap::not(at(black_box(&first), offset), BITS, &mut target, 0));
        });
    }
    for (a, b, to) in [(0, 0, 0), (3, 5, 1)] {
        let (one, two) = (at(&first, a), at(&second, b));
        group.bench_function(format!("and_{a}_{b}_to_{to}"), |bencher| {
            bencher.iter(|| {
                bitmap::pairwise(black_box(one), two, BITS, &mut target, to, |a, b| a & b);
            });
        });
        group.bench_function(format!("xor_{a}_{b}_to_{to}"), |bencher| {
            bencher.iter(|| {
                bitmap::pairwise(black_box(one), two, BITS, &mut target, to, |a, b| a ^ b);
            });
        });
    }
    // Every second bit is set, so runs two bits apart are the same.
    for (a, b) in [(0, 0), (3, 5)] {
        let (one, two) = (at(&first, a), at(&second, b));
        group.bench_function(format!("equal_{a}_{b}"), |bencher| {
            bencher.iter(|| assert!(bitmap::equal_runs(black_box(one), two, BITS - 8)));
        });
    }
    group.finish();
}

criterion_group!(benches, allocation, slices, builder, bitmaps);
criterion_main!(benches);
