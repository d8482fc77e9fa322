//! The trait behind a stream: what each kind of file or buffer implements.
#![forbid(unsafe_code)]

use crate::buffer::BufferRef;
use crate::err;
use crate::error::{Error, Result, Value};
use crate::pool::PoolRef;

/// One kind of stream.
///
/// `Stream` guarantees that the stream is open and that its mode allows the call, that calls with the position come one at a
/// time, and that calls with `&mut self` come alone. Offsets are not checked. A method that a backend does not implement
/// keeps the default, which for most is `Unsupported`.
pub(super) trait Backend: Send + Sync {
    /// What it is called in messages.
    fn name(&self) -> Value;

    /// Fill `dst` from an offset on, up to the end.
    fn read_at(&self, _offset: u64, _dst: &mut [u8]) -> Result<usize> {
        Err(self.unsupported("read at an offset from"))
    }

    /// `len` bytes from an offset on, fewer only at the end.
    fn read_buffer_at(&self, _offset: u64, _len: usize, _pool: &PoolRef) -> Result<BufferRef> {
        Err(self.unsupported("read at an offset from"))
    }

    /// Read at the position; 0 only at the end or when `dst` is empty.
    fn read(&self, position: &mut u64, dst: &mut [u8]) -> Result<usize> {
        let got = self.read_at(*position, dst)?;
        *position += got as u64;
        Ok(got)
    }

    /// `len` bytes from the position on, fewer only at the end.
    fn read_buffer(&self, position: &mut u64, len: usize, pool: &PoolRef) -> Result<BufferRef> {
        let buffer = self.read_buffer_at(*position, len, pool)?;
        *position += buffer.len() as u64;
        Ok(buffer)
    }

    /// Move the position forward, at most to the end, and return by how much.
    fn skip(&self, position: &mut u64, len: u64) -> Result<u64> {
        let rest = self.size()?.saturating_sub(*position).min(len);
        *position += rest;
        Ok(rest)
    }

    /// Write all slices at the position.
    fn write(&self, _position: &mut u64, _runs: &[&[u8]]) -> Result<()> {
        Err(self.unsupported("write to"))
    }

    /// Write all bytes at an offset.
    fn write_at(&self, _offset: u64, _bytes: &[u8]) -> Result<()> {
        Err(self.unsupported("write at an offset to"))
    }

    /// Move the position; called when the stream is seekable.
    fn seek(&self, position: &mut u64, to: u64) -> Result<()> {
        let size = self.size()?;
        if to > size {
            return Err(err!(
                OutOfRange,
                "position {} is beyond the {} bytes of {}",
                to,
                size,
                self.name()
            ));
        }
        *position = to;
        Ok(())
    }

    /// Where the position is.
    fn tell(&self, position: &mut u64) -> Result<u64> {
        Ok(*position)
    }

    /// Bytes in all.
    fn size(&self) -> Result<u64> {
        Err(self.unsupported("tell the size of"))
    }

    /// Hand what was written to the system.
    fn flush(&self) -> Result<()> {
        Ok(())
    }

    /// Make what was written survive a loss of power.
    fn sync(&self) -> Result<()> {
        Ok(())
    }

    /// Cut, or extend with zeros that take no disk space.
    fn truncate(&self, _size: u64) -> Result<()> {
        Err(self.unsupported("truncate"))
    }

    /// Change the size; growing allocates the space.
    fn resize(&mut self, _position: &mut u64, _size: u64) -> Result<()> {
        Err(self.unsupported("resize"))
    }

    /// Allocate for what will be written soon.
    fn reserve(&self, _additional: u64) -> Result<()> {
        Ok(())
    }

    /// What was written, as a buffer; the stream is closed by it.
    fn finish(&self) -> Result<BufferRef> {
        Err(self.unsupported("take a buffer from"))
    }

    /// The descriptor behind it.
    fn descriptor(&self) -> Option<i32> {
        None
    }

    /// Close the descriptor when the stream is closed or ends.
    fn own_descriptor(&mut self) {}

    /// Release the descriptor, map or buffer; called once.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }

    /// An error for what this backend does not do.
    fn unsupported(&self, what: &'static str) -> Error {
        err!(Unsupported, "cannot {} {}", what, self.name())
    }
}
