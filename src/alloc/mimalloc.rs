//! Aligned blocks of mimalloc.

use libmimalloc_sys as mi;
use std::ffi::c_void;

/// mimalloc lays out its size classes so that blocks whose size is a multiple of a small alignment mostly have it.
const SMALL_ALIGNMENT: usize = 64;

/// Take a block aligned to a power of two; null when there is none.
#[inline(always)]
pub(crate) fn allocate(size: usize, alignment: usize) -> *mut c_void {
    if alignment > SMALL_ALIGNMENT || size & (alignment - 1) != 0 {
        return allocate_aligned(size, alignment);
    }
    // Not asking for the alignment takes half the time. That it is there is no promise, so it is checked.
    // SAFETY: mimalloc may be called with any size.
    let block = unsafe { mi::mi_malloc(size) };
    if block.addr() & (alignment - 1) == 0 {
        return block;
    }
    // SAFETY: the block came from mimalloc just above.
    unsafe { mi::mi_free(block) };
    allocate_aligned(size, alignment)
}

#[inline(never)]
fn allocate_aligned(size: usize, alignment: usize) -> *mut c_void {
    // SAFETY: mimalloc may be called with any size and any power of two.
    unsafe { mi::mi_malloc_aligned(size, alignment) }
}
