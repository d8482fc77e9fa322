//! Bits in bytes, least significant first, at any bit offset (Arrow columnar format, "Validity bitmaps").

mod builder;
mod combine;
mod count;
mod equal;
mod run;
mod wide;

pub use builder::BitmapBuilder;
pub use combine::{copy, fill, not, pairwise};
pub use count::{count_run, count_set};
pub use equal::{equal, equal_runs};
pub use run::Bits;

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

/// Up to 64 bits from bit `offset` on, the first in the lowest place, all others 0.
#[inline]
pub fn word(bytes: &[u8], offset: usize, bits: usize) -> u64 {
    let shift = (offset % 8) as u32;
    let rest = bytes.get(offset / 8..).unwrap_or_default();
    let word = match rest.split_first_chunk::<8>() {
        Some((eight, behind)) => {
            let mut word = u64::from_le_bytes(*eight) >> shift;
            if shift > 0 {
                let ninth = u64::from(behind.first().copied().unwrap_or(0));
                word |= ninth << (64 - shift);
            }
            word
        }
        None => few_bytes(rest) >> shift,
    };
    if bits < 64 {
        word & !(u64::MAX << bits)
    } else {
        word
    }
}

/// Less than eight bytes as a little-endian word; bytes beyond the end read as 0.
fn few_bytes(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_le_bytes(word)
}

/// How many bits the bytes have from bit `offset` on, at most `len`: loops go no further, however long a run claims to be.
#[inline]
pub fn present(bytes: &[u8], offset: usize, len: usize) -> usize {
    len.min(bytes.len().saturating_mul(8).saturating_sub(offset))
}

/// Copy `len` bits from bit `offset` of `source` to the start of `target`; the last byte is filled up with zeros.
/// `target` must have room for them; what has no room is dropped.
pub fn copy_to_start(source: &[u8], offset: usize, len: usize, target: &mut [u8]) {
    let room = target.len().saturating_mul(8);
    let len = len.min(room);
    let bits = Bits {
        bytes: source,
        offset,
    };
    copy(bits, len, target, 0);
    let padding = (room - len).min(len.wrapping_neg() % 8);
    fill(target, len, padding, false);
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
