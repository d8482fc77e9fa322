//! Streams over a buffer of fixed size: reading it without copies, and writing into it.
#![forbid(unsafe_code)]

use super::medium::{Medium, Mode};
use super::memmove::{copy_into, copy_out};
use super::stream::{Abilities, Stream, StreamRef};
use crate::buffer::{self, Buffer, BufferRef};
use crate::err;
use crate::error::{Result, Value};
use crate::pool::PoolRef;

/// Reads a buffer; what it lends are slices of it.
struct Reader {
    /// `None` once closed.
    buffer: Option<BufferRef>,
}

/// A stream that reads a buffer.
pub fn open_buffer(buffer: BufferRef) -> Result<StreamRef> {
    if !buffer.is_cpu() {
        return Err(err!(
            Unsupported,
            "the buffer is in memory that the CPU cannot read"
        ));
    }
    let abilities = Abilities {
        mode: Mode::Read,
        seekable: true,
        zero_copy: true,
    };
    let reader = Reader {
        buffer: Some(buffer),
    };
    Stream::new(reader, abilities, 0)
}

/// The part of `len` bytes from an offset on that lies in `size` bytes; an offset behind the end is an error.
pub(super) fn part_of(
    size: usize,
    offset: u64,
    len: usize,
    name: impl FnOnce() -> Value,
) -> Result<(usize, usize)> {
    match usize::try_from(offset) {
        Ok(start) if start <= size => Ok((start, len.min(size - start))),
        _ => Err(err!(
            OutOfRange,
            "{} bytes at offset {} are beyond the {} bytes of {}",
            len,
            offset,
            size,
            name()
        )),
    }
}

impl Reader {
    fn buffer(&self) -> Result<&BufferRef> {
        self.buffer
            .as_ref()
            .ok_or_else(|| err!(Closed, "{} was closed", self.name()))
    }
}

impl Medium for Reader {
    fn name(&self) -> Value {
        Value::Static("a buffer")
    }

    fn read_at(&self, offset: u64, dst: &mut [u8]) -> Result<usize> {
        let buffer = self.buffer()?;
        let (start, len) = part_of(buffer.len(), offset, dst.len(), || self.name())?;
        copy_out(buffer, start, dst.get_mut(..len).unwrap_or_default());
        Ok(len)
    }

    fn read_buffer_at(&self, offset: u64, len: usize, _pool: &PoolRef) -> Result<BufferRef> {
        let source = self.buffer()?;
        let (start, len) = part_of(source.len(), offset, len, || self.name())?;
        buffer::slice(source, start, len)
    }

    fn size(&self) -> Result<u64> {
        Ok(self.buffer()?.len() as u64)
    }

    fn close(&mut self) -> Result<()> {
        self.buffer = None;
        Ok(())
    }
}

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
    let abilities = Abilities {
        mode: Mode::Write,
        seekable: true,
        zero_copy: false,
    };
    let writer = FixedWriter {
        buffer: Some(buffer),
    };
    Stream::new(writer, abilities, 0)
}

impl FixedWriter {
    /// The buffer and where to start in it, when all `len` bytes have room.
    fn room(&self, offset: u64, len: u64) -> Result<(&Buffer, usize)> {
        let Some(buffer) = &self.buffer else {
            return Err(err!(Closed, "{} was closed", self.name()));
        };
        // Asked each time: the buffer may have been made immutable meanwhile.
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

/// Bytes in all runs together.
pub(super) fn total(runs: &[&[u8]]) -> Result<u64> {
    let mut total: u64 = 0;
    for run in runs {
        total = total.checked_add(run.len() as u64).ok_or_else(|| {
            err!(
                OutOfRange,
                "{} runs have more bytes than 64 bits can count",
                runs.len()
            )
        })?;
    }
    Ok(total)
}

impl Medium for FixedWriter {
    fn name(&self) -> Value {
        Value::Static("a buffer")
    }

    fn write(&self, position: &mut u64, runs: &[&[u8]]) -> Result<()> {
        let total = total(runs)?;
        let (buffer, mut at) = self.room(*position, total)?;
        for run in runs {
            copy_into(buffer, at, run);
            at += run.len();
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
