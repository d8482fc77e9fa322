//! Growing a run of bytes of unknown length.

use super::buffer::{Buffer, BufferRef, Owner, padded};
use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use crate::pool::{ALIGNMENT, MAX_SIZE, PoolKeepAlive, PoolRef};
use std::mem::MaybeUninit;
use std::ptr::NonNull;

/// Collects bytes and turns them into a buffer. An error leaves it as it was.
#[derive(Debug)]
pub struct BufferBuilder {
    pool: PoolKeepAlive,
    block: NonNull<u8>,
    len: usize,
    capacity: usize,
}

// SAFETY: the block belongs to the builder alone.
unsafe impl Send for BufferBuilder {}
// SAFETY: a shared reference can only read.
unsafe impl Sync for BufferBuilder {}

impl BufferBuilder {
    /// An empty builder; nothing is allocated yet.
    pub fn new(pool: &PoolRef) -> Self {
        BufferBuilder {
            pool: PoolKeepAlive::new(pool),
            block: NonNull::dangling(),
            len: 0,
            capacity: 0,
        }
    }

    /// Bytes collected.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was collected.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes that fit without another allocation.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Where the collected bytes are; null before memory was first taken.
    pub fn data(&self) -> *const u8 {
        if self.capacity == 0 {
            std::ptr::null()
        } else {
            self.block.as_ptr()
        }
    }

    /// Whether any of these bytes lie in the builder's own memory, which growing would end under them.
    #[inline]
    pub fn holds(&self, bytes: &[u8]) -> bool {
        let (start, own) = (bytes.as_ptr().addr(), self.block.as_ptr().addr());
        start < own.saturating_add(self.capacity) && own < start.saturating_add(bytes.len())
    }

