//! Memory from jemalloc, built without initial-exec TLS so that the library can be loaded at any time and any number of
//! times, and with names of its own (`_rjem_...`) so that it takes no malloc away from anybody.
//!
//! It does not survive every refusal: when the system has no memory for jemalloc's own start, or for a thread's, the process
//! may die in jemalloc or wait there (docs/memory.md).

use super::MemoryPool;
use crate::err;
use crate::error::Result;
use std::ffi::{CStr, c_int, c_void};
use std::ptr::{NonNull, null_mut};
use tikv_jemalloc_sys as je;

pub(super) struct Jemalloc;

#[inline]
fn check(block: *mut c_void, size: usize) -> Result<NonNull<u8>> {
    NonNull::new(block.cast()).ok_or_else(|| err!(OutOfMemory, "no memory for {} bytes", size))
}

/// What jemalloc is told besides a size.
#[inline]
fn flags(alignment: usize) -> c_int {
    je::MALLOCX_ALIGN(alignment)
}

/// Make jemalloc do something that takes and gives nothing.
fn order(what: &CStr) {
    // SAFETY: the name is NUL-terminated; no value is read and none is written. What jemalloc cannot do it refuses.
    unsafe { je::mallctl(what.as_ptr(), null_mut(), null_mut(), null_mut(), 0) };
}

// SAFETY: jemalloc gives fresh blocks of the asked size and alignment.
unsafe impl MemoryPool for Jemalloc {
    fn backend_name(&self) -> &'static CStr {
        c"jemalloc"
    }

    #[inline]
    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        // SAFETY: the size is not zero and the alignment is a power of two (trait contract).
        check(unsafe { je::mallocx(size, flags(alignment)) }, size)
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        _old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        let block = block.as_ptr().cast();
        // SAFETY: the block came from jemalloc (contract); the size is not zero.
        let moved = unsafe { je::rallocx(block, new_size, flags(alignment)) };
        check(moved, new_size)
    }

    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        // SAFETY: the block came from jemalloc with this size and alignment (contract).
        unsafe { je::sdallocx(block.as_ptr().cast(), size, flags(alignment)) };
        size
    }

    fn release_unused(&self) {
        // What this thread keeps for itself first: only what lies in an arena is given back. 4096 stands for every arena.
        order(c"thread.tcache.flush");
        order(c"arena.4096.purge");
    }
}
