//! Blocks of mimalloc v2, built with local dynamic TLS so that the library can be loaded on any thread, any number of
//! times (docs/architecture.md says why not v3).

use libmimalloc_sys as mi;

unsafe extern "C" {
    // Declared here because the crate has it only behind a feature that brings another dependency.
    fn mi_collect(force: bool);
}

/// mimalloc gives this alignment to every block of at least so many bytes.
const NATURAL_ALIGNMENT: usize = 16;

/// Its size classes are laid out so that blocks whose size is a multiple of a small alignment mostly have that alignment.
const LIKELY_ALIGNMENT: usize = 64;

/// Take a block; null when there is none.
#[inline(always)]
pub(super) fn allocate(size: usize, alignment: usize) -> *mut u8 {
    if alignment <= NATURAL_ALIGNMENT && size >= NATURAL_ALIGNMENT {
        // SAFETY: mimalloc may be called with any size.
        return unsafe { mi::mi_malloc(size) }.cast();
    }
    if alignment > LIKELY_ALIGNMENT || size & (alignment - 1) != 0 {
        return allocate_aligned(size, alignment);
    }
    // Not asking for the alignment takes half the time. That it is there is no promise, so it is checked.
    // SAFETY: mimalloc may be called with any size.
    let block = unsafe { mi::mi_malloc(size) };
    if block.addr() & (alignment - 1) == 0 {
        return block.cast();
    }
    // SAFETY: the block came from mimalloc just above.
    unsafe { mi::mi_free(block) };
    allocate_aligned(size, alignment)
}

#[inline(never)]
fn allocate_aligned(size: usize, alignment: usize) -> *mut u8 {
    // SAFETY: mimalloc may be called with any size and any power of two.
    unsafe { mi::mi_malloc_aligned(size, alignment) }.cast()
}

/// Change the size of a block; null, and the block untouched, when there is no memory.
///
/// # Safety
/// - As for `Allocator::reallocate`.
pub(super) unsafe fn reallocate(block: *mut u8, new_size: usize, alignment: usize) -> *mut u8 {
    // SAFETY: the block came from mimalloc and is aligned so (contract).
    unsafe { mi::mi_realloc_aligned(block.cast(), new_size, alignment) }.cast()
}

/// Give a block back.
///
/// # Safety
/// - It came from `allocate` or `reallocate` and is not used afterwards.
#[inline]
pub(super) unsafe fn deallocate(block: *mut u8) {
    // SAFETY: same contract.
    unsafe { mi::mi_free(block.cast()) };
}

/// Return freed memory to the system.
pub(super) fn release_unused() {
    // SAFETY: mi_collect may be called at any time.
    unsafe { mi_collect(true) };
}
