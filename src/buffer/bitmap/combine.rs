//! Writing runs of bits at any offset: copies, fills, and one bit made of two.
//!
//! The target is written in three parts: the bits up to its first byte border, whole bytes, and the bits behind its last
//! byte border. Where the sources have their borders in the same places, whole bytes are combined as they lie, which the
//! compiler turns into vector code; otherwise each word is put together from two.
#![forbid(unsafe_code)]

use super::{equal, word};

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
    pub fn has(&self, len: usize) -> bool {
        let end = self.offset.checked_add(len);
        end.is_some_and(|end| end.div_ceil(8) <= self.bytes.len())
    }

    fn word(&self, at: usize, bits: usize) -> u64 {
        word(self.bytes, self.offset + at, bits)
    }

    /// The whole bytes from bit `at` on, if that is a byte border.
    fn whole_bytes(&self, at: usize, count: usize) -> Option<&'a [u8]> {
        let start = self.offset + at;
        if !start.is_multiple_of(8) {
            return None;
        }
        self.bytes.get(start / 8..start / 8 + count)
    }
}

/// Replace `bits` bits of a byte from bit `shift` on.
fn blend(byte: &mut u8, shift: usize, bits: usize, value: u64) {
    let mask = (((1_u16 << bits) - 1) << shift) as u8;
    *byte = *byte & !mask | (value << shift) as u8 & mask;
}

/// Write `len` bits from bit `at` of `target` on; `word_at(i, n)` gives n of them from the i-th on, and `bytes_at(i, bytes)`
/// fills whole bytes from the i-th bit on, or says that it cannot. Bits around the run stay; `target` has room.
fn write_run(
    target: &mut [u8],
    at: usize,
    len: usize,
    word_at: impl Fn(usize, usize) -> u64,
    bytes_at: impl Fn(usize, &mut [u8]) -> bool,
) {
    let (start, shift) = (at / 8, at % 8);
    let head = if shift == 0 { 0 } else { len.min(8 - shift) };
    let target = target.get_mut(start..).unwrap_or_default();
    let mut rest = target;
    if head > 0 {
        let Some((first, behind)) = rest.split_first_mut() else {
            return;
        };
        blend(first, shift, head, word_at(0, head));
        rest = behind;
    }
    let whole = (len - head) / 8;
    let Some((middle, rest)) = rest.split_at_mut_checked(whole) else {
        return;
    };
    if !bytes_at(head, middle) {
        let (words, odd) = middle.as_chunks_mut::<8>();
        for (index, chunk) in words.iter_mut().enumerate() {
            *chunk = word_at(head + index * 64, 64).to_le_bytes();
        }
        let done = head + words.len() * 64;
        let bytes = word_at(done, odd.len() * 8).to_le_bytes();
        for (to, from) in odd.iter_mut().zip(bytes) {
            *to = from;
        }
    }
    let tail = (len - head) % 8;
    if let (Some(last), true) = (rest.first_mut(), tail > 0) {
        blend(last, 0, tail, word_at(len - tail, tail));
    }
}

/// Make `len` bits equal to `value`.
pub fn fill(target: &mut [u8], at: usize, len: usize, value: bool) {
    let word = if value { u64::MAX } else { 0 };
    let whole = |_, bytes: &mut [u8]| {
        bytes.fill(word as u8);
        true
    };
    write_run(target, at, len, |_, _| word, whole);
}

/// Copy `len` bits.
pub fn copy(source: Bits<'_>, len: usize, target: &mut [u8], at: usize) {
    map(source, len, target, at, |word| word);
}

/// Copy `len` bits, each turned over.
pub fn not(source: Bits<'_>, len: usize, target: &mut [u8], at: usize) {
    map(source, len, target, at, |word| !word);
}

fn map(source: Bits<'_>, len: usize, target: &mut [u8], at: usize, one: impl Fn(u64) -> u64) {
    let word_at = |from, bits| one(source.word(from, bits));
    let bytes_at = |from, target: &mut [u8]| {
        let Some(bytes) = source.whole_bytes(from, target.len()) else {
            return false;
        };
        for (to, byte) in target.iter_mut().zip(bytes) {
            *to = one(u64::from(*byte)) as u8;
        }
        true
    };
    write_run(target, at, len, word_at, bytes_at);
}

