//! Copies into and out of mutable buffers, whose bytes may overlap with the caller's.
//!
//! A mutable buffer, like memory of C, may be read through other references while it is written. The copies therefore go
//! through raw pointers, and no reference to its bytes is made. As with any shared memory, its users must order their
//! accesses from several threads.

use crate::buffer::Buffer;
use std::hint::black_box;

/// Copy bytes into a mutable buffer, as many as fit. The bytes may lie in the buffer itself.
pub(super) fn copy_into(buffer: &Buffer, offset: usize, bytes: &[u8]) {
    if !buffer.is_mutable() || offset > buffer.len() {
        return;
    }
    let room = buffer.len() - offset;
    // SAFETY: the offset is inside the buffer, checked above.
    let target = unsafe { buffer.as_ptr().cast_mut().add(offset) };
    // Hides from the compiler that the pointer comes from a reference. Otherwise it may assume that the bytes do not change
    // and use a copy that overlap breaks.
    let source = black_box(bytes.as_ptr());
    // SAFETY: the target has room for that many bytes, and the memory of a mutable buffer may be written; copy allows overlap.
    unsafe { std::ptr::copy(source, target, bytes.len().min(room)) };
}

/// Copy bytes out of a buffer, as many as it has. The target may lie in the buffer itself.
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
