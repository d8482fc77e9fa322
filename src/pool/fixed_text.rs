//! Text of fixed capacity, made without an allocation.
#![forbid(unsafe_code)]

use std::fmt;

const MAX_LEN: usize = 240;

/// The target of `write!` where there may be no memory. What does not fit is cut off.
#[derive(Clone, Copy, Debug)]
pub struct FixedText {
    bytes: [u8; MAX_LEN],
    len: usize,
}

impl FixedText {
    /// The text of `arguments`.
    pub fn of(arguments: fmt::Arguments<'_>) -> Self {
        let mut text = FixedText {
            bytes: [0; MAX_LEN],
            len: 0,
        };
        // Text that is full stays as it is.
        let _ = fmt::Write::write_fmt(&mut text, arguments);
        text
    }

    /// The text; it ends in NUL behind its length.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// The text and the NUL that ends it.
    pub fn as_bytes_with_nul(&self) -> &[u8] {
        self.bytes.get(..=self.len).unwrap_or_default()
    }
}

impl fmt::Display for FixedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only whole characters are ever written, so this never falls back.
        f.write_str(std::str::from_utf8(self.as_bytes()).unwrap_or_default())
    }
}

impl fmt::Write for FixedText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // The last byte stays NUL; a character is never cut in two.
        let room = MAX_LEN - 1 - self.len;
        let mut fitting = text.len().min(room);
        while !text.is_char_boundary(fitting) {
            fitting -= 1;
        }
        let end = self.len + fitting;
        let target = self.bytes.get_mut(self.len..end);
        if let (Some(target), Some(bytes)) = (target, text.as_bytes().get(..fitting)) {
            target.copy_from_slice(bytes);
            self.len = end;
        }
        if fitting < text.len() {
            return Err(fmt::Error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::FixedText;

    #[test]
    fn what_does_not_fit_is_cut_between_characters() {
        assert_eq!(
            FixedText::of(format_args!("{} bytes", 7)).as_bytes(),
            b"7 bytes"
        );
        let long = "\u{e4}".repeat(500);
        let line = FixedText::of(format_args!("{long}"));
        assert!(std::str::from_utf8(line.as_bytes()).is_ok_and(|text| text.len() == 238));
        assert_eq!(line.as_bytes_with_nul().last(), Some(&0));
        assert_eq!(
            FixedText::of(format_args!("{line}")).as_bytes(),
            line.as_bytes()
        );
    }
}
