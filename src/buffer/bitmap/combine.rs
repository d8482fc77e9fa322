//! Writing runs of bits at any offset: copies, fills, and one bit made of two.
//!
//! The target is written in three parts: the bits up to its first byte border, whole bytes, and the bits behind its last
//! byte border. Where the sources have their borders in the same places, whole bytes are combined as they lie; otherwise as
//! words put together from two. The compiler turns both loops into vector code. Up to 64 bits are one word.
#![forbid(unsafe_code)]

use super::run::Bits;
use super::wide::{self, Work};

/// Replace `bits` bits of a byte from bit `shift` on.
fn blend(byte: &mut u8, shift: usize, bits: usize, value: u64) {
    let mask = (((1_u16 << bits) - 1) << shift) as u8;
    *byte = *byte & !mask | (value << shift) as u8 & mask;
}

/// Write up to 64 bits.
#[inline(always)]
fn put(target: &mut [u8], at: usize, bits: usize, word: u64) {
    if bits == 0 {
        return;
    }
    let (start, shift) = (at / 8, at % 8);
    let Some(bytes) = target.get_mut(start..start + (shift + bits).div_ceil(8)) else {
        return;
    };
    // All of these bytes have bits of the run, so that nobody else may be writing the others meanwhile.
    let mask = u64::MAX >> (64 - bits.min(64));
    if let Some((eight, ninth)) = bytes.split_first_chunk_mut::<8>() {
        let (low, high) = (mask << shift, mask >> 1 >> (63 - shift));
        *eight = (u64::from_le_bytes(*eight) & !low | word << shift & low).to_le_bytes();
        if let Some(byte) = ninth.first_mut() {
            *byte = *byte & !(high as u8) | (word >> (64 - shift)) as u8 & high as u8;
        }
        return;
    }
    // Less than eight bytes: the run ends in the first word.
    let (mut mask, mut value) = (mask << shift, word << shift);
    for byte in bytes {
        *byte = *byte & !(mask as u8) | value as u8 & mask as u8;
        (mask, value) = (mask >> 8, value >> 8);
    }
}

/// Write `len` bits from bit `at` of `target` on; `word_at(i, n)` gives n of them from the i-th on, and `bulk(i, bytes)`
/// fills the first of the whole bytes from the i-th bit on and says how many: all of them, or whole words. Bits around the
/// run stay; `target` has room.
#[inline(always)]
fn write_run(
    target: &mut [u8],
    at: usize,
    len: usize,
    word_at: impl Fn(usize, usize) -> u64,
    bulk: impl Fn(usize, &mut [u8]) -> usize,
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
    let done = bulk(head, middle);
    let (words, odd) = middle.get_mut(done..).unwrap_or_default().as_chunks_mut();
    let done = head + done * 8;
    for (index, chunk) in words.iter_mut().enumerate() {
        *chunk = word_at(done + index * 64, 64).to_le_bytes();
    }
    let done = done + words.len() * 64;
    let bytes = word_at(done, odd.len() * 8).to_le_bytes();
    for (to, from) in odd.iter_mut().zip(bytes) {
        *to = from;
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
        bytes.len()
    };
    write_run(target, at, len, |_, _| word, whole);
}

/// Copy `len` bits.
#[inline]
pub fn copy(source: Bits<'_>, len: usize, target: &mut [u8], at: usize) {
    map(source, len, target, at, |word| word);
}

/// Copy `len` bits, each turned over.
#[inline]
pub fn not(source: Bits<'_>, len: usize, target: &mut [u8], at: usize) {
    map(source, len, target, at, |word| !word);
}

#[inline(always)]
fn map(source: Bits<'_>, len: usize, target: &mut [u8], at: usize, one: impl Fn(u64) -> u64) {
    if len <= 64 {
        put(target, at, len, one(source.word(0, len)));
        return;
    }
    wide::run(
        len,
        Map {
            source,
            target,
            at,
            len,
            one,
        },
    );
}

struct Map<'a, F> {
    source: Bits<'a>,
    target: &'a mut [u8],
    at: usize,
    len: usize,
    one: F,
}

impl<F: Fn(u64) -> u64> Work for Map<'_, F> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        let (source, one) = (self.source, self.one);
        let word_at = |from, bits| one(source.word(from, bits));
        let bulk = |from, target: &mut [u8]| {
            if let Some(bytes) = source.whole_bytes(from, target.len()) {
                for (to, byte) in target.iter_mut().zip(bytes) {
                    *to = one(u64::from(*byte)) as u8;
                }
                return target.len();
            }
            let (target, _) = target.as_chunks_mut();
            let words = source.words(from, target.len());
            for (to, word) in target.iter_mut().zip(words.iter()) {
                *to = one(word).to_le_bytes();
            }
            words.len() * 8
        };
        write_run(self.target, self.at, self.len, word_at, bulk);
    }
}

/// Write `len` bits, each made of one of `a` and one of `b` by `two`, which works on each bit of its words alone.
#[inline(always)]
pub fn pairwise(
    a: Bits<'_>,
    b: Bits<'_>,
    len: usize,
    target: &mut [u8],
    at: usize,
    two: impl Fn(u64, u64) -> u64,
) {
    if len <= 64 {
        put(target, at, len, two(a.word(0, len), b.word(0, len)));
        return;
    }
    wide::run(
        len,
        Pairwise {
            a,
            b,
            target,
            at,
            len,
            two,
        },
    );
}

struct Pairwise<'a, F> {
    a: Bits<'a>,
    b: Bits<'a>,
    target: &'a mut [u8],
    at: usize,
    len: usize,
    two: F,
}

impl<F: Fn(u64, u64) -> u64> Work for Pairwise<'_, F> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        let (a, b, two) = (self.a, self.b, self.two);
        let word_at = |from, bits| two(a.word(from, bits), b.word(from, bits));
        let bulk = |from, target: &mut [u8]| {
            let count = target.len();
            if let (Some(a), Some(b)) = (a.whole_bytes(from, count), b.whole_bytes(from, count)) {
                for ((to, a), b) in target.iter_mut().zip(a).zip(b) {
                    *to = two(u64::from(*a), u64::from(*b)) as u8;
                }
                return count;
            }
            let (target, _) = target.as_chunks_mut();
            let a = a.words(from, target.len());
            let b = b.words(from, a.len());
            for ((to, a), b) in target.iter_mut().zip(a.iter()).zip(b.iter()) {
                *to = two(a, b).to_le_bytes();
            }
            b.len() * 8
        };
        write_run(self.target, self.at, self.len, word_at, bulk);
    }
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
