//! What went wrong, as data; text is made only when somebody asks for it.
//!
//! An `Error` is two words: a kind, which decides the status that C sees, and a boxed detail: a fixed template with the
//! values that belong in its `{}` places. If not even the detail can be allocated the error says out of memory instead,
//! so that reporting never aborts. The rules for messages: say what the caller does not know (where, what was expected,
//! what was found), no function name, no full stop.

use crate::alloc::{AllocError, Text, try_box};
use std::fmt;

/// What the rest of the crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kinds of failure, chosen by what a program would do about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument is not acceptable, whatever the state of the object.
    InvalidArgument,
    /// An index or range lies outside the object.
    OutOfRange,
    /// The allocator had no memory.
    OutOfMemory,
    /// A limit that the caller or the library set would be exceeded.
    Limit,
    /// The operating system or the other end reported a failure.
    Io,
    /// There is no such thing.
    NotFound,
    /// The object was closed before.
    Closed,
    /// The object is in use by another call.
    Busy,
    /// Input violates its format.
    Corrupt,
    /// The library cannot do this with this object, or not at all.
    Unsupported,
    /// A callback of the caller failed.
    Callback,
    /// The caller cancelled the operation.
    Cancelled,
    /// A bug in the library.
    Internal,
}

/// Each kind with the number of its status, which is part of the interface.
const NUMBERS: [(ErrorKind, i32); 13] = [
    (ErrorKind::InvalidArgument, 1),
    (ErrorKind::OutOfRange, 2),
    (ErrorKind::OutOfMemory, 3),
    (ErrorKind::Limit, 4),
    (ErrorKind::Io, 5),
    (ErrorKind::NotFound, 6),
    (ErrorKind::Closed, 7),
    (ErrorKind::Busy, 8),
    (ErrorKind::Corrupt, 9),
    (ErrorKind::Unsupported, 10),
    (ErrorKind::Callback, 11),
    (ErrorKind::Cancelled, 12),
    (ErrorKind::Internal, 100),
];

impl ErrorKind {
    /// The kind that a number stands for.
    pub fn of_number(number: i32) -> Option<ErrorKind> {
        let found = NUMBERS.iter().find(|(_, known)| *known == number);
        found.map(|(kind, _)| *kind)
    }
}

/// One value in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A natural number.
    Unsigned(u64),
    /// An integer.
    Signed(i64),
    /// Fixed text.
    Static(&'static str),
    /// Text from outside, such as a path or a name.
    Text(Text),
}

macro_rules! value_from {
    ($($from:ty => $variant:ident as $to:ty),* $(,)?) => {
        $(impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Value::$variant(value as $to)
            }
        })*
    };
}
value_from!(u8 => Unsigned as u64, u16 => Unsigned as u64, u32 => Unsigned as u64, u64 => Unsigned as u64, usize => Unsigned as u64,
            i8 => Signed as i64, i16 => Signed as i64, i32 => Signed as i64, i64 => Signed as i64);

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Value::Static(text)
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Value::Text(text)
    }
}

/// Copies at most this much of a name or path into an error, so that a hostile name cannot make reporting expensive.
const MAX_QUOTED_BYTES: usize = 512;

impl Value {
    /// A copy of text that the caller owns; if there is no memory for it, a mark in its place.
    pub fn quoted(text: &str) -> Value {
        Self::quoted_bytes(text.as_bytes())
    }

    /// Like `quoted`, for bytes that may not be UTF-8.
    pub fn quoted_bytes(bytes: &[u8]) -> Value {
        let kept = bytes.get(..MAX_QUOTED_BYTES).unwrap_or(bytes);
        Text::try_from_utf8_lossy(kept).map_or(Value::Static("?"), Value::Text)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unsigned(value) => write!(f, "{value}"),
            Value::Signed(value) => write!(f, "{value}"),
            Value::Static(text) => f.write_str(text),
            Value::Text(text) => f.write_str(text.as_str()),
        }
    }
}

/// The largest number of values in one message.
pub const MAX_VALUES: usize = 5;

#[derive(Debug)]
struct Detail {
    template: &'static str,
    values: [Option<Value>; MAX_VALUES],
    os_code: i32,
    callback_status: i32,
    source: Option<Error>,
}

/// A failure: its kind and, when there was memory for it, the details.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    detail: Option<Box<Detail>>,
}

impl Error {
    /// An error of `kind` whose message is `template` with each `{}` replaced by the next value.
    ///
    /// Prefer the `err!` macro, which converts the values.
    #[cold]
    pub fn new<const N: usize>(
        kind: ErrorKind,
        template: &'static str,
        values: [Value; N],
    ) -> Error {
        const { assert!(N <= MAX_VALUES, "too many values for one message") };
        let mut slots = [const { None }; MAX_VALUES];
        for (slot, value) in slots.iter_mut().zip(values) {
            *slot = Some(value);
        }
        let detail = Detail {
            template,
            values: slots,
            os_code: 0,
            callback_status: 0,
            source: None,
        };
        match try_box(detail) {
            Ok(detail) => Error {
                kind,
                detail: Some(detail),
            },
            Err(_) => Error::OUT_OF_MEMORY,
        }
    }

    /// Out of memory, without details.
    pub const OUT_OF_MEMORY: Error = Error {
        kind: ErrorKind::OutOfMemory,
        detail: None,
    };

