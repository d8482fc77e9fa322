//! Ranges of bytes within streams of fixed size.
#![forbid(unsafe_code)]

use crate::err;
use crate::error::{Result, Value};

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

/// Bytes in all slices together.
pub(super) fn total(bufs: &[&[u8]]) -> Result<u64> {
    let mut total: u64 = 0;
    for buf in bufs {
        total = total.checked_add(buf.len() as u64).ok_or_else(|| {
            err!(
                OutOfRange,
                "{} slices have more bytes than 64 bits can count",
                bufs.len()
            )
        })?;
    }
    Ok(total)
}
