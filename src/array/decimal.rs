//! Magnitudes of decimal numbers of 32 to 256 bits, as four words, least significant first.
#![forbid(unsafe_code)]

/// The magnitude of a two's complement number of at most 32 bytes in native order, and whether it is negative.
#[inline]
pub(super) fn magnitude(bytes: &[u8]) -> ([u64; 4], bool) {
    let top = if cfg!(target_endian = "big") {
        bytes.first()
    } else {
        bytes.last()
    };
    let negative = top.is_some_and(|top| top & 0x80 != 0);
    let mut wide = [if negative { 0xFF } else { 0 }; 32];
    let place = if cfg!(target_endian = "big") {
        wide.get_mut(32 - bytes.len().min(32)..)
    } else {
        wide.get_mut(..bytes.len())
    };
    if let Some(place) = place.filter(|place| place.len() == bytes.len()) {
        place.copy_from_slice(bytes);
    }
    if cfg!(target_endian = "big") {
        wide.reverse();
    }
    let (chunks, _) = wide.as_chunks::<8>();
    let mut words = [0; 4];
    for (word, chunk) in words.iter_mut().zip(chunks) {
        *word = u64::from_le_bytes(*chunk);
    }
    if negative {
        let mut carry = true;
        for word in &mut words {
            let (value, overflow) = (!*word).overflowing_add(u64::from(carry));
            *word = value;
            carry = overflow;
        }
    }
    (words, negative)
}

/// Whether one magnitude is less than another.
#[inline]
pub(super) fn less(a: &[u64; 4], b: &[u64; 4]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// Ten to a power, which is at most 77 for any decimal; beyond that the largest magnitude.
pub(super) fn power_of_ten(exponent: u8) -> [u64; 4] {
    let mut words = [1, 0, 0, 0];
    for _ in 0..exponent {
        let mut carry = 0;
        for word in &mut words {
            let value = u128::from(*word) * 10 + carry;
            *word = value as u64;
            carry = value >> 64;
        }
        if carry != 0 {
            return [u64::MAX; 4];
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{less, magnitude, power_of_ten};

    #[test]
    fn powers_agree_with_the_integers() {
        for exponent in 0..=38 {
            let [low, high, ..] = power_of_ten(exponent);
            let value = u128::from(high) << 64 | u128::from(low);
            assert_eq!(value, 10_u128.pow(u32::from(exponent)));
        }
        assert_eq!(power_of_ten(78), [u64::MAX; 4]);
        assert!(less(&power_of_ten(76), &power_of_ten(77)));
    }

    #[test]
    fn magnitudes_of_every_width() {
        assert_eq!(magnitude(&(-7_i32).to_ne_bytes()), ([7, 0, 0, 0], true));
        assert_eq!(magnitude(&7_i64.to_ne_bytes()), ([7, 0, 0, 0], false));
        assert_eq!(
            magnitude(&i128::MIN.to_ne_bytes()),
            ([0, 1 << 63, 0, 0], true)
        );
        assert_eq!(magnitude(&[]), ([0; 4], false));
    }
}
