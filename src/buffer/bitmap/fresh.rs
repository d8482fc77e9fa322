//! Bits that start at the first bit of their bytes, with zeros behind them.
#![forbid(unsafe_code)]

use super::combine::{copy, fill};
use super::run::Bits;
use super::words::bytes_for;
use crate::buffer::{Buffer, BufferRef};
use crate::error::Result;
use crate::pool::PoolRef;

/// A mutable buffer of `count` bits that are all `value`; what is behind them is zero.
pub fn new(count: usize, value: bool, pool: &PoolRef) -> Result<BufferRef> {
    let mut buffer = Buffer::allocate_zeroed(pool, bytes_for(count))?;
    if let (Some(bytes), true) = (Buffer::get_mut(&mut buffer), value) {
        fill(bytes, 0, count, true);
    }
    Ok(buffer)
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
    use super::copy_to_start;
    use crate::buffer::bitmap::{bytes_for, count_set, equal, get, present, set};

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
