//! Columns that are built when they are asked for, and then kept.
//!
//! The one invariant: a slot is null or holds one reference that was moved into it, and once it holds one it never changes.
//! The table comes zeroed from the allocator, so that a batch of 10,000 columns costs no pass over them, and reading a slot
//! takes no lock.

use crate::alloc::{AllocError, TryArc};
use crate::array::{ArrayData, ArrayRef};
use std::alloc::Layout;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A table of columns, each empty or kept.
#[derive(Debug)]
pub(super) struct Slots {
    table: NonNull<AtomicPtr<ArrayData>>,
    len: usize,
}

// SAFETY: the table owns counted references, which are Send.
unsafe impl Send for Slots {}
// SAFETY: slots are atomics, and the references in them are Sync.
unsafe impl Sync for Slots {}

impl Slots {
    /// A table of empty slots.
    pub(super) fn new(len: usize) -> Result<Self, AllocError> {
        let bytes = len.saturating_mul(size_of::<AtomicPtr<ArrayData>>());
        let layout =
            Layout::array::<AtomicPtr<ArrayData>>(len).map_err(|_| AllocError { bytes })?;
        if len == 0 {
            return Ok(Slots {
                table: NonNull::dangling(),
                len,
            });
        }
        // SAFETY: the layout has a non-zero size, checked above.
        let table = unsafe { std::alloc::alloc_zeroed(layout) };
        let table = NonNull::new(table.cast()).ok_or(AllocError { bytes })?;
        Ok(Slots { table, len })
    }

    fn table(&self) -> &[AtomicPtr<ArrayData>] {
        // SAFETY: `len` slots, zeroed when they were allocated, which is what a null AtomicPtr is; or a dangling one and 0.
        unsafe { std::slice::from_raw_parts(self.table.as_ptr(), self.len) }
    }

    /// The number of slots.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The kept column; `None` when the slot is empty or does not exist.
    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<ArrayRef> {
        let column = self.table().get(index)?.load(Ordering::Acquire);
        if column.is_null() {
            return None;
        }
        // SAFETY: the slot holds a reference, and it holds it as long as the table lives.
        Some(unsafe { TryArc::clone_raw(column) })
    }

    /// Keep a column, unless another thread kept one before; gives the one that is kept.
    pub(super) fn keep(&self, index: usize, column: ArrayRef) -> ArrayRef {
        let Some(slot) = self.table().get(index) else {
            return column;
        };
        let raw = TryArc::into_raw(column.clone()).cast_mut();
        match slot.compare_exchange(
            std::ptr::null_mut(),
            raw,
            Ordering::AcqRel,
            Ordering::Acquire,
        ) {
            Ok(_) => column,
            Err(kept) => {
                // SAFETY: the reference moved into `raw` just above and did not get into the slot.
                drop(unsafe { TryArc::from_raw(raw.cast_const()) });
                // SAFETY: the slot holds a reference for as long as the table lives.
                unsafe { TryArc::clone_raw(kept) }
            }
        }
    }
}

impl Drop for Slots {
    fn drop(&mut self) {
        for slot in self.table() {
            let column = slot.load(Ordering::Acquire);
            if !column.is_null() {
                // SAFETY: the reference was moved into the slot by `keep` and is given up here, once.
                drop(unsafe { TryArc::from_raw(column.cast_const()) });
            }
        }
        if let (Ok(layout), true) = (
            Layout::array::<AtomicPtr<ArrayData>>(self.len),
            self.len > 0,
        ) {
            // SAFETY: allocated with this layout in `new`.
            unsafe { std::alloc::dealloc(self.table.as_ptr().cast(), layout) };
        }
    }
}
