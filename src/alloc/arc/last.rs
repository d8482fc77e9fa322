//! The end of an object: its last owner, and its memory without a value.

use super::{Counted, Inner, TryArc, Vacant};
use crate::alloc::object;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// The value of a `TryArc` that has no other reference any more.
#[derive(Debug)]
pub struct LastArc<T: Counted> {
    pub(super) inner: NonNull<Inner<T>>,
    pub(super) owns: PhantomData<Inner<T>>,
}

impl<T: Counted> LastArc<T> {
    /// The memory without the value, which is not dropped.
    #[inline]
    pub(crate) fn vacate(self) -> Vacant<T> {
        Vacant(ManuallyDrop::new(self).inner)
    }

    /// The value, moved out of the block, which goes.
    pub(super) fn into_value(self) -> T {
        let block = Block(ManuallyDrop::new(self).inner);
        // SAFETY: the block is live, and a field address of a live block is in bounds.
        let value = unsafe { &raw const (*block.0.as_ptr()).value };
        // SAFETY: this alone owns the value; after this only the block is left.
        unsafe { value.read() }
    }
}

impl<T: Counted> Deref for LastArc<T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: the block is live and owned by this alone.
        unsafe { &self.inner.as_ref().value }
    }
}

impl<T: Counted> DerefMut for LastArc<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the block is live and owned by this alone.
        unsafe { &mut self.inner.as_mut().value }
    }
}

impl<T: Counted> Drop for LastArc<T> {
    #[inline]
    fn drop(&mut self) {
        let block = Block(self.inner);
        // SAFETY: the block is live, and a field address of a live block is in bounds.
        let value = unsafe { &raw mut (*self.inner.as_ptr()).value };
        // SAFETY: this alone owns the value, and nobody uses it afterwards. The block goes even if this panics.
        unsafe { std::ptr::drop_in_place(value) };
        drop(block);
    }
}

/// The memory of an object without its value; it goes when this is dropped.
pub(super) struct Block<T: Counted>(pub(super) NonNull<Inner<T>>);

impl<T: Counted> Block<T> {
    /// The memory, which stays.
    pub(super) fn keep(self) -> NonNull<Inner<T>> {
        ManuallyDrop::new(self).0
    }
}

impl<T: Counted> Drop for Block<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: every block of a TryArc was allocated with this layout, with or without a tail (`try_new_with`,
        // `try_new_with_tail`); the value is gone or was never there.
        unsafe { object::deallocate(self.0.cast(), TryArc::<T>::LAYOUT) };
    }
}
