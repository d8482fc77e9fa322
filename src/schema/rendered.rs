//! Text that an immutable object keeps once it was asked for.

use crate::alloc::{AllocError, Text, try_box};
use crate::error::Result;
use std::fmt::{Display, Write as _};
use std::sync::OnceLock;

/// Nothing at first; later the rendered text, ended by a NUL.
#[derive(Debug)]
pub(super) struct Rendered {
    kept: OnceLock<Box<Kept>>,
}

/// In a box, since most objects are never rendered.
#[derive(Debug)]
struct Kept {
    bytes: Vec<u8>,
}

impl Rendered {
    pub(super) const fn new() -> Self {
        Rendered {
            kept: OnceLock::new(),
        }
    }

    /// The text of `value`, ended by a NUL; every NUL inside is a space. Whoever comes first renders it; without memory for
    /// it the next call tries again.
    pub(super) fn of(&self, value: &impl Display) -> Result<&[u8]> {
        if let Some(kept) = self.kept.get() {
            return Ok(&kept.bytes);
        }
        let mut text = Text::new();
        if write!(text, "{value}").is_err() {
            return Err(AllocError {
                bytes: text.as_bytes().len(),
            }
            .into());
        }
        let bytes = text.try_into_c()?;
        let kept = try_box(Kept { bytes })?;
        Ok(&self.kept.get_or_init(|| kept).bytes)
    }
}
