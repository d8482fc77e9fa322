//! What becomes of a buffer whose last reference goes.

use super::allocate::MAX_TOGETHER;
use super::owner::Owner;
use super::{Buffer, slice};
use crate::alloc::{Counted, LastArc};
use crate::pool::{ALIGNMENT, MAX_SPARE_BYTES, MIN_OBJECT_BYTES, Pool, Spare};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

impl Counted for Buffer {
    #[inline]
    fn end(last: LastArc<Self>) {
        if last.parent().is_some() {
            drop(last);
        } else {
            end_root(last);
        }
    }
}

/// Keep a dead buffer for the next one, or end it and its memory.
#[inline(never)]
fn end_root(last: LastArc<Buffer>) {
    let Some((pool, is_tail)) = last.pool_that_keeps_it() else {
        return drop(last);
    };
    let (capacity, block) = (last.capacity(), last.data.load(Ordering::Relaxed));
    // SAFETY: a block of a pool has an address.
    let block = unsafe { NonNull::new_unchecked(block) };
    const { assert!(size_of::<Buffer>() >= MIN_OBJECT_BYTES) };
    // SAFETY: the memory is large enough; the buffer was its only user.
    let spare = unsafe { Spare::new(last.vacate().into_memory(), block, capacity, is_tail) };
    pool.give_spare(spare, capacity);
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
    /// The pool, if it would keep this buffer for the next one, and whether object and bytes are one block. Small buffers
    /// wait only if they are, so that the size of a spare tells that.
    #[inline]
    fn pool_that_keeps_it(&self) -> Option<(&'static Pool, bool)> {
        let capacity = self.capacity();
        let (pool, is_tail) = match &*self.owner {
            Owner::Together { pool } => (pool, true),
            Owner::Pool {
                pool,
                alignment: ALIGNMENT,
            } if capacity > MAX_TOGETHER && capacity <= MAX_SPARE_BYTES => (pool, false),
            _ => return None,
        };
        if pool.keeps_spares() {
            Some((pool.as_static()?, is_tail))
        } else {
            None
        }
    }

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
