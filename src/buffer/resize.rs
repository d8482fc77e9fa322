//! Changing the size of a resizable buffer.

use super::owner::Owner;
use super::{Buffer, BufferRef, padded};
use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

/// Change the size. Bytes that fit are kept, new ones are undefined, the padding is zero. With `shrink`, capacity that is
/// no longer needed goes back to the pool. The buffer must have no other reference and no slices.
pub fn resize(this: &mut BufferRef, len: usize, shrink: bool) -> Result<()> {
    let buffer = sole(this)?;
    let wanted = padded(len)?;
    let capacity = buffer.capacity();
    if wanted > capacity || (shrink && wanted < capacity) {
        set_capacity(buffer, wanted)?;
    }
    buffer.len.store(len, Ordering::Relaxed);
    zero_padding(buffer);
    Ok(())
}

/// Make room for `capacity` bytes in all without changing the size.
pub fn reserve(this: &mut BufferRef, capacity: usize) -> Result<()> {
    let buffer = sole(this)?;
    let wanted = padded(capacity)?;
    if wanted > buffer.capacity() {
        set_capacity(buffer, wanted)?;
    }
    Ok(())
}

fn sole(this: &mut BufferRef) -> Result<&mut Buffer> {
    if !this.is_resizable() {
        return Err(err!(InvalidArgument, "the buffer is not resizable"));
    }
    TryArc::get_mut(this).ok_or_else(|| err!(Busy, "the buffer has other references or slices"))
}

fn set_capacity(buffer: &mut Buffer, wanted: usize) -> Result<()> {
    let Owner::Pool { pool, alignment } = &buffer.owner else {
        return Err(err!(InvalidArgument, "the buffer is not resizable"));
    };
    let Some(block) = NonNull::new(buffer.as_ptr().cast_mut()) else {
        return Err(err!(Internal, "a buffer without memory"));
    };
    // SAFETY: the block came from this pool with this capacity and alignment; nobody else has a reference.
    let moved = unsafe { pool.reallocate(block, buffer.capacity(), wanted, *alignment) }?;
    buffer.data.store(moved.as_ptr(), Ordering::Relaxed);
    buffer.capacity.store(wanted, Ordering::Relaxed);
    Ok(())
}

fn zero_padding(buffer: &mut Buffer) {
    let len = buffer.len();
    let end = len
        .next_multiple_of(crate::pool::ALIGNMENT)
        .min(buffer.capacity());
    // SAFETY: `len` is at most the capacity.
    let padding = unsafe { buffer.as_ptr().cast_mut().add(len) };
    // SAFETY: from there to the end of the unit, inside the capacity.
    unsafe { padding.write_bytes(0, end - len) };
}
