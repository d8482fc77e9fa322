//! Buffers: windows on memory that knows its owner.
//!
//! The one invariant: `len` bytes at `data` stay valid while any reference to the buffer or to a slice of it lives.
//!
//! Layout: a root buffer owns its memory (from a pool, foreign, or kept alive by another owner); a slice keeps its parent
//! alive and is one small allocation and one counted reference. Memory from a pool is aligned to 64 bytes and padded to a
//! multiple of 64; the padding is zero whenever the size is set.

pub mod bitmap;
mod builder;
mod content;
mod owner;
mod resize;
mod slice;
mod usage;

pub use bitmap::BitmapBuilder;
pub use builder::BufferBuilder;
pub use content::{Bytes, concat};
pub use owner::{BufferOwner, ForeignRelease};
pub use resize::{reserve_borrowed, resize, resize_borrowed};
pub use slice::{slice, slice_mutable};

use crate::alloc::{Counted, LastArc, TryArc, try_box};
use crate::err;
use crate::error::Result;
use crate::pool::{
    ALIGNMENT, MAX_SIZE, MAX_SPARE_BYTES, MIN_OBJECT_BYTES, Pool, PoolHold, PoolRef, Spare,
};
use owner::Owner;
use std::ffi::c_void;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};
use usage::Usage;

/// Shared ownership of a buffer.
pub type BufferRef = TryArc<Buffer>;

/// A run of bytes with an owner.
///
/// Address and size of all buffers but resizable ones never change. They are atomics because a resize, which needs the
/// only reference, must not be undefined behaviour even when a C program breaks that rule on another thread; `usage` keeps
/// it apart from calls that read the bytes.
#[derive(Debug)]
pub struct Buffer {
    data: AtomicPtr<u8>,
    len: AtomicUsize,
    capacity: AtomicUsize,
    mutable: AtomicBool,
    resizable: bool,
    usage: Usage,
    owner: ManuallyDrop<Owner>,
}

/// Round a size up to the padding unit.
#[inline]
pub fn padded(size: usize) -> Result<usize> {
    if size > MAX_SIZE {
        return Err(err!(
            OutOfMemory,
            "no memory for {} bytes: more than an address space can hold",
            size
        ));
    }
    Ok(size.next_multiple_of(ALIGNMENT))
}

/// Buffers up to this capacity lie in one block with their object. Larger ones gain nothing from it, and would waste what
/// allocators round up to.
const MAX_TOGETHER: usize = 960;

/// Zero the bytes of a fresh block from `start` to `end`.
#[inline]
fn zero_from(block: NonNull<u8>, start: usize, end: usize) {
    if start < end {
        // SAFETY: the block has `end` bytes (callers), and `start` is less.
        let rest = unsafe { block.as_ptr().add(start) };
        // SAFETY: from there to the end, in a block that nobody else has yet.
        unsafe { rest.write_bytes(0, end - start) };
    }
}

impl Buffer {
    #[inline]
    fn from_parts(
        data: NonNull<u8>,
        len: usize,
        capacity: usize,
        mutable: bool,
        owner: Owner,
    ) -> Buffer {
        Buffer {
            data: AtomicPtr::new(data.as_ptr()),
            len: AtomicUsize::new(len),
            capacity: AtomicUsize::new(capacity),
            mutable: AtomicBool::new(mutable),
            resizable: false,
            usage: Usage::new(),
            owner: ManuallyDrop::new(owner),
        }
    }

    #[inline]
    fn with_resizable(mut self, resizable: bool) -> Buffer {
        self.resizable = resizable;
        self
    }

