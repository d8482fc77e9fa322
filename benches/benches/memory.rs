//! Pools, buffers, slices, the builder and bitmaps.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
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
    let bits = vec![0xA5_u8; 128 << 10];
    let mut target = vec![0_u8; 128 << 10];
    let mut group = c.benchmark_group("bitmap_1Mbit");
    group.throughput(Throughput::Bytes(bits.len() as u64));
    group.bench_function("count_at_offset_3", |b| {
        b.iter(|| bitmap::count_set(black_box(&bits), 3, (1 << 20) - 8));
    });
    group.bench_function("copy_from_offset_3", |b| {
        b.iter(|| bitmap::copy_to_start(black_box(&bits), 3, (1 << 20) - 8, &mut target));
    });
    group.finish();
}

criterion_group!(benches, allocation, slices, builder, bitmaps);
criterion_main!(benches);
