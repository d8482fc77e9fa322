//! Blocks of the C library.

use std::ptr::null_mut;

/// malloc gives at least this alignment on every 64-bit platform that we know.
const MALLOC_ALIGNMENT: usize = 16;

/// Take a block; null when there is none.
#[inline]
pub(super) fn allocate(size: usize, alignment: usize) -> *mut u8 {
    if alignment <= MALLOC_ALIGNMENT {
        // SAFETY: malloc may be called with any size.
        return unsafe { libc::malloc(size) }.cast();
    }
    let mut block = null_mut();
    // SAFETY: `block` is a valid slot; the alignment is a power of two above the size of a pointer.
    let code = unsafe { libc::posix_memalign(&raw mut block, alignment, size) };
    if code == 0 { block.cast() } else { null_mut() }
}

/// Change the size of a block; null, and the block untouched, when there is no memory.
///
/// # Safety
/// - As for `Allocator::reallocate`.
pub(super) unsafe fn reallocate(
    block: *mut u8,
    old_size: usize,
    new_size: usize,
    alignment: usize,
) -> *mut u8 {
    if alignment <= MALLOC_ALIGNMENT {
        // SAFETY: the block came from malloc (contract).
        return unsafe { libc::realloc(block.cast(), new_size) }.cast();
    }
    // realloc keeps only malloc's own alignment, so a block with a larger one is moved by hand.
    let moved = allocate(new_size, alignment);
    if !moved.is_null() {
        let kept = old_size.min(new_size);
        // SAFETY: both blocks have at least `kept` bytes and are different.
        unsafe { std::ptr::copy_nonoverlapping(block, moved, kept) };
        // SAFETY: same contract; the block is not used afterwards.
        unsafe { deallocate(block) };
    }
    moved
}

/// Give a block back.
///
/// # Safety
/// - It came from `allocate` or `reallocate` and is not used afterwards.
#[inline]
pub(super) unsafe fn deallocate(block: *mut u8) {
    // SAFETY: the block came from malloc or posix_memalign (contract).
    unsafe { libc::free(block.cast()) };
}

/// Return freed memory to the system.
pub(super) fn release_unused() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: malloc_trim may be called at any time.
    unsafe {
        libc::malloc_trim(0)
    };
}
