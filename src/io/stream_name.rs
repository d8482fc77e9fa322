//! What a stream is called in messages.
#![forbid(unsafe_code)]

use crate::alloc::Text;
use crate::error::{Result, Value};
use std::ffi::CStr;
use std::fmt::Write as _;

/// A name for messages.
#[derive(Debug)]
pub(super) enum StreamName {
    /// A path, or what stands for it.
    Text(Text),
    /// The kind of a stream that has no name.
    Static(&'static str),
}

impl StreamName {
    /// The name of a file; bytes that are not UTF-8 are replaced.
    pub(super) fn of_path(path: &CStr) -> Result<StreamName> {
        Ok(StreamName::Text(Text::try_from_utf8_lossy(
            path.to_bytes(),
        )?))
    }

    /// The name of a descriptor.
    pub(super) fn of_descriptor(fd: i32) -> Result<StreamName> {
        let mut text = Text::new();
        if write!(text, "descriptor {fd}").is_err() {
            return Ok(StreamName::Static("a descriptor"));
        }
        Ok(StreamName::Text(text))
    }

    /// The name as a value of a message.
    pub(super) fn value(&self) -> Value {
        match self {
            StreamName::Text(text) => Value::quoted(text.as_str()),
            StreamName::Static(text) => Value::Static(text),
        }
    }
}
