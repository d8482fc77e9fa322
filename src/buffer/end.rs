//! What becomes of a buffer whose last reference goes.

use super::allocate::may_wait;
use super::owner::Owner;
use super::{Buffer, BufferRef, slice};
use crate::alloc::{Counted, LastArc, object};
use crate::pool::{ALIGNMENT, MIN_OBJECT_BYTES, Place, Pool, Spare};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

impl Counted for Buffer {
    #[inline(always)]
    fn end(last: LastArc<Self>) {
        // Nearly all buffers are slices, or have memory of a pool that lives as long as the process.
        if let Owner::Parent(parent) = &*last.owner {
            // SAFETY: moved out once and here, since `end_slice` drops nothing of the buffer.
            let parent = unsafe { std::ptr::read(parent) };
            return end_slice(last, parent);
        }
        match &*last.owner {
            Owner::Together { pool } => match pool.as_static() {
                Some(pool) => end_together(last, pool),
                None => drop(last),
            },
            Owner::Pool { pool, alignment } => match pool.as_static() {
                Some(pool) => {
                    let alignment = *alignment;
                    end_block(last, pool, alignment);
                }
                None => drop(last),
            },
            _ => drop(last),
        }
    }
}

/// End a slice, and with it its reference to the parent.
#[inline(always)]
fn end_slice(last: LastArc<Buffer>, parent: BufferRef) {
    let object = last.vacate().into_memory();
    slice::end_parents(parent);
    // SAFETY: the memory of the dead buffer, whose only owner this is.
    unsafe { object::end_vacant(object) };
}

/// End a buffer that is in one block with its bytes.
#[inline(always)]
fn end_together(last: LastArc<Buffer>, pool: &'static Pool) {
    let (place, capacity) = (Place::of_this_thread(), last.capacity());
    if pool.may_keep(place, capacity) {
        return keep(last, pool, place, true);
    }
    pool.end_together(capacity);
    // Nothing else of the buffer needs an end: its pool lives as long as the process.
    let object = last.vacate().into_memory();
    // SAFETY: the memory of the dead buffer, whose only owner this is.
    unsafe { object::end_vacant(object) };
}

/// Keep a dead buffer for the next one.
#[inline(never)]
fn keep(last: LastArc<Buffer>, pool: &'static Pool, place: Place, is_tail: bool) {
    const { assert!(size_of::<Buffer>() >= MIN_OBJECT_BYTES) };
    let (capacity, block) = (last.capacity(), last.data.load(Ordering::Relaxed));
    // Nothing else of the buffer needs an end: its pool lives as long as the process.
    let object = last.vacate().into_memory();
    // SAFETY: a block of a pool has an address.
    let block = unsafe { NonNull::new_unchecked(block) };
    // SAFETY: the memory is large enough (asserted above) and goes back so; the block is its tail, or one of this pool with this
    // capacity and the usual alignment (callers); the dead buffer was the only user of both.
    let spare = unsafe { Spare::new(object, block, capacity, is_tail) };
    pool.give_spare(place, spare, capacity);
}

/// End a buffer with a block of its own, or keep it for the next one.
#[inline(never)]
fn end_block(last: LastArc<Buffer>, pool: &'static Pool, alignment: usize) {
    let (place, capacity) = (Place::of_this_thread(), last.capacity());
    if alignment == ALIGNMENT && may_wait(capacity) && pool.may_keep(place, capacity) {
        return keep(last, pool, place, false);
    }
    let block = last.data.load(Ordering::Relaxed);
    // Nothing else of the buffer needs an end: its pool lives as long as the process.
    let object = last.vacate().into_memory();
    // SAFETY: a block of a pool has an address.
    let block = unsafe { NonNull::new_unchecked(block) };
    // SAFETY: the block came from this pool with this capacity and alignment, and its buffer is dead.
    unsafe { pool.deallocate(block, capacity, alignment) };
    // SAFETY: the memory of the dead buffer, whose only owner this is.
    unsafe { object::end_vacant(object) };
}

impl Drop for Buffer {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the owner is taken here only, and nothing uses it afterwards.
        let owner = unsafe { ManuallyDrop::take(&mut self.owner) };
        match owner {
            Owner::Parent(parent) => slice::end_parents(parent),
            other => self.end_memory(other),
        }
    }
}

impl Buffer {
    /// Give the memory of a root buffer back.
    #[inline]
    fn end_memory(&self, owner: Owner) {
        match owner {
            Owner::Together { pool } => pool.end_together(self.capacity()),
            Owner::Pool { pool, alignment } => {
                if let Some(block) = NonNull::new(self.data.load(Ordering::Relaxed)) {
                    // SAFETY: the block came from this pool with this capacity and alignment, and the last reference goes.
                    unsafe { pool.deallocate(block, self.capacity(), alignment) };
                }
            }
            Owner::Foreign {
                release: Some(release),
                user_data,
            } => {
                // SAFETY: the creator promised that release may be called once, on any thread.
                unsafe { release(user_data) };
            }
            Owner::Foreign { release: None, .. }
            | Owner::Kept(_)
            | Owner::Parent(_)
            | Owner::Static => {}
        }
    }
}
