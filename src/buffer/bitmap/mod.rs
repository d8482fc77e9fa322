//! Bits in bytes, least significant first, at any bit offset (Arrow columnar format, "Validity bitmaps").

mod builder;
mod combine;
mod count;

pub use builder::BitmapBuilder;
pub use combine::{Bits, copy, equal_runs, fill, not, pairwise};
pub use count::count_set;

use super::{Buffer, BufferRef};
use crate::error::Result;
use crate::pool::PoolRef;

/// The bytes that `bits` bits take.
pub const fn bytes_for(bits: usize) -> usize {
    bits.div_ceil(8)
}

/// The bit at `index`; bits beyond the bytes read as 0.
#[inline]
pub fn get(bytes: &[u8], index: usize) -> bool {
    bytes
        .get(index / 8)
        .is_some_and(|byte| byte >> (index % 8) & 1 == 1)
}

/// Set or clear the bit at `index`; an index beyond the bytes changes nothing.
#[inline]
pub fn set(bytes: &mut [u8], index: usize, value: bool) {
    if let Some(byte) = bytes.get_mut(index / 8) {
        let mask = 1 << (index % 8);
        *byte = if value { *byte | mask } else { *byte & !mask };
    }
}

/// A mutable buffer of `count` bits that are all `value`; what is behind them is zero.
pub fn new(count: usize, value: bool, pool: &PoolRef) -> Result<BufferRef> {
    let mut buffer = Buffer::allocate_zeroed(pool, bytes_for(count))?;
    if let (Some(bytes), true) = (Buffer::get_mut(&mut buffer), value) {
        fill(bytes, 0, count, true);
    }
    Ok(buffer)
}

/// Eight bytes from `start` on as a little-endian word; bytes beyond the end read as 0.
#[inline]
fn word_at(bytes: &[u8], start: usize) -> u64 {
    match bytes.get(start..start + 8) {
        Some(eight) => u64::from_le_bytes(eight.try_into().unwrap_or_default()),
        None => {
            let mut word = [0; 8];
            let rest = bytes.get(start..).unwrap_or_default();
            for (to, from) in word.iter_mut().zip(rest) {
                *to = *from;
            }
            u64::from_le_bytes(word)
        }
    }
}

/// Up to 64 bits from bit `offset` on, the first in the lowest place, all others 0.
#[inline]
pub fn word(bytes: &[u8], offset: usize, bits: usize) -> u64 {
    let (start, shift) = (offset / 8, offset % 8);
    let mut word = word_at(bytes, start) >> shift;
    if shift > 0 && bits > 64 - shift {
        word |= u64::from(bytes.get(start + 8).copied().unwrap_or(0)) << (64 - shift);
    }
    if bits < 64 {
        word & ((1 << bits) - 1)
    } else {
        word
    }
}

/// How many bits the bytes have from bit `offset` on, at most `len`: loops go no further, however long a run claims to be.
#[inline]
pub fn present(bytes: &[u8], offset: usize, len: usize) -> usize {
    len.min(bytes.len().saturating_mul(8).saturating_sub(offset))
}

/// Copy `len` bits from bit `offset` of `source` to the start of `target`; the last byte is filled up with zeros.
/// `target` must have room for them; what has no room is dropped.
pub fn copy_to_start(source: &[u8], offset: usize, len: usize, target: &mut [u8]) {
    let mut done = 0;
    for chunk in target.chunks_mut(8) {
        if done >= len {
            return;
        }
        let bits = (len - done).min(64);
        let bytes = word(source, offset + done, bits).to_le_bytes();
        for (to, from) in chunk.iter_mut().zip(bytes.iter().take(bytes_for(bits))) {
            *to = *from;
        }
        done += bits;
    }
}

/// Whether two runs of `len` bits are the same.
pub fn equal(a: &[u8], a_offset: usize, b: &[u8], b_offset: usize, len: usize) -> bool {
    let len = present(a, a_offset, len).max(present(b, b_offset, len));
    let mut done = 0;
    while done < len {
        let bits = (len - done).min(64);
        if word(a, a_offset + done, bits) != word(b, b_offset + done, bits) {
            return false;
        }
        done += bits;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{bytes_for, copy_to_start, count_set, equal, get, present, set};

    #[test]
    fn bits_beyond_the_bytes_cost_nothing() {
        let (long, short) = ([0xFF_u8; 9], [0xFF_u8; 3]);
        let endless = usize::MAX / 2;
        assert_eq!(present(&short, 5, endless), 19);
        assert_eq!(present(&short, 25, 1), 0);
        assert_eq!(count_set(&long, 3, endless), 69);
        assert!(equal(&long, 3, &long, 3, endless));
        assert!(!equal(&long, 3, &short, 3, endless));
        assert!(equal(&long, 72, &short, 24, endless));
    }

    #[test]
    fn every_offset_and_length_agrees_with_single_bits() {
        let source: [u8; 40] = std::array::from_fn(|i| (i as u8).wrapping_mul(37) ^ 0x5A);
        for offset in 0..70 {
            for len in [0, 1, 7, 8, 9, 63, 64, 65, 128, 200, 320 - offset] {
                let bits = |i: usize| get(&source, offset + i);
                assert_eq!(
                    count_set(&source, offset, len),
                    (0..len).filter(|i| bits(*i)).count()
                );
                let mut target = [0xFF_u8; 48];
                let target = &mut target[..bytes_for(len)];
                copy_to_start(&source, offset, len, target);
                assert!((0..len).all(|i| get(target, i) == bits(i)));
                assert!((len..target.len() * 8).all(|i| !get(target, i)));
                assert!(equal(&source, offset, target, 0, len));
                if len > 0 {
                    let last = get(target, len - 1);
                    set(target, len - 1, !last);
                    assert!(!equal(&source, offset, target, 0, len));
                }
            }
        }
    }
}
