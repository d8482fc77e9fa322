//! Blocks for counted objects: what a handle points into.
//!
//! Objects are made and ended as often as data is sliced, so they come from the same allocator as the data of the default
//! pool. They are not counted in any pool.

use super::allocator::Allocator;
use super::{AllocError, try_alloc_layout};
use std::alloc::Layout;
use std::ptr::NonNull;

/// Alignment that every allocator gives to blocks of at least so many bytes.
const NATURAL_ALIGNMENT: usize = 16;

/// Whether memory for an object of this layout goes back without asking for the layout.
pub(super) const fn is_plain(layout: Layout) -> bool {
    layout.size() != 0 && layout.align() <= NATURAL_ALIGNMENT
}

/// Take memory for an object.
#[inline]
pub(super) fn allocate(layout: Layout) -> Result<NonNull<u8>, AllocError> {
    if !is_plain(layout) {
        return try_alloc_layout(layout);
    }
    let (size, alignment) = (layout.size(), layout.align());
    let block = Allocator::of_objects().allocate(size, alignment);
    NonNull::new(block).ok_or(AllocError { bytes: size })
}

/// Take memory for an object with `tail` more bytes behind it, the whole aligned to `alignment`. It goes back through
/// `deallocate` with the layout of the object alone, which must be a plain one.
#[inline(always)]
pub(super) fn allocate_with_tail(
    layout: Layout,
    tail: usize,
    alignment: usize,
) -> Result<NonNull<u8>, AllocError> {
    let size = layout.size().saturating_add(tail);
    let block = Allocator::of_objects().allocate(size, alignment);
    NonNull::new(block).ok_or(AllocError { bytes: size })
}

/// Give the memory of an object back.
///
/// # Safety
/// - `block` came from `allocate` or `allocate_with_tail` with the same layout and is not used afterwards.
#[inline]
pub(super) unsafe fn deallocate(block: NonNull<u8>, layout: Layout) {
    if layout.size() == 0 {
        return;
    }
    if !is_plain(layout) {
        // SAFETY: it came from the global allocator with this layout (contract).
        return unsafe { std::alloc::dealloc(block.as_ptr(), layout) };
    }
    // SAFETY: the choice never changes, so the block came from this allocator (contract).
    unsafe { Allocator::of_objects().deallocate(block.as_ptr()) };
}
