//! Blocks for counted objects: what a handle points into.
//!
//! Small objects are made and ended as often as data is sliced, so they come from the same allocator as the data of the
//! default pool (`choice`). Objects are not counted in any pool.

use super::choice::Allocator;
use super::{AllocError, try_alloc_layout};
use std::alloc::Layout;
use std::ptr::NonNull;

/// Alignment that every allocator gives without being asked, to blocks of at least so many bytes.
pub(super) const NATURAL_ALIGNMENT: usize = 16;

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
    let size = layout.size();
    let block = match Allocator::of_objects() {
        #[cfg(feature = "mimalloc")]
        // SAFETY: mimalloc may be called with any size.
        Allocator::Mimalloc => unsafe { libmimalloc_sys::mi_malloc(size) },
        #[cfg(feature = "jemalloc")]
        // SAFETY: jemalloc may be called with any size.
        Allocator::Jemalloc => unsafe { tikv_jemalloc_sys::malloc(size) },
        // SAFETY: malloc may be called with any size.
        Allocator::System => unsafe { libc::malloc(size) },
    };
    NonNull::new(block.cast()).ok_or(AllocError { bytes: size })
}

/// Take memory for an object with `tail` more bytes behind it, the whole aligned to `alignment`, a power of two of at least
/// the size of a pointer. It goes back through `deallocate` with the layout of the object alone: no allocator asks for
/// size or alignment, as long as the object itself needs none beyond the natural one.
#[inline(always)]
pub(super) fn allocate_with_tail(
    layout: Layout,
    tail: usize,
    alignment: usize,
) -> Result<NonNull<u8>, AllocError> {
    let size = layout.size().saturating_add(tail);
    let block = match Allocator::of_objects() {
        #[cfg(feature = "mimalloc")]
        Allocator::Mimalloc => super::mimalloc::allocate(size, alignment),
        #[cfg(feature = "jemalloc")]
        // SAFETY: the alignment is a power of two (contract).
        Allocator::Jemalloc => unsafe { tikv_jemalloc_sys::aligned_alloc(alignment, size) },
        Allocator::System => aligned_malloc(size, alignment),
    };
    NonNull::new(block.cast()).ok_or(AllocError { bytes: size })
}

/// The C library's block of that alignment, null when there is none.
#[inline]
fn aligned_malloc(size: usize, alignment: usize) -> *mut std::ffi::c_void {
    let mut block = std::ptr::null_mut();
    // SAFETY: `block` is a valid slot; the alignment is a power of two of at least the size of a pointer (contract).
    let code = unsafe { libc::posix_memalign(&raw mut block, alignment, size) };
    if code == 0 {
        block
    } else {
        std::ptr::null_mut()
    }
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
    if layout.align() > NATURAL_ALIGNMENT {
        // SAFETY: it came from the global allocator with this layout (contract).
        return unsafe { std::alloc::dealloc(block.as_ptr(), layout) };
    }
    // SAFETY: same contract; the layout is a plain one.
    unsafe { end_vacant(block) };
}

/// Give the memory of an object back whose value is gone.
///
/// # Safety
/// - `block` came from `allocate` or `allocate_with_tail` with a plain layout and is not used afterwards.
#[inline]
pub(crate) unsafe fn end_vacant(block: NonNull<u8>) {
    let block = block.as_ptr().cast();
    match Allocator::of_objects() {
        #[cfg(feature = "mimalloc")]
        // SAFETY: the choice never changes, so the block came from mimalloc (contract).
        Allocator::Mimalloc => unsafe { libmimalloc_sys::mi_free(block) },
        #[cfg(feature = "jemalloc")]
        // SAFETY: the choice never changes, so the block came from jemalloc (contract).
        Allocator::Jemalloc => unsafe { tikv_jemalloc_sys::free(block) },
        // SAFETY: the choice never changes, so the block came from malloc (contract).
        Allocator::System => unsafe { libc::free(block) },
    }
}
