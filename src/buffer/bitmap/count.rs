//! Counting bits.
#![forbid(unsafe_code)]

use super::run::Bits;
use super::wide::{self, Work};
use super::words::present;

/// How many of `len` bits from bit `offset` on are set; bits beyond the bytes are not.
pub fn count_set(bytes: &[u8], offset: usize, len: usize) -> usize {
    count_run(Bits { bytes, offset }, present(bytes, offset, len))
}

/// How many of `len` bits that are there are set.
#[inline(always)]
pub fn count_run(bits: Bits<'_>, len: usize) -> usize {
    if len <= 64 {
        return bits.word(0, len).count_ones() as usize;
    }
    count_many(bits, len)
}

#[inline(never)]
fn count_many(bits: Bits<'_>, len: usize) -> usize {
    let head = bits.offset.wrapping_neg() % 8;
    let whole = (len - head) / 8;
    let middle = bits.whole_bytes(head, whole).unwrap_or_default();
    let done = head + whole * 8;
    let ends = bits.word(0, head).count_ones() + bits.word(done, len - done).count_ones();
    ends as usize + wide::run(len, Count(middle))
}

/// The bits of whole bytes.
struct Count<'a>(&'a [u8]);

impl Work for Count<'_> {
    type Out = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let (words, rest) = self.0.as_chunks::<8>();
        let mut ones = 0_u64;
        for word in words {
            ones = ones.wrapping_add(u64::from(u64::from_ne_bytes(*word).count_ones()));
        }
        for byte in rest {
            ones = ones.wrapping_add(u64::from(byte.count_ones()));
        }
        ones as usize
    }
}
