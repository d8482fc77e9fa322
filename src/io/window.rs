//! Memory that others change or read at the same time: maps of files, and mutable buffers.
//!
//! A mutable buffer, like memory of C, may be read through other references while it is written. Copies into and out of it
//! therefore go through raw pointers; no reference to its bytes is made. Which threads may do what at once is for the users of the
//! buffer to settle, as for any shared memory.

use super::sys::{Descriptor, Os};
use crate::buffer::{Buffer, BufferOwner, BufferRef};
use crate::error::Result;
use memmap2::{MmapOptions, MmapRaw};
use std::hint::black_box;
use std::ptr::NonNull;

/// Copy bytes into a mutable buffer; what has no room is dropped. The bytes may lie in the buffer itself.
pub(super) fn copy_into(buffer: &Buffer, offset: usize, bytes: &[u8]) {
    if !buffer.is_mutable() || offset > buffer.len() {
        return;
    }
    let room = buffer.len() - offset;
    // SAFETY: the offset is inside the buffer, checked above.
    let target = unsafe { buffer.as_ptr().cast_mut().add(offset) };
    // Nothing may be concluded from the reference: told that its bytes do not change, the compiler makes this a copy that
    // overlap breaks.
    let source = black_box(bytes.as_ptr());
    // SAFETY: the target has room for that many bytes, and the memory of a mutable buffer may be written; copy allows overlap.
    unsafe { std::ptr::copy(source, target, bytes.len().min(room)) };
}

/// Copy bytes out of a buffer; what it does not have stays as it was. The target may lie in the buffer itself.
pub(super) fn copy_out(buffer: &Buffer, offset: usize, dst: &mut [u8]) {
    if offset > buffer.len() {
        return;
    }
    let present = buffer.len() - offset;
    // SAFETY: the offset is inside the buffer, checked above.
    let source = unsafe { buffer.as_ptr().add(offset) };
    // As above.
    let target = black_box(dst.as_mut_ptr());
    // SAFETY: the buffer has that many bytes and the target room for them; copy allows overlap.
    unsafe { std::ptr::copy(source, target, dst.len().min(present)) };
}

/// A memory map that lives as long as the buffers lent from it.
struct Mapping {
    #[expect(dead_code, reason = "held for its drop, which ends the map")]
    map: MmapRaw,
}

impl BufferOwner for Mapping {}

/// Map `size` bytes of a file for reading, as an immutable buffer. The outer failure is ours, the inner one the system's.
pub(super) fn map_file(fd: &Descriptor, offset: u64, size: usize) -> Result<Os<BufferRef>> {
    if size == 0 {
        // The system has no empty maps.
        return Buffer::empty().map(Ok);
    }
    // With a length given, the crate asks nothing about the file, and its own error values, which it would have to
    // allocate, do not occur.
    let mapped = MmapOptions::new()
        .offset(offset)
        .len(size)
        .map_raw_read_only(fd.raw());
    let map = match mapped {
        Ok(map) => map,
        Err(error) => return Ok(Err(error.raw_os_error().unwrap_or(libc::EINVAL))),
    };
    let Some(start) = NonNull::new(map.as_mut_ptr()) else {
        return Ok(Err(libc::EINVAL));
    };
    let owner = Buffer::keep(Mapping { map })?;
    // SAFETY: the map has `size` readable bytes from `start` on while the owner lives.
    unsafe { Buffer::from_owner(start, size, false, owner) }.map(Ok)
}
