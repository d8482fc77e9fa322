//! Reading into a new buffer from a source whose length is not certain.
#![forbid(unsafe_code)]

use crate::buffer::{self, Buffer, BufferRef};
use crate::err;
use crate::error::Result;
use crate::pool::{MAX_SIZE, PoolRef};

/// The first allocation for a source of unknown length.
const UNKNOWN: usize = 64 << 10;

/// A full buffer grows only when a read of this size, onto the stack, found more.
const PROBE: usize = 512;

/// Call `read` until `dst` is full or the end is reached.
fn fill(dst: &mut [u8], read: &mut impl FnMut(&mut [u8]) -> Result<usize>) -> Result<usize> {
    let mut done = 0;
    while let Some(rest) = dst.get_mut(done..)
        && !rest.is_empty()
    {
        let got = read(rest)?;
        if got == 0 {
            break;
        }
        done += got;
    }
    Ok(done)
}

fn bytes_of(buffer: &mut BufferRef) -> Result<&mut [u8]> {
    Buffer::get_mut(buffer).ok_or_else(|| err!(Internal, "a new buffer is shared"))
}

/// A new buffer with what `read` returns: `len` bytes, fewer only at the end.
///
/// `expected` is the length that the source reports. No more than that is allocated at first; the buffer grows only when it
/// is full and the source has more. So a large `len` allocates nothing by itself.
pub(super) fn read_to_buffer(
    len: usize,
    expected: Option<u64>,
    pool: &PoolRef,
    mut read: impl FnMut(&mut [u8]) -> Result<usize>,
) -> Result<BufferRef> {
    let expected = expected.map_or(UNKNOWN, |bytes| usize::try_from(bytes).unwrap_or(MAX_SIZE));
    let mut buffer = Buffer::allocate_resizable(pool, len.min(expected))?;
    let mut done = 0;
    loop {
        let dst = bytes_of(&mut buffer)?;
        done += fill(dst.get_mut(done..).unwrap_or_default(), &mut read)?;
        if done < buffer.len() || done == len {
            break;
        }
        let mut probe = [0; PROBE];
        let room = probe.get_mut(..(len - done).min(PROBE)).unwrap_or_default();
        let got = read(room)?;
        if got == 0 {
            break;
        }
        let grown = done.saturating_mul(2).max(done + UNKNOWN).min(len);
        buffer::resize(&mut buffer, grown, false)?;
        let dst = bytes_of(&mut buffer)?;
        if let (Some(dst), Some(found)) = (dst.get_mut(done..done + got), probe.get(..got)) {
            dst.copy_from_slice(found);
        }
        done += got;
    }
    if done < buffer.len() {
        buffer::resize(&mut buffer, done, true)?;
    }
    Ok(buffer)
}
