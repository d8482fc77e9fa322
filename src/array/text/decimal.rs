//! Decimal numbers of 32 to 256 bits as text.

use crate::array::decimal::magnitude;
use std::fmt::{self, Write};

/// The largest 256-bit number has 78 digits.
const MAX_DIGITS: usize = 78;

/// The digits of a number, most significant first, without leading zeros.
struct Digits {
    digits: [u8; MAX_DIGITS],
    start: usize,
}

impl Digits {
    /// Of a magnitude in four words, least significant first.
    fn of(mut words: [u64; 4]) -> Digits {
        const CHUNK: u128 = 1_000_000_000;
        let mut digits = [b'0'; MAX_DIGITS];
        let mut start = MAX_DIGITS;
        while words.iter().any(|word| *word != 0) {
            let mut remainder = 0_u128;
            for word in words.iter_mut().rev() {
                let value = remainder << 64 | u128::from(*word);
                *word = (value / CHUNK) as u64;
                remainder = value % CHUNK;
            }
            let mut rest = remainder as u32;
            for _ in 0..9 {
                if start == 0 {
                    break;
                }
                start -= 1;
                if let Some(digit) = digits.get_mut(start) {
                    *digit = b'0' + (rest % 10) as u8;
                }
                rest /= 10;
            }
        }
        while digits.get(start) == Some(&b'0') && start < MAX_DIGITS {
            start += 1;
        }
        Digits { digits, start }
    }

    fn as_str(&self) -> &str {
        let digits = self.digits.get(self.start..).unwrap_or_default();
        match std::str::from_utf8(digits) {
            Ok(text) if !text.is_empty() => text,
            _ => "0",
        }
    }
}

/// A decimal from its bytes. Numbers that would need many zeros around their digits are written with an exponent.
pub(super) fn write_decimal(out: &mut impl Write, bytes: &[u8], scale: i64) -> fmt::Result {
    let (words, negative) = magnitude(bytes);
    let digits = Digits::of(words);
    let digits = digits.as_str();
    if negative {
        out.write_char('-')?;
    }
    if scale == 0 {
        return out.write_str(digits);
    }
    let len = digits.len() as i64;
    let exponent = len - 1 - scale;
    if scale < 0 || exponent < -6 {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
        out.write_str(first)?;
        if !rest.is_empty() {
            write!(out, ".{rest}")?;
        }
        return write!(out, "E{exponent:+}");
    }
    match digits.split_at_checked((len - scale).max(0) as usize) {
        Some((whole, fraction)) if len > scale => write!(out, "{whole}.{fraction}"),
        _ => write!(out, "0.{digits:0>width$}", width = scale as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::write_decimal;

    fn text(bytes: &[u8], scale: i64) -> String {
        let mut out = String::new();
        write_decimal(&mut out, bytes, scale).expect("memory");
        out
    }

    #[test]
    fn every_width_and_scale() {
        assert_eq!(text(&12345_i32.to_ne_bytes(), 2), "123.45");
        assert_eq!(text(&(-5_i64).to_ne_bytes(), 3), "-0.005");
        assert_eq!(text(&0_i128.to_ne_bytes(), 0), "0");
        assert_eq!(text(&0_i128.to_ne_bytes(), 2), "0.00");
        assert_eq!(text(&100_i32.to_ne_bytes(), 2), "1.00");
        assert_eq!(text(&7_i32.to_ne_bytes(), -3), "7E+3");
        assert_eq!(text(&123_i32.to_ne_bytes(), -3), "1.23E+5");
        assert_eq!(text(&123_i32.to_ne_bytes(), 20), "1.23E-18");
        assert_eq!(
            text(&i128::MIN.to_ne_bytes(), 0),
            "-170141183460469231731687303715884105728"
        );
    }

    #[test]
    fn the_extremes_of_256_bits() {
        let mut bytes = [0xFF_u8; 32];
        let top = if cfg!(target_endian = "big") { 0 } else { 31 };
        bytes[top] = 0x7F;
        assert_eq!(
            text(&bytes, 0),
            "57896044618658097711785492504343953926634992332820282019728792003956564819967"
        );
        let mut bytes = [0_u8; 32];
        bytes[top] = 0x80;
        assert_eq!(
            text(&bytes, 0),
            "-57896044618658097711785492504343953926634992332820282019728792003956564819968"
        );
        assert_eq!(text(&[0xFF; 32], 0), "-1");
    }
}
