//! Buffers of memory of a pool.

use super::buffer::{Buffer, BufferRef, Owner, padded};
use crate::alloc::TryArc;
use crate::error::Result;
use crate::pool::{ALIGNMENT, PoolKeepAlive, PoolRef};
use std::ptr::NonNull;

/// Buffers up to this capacity lie in one block with their object. Larger ones gain nothing from it, and would waste what
/// allocators round up to.
const MAX_INLINE: usize = 960;

/// Zero the bytes of a fresh block from `start` to `end`.
///
/// # Safety
/// - The block has `end` bytes, and nobody else uses it.
#[inline]
unsafe fn zero_from(block: NonNull<u8>, start: usize, end: usize) {
    if start < end {
        // SAFETY: the block has `end` bytes (contract), and `start` is less.
        let rest = unsafe { block.as_ptr().add(start) };
        // SAFETY: from there to the end, in a block that nobody else uses (contract).
        unsafe { rest.write_bytes(0, end - start) };
    }
}

impl Buffer {
    /// A buffer of `size` bytes with room for `room` in all; what is behind the first `kept` is zero.
    #[inline(always)]
    fn of_pool(pool: &PoolRef, size: usize, kept: usize, room: usize) -> Result<BufferRef> {
        let capacity = padded(room)?;
        // Without bytes there is no block.
        if capacity.wrapping_sub(1) < MAX_INLINE {
            let make = |block| {
                // SAFETY: the block was made just now, of so many bytes, which nobody else uses.
                unsafe { zero_from(block, kept, capacity) };
                let pool = PoolKeepAlive::new(pool);
                Buffer::from_parts(block, size, capacity, true, Owner::Inline { pool })
            };
            if let Some(buffer) = pool.allocate_inline(capacity, make) {
                return Ok(buffer);
            }
        }
        Self::of_block(pool, size, kept, capacity, ALIGNMENT, false)
    }

    /// A window on a block that this buffer now owns.
    #[inline(never)]
    fn of_block(
        pool: &PoolRef,
        size: usize,
        kept: usize,
        capacity: usize,
        alignment: usize,
        resizable: bool,
    ) -> Result<BufferRef> {
        let block = pool.allocate(capacity, alignment)?;
        // SAFETY: the block came from this pool just above, with so many bytes.
        unsafe { zero_from(block, kept, capacity) };
        let make = || {
            let pool = PoolKeepAlive::new(pool);
            let owner = Owner::Pool { pool, alignment };
            Buffer::from_parts(block, size, capacity, true, owner).with_resizable(resizable)
        };
        TryArc::try_new_with(make).map_err(|error| {
            // SAFETY: the block came from this pool just above.
            unsafe { pool.deallocate(block, capacity, alignment) };
            error.into()
        })
    }

    /// A mutable buffer of `size` bytes whose contents are undefined; the padding is zero.
    #[inline(always)]
    pub fn allocate(pool: &PoolRef, size: usize) -> Result<BufferRef> {
        Self::of_pool(pool, size, size, size)
    }

    /// A mutable buffer of `size` undefined bytes that has room for `room` in all; what is behind the size is zero.
    pub(super) fn allocate_with_capacity(
        pool: &PoolRef,
        size: usize,
        room: usize,
    ) -> Result<BufferRef> {
        Self::of_pool(pool, size, size, room.max(size))
    }

    /// A mutable buffer of `size` zero bytes.
    pub fn allocate_zeroed(pool: &PoolRef, size: usize) -> Result<BufferRef> {
        Self::of_pool(pool, size, 0, size)
    }

    /// Like `allocate`, aligned to at least `alignment`, a power of two up to `pool::MAX_ALIGNMENT`.
    pub fn allocate_aligned(pool: &PoolRef, size: usize, alignment: usize) -> Result<BufferRef> {
        crate::pool::check_alignment(alignment)?;
        let alignment = alignment.max(ALIGNMENT);
        Self::of_block(pool, size, size, padded(size)?, alignment, false)
    }

    /// Like `allocate`, and can change its size while it has one reference.
    pub fn allocate_resizable(pool: &PoolRef, size: usize) -> Result<BufferRef> {
        Self::of_block(pool, size, size, padded(size)?, ALIGNMENT, true)
    }

    /// A mutable buffer with a copy of `bytes`.
    pub fn copy_of(bytes: &[u8], pool: &PoolRef) -> Result<BufferRef> {
        let buffer = Self::allocate(pool, bytes.len())?;
        // SAFETY: a fresh buffer of this length, which nobody else can reach.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), buffer.as_ptr().cast_mut(), bytes.len())
        };
        Ok(buffer)
    }
}
