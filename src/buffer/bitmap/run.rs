//! A run of bits to read, at any offset.
#![forbid(unsafe_code)]

use super::words::word;

/// Bits somewhere in bytes: the first is bit `offset`. Bits beyond the bytes read as 0.
#[derive(Clone, Copy, Debug)]
pub struct Bits<'a> {
    /// Where the bits are.
    pub bytes: &'a [u8],
    /// The first of them.
    pub offset: usize,
}

impl<'a> Bits<'a> {
    /// Whether `len` bits are there.
    #[inline]
    pub fn has(&self, len: usize) -> bool {
        let end = self.offset.checked_add(len);
        end.is_some_and(|end| end.div_ceil(8) <= self.bytes.len())
    }

    /// Up to 64 bits from the `at`-th on.
    #[inline(always)]
    pub(super) fn word(&self, at: usize, bits: usize) -> u64 {
        word(self.bytes, self.offset + at, bits)
    }

    /// The whole bytes from the `at`-th bit on, if that is a byte border.
    #[inline(always)]
    pub(super) fn whole_bytes(&self, at: usize, count: usize) -> Option<&'a [u8]> {
        let start = self.offset + at;
        if !start.is_multiple_of(8) {
            return None;
        }
        self.bytes.get(start / 8..start / 8 + count)
    }

    /// Words from the `at`-th bit on, at most `most`; the last one or two that are there may be missing.
    #[inline(always)]
    pub(super) fn words(&self, at: usize, most: usize) -> Words<'a> {
        let start = self.offset + at;
        let low = self.bytes.get(start / 8..).unwrap_or_default();
        let high = low.get(1..).unwrap_or_default().as_chunks().0;
        let low = low.as_chunks().0;
        let count = most.min(high.len()).min(low.len());
        Words {
            low: low.get(..count).unwrap_or_default(),
            high: high.get(..count).unwrap_or_default(),
            shift: (start % 8) as u32,
        }
    }
}

/// Words at any bit. Each is put together from the eight bytes it starts in and the eight from one byte further on, which
/// have its last bits; where they overlap they agree. Both shifts are the same for all words and less than 64, so that
/// loops over the two become vector code.
pub(super) struct Words<'a> {
    low: &'a [[u8; 8]],
    high: &'a [[u8; 8]],
    shift: u32,
}

impl<'a> Words<'a> {
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.low.len()
    }

    #[inline(always)]
    pub(super) fn iter(&self) -> impl Iterator<Item = u64> + use<'a> {
        let shift = self.shift;
        self.low.iter().zip(self.high).map(move |(low, high)| {
            u64::from_le_bytes(*low).wrapping_shr(shift)
                | u64::from_le_bytes(*high).wrapping_shl(8 - shift)
        })
    }
}
