//! Blocks of jemalloc, built without initial-exec TLS so that the library can be loaded at any time and any number of
//! times, and with names of its own (`_rjem_...`) so that it takes no malloc away from anybody.
//!
//! It does not survive every refusal: when the system has no memory for jemalloc's own start, or for a thread's, the process
//! may die in jemalloc or wait there (docs/memory.md).

use std::ffi::CStr;
use std::ptr::null_mut;
use tikv_jemalloc_sys as je;

/// Take a block of at least one byte; null when there is none.
#[inline]
pub(super) fn allocate(size: usize, alignment: usize) -> *mut u8 {
    // SAFETY: the size is not zero and the alignment is a power of two (contract of `Allocator::allocate`).
    unsafe { je::mallocx(size, je::MALLOCX_ALIGN(alignment)) }.cast()
}

/// Change the size of a block; null, and the block untouched, when there is no memory.
///
/// # Safety
/// - As for `Allocator::reallocate`.
pub(super) unsafe fn reallocate(block: *mut u8, new_size: usize, alignment: usize) -> *mut u8 {
    // SAFETY: the block came from jemalloc (contract); the size is not zero.
    unsafe { je::rallocx(block.cast(), new_size, je::MALLOCX_ALIGN(alignment)) }.cast()
}

/// Give a block back.
///
/// # Safety
/// - It came from `allocate` or `reallocate` and is not used afterwards.
#[inline]
pub(super) unsafe fn deallocate(block: *mut u8) {
    // SAFETY: same contract.
    unsafe { je::free(block.cast()) };
}

/// Make jemalloc do something that takes and gives nothing.
fn order(what: &CStr) {
    // SAFETY: the name is NUL-terminated; no value is read and none is written. What jemalloc cannot do it refuses.
    unsafe { je::mallctl(what.as_ptr(), null_mut(), null_mut(), null_mut(), 0) };
}

/// Return freed memory to the system: first what this thread has cached, since only what lies in an arena is returned.
pub(super) fn release_unused() {
    order(c"thread.tcache.flush");
    // 4096 stands for every arena.
    order(c"arena.4096.purge");
}
