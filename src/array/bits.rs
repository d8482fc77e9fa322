//! Runs of set bits: how bulk work steps over nulls without a branch for every value.
#![forbid(unsafe_code)]

use crate::buffer::bitmap;

/// The runs of set bits in a bitmap, as `(start, length)` counted from the bitmap's offset.
#[derive(Clone, Debug)]
pub(super) struct SetRuns<'a> {
    /// `None`: every bit is set.
    bits: Option<&'a [u8]>,
    offset: usize,
    length: usize,
    next: usize,
}

impl<'a> SetRuns<'a> {
    /// The runs among `length` bits from bit `offset` on; without a bitmap one run of everything.
    pub(super) fn new(bits: Option<&'a [u8]>, offset: usize, length: usize) -> Self {
        // Bits beyond the bitmap are not set.
        let length = bits.map_or(length, |bits| bitmap::present(bits, offset, length));
        SetRuns {
            bits,
            offset,
            length,
            next: 0,
        }
    }

    /// The first bit from `start` on that is `wanted`, or `length`.
    fn next_bit(&self, bits: &[u8], start: usize, wanted: bool) -> usize {
        let mut at = start;
        while at < self.length {
            let count = (self.length - at).min(64);
            let word = bitmap::word(bits, self.offset + at, count);
            let hits = if wanted {
                word
            } else {
                // Places beyond `count` count as hits, which the minimum below takes back.
                !word
            };
            let skip = (hits.trailing_zeros() as usize).min(count);
            at += skip;
            if skip < count {
                break;
            }
        }
        at
    }
}

impl Iterator for SetRuns<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let (start, end) = match self.bits {
            None => (self.next, self.length),
            Some(bits) => {
                let start = self.next_bit(bits, self.next, true);
                (start, self.next_bit(bits, start, false))
            }
        };
        self.next = end;
        (start < end).then_some((start, end - start))
    }
}

#[cfg(test)]
mod tests {
    use super::SetRuns;
    use crate::buffer::bitmap;

    #[test]
    fn runs_cover_exactly_the_set_bits() {
        let source: [u8; 40] = std::array::from_fn(|i| match i % 5 {
            0 => 0xFF,
            1 => 0x00,
            _ => (i as u8).wrapping_mul(91),
        });
        for offset in [0, 1, 7, 8, 63, 64, 65, 100] {
            for length in [0, 1, 63, 64, 65, 128, 200] {
                let mut marks = [false; 200];
                let mut before = 0;
                for (start, len) in SetRuns::new(Some(&source), offset, length) {
                    assert!(len > 0 && (start > before || before == 0));
                    before = start + len;
                    marks[start..start + len].fill(true);
                }
                for (index, mark) in marks[..length].iter().enumerate() {
                    assert_eq!(*mark, bitmap::get(&source, offset + index));
                }
                assert!(marks[length..].iter().all(|mark| !mark));
            }
        }
    }

    #[test]
    fn runs_end_with_the_bitmap() {
        let mut runs = SetRuns::new(Some(&[0xFF, 0x0F]), 3, usize::MAX / 2);
        assert_eq!((runs.next(), runs.next()), (Some((0, 9)), None));
    }

    #[test]
    fn no_bitmap_is_one_run() {
        let mut runs = SetRuns::new(None, 5, 7);
        assert_eq!((runs.next(), runs.next()), (Some((0, 7)), None));
        assert_eq!(SetRuns::new(None, 5, 0).next(), None);
    }
}
