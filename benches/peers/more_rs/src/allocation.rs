//! ALLOC: buffers in the order in which users take them; allocation.c says what the cases are.

use crate::measure::Bench;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_buffer::{Buffer, MutableBuffer};
use arrow_ipc::reader::StreamReader;
use std::cell::UnsafeCell;
use std::fs::File;
use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};

const SIZES: usize = 4096;
const ALLOCATIONS: usize = 200_000;
const LIVE: usize = 1000;
const RING: usize = 256;
const KEPT: usize = 8;
const BATCHES: usize = 200;
const SMALLEST: u64 = 64;
const LARGEST: u64 = 64 << 10;
const SEED: u64 = 0x9E3779B97F4A7C15;

pub fn run(bench: &Bench<'_>) {
    let operations = ALLOCATIONS as f64;
    let (uniform, log_uniform) = (uniform_sizes(), log_uniform_sizes());
    bench.case("mix_uniform", operations, 0.0, || mix(&uniform));
    bench.case("mix_log", operations, 0.0, || mix(&log_uniform));
    bench.case("live1000_uniform", operations, 0.0, || replace(&uniform));
    bench.case("live1000_log", operations, 0.0, || replace(&log_uniform));
    bench.case("cross_thread_log", operations, 0.0, || {
        hand_over(&log_uniform)
    });
    let folder = std::env::var("PB_DATA").unwrap_or_else(|_| "/dev/shm/peerbench".into());
    let path = format!("{folder}/allocation.arrows");
    bench.case("reader_batches", BATCHES as f64, 0.0, || {
        read_batches_of_file(&path)
    });
}

fn next_random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn uniform_sizes() -> Vec<usize> {
    let mut state = SEED;
    (0..SIZES)
        .map(|_| (SMALLEST + next_random(&mut state) % (LARGEST - SMALLEST + 1)) as usize)
        .collect()
}

fn log_uniform_sizes() -> Vec<usize> {
    let mut state = SEED;
    (0..SIZES)
        .map(|_| {
            let random = next_random(&mut state);
            let power = SMALLEST << (random % 10);
            (power + (random >> 32) % power) as usize
        })
        .collect()
}

/// A buffer of that many bytes, the first of them written.
pub fn allocate(size: usize) -> Buffer {
    let mut bytes = MutableBuffer::with_capacity(size);
    // SAFETY: there is room for `size` bytes, which is not 0.
    unsafe { bytes.as_mut_ptr().write_volatile(1) };
    // SAFETY: there is room for `size` bytes; nobody reads those that were not written.
    unsafe { bytes.set_len(size) };
    bytes.into()
}

fn mix(sizes: &[usize]) -> u64 {
    (0..ALLOCATIONS)
        .map(|i| black_box(allocate(sizes[i % SIZES])).len() as u64)
        .sum()
}

fn replace(sizes: &[usize]) -> u64 {
    let mut live: Vec<Option<Buffer>> = (0..LIVE)
        .map(|i| Some(allocate(sizes[i % SIZES])))
        .collect();
    let (mut state, mut sum) = (SEED, 0);
    for i in 0..ALLOCATIONS {
        let place = &mut live[next_random(&mut state) as usize % LIVE];
        *place = None;
        let buffer = allocate(sizes[i % SIZES]);
        sum += buffer.len() as u64;
        *place = Some(buffer);
    }
    sum
}

#[repr(align(128))]
struct Apart<T>(T);

/// Buffers on their way from the thread that takes them to the one that frees them.
struct Ring {
    put: Apart<AtomicU32>,
    taken: Apart<AtomicU32>,
    buffers: Apart<[UnsafeCell<Option<Buffer>>; RING]>,
}

// SAFETY: a place belongs to the one who puts while `put - taken < RING`, and to the one who takes while `put > taken`, and the
// counts are handed over with release and acquire; there is one of each.
unsafe impl Sync for Ring {}

impl Ring {
    fn place(&self, number: u32) -> *mut Option<Buffer> {
        self.buffers.0[number as usize % RING].get()
    }
}

fn hand_over(sizes: &[usize]) -> u64 {
    let ring = Ring {
        put: Apart(AtomicU32::new(0)),
        taken: Apart(AtomicU32::new(0)),
        buffers: Apart([const { UnsafeCell::new(None) }; RING]),
    };
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for i in 0..ALLOCATIONS as u32 {
                while ring.put.0.load(Ordering::Acquire) == i {
                    std::thread::yield_now();
                }
                // SAFETY: `put` is past this place, so that only this thread looks at it until `taken` is past it too.
                unsafe { *ring.place(i) = None };
                ring.taken.0.store(i + 1, Ordering::Release);
            }
        });
        for i in 0..ALLOCATIONS as u32 {
            let buffer = allocate(sizes[i as usize % SIZES]);
            while i - ring.taken.0.load(Ordering::Acquire) == RING as u32 {
                std::thread::yield_now();
            }
            // SAFETY: `taken` is past what was here, so that only this thread looks at the place until `put` is past it.
            unsafe { *ring.place(i) = Some(buffer) };
            ring.put.0.store(i + 1, Ordering::Release);
        }
    });
    ALLOCATIONS as u64
}

fn read_batches_of_file(path: &str) -> u64 {
    let file = File::open(path).expect("the file that bench_cpp_alloc GEN writes");
    let mut kept: [Option<arrow_array::RecordBatch>; KEPT] = [const { None }; KEPT];
    let mut sum = 0u64;
    for (i, batch) in StreamReader::try_new(file, None)
        .expect("a stream")
        .enumerate()
    {
        let batch = batch.expect("a batch");
        for column in batch.columns() {
            sum = sum.wrapping_add(column.as_primitive::<Int32Type>().values()[0] as u64);
        }
        kept[i % KEPT] = Some(batch);
    }
    sum
}
