//! Parts of buffers without a copy.

use super::buffer::{Buffer, BufferRef, Owner};
use crate::alloc::TryArc;
use crate::err;
use crate::error::{Error, Result};
use std::ptr::NonNull;

/// `len` bytes from `offset` on; keeps the parent alive. Immutable, whatever the parent is.
#[inline]
pub fn slice(parent: &BufferRef, offset: usize, len: usize) -> Result<BufferRef> {
    part(parent, offset, len, false)
}

/// Like `slice`, and mutable; the parent must be mutable too.
///
/// Two mutable slices may overlap: it is their users' business not to write the same bytes from two threads.
pub fn slice_mutable(parent: &BufferRef, offset: usize, len: usize) -> Result<BufferRef> {
    if !parent.is_mutable() {
        return Err(err!(InvalidArgument, "the buffer is immutable"));
    }
    part(parent, offset, len, true)
}

#[inline(always)]
fn part(parent: &BufferRef, offset: usize, len: usize, mutable: bool) -> Result<BufferRef> {
    let _reading = parent.usage.read(parent.resizable)?;
    let size = parent.len();
    if offset > size || len > size - offset {
        return Err(outside(offset, len, size));
    }
    // SAFETY: the offset is inside the buffer, checked above.
    let data = unsafe { parent.as_ptr().add(offset) }.cast_mut();
    let data = NonNull::new(data).unwrap_or(NonNull::dangling());
    let capacity = parent.capacity().saturating_sub(offset);
    Ok(TryArc::try_new_with(|| {
        Buffer::from_parts(data, len, capacity, mutable, Owner::Parent(parent.clone()))
    })?)
}

/// Drop a slice's reference to its parent.
#[inline(always)]
pub(super) fn release_parent(parent: BufferRef) {
    if let Some(last) = TryArc::into_last(parent) {
        release_chain(last);
    }
}

/// Drop the last reference to a buffer. A chain of slices of slices is as long as the caller likes, so it is walked, not
/// recursed into.
#[inline(never)]
fn release_chain(mut last: BufferRef) {
    while let Some(buffer) = TryArc::get_mut(&mut last)
        && let Owner::Parent(_) = &*buffer.owner
        && let Owner::Parent(parent) = std::mem::replace(&mut *buffer.owner, Owner::Static)
    {
        match TryArc::into_last(parent) {
            Some(grandparent) => last = grandparent,
            None => return,
        }
    }
}

#[cold]
#[inline(never)]
pub(super) fn outside(offset: usize, len: usize, size: usize) -> Error {
    err!(
        OutOfRange,
        "{} bytes at offset {} exceed a buffer of {} bytes",
        len,
        offset,
        size
    )
}
