//! Text whose growth can fail: the target of `write!` in places where `String` would abort.

use super::{AllocError, VecExt, vec_from_slice};
use std::fmt;

/// Growing UTF-8 text.
///
/// `write!(text, ...)` works; a failed allocation makes it return `fmt::Error`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    bytes: Vec<u8>,
}

impl Text {
    /// Empty text, without an allocation.
    pub const fn new() -> Self {
        Text { bytes: Vec::new() }
    }

    /// A copy of `text`.
    pub fn try_from_str(text: &str) -> Result<Self, AllocError> {
        Ok(Text {
            bytes: vec_from_slice(text.as_bytes())?,
        })
    }

    /// A copy of bytes that should be UTF-8; every byte that is not becomes U+FFFD.
    pub fn try_from_utf8_lossy(bytes: &[u8]) -> Result<Self, AllocError> {
        let mut text = Text::new();
        for chunk in bytes.utf8_chunks() {
            text.try_push_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                text.try_push_str("\u{FFFD}")?;
            }
        }
        Ok(text)
    }

    /// Append text.
    pub fn try_push_str(&mut self, text: &str) -> Result<(), AllocError> {
        self.bytes.try_extend_from_slice(text.as_bytes())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // Only whole strings are ever appended, so this never falls back; the check keeps the type free of unsafe code.
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The text as bytes that end in NUL, with every inner NUL replaced by a space, for C.
    pub fn try_into_c(mut self) -> Result<Vec<u8>, AllocError> {
        for byte in &mut self.bytes {
            if *byte == 0 {
                *byte = b' ';
            }
        }
        self.bytes.try_push(0)?;
        Ok(self.bytes)
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.try_push_str(text).map_err(|_| fmt::Error)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
