//! Single bits, and words of bits at any offset.
#![forbid(unsafe_code)]

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
