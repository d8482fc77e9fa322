//! What a stream is opened for.
#![forbid(unsafe_code)]

/// What a stream is open for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reading.
    Read,
    /// Writing from the start.
    Write,
    /// Writing at the end of the file.
    Append,
    /// Reading and writing.
    ReadWrite,
}

impl Mode {
    /// Whether bytes may be read.
    pub fn is_readable(self) -> bool {
        matches!(self, Mode::Read | Mode::ReadWrite)
    }

    /// Whether bytes may be written.
    pub fn is_writable(self) -> bool {
        self != Mode::Read
    }
}
