//! Comparing, copying, joining and printing the bytes of buffers.
#![forbid(unsafe_code)]

use super::buffer::{Buffer, BufferRef};
use super::usage::Reading;
use crate::alloc::Text;
use crate::err;
use crate::error::Result;
use crate::pool::PoolRef;
use std::ops::Deref;

/// The bytes of a buffer for the length of one call, during which the size cannot change.
#[derive(Debug)]
pub struct Bytes<'a> {
    bytes: &'a [u8],
    #[expect(dead_code, reason = "held for its drop")]
    reading: Reading<'a>,
}

impl Deref for Bytes<'_> {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        self.bytes
    }
}

impl Buffer {
    /// The bytes, guarded against a change of the size; `Busy` when one is under way.
    pub fn bytes(&self) -> Result<Bytes<'_>> {
        let reading = self.usage.read(self.resizable)?;
        Ok(Bytes {
            bytes: self.as_slice(),
            reading,
        })
    }

    /// A new mutable buffer with a copy of `text`, and a NUL behind its end.
    pub fn of_text(text: &Text, pool: &PoolRef) -> Result<BufferRef> {
        let bytes = text.as_bytes();
        let mut copy = Buffer::allocate_with_capacity(pool, bytes.len(), bytes.len() + 1)?;
        if let Some(copy) = Buffer::get_mut(&mut copy) {
            copy.copy_from_slice(bytes);
        }
        Ok(copy)
    }

    /// Whether both have the same size and bytes. A buffer whose size is being changed equals nothing.
    pub fn equals(&self, other: &Buffer) -> bool {
        match (self.bytes(), other.bytes()) {
            (Ok(a), Ok(b)) => std::ptr::eq(a.bytes, b.bytes) || a.bytes == b.bytes,
            _ => false,
        }
    }

    /// Whether both have at least `len` bytes and the first `len` are the same.
    pub fn equals_prefix(&self, other: &Buffer, len: usize) -> bool {
        match (self.bytes(), other.bytes()) {
            (Ok(a), Ok(b)) => match (a.get(..len), b.get(..len)) {
                (Some(a), Some(b)) => std::ptr::eq(a, b) || a == b,
                _ => false,
            },
            _ => false,
        }
    }

    /// A new mutable buffer with a copy of `len` bytes from `offset` on.
    pub fn copy_range(&self, offset: usize, len: usize, pool: &PoolRef) -> Result<BufferRef> {
        let bytes = self.bytes()?;
        let range = offset
            .checked_add(len)
            .and_then(|end| bytes.get(offset..end));
        match range {
            Some(range) => Buffer::copy_of(range, pool),
            None => Err(super::slice::outside(offset, len, bytes.len())),
        }
    }

    /// A new mutable buffer with upper-case hexadecimal text, two characters a byte, and a NUL behind its end.
    pub fn to_hex(&self, pool: &PoolRef) -> Result<BufferRef> {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let bytes = self.bytes()?;
        let len = bytes
            .len()
            .checked_mul(2)
            .ok_or_else(|| too_long(bytes.len()))?;
        let mut text = Buffer::allocate_with_capacity(pool, len, len + 1)?;
        if let Some(text) = Buffer::get_mut(&mut text) {
            for (pair, byte) in text.chunks_exact_mut(2).zip(bytes.iter()) {
                let digits = [
                    DIGITS[usize::from(byte >> 4)],
                    DIGITS[usize::from(byte & 15)],
                ];
                pair.copy_from_slice(&digits);
            }
        }
        Ok(text)
    }
}

#[cold]
fn too_long(len: usize) -> crate::error::Error {
    err!(
        OutOfMemory,
        "no memory for the text of {} bytes: more than an address space can hold",
        len
    )
}

/// A new mutable buffer with the bytes of all buffers, one after the other.
pub fn concat<'a, I>(buffers: I, pool: &PoolRef) -> Result<BufferRef>
where
    I: Iterator<Item = Result<&'a Buffer>> + Clone,
{
    let mut len = 0_usize;
    for buffer in buffers.clone() {
        let more = buffer?.len();
        len = len.checked_add(more).ok_or_else(|| {
            err!(
                OutOfMemory,
                "no memory for {} bytes after {}: more than an address space can hold",
                more,
                len
            )
        })?;
    }
    let mut joined = Buffer::allocate(pool, len)?;
    let mut rest = Buffer::get_mut(&mut joined).unwrap_or_default();
    for buffer in buffers {
        let bytes = buffer?.bytes()?;
        let Some((target, after)) = rest.split_at_mut_checked(bytes.len()) else {
            return Err(err!(Busy, "a buffer changed its size during the call"));
        };
        target.copy_from_slice(&bytes);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(err!(Busy, "a buffer changed its size during the call"));
    }
    Ok(joined)
}
