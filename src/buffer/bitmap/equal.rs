//! Comparing runs of bits.
#![forbid(unsafe_code)]

use super::run::Bits;
use super::wide::{self, Work};
use super::words::present;

/// Whether two runs of `len` bits are the same; bits beyond the bytes are not set.
pub fn equal(a: &[u8], a_offset: usize, b: &[u8], b_offset: usize, len: usize) -> bool {
    let len = present(a, a_offset, len).max(present(b, b_offset, len));
    let bits = |bytes, offset| Bits { bytes, offset };
    equal_runs(bits(a, a_offset), bits(b, b_offset), len)
}

/// Whether two runs of `len` bits that are there are the same.
#[inline(always)]
pub fn equal_runs(a: Bits<'_>, b: Bits<'_>, len: usize) -> bool {
    if len <= 64 {
        return a.word(0, len) == b.word(0, len);
    }
    equal_many(a, b, len)
}

#[inline(never)]
fn equal_many(a: Bits<'_>, b: Bits<'_>, len: usize) -> bool {
    wide::run(len, Equal { a, b, len })
}

struct Equal<'a> {
    a: Bits<'a>,
    b: Bits<'a>,
    len: usize,
}

/// Words that are compared before the loop looks whether they differed.
const BLOCK: usize = 32;

impl Equal<'_> {
    /// How many bits were compared as whole bytes or words, unless they differ.
    #[inline(always)]
    fn bulk(&self) -> Option<usize> {
        // Bits up to where both are at a byte border, if there is such a place.
        let head = self.a.offset.wrapping_neg() % 8;
        let whole = (self.len - head) / 8;
        let (a, b) = (
            self.a.whole_bytes(head, whole),
            self.b.whole_bytes(head, whole),
        );
        if let (Some(a), Some(b)) = (a, b) {
            let same = a == b && self.a.word(0, head) == self.b.word(0, head);
            return same.then_some(head + whole * 8);
        }
        let mut done = 0;
        while self.len - done >= BLOCK * 64 {
            let (a, b) = (self.a.words(done, BLOCK), self.b.words(done, BLOCK));
            if a.len() < BLOCK || b.len() < BLOCK {
                break;
            }
            let differences = a.iter().zip(b.iter()).fold(0, |all, (a, b)| all | (a ^ b));
            if differences != 0 {
                return None;
            }
            done += BLOCK * 64;
        }
        Some(done)
    }
}

impl Work for Equal<'_> {
    type Out = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let Some(mut done) = self.bulk() else {
            return false;
        };
        while done < self.len {
            let bits = (self.len - done).min(64);
            if self.a.word(done, bits) != self.b.word(done, bits) {
                return false;
            }
            done += bits;
        }
        true
    }
}
