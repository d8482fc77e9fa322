//! A stream that reads a buffer, without copies where the caller takes buffers.
#![forbid(unsafe_code)]

use super::backend::Backend;
use super::bounds::part_of;
use super::memmove::copy_out;
use super::mode::Mode;
use super::stream::{Capabilities, Stream, StreamRef};
use crate::buffer::{self, BufferRef};
use crate::err;
use crate::error::{Result, Value};
use crate::pool::PoolRef;

/// Reads a buffer; `read_buffer` returns slices of it.
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
    let capabilities = Capabilities {
        mode: Mode::Read,
        seekable: true,
        zero_copy: true,
    };
    let reader = Reader {
        buffer: Some(buffer),
    };
    Stream::new(reader, capabilities, 0)
}

impl Reader {
    fn buffer(&self) -> Result<&BufferRef> {
        self.buffer
            .as_ref()
            .ok_or_else(|| err!(Closed, "{} was closed", self.name()))
    }
}

impl Backend for Reader {
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
