//! Memory from mimalloc v2, built with local dynamic TLS so that the library can be loaded on any thread, any number of
//! times (docs/architecture.md says why not v3).

use super::MemoryPool;
use crate::alloc::mimalloc as blocks;
use crate::err;
use crate::error::{Error, Result};
use libmimalloc_sys as mi;
use std::ffi::CStr;
use std::ptr::NonNull;

unsafe extern "C" {
    // Declared here because the crate has it only behind a feature that brings another dependency.
    fn mi_collect(force: bool);
}

pub(super) struct Mimalloc;

#[cold]
fn no_memory(size: usize) -> Error {
    err!(OutOfMemory, "no memory for {} bytes", size)
}

// SAFETY: mimalloc gives fresh blocks of the asked size and alignment.
unsafe impl MemoryPool for Mimalloc {
    fn backend_name(&self) -> &'static CStr {
        c"mimalloc"
    }

    #[inline]
    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        let block = blocks::allocate(size, alignment);
        NonNull::new(block.cast()).ok_or_else(|| no_memory(size))
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        _old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        // SAFETY: the block came from mimalloc, is aligned so (contract), and is untouched if this fails.
        let moved = unsafe { mi::mi_realloc_aligned(block.as_ptr().cast(), new_size, alignment) };
        NonNull::new(moved.cast()).ok_or_else(|| no_memory(new_size))
    }

    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, _alignment: usize) -> usize {
        // SAFETY: the block came from mimalloc (contract).
        unsafe { mi::mi_free(block.as_ptr().cast()) };
        size
    }

    fn release_unused(&self) {
        // SAFETY: mi_collect may be called at any time.
        unsafe { mi_collect(true) };
    }
}
