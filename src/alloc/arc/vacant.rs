//! Memory for an object, apart from the object.

use super::{Counted, Inner, TryArc};
use crate::alloc::{AllocError, object};
use std::ptr::NonNull;

/// The memory of an object, not yet or no longer with a value. Nothing ends it unasked.
#[derive(Debug)]
pub(crate) struct Vacant<T: Counted>(pub(super) NonNull<Inner<T>>);

impl<T: Counted> Vacant<T> {
    /// Take one block for the count, the value, and `tail` bytes that start at a multiple of `ALIGNMENT`, which are the second
    /// result. The tail lives as long as the object.
    #[inline(always)]
    pub(crate) fn try_new_with_tail<const ALIGNMENT: usize>(
        tail: usize,
    ) -> Result<(Self, NonNull<u8>), AllocError> {
        let layout = TryArc::<T>::LAYOUT;
        const {
            let layout = TryArc::<T>::LAYOUT;
            assert!(layout.size().is_multiple_of(ALIGNMENT) && ALIGNMENT.is_power_of_two());
            assert!(object::is_plain(layout) && ALIGNMENT >= size_of::<usize>());
        }
        let memory = object::allocate_with_tail(layout, tail, ALIGNMENT)?;
        // SAFETY: the block has the size of an Inner<T> and then the tail.
        let tail = unsafe { memory.add(layout.size()) };
        Ok((Vacant(memory.cast()), tail))
    }

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
