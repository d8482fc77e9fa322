//! Where data bytes come from, and how they are counted.
//!
//! The one invariant: a pool may refuse, and a refusal is an error that leaves everything as it was. Statistics are exact
//! whenever no call is under way.
//!
//! Layout: a `Pool` is a set of statistics over an implementation of `MemoryPool`. The process-wide pools, one for each
//! backend, are statics; `default` picks one of them by environment.

mod default;
mod hold;
mod ledger;
#[cfg(feature = "mimalloc")]
mod mimalloc;
mod shard;
mod stats;
mod system;

pub use default::{backend_count, backend_name_at};
pub(crate) use hold::PoolHold;
pub use stats::Statistics;

use crate::alloc::{TryArc, object};
use crate::err;
use crate::error::{Error, Result};
use shard::Place;
use std::ffi::CStr;
use std::fmt;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicPtr};

/// The alignment of every data allocation unless the caller asks for another, and the unit that sizes are rounded up to.
pub const ALIGNMENT: usize = 64;

/// The largest alignment that may be asked for.
pub const MAX_ALIGNMENT: usize = 2 << 20;

/// Nothing larger than this can be allocated; rounding up to `ALIGNMENT` and adding offsets cannot overflow below it.
pub const MAX_SIZE: usize = isize::MAX as usize - (MAX_ALIGNMENT - 1);

/// What the caller asks for, where 0 stands for `ALIGNMENT`.
pub fn alignment_or_default(alignment: usize) -> usize {
    if alignment == 0 { ALIGNMENT } else { alignment }
}

/// Refuse what is no alignment.
#[inline]
pub fn check_alignment(alignment: usize) -> Result<()> {
    if alignment.is_power_of_two() && alignment <= MAX_ALIGNMENT {
        return Ok(());
    }
    Err(err!(
        InvalidArgument,
        "alignment {} is not a power of two from 1 to {}",
        alignment,
        MAX_ALIGNMENT
    ))
}

/// Shared ownership of a pool.
pub type PoolRef = TryArc<Pool>;

/// A source of memory. Sizes are never zero and alignments are powers of two up to `MAX_ALIGNMENT`: `Pool` sees to both.
///
/// # Safety
/// - A block returned is aligned as asked, has the asked size, and is nobody else's until it is given back.
pub unsafe trait MemoryPool: Send + Sync {
    /// The name of what provides the memory in the end: "system", "mimalloc", ...
    fn backend_name(&self) -> &'static CStr;

    /// Take a block.
    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>>;

    /// Change the size of a block; on failure the block is untouched.
    ///
    /// # Safety
    /// - `block` came from this pool with `old_size` and `alignment` and was not given back.
    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>>;

    /// Give a block back.
    ///
    /// # Safety
    /// - `block` came from this pool with `size` and `alignment` and is not used afterwards.
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize);

    /// Return memory that is held for reuse to the system, as far as the backend can.
    fn release_unused(&self);
}

/// The implementations that every process has are called without an indirection.
enum Source {
    System(system::System),
    #[cfg(feature = "mimalloc")]
    Mimalloc(mimalloc::Mimalloc),
    #[allow(
        dead_code,
        reason = "the door for pools that are written outside this module"
    )]
    Other(Box<dyn MemoryPool>),
}

impl Source {
    #[inline]
    fn get(&self) -> &dyn MemoryPool {
        match self {
            Source::System(pool) => pool,
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(pool) => pool,
            Source::Other(pool) => pool.as_ref(),
        }
    }

    #[inline]
    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        match self {
            Source::System(pool) => pool.allocate(size, alignment),
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(pool) => pool.allocate(size, alignment),
            Source::Other(pool) => pool.allocate(size, alignment),
        }
    }

    /// # Safety
    /// - As for `MemoryPool::deallocate`.
    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) {
        match self {
            // SAFETY: same contract.
            Source::System(pool) => unsafe { pool.deallocate(block, size, alignment) },
            #[cfg(feature = "mimalloc")]
            // SAFETY: same contract.
            Source::Mimalloc(pool) => unsafe { pool.deallocate(block, size, alignment) },
            // SAFETY: same contract.
            Source::Other(pool) => unsafe { pool.deallocate(block, size, alignment) },
        }
    }
}

/// A memory pool: a source of memory with statistics and, maybe, a limit.
pub struct Pool {
    source: Source,
    statistics: Statistics,
    /// Whether this pool lives as long as the process, so that users of its memory need not count themselves.
    immortal: AtomicBool,
    /// The next of the pools that were made immortal; see `default`.
    next_kept: AtomicPtr<Pool>,
}

/// What zero-size allocations point to: readable zeros, as much as the padding of any buffer.
#[repr(align(4096))]
struct ZeroSizeArea([u8; ALIGNMENT]);
static ZERO_SIZE_AREA: ZeroSizeArea = ZeroSizeArea([0; ALIGNMENT]);

