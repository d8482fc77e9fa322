//! A stream that writes into a buffer of fixed size.
#![forbid(unsafe_code)]

use super::backend::Backend;
use super::bounds::total;
use super::memmove::copy_into;
use super::mode::Mode;
use super::stream::{Capabilities, Stream, StreamRef};
use crate::buffer::{Buffer, BufferRef};
use crate::err;
use crate::error::{Result, Value};

/// Writes into a mutable buffer, within its size.
struct FixedWriter {
    /// `None` once closed.
    buffer: Option<BufferRef>,
}

/// A stream that writes into a mutable buffer from its start on, and never beyond its size.
pub fn new_fixed_writer(buffer: BufferRef) -> Result<StreamRef> {
    if !buffer.is_mutable() {
        return Err(err!(InvalidArgument, "the buffer is immutable"));
    }
    if !buffer.is_cpu() {
        return Err(err!(
            Unsupported,
            "the buffer is in memory that the CPU cannot write"
        ));
    }
    let capabilities = Capabilities {
        mode: Mode::Write,
        seekable: true,
        zero_copy: false,
    };
    let writer = FixedWriter {
        buffer: Some(buffer),
    };
    Stream::new(writer, capabilities, 0)
}

impl FixedWriter {
    /// The buffer and where to start in it, if all `len` bytes fit.
    fn room(&self, offset: u64, len: u64) -> Result<(&Buffer, usize)> {
        let Some(buffer) = &self.buffer else {
            return Err(err!(Closed, "{} was closed", self.name()));
        };
        // Checked at each write: the buffer may have been made immutable meanwhile.
        if !buffer.is_mutable() {
            return Err(err!(InvalidArgument, "the buffer is immutable"));
        }
        let size = buffer.len() as u64;
        match usize::try_from(offset) {
            Ok(start) if offset <= size && len <= size - offset => Ok((buffer, start)),
            _ => Err(err!(
                OutOfRange,
                "{} bytes at offset {} are beyond the {} bytes of {}",
                len,
                offset,
                size,
                self.name()
            )),
        }
    }
}

impl Backend for FixedWriter {
    fn name(&self) -> Value {
        Value::Static("a buffer")
    }

    fn write(&self, position: &mut u64, bufs: &[&[u8]]) -> Result<()> {
        let total = total(bufs)?;
        let (buffer, mut at) = self.room(*position, total)?;
        for buf in bufs {
            copy_into(buffer, at, buf);
            at += buf.len();
        }
        *position += total;
        Ok(())
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<()> {
        let (buffer, start) = self.room(offset, bytes.len() as u64)?;
        copy_into(buffer, start, bytes);
        Ok(())
    }

    fn size(&self) -> Result<u64> {
        Ok(self.buffer.as_ref().map_or(0, |buffer| buffer.len() as u64))
    }

    fn close(&mut self) -> Result<()> {
        self.buffer = None;
        Ok(())
    }
}