    /// A buffer of `size` bytes with room for `room` in all; what is behind the first `kept` is zero.
    #[inline(always)]
    fn of_pool(pool: &PoolRef, size: usize, kept: usize, room: usize) -> Result<BufferRef> {
        let capacity = padded(room)?;
        // Without bytes there is no block.
        if capacity.wrapping_sub(1) < MAX_SPARE_BYTES {
            let together = capacity <= MAX_TOGETHER;
            // SAFETY: only `end_root` gives a pool such memory, that of buffers.
            let memory = unsafe { pool.allocate_with_object::<Buffer>(capacity, together) }?;
            if let Some((object, block)) = memory {
                zero_from(block, kept, capacity);
                let pool = PoolHold::new(pool);
                let owner = if together {
                    Owner::Together { pool }
                } else {
                    let alignment = ALIGNMENT;
                    Owner::Pool { pool, alignment }
                };
                let buffer = Buffer::from_parts(block, size, capacity, true, owner);
                return Ok(TryArc::new_in(object, buffer));
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
        zero_from(block, kept, capacity);
        let buffer = TryArc::try_new_with(|| {
            let owner = Owner::Pool {
                pool: PoolHold::new(pool),
                alignment,
            };
            Buffer::from_parts(block, size, capacity, true, owner).with_resizable(resizable)
        });
        buffer.map_err(|error| {
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
    fn allocate_with_capacity(pool: &PoolRef, size: usize, room: usize) -> Result<BufferRef> {
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

    /// An immutable buffer of no bytes.
    pub fn empty() -> Result<BufferRef> {
        let data = Pool::default_static().allocate(0, ALIGNMENT)?;
        Ok(TryArc::try_new(Buffer::from_parts(
            data,
            0,
            0,
            false,
            Owner::Static,
        ))?)
    }

    /// A buffer over the caller's memory. `release(user_data)` is called once when the last reference goes, and not at all
    /// if this call fails.
    ///
    /// # Safety
    /// - `data` is NULL with `len` 0, or readable, and writable if `mutable`, for `len` bytes until `release` is called.
    /// - `release`, if any, may be called on any thread.
    pub unsafe fn foreign(
        data: *const u8,
        len: usize,
        mutable: bool,
        release: Option<ForeignRelease>,
        user_data: *mut c_void,
    ) -> Result<BufferRef> {
        let data = match NonNull::new(data.cast_mut()) {
            Some(data) => data,
            None => Pool::default_static().allocate(0, ALIGNMENT)?,
        };
        // The release is armed only after the allocation, so that a failure leaves the memory with the caller.
        Ok(TryArc::try_new_with(|| {
            let owner = Owner::Foreign { release, user_data };
            Buffer::from_parts(data, len, len, mutable, owner)
        })?)
    }

    /// A buffer over memory that `owner` keeps valid; dropping the owner ends the memory.
    ///
    /// # Safety
    /// - `data` is readable, and writable if `mutable`, for `len` bytes while `owner` lives.
    pub unsafe fn from_owner(
        data: NonNull<u8>,
        len: usize,
        mutable: bool,
        owner: Box<dyn BufferOwner>,
    ) -> Result<BufferRef> {
        Ok(TryArc::try_new_with(|| {
            Buffer::from_parts(data, len, len, mutable, Owner::Kept(owner))
        })?)
    }

    /// The first byte.
    #[inline]
    pub fn as_ptr(&self) -> *const u8 {
        self.data.load(Ordering::Relaxed)
    }

    /// The first byte, for the CPU to read; null when it cannot.
    #[inline]
    pub fn cpu_data(&self) -> *const u8 {
        if self.is_cpu() {
            self.as_ptr()
        } else {
            std::ptr::null()
        }
    }

    /// The first byte, for the CPU to write; null when it cannot or must not.
    #[inline]
    pub fn cpu_mutable_data(&self) -> *mut u8 {
        if self.is_mutable() {
            self.cpu_data().cast_mut()
        } else {
            std::ptr::null_mut()
        }
    }

    /// Bytes in the buffer.
    #[inline]
    pub fn len(&self) -> usize {
        self.len.load(Ordering::Relaxed)
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that the memory behind the buffer has from its start on.
    pub fn capacity(&self) -> usize {
        self.capacity.load(Ordering::Relaxed)
    }

    /// The bytes.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: the invariant of the type.
        unsafe { std::slice::from_raw_parts(self.as_ptr(), self.len()) }
    }

    /// The bytes for writing, when this is the only reference and the buffer is mutable.
    pub fn get_mut(this: &mut BufferRef) -> Option<&mut [u8]> {
        if !this.is_mutable() || this.parent().is_some() || !TryArc::is_unique(this) {
            return None;
        }
        // SAFETY: mutable memory of a root buffer whose only reference is borrowed mutably.
        Some(unsafe { std::slice::from_raw_parts_mut(this.as_ptr().cast_mut(), this.len()) })
    }

    /// Whether the bytes may be written.
    pub fn is_mutable(&self) -> bool {
        self.mutable.load(Ordering::Relaxed)
    }

    /// Whether the size may change.
    pub fn is_resizable(&self) -> bool {
        self.resizable && self.is_mutable()
    }

    /// Whether the CPU can read the bytes.
    pub fn is_cpu(&self) -> bool {
        true
    }

    /// Make the buffer immutable for good.
    pub fn freeze(&self) {
        self.mutable.store(false, Ordering::Relaxed);
    }

    /// What this buffer is a slice of.
    pub fn parent(&self) -> Option<&BufferRef> {
        match &*self.owner {
            Owner::Parent(parent) => Some(parent),
            _ => None,
        }
    }

    /// The pool that the memory came from, for slices that of the root; `None` for foreign memory.
    pub fn pool(&self) -> Option<PoolRef> {
        let mut buffer = self;
        loop {
            match &*buffer.owner {
                Owner::Parent(parent) => buffer = parent,
                Owner::Pool { pool, .. } | Owner::Together { pool } => {
                    return Some(pool.to_ref());
                }
                Owner::Foreign { .. } | Owner::Kept(_) | Owner::Static => return None,
            }
        }
    }

    /// A box around a value that keeps memory alive, for `from_owner`.
    pub fn keep<T: BufferOwner>(owner: T) -> Result<Box<dyn BufferOwner>> {
        let owner: Box<dyn BufferOwner> = try_box(owner)?;
        Ok(owner)
    }
}

impl Counted for Buffer {
    #[inline]
    fn end(last: LastArc<Self>) {
        if last.parent().is_some() {
            drop(last);
        } else {
            end_root(last);
        }
    }
}

/// Keep a dead buffer for the next one, or end it and its memory.
#[inline(never)]
fn end_root(last: LastArc<Buffer>) {
    let Some((pool, is_tail)) = last.pool_that_keeps_it() else {
        return drop(last);
    };
    let (capacity, block) = (last.capacity(), last.data.load(Ordering::Relaxed));
    // SAFETY: a block of a pool has an address.
    let block = unsafe { NonNull::new_unchecked(block) };
    const { assert!(size_of::<Buffer>() >= MIN_OBJECT_BYTES) };
    // SAFETY: the memory is large enough; the buffer was its only user.
    let spare = unsafe { Spare::new(last.vacate().into_memory(), block, capacity, is_tail) };
    pool.give_spare(spare, capacity);
}

impl Drop for Buffer {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the owner is taken here only, and nothing uses it afterwards.
        let owner = unsafe { ManuallyDrop::take(&mut self.owner) };
        match owner {
            Owner::Parent(parent) => slice::end_parents(parent),
            other => self.end_memory(other),
        }
    }
}

impl Buffer {
    /// The pool, if it would keep this buffer for the next one, and whether object and bytes are one block. Small buffers
    /// wait only if they are, so that the size of a spare tells that.
    #[inline]
    fn pool_that_keeps_it(&self) -> Option<(&'static Pool, bool)> {
        let capacity = self.capacity();
        let (pool, is_tail) = match &*self.owner {
            Owner::Together { pool } => (pool, true),
            Owner::Pool {
                pool,
                alignment: ALIGNMENT,
            } if capacity > MAX_TOGETHER && capacity <= MAX_SPARE_BYTES => (pool, false),
            _ => return None,
        };
        if pool.keeps_spares() {
            Some((pool.as_static()?, is_tail))
        } else {
            None
        }
    }

    /// Give the memory of a root buffer back.
    #[inline]
    fn end_memory(&self, owner: Owner) {
        match owner {
            Owner::Together { pool } => pool.end_together(self.capacity()),
            Owner::Pool { pool, alignment } => {
                if let Some(block) = NonNull::new(self.data.load(Ordering::Relaxed)) {
                    // SAFETY: the block came from this pool with this capacity and alignment, and the last reference goes.
                    unsafe { pool.deallocate(block, self.capacity(), alignment) };
                }
            }
            Owner::Foreign {
                release: Some(release),
                user_data,
            } => {
                // SAFETY: the creator promised that release may be called once, on any thread.
                unsafe { release(user_data) };
            }
            Owner::Foreign { release: None, .. }
            | Owner::Kept(_)
            | Owner::Parent(_)
            | Owner::Static => {}
        }
    }
}

#[cfg(test)]
mod tests;
