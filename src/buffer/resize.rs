//! Changing the size of a resizable buffer.
//!
//! The bytes move, so nobody may be looking at them. In Rust the borrow of the only reference sees to that; a C program
//! can break its promise, and then gets `Busy` as long as its other call is inside the library.

use super::buffer::{Buffer, BufferRef, Owner, padded};
use super::usage::Changing;
use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

/// Change the size. Bytes that fit are kept, new ones are undefined, the padding is zero. With `shrink`, capacity that is
/// no longer needed goes back to the pool. The buffer must have no other reference and no slices.
pub fn resize(this: &mut BufferRef, len: usize, shrink: bool) -> Result<()> {
    // SAFETY: borrowed mutably, so no slice of the bytes is in use.
    unsafe { resize_borrowed(this, len, shrink) }
}

/// Like `resize`, for a reference that somebody else owns.
///
/// # Safety
/// - No slice that `as_slice` gave for this reference is in use. (Guarded ones, from `bytes`, are noticed.)
pub unsafe fn resize_borrowed(this: &BufferRef, len: usize, shrink: bool) -> Result<()> {
    let alone = alone(this)?;
    let wanted = padded(len)?;
    let capacity = this.capacity();
    if wanted > capacity || (shrink && wanted < capacity) {
        set_capacity(this, &alone, wanted)?;
    }
    this.len.store(len, Ordering::Relaxed);
    zero_padding(this, &alone);
    Ok(())
}

/// Make room for `capacity` bytes in all without changing the size, for a reference that somebody else owns.
///
/// # Safety
/// - No slice that `as_slice` gave for this reference is in use. (Guarded ones, from `bytes`, are noticed.)
pub unsafe fn reserve_borrowed(this: &BufferRef, capacity: usize) -> Result<()> {
    let alone = alone(this)?;
    let wanted = padded(capacity)?;
    if wanted > this.capacity() {
        set_capacity(this, &alone, wanted)?;
    }
    Ok(())
}

/// Whoever holds the result is the only user of the buffer: there is one reference, and no other call is inside.
fn alone(this: &BufferRef) -> Result<Changing<'_>> {
    if !this.is_resizable() {
        return Err(err!(InvalidArgument, "the buffer is not resizable"));
    }
    let alone = this.usage.change()?;
    if !TryArc::is_unique(this) {
        return Err(err!(Busy, "the buffer has other references or slices"));
    }
    Ok(alone)
}

fn set_capacity(buffer: &Buffer, _alone: &Changing<'_>, wanted: usize) -> Result<()> {
    let Owner::Pool { pool, alignment } = &*buffer.owner else {
        return Err(err!(InvalidArgument, "the buffer is not resizable"));
    };
    let Some(block) = NonNull::new(buffer.as_ptr().cast_mut()) else {
        return Err(err!(Internal, "a buffer without memory"));
    };
    // SAFETY: the block came from this pool with this capacity and alignment; nobody else uses it (`_alone`).
    let moved = unsafe { pool.reallocate(block, buffer.capacity(), wanted, *alignment) }?;
    buffer.data.store(moved.as_ptr(), Ordering::Relaxed);
    buffer.capacity.store(wanted, Ordering::Relaxed);
    Ok(())
}

fn zero_padding(buffer: &Buffer, _alone: &Changing<'_>) {
    let len = buffer.len();
    let end = len
        .next_multiple_of(crate::pool::ALIGNMENT)
        .min(buffer.capacity());
    // SAFETY: `len` is at most the capacity.
    let padding = unsafe { buffer.as_ptr().cast_mut().add(len) };
    // SAFETY: from there to the end of the unit, inside the capacity, and nobody else uses it (`_alone`).
    unsafe { padding.write_bytes(0, end - len) };
}