    /// What was collected.
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: the first `len` bytes of the block were written; a dangling pointer is fine for no bytes.
        unsafe { std::slice::from_raw_parts(self.block.as_ptr(), self.len) }
    }

    /// What was collected, for changing it in place.
    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: as above, and the builder is borrowed mutably.
        unsafe { std::slice::from_raw_parts_mut(self.block.as_ptr(), self.len) }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, additional: usize) -> Result<()> {
        let needed = self.len.checked_add(additional).ok_or_else(|| {
            err!(
                OutOfMemory,
                "no memory for {} bytes after {}: more than an address space can hold",
                additional,
                self.len
            )
        })?;
        let needed = padded(needed)?;
        // Doubling keeps appending amortised O(1).
        let doubled = self.capacity.saturating_mul(2);
        let doubled = doubled.min(MAX_SIZE & !(ALIGNMENT - 1));
        if doubled > needed && self.set_capacity(doubled).is_ok() {
            return Ok(());
        }
        // Below a cap, or where memory runs out, what is needed may still be there.
        self.set_capacity(needed)
    }

    fn set_capacity(&mut self, wanted: usize) -> Result<()> {
        // SAFETY: the block came from this pool with this capacity (0: no block yet).
        self.block = unsafe {
            self.pool
                .reallocate(self.block, self.capacity, wanted, ALIGNMENT)
        }?;
        self.capacity = wanted;
        Ok(())
    }

    /// Make room for `additional` more bytes and give the whole writable tail, at least that long.
    #[inline]
    pub fn reserve(&mut self, additional: usize) -> Result<&mut [MaybeUninit<u8>]> {
        if additional > self.capacity - self.len {
            self.grow(additional)?;
        }
        // SAFETY: the tail starts inside the block or at its end.
        let tail = unsafe { self.block.as_ptr().add(self.len) };
        // SAFETY: the bytes from `len` to `capacity` belong to the builder alone.
        Ok(unsafe { std::slice::from_raw_parts_mut(tail.cast(), self.capacity - self.len) })
    }

    /// Count `len` bytes of the tail as collected.
    ///
    /// # Safety
    /// - That many bytes of the tail that `reserve` gave were written.
    pub unsafe fn advance(&mut self, len: usize) -> Result<()> {
        if len > self.capacity - self.len {
            return Err(err!(
                OutOfRange,
                "{} bytes exceed the {} that were reserved",
                len,
                self.capacity - self.len
            ));
        }
        self.len += len;
        Ok(())
    }

    /// Append bytes.
    #[inline]
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        let tail = self.reserve(bytes.len())?.as_mut_ptr();
        // SAFETY: `reserve` made room for all bytes; the builder is borrowed mutably, so that they are not its own, and the boundary
        // asks `holds` about a caller's.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), tail.cast(), bytes.len()) };
        self.len += bytes.len();
        Ok(())
    }

    /// Append one number of many words, given lowest first, in the order of bytes of the machine.
    pub fn append_words(&mut self, words: &[u64]) -> Result<()> {
        self.reserve(words.len().saturating_mul(8))?;
        for index in 0..words.len() {
            let place = if cfg!(target_endian = "big") {
                words.len() - 1 - index
            } else {
                index
            };
            if let Some(word) = words.get(place) {
                self.append(&word.to_ne_bytes())?;
            }
        }
        Ok(())
    }

    /// Append `count` copies of a byte.
    pub fn append_fill(&mut self, byte: u8, count: usize) -> Result<()> {
        let tail = self.reserve(count)?.as_mut_ptr();
        // SAFETY: the tail has room for that many bytes.
        unsafe { tail.write_bytes(byte, count) };
        self.len += count;
        Ok(())
    }

    /// Append `count` copies of a run of bytes, which does not lie in the builder.
    pub fn append_copies(&mut self, bytes: &[u8], count: usize) -> Result<()> {
        // What is copied from stays in the nearest cache.
        const NEAR: usize = 4096;
        if let [byte] = bytes {
            return self.append_fill(*byte, count);
        }
        let width = bytes.len();
        let Some(total) = width.checked_mul(count) else {
            return Err(err!(
                OutOfMemory,
                "no memory for {} times {} bytes: more than an address space can hold",
                count,
                width
            ));
        };
        let tail: *mut u8 = self.reserve(total)?.as_mut_ptr().cast();
        if total == 0 {
            return Ok(());
        }
        // SAFETY: the tail has room for all copies, so for the first, and does not overlap the caller's bytes.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), tail, width) };
        // Each step copies whole copies that are there already.
        let (mut done, longest) = (width, (NEAR / width).max(1) * width);
        while done < total {
            let step = done.min(longest).min(total - done);
            // SAFETY: `done` is less than the tail's room.
            let to = unsafe { tail.add(done) };
            // SAFETY: both runs are inside the tail; the first `step` bytes were written and end before `to`.
            unsafe { std::ptr::copy_nonoverlapping(tail, to, step) };
            done += step;
        }
        self.len += total;
        Ok(())
    }

    /// Forget everything after the first `len` bytes.
    pub fn rewind(&mut self, len: usize) -> Result<()> {
        if len > self.len {
            return Err(err!(
                OutOfRange,
                "cannot go back to {} of {} bytes",
                len,
                self.len
            ));
        }
        self.len = len;
        Ok(())
    }

    /// Forget everything and give the memory back.
    pub fn reset(&mut self) {
        if self.capacity > 0 {
            // SAFETY: the block came from this pool with this capacity, and is not used afterwards.
            unsafe { self.pool.deallocate(self.block, self.capacity, ALIGNMENT) };
        }
        self.block = NonNull::dangling();
        self.len = 0;
        self.capacity = 0;
    }

    /// Set the room for collected bytes to at least `capacity`; with `shrink`, to no more than the padding needs.
    pub fn resize(&mut self, capacity: usize, shrink: bool) -> Result<()> {
        if capacity < self.len {
            return Err(err!(
                OutOfRange,
                "a capacity of {} bytes cannot hold the {} collected",
                capacity,
                self.len
            ));
        }
        let wanted = padded(capacity)?;
        if wanted > self.capacity || (shrink && wanted < self.capacity) {
            self.set_capacity(wanted)?;
        }
        Ok(())
    }

    /// Turn what was collected into a mutable buffer and start anew. With `shrink`, room that is not needed goes back to
    /// the pool, if the pool can do that. On failure nothing that was collected is lost.
    pub fn finish(&mut self, shrink: bool) -> Result<BufferRef> {
        let needed = padded(self.len)?;
        // A block of no bytes has an address too, and a failed shrink leaves a block that is only larger than needed.
        let trimmed = if self.capacity == 0 || (shrink && needed < self.capacity) {
            self.set_capacity(needed)
        } else {
            Ok(())
        };
        if self.capacity < needed {
            trimmed?;
        }
        // SAFETY: `len` is at most `needed`, which is at most the capacity.
        let padding = unsafe { self.block.as_ptr().add(self.len) };
        // SAFETY: from there to `needed`, in the builder's own block.
        unsafe { padding.write_bytes(0, needed - self.len) };
        let buffer = TryArc::try_new_with(|| {
            let owner = Owner::Pool {
                pool: self.pool.duplicate(),
                alignment: ALIGNMENT,
            };
            Buffer::from_parts(self.block, self.len, self.capacity, true, owner)
                .with_resizable(true)
        })?;
        self.block = NonNull::dangling();
        self.len = 0;
        self.capacity = 0;
        Ok(buffer)
    }
}

impl Drop for BufferBuilder {
    fn drop(&mut self) {
        self.reset();
    }
}