/// Write `len` bits, each made of one of `a` and one of `b` by `two`, which works on each bit of its words alone.
pub fn pairwise(
    a: Bits<'_>,
    b: Bits<'_>,
    len: usize,
    target: &mut [u8],
    at: usize,
    two: impl Fn(u64, u64) -> u64,
) {
    let word_at = |from, bits| two(a.word(from, bits), b.word(from, bits));
    let bytes_at = |from, target: &mut [u8]| {
        let count = target.len();
        let (Some(a), Some(b)) = (a.whole_bytes(from, count), b.whole_bytes(from, count)) else {
            return false;
        };
        for ((to, a), b) in target.iter_mut().zip(a).zip(b) {
            *to = two(u64::from(*a), u64::from(*b)) as u8;
        }
        true
    };
    write_run(target, at, len, word_at, bytes_at);
}

/// Whether two runs of `len` bits are the same.
pub fn equal_runs(a: Bits<'_>, b: Bits<'_>, len: usize) -> bool {
    equal(a.bytes, a.offset, b.bytes, b.offset, len)
}

#[cfg(test)]
mod tests {
    use super::super::get;
    use super::{Bits, copy, fill, not, pairwise};

    fn noise<const N: usize>(seed: u8) -> [u8; N] {
        std::array::from_fn(|i| (i as u8).wrapping_mul(37).wrapping_add(seed) ^ 0x5A)
    }

    /// Each call writes what single bits would say, and leaves the bits around the run.
    fn check(
        run: impl Fn(Bits<'_>, Bits<'_>, usize, &mut [u8], usize),
        bit: impl Fn(bool, bool) -> bool,
    ) {
        let (a, b): ([u8; 40], [u8; 40]) = (noise(1), noise(99));
        for offset_a in [0, 1, 7, 8, 13, 64] {
            for offset_b in [0, 3, 8, 61] {
                for at in [0, 1, 5, 8, 15, 64] {
                    for len in [0, 1, 2, 7, 8, 9, 63, 64, 65, 127, 200] {
                        let before: [u8; 40] = noise(7);
                        let mut target = before;
                        let (from_a, from_b) = (
                            Bits {
                                bytes: &a,
                                offset: offset_a,
                            },
                            Bits {
                                bytes: &b,
                                offset: offset_b,
                            },
                        );
                        assert!(from_a.has(len) && from_b.has(len) && !from_a.has(321));
                        run(from_a, from_b, len, &mut target, at);
                        for i in 0..320 {
                            let expected = if (at..at + len).contains(&i) {
                                bit(get(&a, offset_a + i - at), get(&b, offset_b + i - at))
                            } else {
                                get(&before, i)
                            };
                            assert_eq!(
                                get(&target, i),
                                expected,
                                "{offset_a} {offset_b} {at} {len} {i}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn runs_at_every_offset_agree_with_single_bits() {
        check(|a, _, len, target, at| copy(a, len, target, at), |a, _| a);
        check(|a, _, len, target, at| not(a, len, target, at), |a, _| !a);
        check(
            |_, _, len, target, at| fill(target, at, len, true),
            |_, _| true,
        );
        check(
            |_, _, len, target, at| fill(target, at, len, false),
            |_, _| false,
        );
        check(
            |a, b, len, target, at| pairwise(a, b, len, target, at, |a, b| a & b),
            |a, b| a & b,
        );
        check(
            |a, b, len, target, at| pairwise(a, b, len, target, at, |a, b| a & !b),
            |a, b| a & !b,
        );
        check(
            |a, b, len, target, at| pairwise(a, b, len, target, at, |a, b| a | b),
            |a, b| a | b,
        );
        check(
            |a, b, len, target, at| pairwise(a, b, len, target, at, |a, b| a ^ b),
            |a, b| a != b,
        );
    }
}
