//! What becomes of the memory of a buffer whose last reference goes.

use super::buffer::{Buffer, Owner};
use super::slice;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

impl Drop for Buffer {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the owner is taken here only, and nothing uses it afterwards.
        let owner = unsafe { ManuallyDrop::take(&mut self.owner) };
        match owner {
            Owner::Parent(parent) => slice::release_parent(parent),
            Owner::Inline { pool } => pool.freed_inline(self.capacity()),
            other => self.release_memory(other),
        }
    }
}

impl Buffer {
    /// Return the memory of a root buffer to its owner.
    #[inline(never)]
    fn release_memory(&self, owner: Owner) {
        match owner {
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
            | Owner::Inline { .. }
            | Owner::Parent(_)
            | Owner::Static => {}
        }
    }
}
