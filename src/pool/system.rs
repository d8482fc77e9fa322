//! Memory from the C library.

use super::MemoryPool;
use crate::err;
use crate::error::Result;
use std::ffi::CStr;
use std::ptr::NonNull;

/// malloc gives at least this alignment on every 64-bit platform that we know.
const MALLOC_ALIGNMENT: usize = 16;

pub(super) struct System;

// SAFETY: posix_memalign and malloc give fresh blocks of the asked size and alignment.
unsafe impl MemoryPool for System {
    fn backend_name(&self) -> &'static CStr {
        c"system"
    }

    #[inline]
    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        let mut block = std::ptr::null_mut();
        if alignment <= MALLOC_ALIGNMENT {
            // SAFETY: malloc may be called with any size.
            block = unsafe { libc::malloc(size) };
        } else {
            // SAFETY: `block` is a valid slot; the alignment is a power of two above the size of a pointer.
            let code = unsafe { libc::posix_memalign(&raw mut block, alignment, size) };
            if code != 0 {
                block = std::ptr::null_mut();
            }
        }
        NonNull::new(block.cast()).ok_or_else(|| err!(OutOfMemory, "no memory for {} bytes", size))
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        if alignment <= MALLOC_ALIGNMENT {
            // SAFETY: the block came from malloc (contract).
            let moved = unsafe { libc::realloc(block.as_ptr().cast(), new_size) };
            return NonNull::new(moved.cast())
                .ok_or_else(|| err!(OutOfMemory, "no memory for {} bytes", new_size));
        }
        // realloc keeps only malloc's own alignment, so a block with a larger one is moved by hand.
        let moved = self.allocate(new_size, alignment)?;
        let kept = old_size.min(new_size);
        // SAFETY: both blocks have at least `kept` bytes and are different.
        unsafe { std::ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), kept) };
        // SAFETY: same contract; the block is not used afterwards.
        unsafe { self.deallocate(block, old_size, alignment) };
        Ok(moved)
    }

    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, _alignment: usize) -> usize {
        // SAFETY: the block came from malloc or posix_memalign (contract).
        unsafe { libc::free(block.as_ptr().cast()) };
        size
    }

    fn release_unused(&self) {
        #[cfg(all(target_os = "linux", target_env = "gnu"))]
        // SAFETY: malloc_trim may be called at any time.
        unsafe {
            libc::malloc_trim(0)
        };
    }
}
