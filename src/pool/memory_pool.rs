//! What every implementation of a pool does.

use crate::alloc::Text;
use crate::error::Result;
use std::ffi::CStr;
use std::ptr::NonNull;

/// What statistics of blocks do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Bytes of freed blocks that are kept for reuse.
    pub cached_bytes: u64,
    /// Bytes that were copied because a block could not change its size where it was.
    pub copied_bytes: u64,
}

/// What only a pool can do that keeps a list of its live blocks.
pub trait Debugging {
    /// How many mistakes were found.
    fn faults(&self) -> u64;

    /// What later blocks are marked with.
    fn set_tag(&self, tag: &str) -> Result<()>;

    /// A line for each live block, in the order in which they were allocated.
    fn report(&self) -> Result<Text>;
}

/// A source of memory. Sizes are never zero and alignments are powers of two up to `MAX_ALIGNMENT`: `Pool` sees to both.
///
/// # Safety
/// - A block returned is aligned as asked, has the asked size, and is nobody else's until it is freed.
pub unsafe trait MemoryPool: Send + Sync {
    /// The name of what provides the memory in the end: "system", "mimalloc", "jemalloc", ...
    fn backend_name(&self) -> &'static CStr;

    /// Take a block.
    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>>;

    /// Change the size of a block; on failure the block is untouched.
    ///
    /// # Safety
    /// - `block` came from this pool with `old_size` and `alignment` and was not freed.
    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>>;

    /// Free a block. The result is how many bytes are no longer in use: `size`, unless the pool knows better.
    ///
    /// # Safety
    /// - `block` came from this pool with `size` and `alignment` and is not used afterwards.
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize;

    /// Return memory that is kept for reuse to the system, as far as the backend can.
    fn release_unused(&self);

    /// Return the freed blocks that this library keeps for reuse, not those of the backend.
    fn release_cached(&self) {}

    /// What the pool does besides allocating and freeing.
    fn details(&self) -> Details {
        Details::default()
    }

    /// The pool as one that keeps a list of its blocks.
    fn debugging(&self) -> Option<&dyn Debugging> {
        None
    }
}
