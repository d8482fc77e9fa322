//! Names of fields: short ones live inside the field.

use crate::alloc::{VecExt, vec_with_capacity};
use crate::error::Result;
use std::fmt;

/// A name longer than this, and its NUL, has an allocation of its own.
const INLINE: usize = 30;

/// UTF-8 text that never changes, ended by a NUL for C. Inner NULs are allowed.
pub(super) struct Name {
    form: Form,
}

enum Form {
    Short { len: u8, bytes: [u8; INLINE] },
    Long(Vec<u8>),
}

impl Name {
    pub(super) fn try_new(text: &str) -> Result<Self> {
        let mut bytes = [0; INLINE];
        if let Some(place) = bytes.get_mut(..text.len())
            && text.len() < INLINE
        {
            place.copy_from_slice(text.as_bytes());
            let len = u8::try_from(text.len()).unwrap_or_default();
            return Ok(Name {
                form: Form::Short { len, bytes },
            });
        }
        let mut bytes = vec_with_capacity(text.len().saturating_add(1))?;
        bytes.try_extend_from_slice(text.as_bytes())?;
        bytes.try_push(0)?;
        Ok(Name {
            form: Form::Long(bytes),
        })
    }

    /// The text; a NUL follows it.
    pub(super) fn as_bytes(&self) -> &[u8] {
        match &self.form {
            Form::Short { len, bytes } => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Form::Long(bytes) => bytes.split_last().map_or(&[], |(_, text)| text),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        // Made from a str, so this never falls back; the check keeps the type free of unsafe code.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