    /// A failed call of the operating system; `operation` says what was tried, `subject` on what.
    #[cold]
    pub fn os(operation: &'static str, subject: Value, code: i32) -> Error {
        let kind = match code {
            libc::ENOENT => ErrorKind::NotFound,
            libc::ENOMEM => ErrorKind::OutOfMemory,
            _ => ErrorKind::Io,
        };
        Error::new(
            kind,
            "cannot {} {}: {} (os error {})",
            [operation.into(), subject, os_text(code), code.into()],
        )
        .with_os_code(code)
    }

    /// A callback of the caller returned `status` instead of 0. The numbers of statuses keep their meaning; all others,
    /// those of the caller's own among them, are a failed callback.
    #[cold]
    pub fn of_callback(callback: &'static str, status: i32) -> Error {
        let kind = ErrorKind::of_number(status).unwrap_or(ErrorKind::Callback);
        let values = [callback.into(), status.into()];
        Error::new(kind, "the {} callback returned {}", values).with_callback_status(status)
    }

    /// Attach the operating system's error number.
    #[must_use]
    pub fn with_os_code(mut self, code: i32) -> Error {
        if let Some(detail) = &mut self.detail {
            detail.os_code = code;
        }
        self
    }

    /// Attach what a callback of the caller returned.
    #[must_use]
    pub fn with_callback_status(mut self, status: i32) -> Error {
        if let Some(detail) = &mut self.detail {
            detail.callback_status = status;
        }
        self
    }

    /// The same failure, seen from one level up: the new text stands before the old one; kind and codes stay.
    #[must_use]
    #[cold]
    pub fn context<const N: usize>(self, template: &'static str, values: [Value; N]) -> Error {
        let kind = self.kind;
        if self.detail.is_none() {
            return self;
        }
        let (os_code, callback_status) = (self.os_code(), self.callback_status());
        let mut outer = Error::new(kind, template, values);
        if let Some(detail) = &mut outer.detail {
            detail.os_code = os_code;
            detail.callback_status = callback_status;
            detail.source = Some(self);
        }
        outer
    }

    /// Whether this error carries nothing but the fact that memory ran out.
    pub fn is_bare_out_of_memory(&self) -> bool {
        self.kind == ErrorKind::OutOfMemory && self.detail.is_none()
    }

    /// The kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The operating system's error number, or 0.
    pub fn os_code(&self) -> i32 {
        self.detail.as_ref().map_or(0, |detail| detail.os_code)
    }

    /// What the caller's callback returned, or 0.
    pub fn callback_status(&self) -> i32 {
        self.detail
            .as_ref()
            .map_or(0, |detail| detail.callback_status)
    }
}

/// Build an error: `err!(Corrupt, "field {} has {} children", index, count)`.
#[macro_export]
macro_rules! err {
    ($kind:ident, $template:literal $(, $value:expr)* $(,)?) => {
        $crate::error::Error::new($crate::error::ErrorKind::$kind, $template, [$($crate::error::Value::from($value)),*])
    };
}

/// The operating system's text for an error number.
fn os_text(code: i32) -> Value {
    let mut buffer = [0_u8; 128];
    // SAFETY: the buffer is writable for its whole length; the XSI form of strerror_r writes NUL-terminated text to it.
    let failed = unsafe { libc::strerror_r(code, buffer.as_mut_ptr().cast(), buffer.len()) };
    match buffer.iter().position(|byte| *byte == 0) {
        Some(end) if failed == 0 && end > 0 => {
            Value::quoted_bytes(buffer.get(..end).unwrap_or_default())
        }
        _ => Value::Static("unknown error"),
    }
}

impl From<AllocError> for Error {
    #[cold]
    fn from(error: AllocError) -> Error {
        err!(OutOfMemory, "no memory for {} bytes", error.bytes)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(detail) = &self.detail else {
            return f.write_str(match self.kind {
                ErrorKind::OutOfMemory => "out of memory",
                _ => "no details",
            });
        };
        let mut values = detail.values.iter().flatten();
        let mut parts = detail.template.split("{}");
        f.write_str(parts.next().unwrap_or_default())?;
        for part in parts {
            match values.next() {
                Some(value) => write!(f, "{value}{part}")?,
                None => write!(f, "?{part}")?,
            }
        }
        match &detail.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.detail.as_ref()?.source.as_ref()?;
        Some(source)
    }
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "tests may abort when memory runs out"
)]
mod tests {
    use super::{Error, ErrorKind, Value};

    #[test]
    fn an_error_is_at_most_three_words() {
        assert!(size_of::<Error>() <= 3 * size_of::<usize>());
    }

    #[test]
    fn values_fill_the_template_in_order() {
        let error = err!(
            Corrupt,
            "field {} of {}: found {}",
            3_usize,
            Value::quoted("a"),
            -1_i32
        );
        assert_eq!(error.to_string(), "field 3 of a: found -1");
        assert_eq!(error.kind(), ErrorKind::Corrupt);
    }

    #[test]
    fn context_keeps_kind_and_codes() {
        let error = Error::os("open", Value::quoted("x.arrow"), libc::ENOENT)
            .context("batch {}", [1_u8.into()]);
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.os_code(), libc::ENOENT);
        assert_eq!(
            error.to_string(),
            "batch 1: cannot open x.arrow: No such file or directory (os error 2)"
        );
    }
}
