//! The memory of an object without the object.

use super::{Counted, Inner, TryArc};
use crate::alloc::object;
use std::ptr::NonNull;

/// The memory of an object whose value is gone. Nothing ends it unasked.
#[derive(Debug)]
pub(crate) struct Vacant<T: Counted>(pub(super) NonNull<Inner<T>>);

impl<T: Counted> Vacant<T> {
    /// The memory, for `from_memory`, or for `object::end_vacant`.
    #[inline]
    pub(crate) fn into_memory(self) -> NonNull<u8> {
        const { assert!(object::is_plain(TryArc::<T>::LAYOUT)) };
        self.0.cast()
    }

    /// What `into_memory` gave.
    ///
    /// # Safety
    /// - It is the memory of an object of this type, and nobody else uses it.
    #[inline]
    pub(crate) unsafe fn from_memory(memory: NonNull<u8>) -> Self {
        Vacant(memory.cast())
    }
}
