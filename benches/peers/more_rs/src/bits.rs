//! BITS: arrow-rs counts, copies and compares bits anywhere; it combines them into a new buffer only, from its first bit on, so
//! the cases whose result lies elsewhere are not its.

use crate::measure::Bench;
use arrow_buffer::{bit_mask, BooleanBuffer, Buffer};
use std::hint::black_box;

const LARGE_BYTES: usize = 1 << 20;

struct Size {
    name: &'static str,
    bits: usize,
    times: usize,
}

pub fn run(bench: &Bench<'_>) {
    let mut noise = 1u32;
    let first: Vec<u8> = (0..LARGE_BYTES + 8)
        .map(|_| {
            noise = noise.wrapping_mul(1664525).wrapping_add(1013904223);
            (noise >> 24) as u8
        })
        .collect();
    for size in [
        Size {
            name: "1m",
            bits: LARGE_BYTES * 8,
            times: 100,
        },
        Size {
            name: "64",
            bits: 64,
            times: 100_000,
        },
    ] {
        of_size(bench, &Buffer::from(first.clone()), &size);
    }
}

fn of_size(bench: &Bench<'_>, first: &Buffer, size: &Size) {
    let bits = size.bits;
    let case = |name: &str, one: &mut dyn FnMut() -> u64| {
        bench.case(
            name,
            size.times as f64,
            size.times as f64 * (bits / 8) as f64,
            || (0..size.times).fold(0u64, |sum, _| sum.wrapping_add(black_box(one()))),
        );
    };
    for from in [0, 3] {
        case(&format!("count_{}_{from}", size.name), &mut || {
            black_box(first).count_set_bits_offset(from, bits) as u64
        });
    }
    // The same bits from another bit on, as the other programs make them.
    let moved = |from: usize, to: usize| {
        let mut bytes = vec![0u8; LARGE_BYTES + 64];
        bit_mask::set_bits(&mut bytes, first, to, from, bits);
        Buffer::from(bytes)
    };
    let second = moved(0, 0);
    case(&format!("and_{}_000", size.name), &mut || {
        u64::from(arrow_buffer::buffer_bin_and(black_box(first), 0, &second, 0, bits).as_slice()[5])
    });
    for to in [0, 1] {
        let mut target = vec![0u8; LARGE_BYTES + 64];
        case(&format!("copy_{}_3{to}", size.name), &mut || {
            bit_mask::set_bits(black_box(&mut target), first, to, 3, bits) as u64
        });
    }
    for (from, to) in [(0, 0), (3, 5)] {
        let one = BooleanBuffer::new(first.clone(), from, bits);
        let other = BooleanBuffer::new(moved(from, to), to, bits);
        case(&format!("equal_{}_{from}{to}", size.name), &mut || {
            assert!(
                black_box(&one) == black_box(&other),
                "bits that are equal are not"
            );
            1
        });
    }
}