/// The address of every zero-size block. It never reaches a backend.
fn zero_size_block(alignment: usize) -> NonNull<u8> {
    if alignment > align_of::<ZeroSizeArea>() {
        // No static has such an alignment; an address that is only a number does, and nothing may be read at size 0.
        return NonNull::new(std::ptr::without_provenance_mut(alignment))
            .unwrap_or(NonNull::dangling());
    }
    NonNull::from(&ZERO_SIZE_AREA.0).cast()
}

impl Pool {
    const fn new_static(source: Source) -> Self {
        Pool {
            source,
            statistics: Statistics::new(u64::MAX),
            immortal: AtomicBool::new(true),
            next_kept: AtomicPtr::new(std::ptr::null_mut()),
        }
    }

    /// Check what the caller asks for.
    #[inline]
    fn check(size: usize, alignment: usize) -> Result<()> {
        check_alignment(alignment)?;
        if size > MAX_SIZE {
            return Err(err!(
                OutOfMemory,
                "no memory for {} bytes: more than an address space can hold",
                size
            ));
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn over_limit(&self, size: usize) -> Error {
        err!(
            Limit,
            "{} bytes more than the {} in use exceed the cap of {}",
            size,
            self.statistics.bytes_allocated(),
            self.statistics.limit()
        )
    }

    /// Count `size` bytes, then take them with `take`; when either is refused nothing has changed.
    #[inline(always)]
    fn counted<T>(&self, size: usize, take: impl FnOnce() -> Result<T>) -> Result<T> {
        let place = Place::of_this_thread();
        let Some(raised) = self.statistics.reserve(place, size) else {
            return Err(self.over_limit(size));
        };
        match take() {
            Ok(taken) => {
                self.statistics.given_out(place, size);
                Ok(taken)
            }
            Err(error) => {
                self.statistics.undo(place, size, raised);
                Err(error)
            }
        }
    }

    /// Whether blocks of this pool and counted objects come from the same allocator, so that one block can hold both.
    #[inline]
    fn shares_objects_allocator(&self) -> bool {
        match &self.source {
            Source::System(_) => !object::is_from_mimalloc(),
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(_) => object::is_from_mimalloc(),
            Source::Other(_) => false,
        }
    }

    /// Make a counted object together with `size` bytes of this pool in one block; `None` when this pool's memory comes
    /// from elsewhere than objects do. Whoever drops the object tells the pool with `end_together`.
    #[inline(always)]
    pub(crate) fn allocate_together<T>(
        &self,
        size: usize,
        make: impl FnOnce(NonNull<u8>) -> T,
    ) -> Option<Result<TryArc<T>>> {
        if !self.shares_objects_allocator() {
            return None;
        }
        Some(self.counted(size, || {
            Ok(TryArc::try_new_with_tail::<ALIGNMENT>(size, make)?)
        }))
    }

    /// Count `size` bytes of `allocate_together` as no longer in use: their object goes.
    #[inline]
    pub(crate) fn end_together(&self, size: usize) {
        self.statistics.freed(size);
    }

    /// Take a block of `size` bytes, uninitialised. Size 0 gives an aligned address that must not be accessed, for free.
    #[inline]
    pub fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        Self::check(size, alignment)?;
        if size == 0 {
            return Ok(zero_size_block(alignment));
        }
        self.counted(size, || self.source.allocate(size, alignment))
    }

    /// Change the size of a block, keeping the bytes that fit; on failure the block is untouched.
    ///
    /// # Safety
    /// - `block` came from this pool with `old_size` and `alignment` and was not given back.
    pub unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        Self::check(new_size, alignment)?;
        if old_size == 0 {
            return self.allocate(new_size, alignment);
        }
        if new_size == 0 {
            // SAFETY: same contract.
            unsafe { self.deallocate(block, old_size, alignment) };
            return Ok(zero_size_block(alignment));
        }
        let source = self.source.get();
        let move_it = || {
            // SAFETY: same contract; neither size is zero.
            unsafe { source.reallocate(block, old_size, new_size, alignment) }
        };
        if new_size > old_size {
            return self.counted(new_size - old_size, move_it);
        }
        let moved = move_it()?;
        self.statistics.freed(old_size - new_size);
        Ok(moved)
    }

    /// Give a block back.
    ///
    /// # Safety
    /// - `block` came from this pool with `size` and `alignment` and is not used afterwards.
    #[inline]
    pub unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) {
        if size == 0 {
            return;
        }
        // SAFETY: same contract; the size is not zero.
        unsafe { self.source.deallocate(block, size, alignment) };
        self.statistics.freed(size);
    }

    /// What went through this pool.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The name of what provides the memory.
    pub fn backend_name(&self) -> &'static CStr {
        self.source.get().backend_name()
    }

    /// Return memory that is held for reuse to the system, as far as the backend can.
    pub fn release_unused(&self) {
        self.source.get().release_unused();
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statistics = &self.statistics;
        write!(
            f,
            "Pool({:?}, {} bytes in use)",
            self.backend_name(),
            statistics.bytes_allocated()
        )
    }
}

#[cfg(test)]
mod tests;
