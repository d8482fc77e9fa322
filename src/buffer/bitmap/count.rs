//! Counting bits.

use super::{present, word};

/// How many of `len` bits from bit `offset` on are set.
pub fn count_set(bytes: &[u8], offset: usize, len: usize) -> usize {
    let len = present(bytes, offset, len);
    let head = len.min(offset.wrapping_neg() % 8);
    let tail = (len - head) % 8;
    let start = (offset + head) / 8;
    let middle = bytes.get(start..start + (len - head) / 8);
    let ends = word(bytes, offset, head).count_ones()
        + word(bytes, offset + len - tail, tail).count_ones();
    ends as usize + count_bytes(middle.unwrap_or_default())
}

#[cfg(target_arch = "x86_64")]
fn count_bytes(bytes: &[u8]) -> usize {
    #[target_feature(enable = "popcnt")]
    fn with_popcnt(bytes: &[u8]) -> usize {
        count_words(bytes)
    }
    if bytes.len() >= 64 && std::is_x86_feature_detected!("popcnt") {
        // SAFETY: the processor has the instruction, checked just now.
        return unsafe { with_popcnt(bytes) };
    }
    count_words(bytes)
}

#[cfg(not(target_arch = "x86_64"))]
fn count_bytes(bytes: &[u8]) -> usize {
    count_words(bytes)
}

#[inline(always)]
fn count_words(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let ones = |word: &[u8; 8]| u64::from_ne_bytes(*word).count_ones() as usize;
    let rest = rest.iter().map(|byte| byte.count_ones() as usize);
    words.iter().map(ones).sum::<usize>() + rest.sum::<usize>()
}
