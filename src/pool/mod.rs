//! Where data bytes come from, and how they are counted.
//!
//! The one invariant: a pool may refuse, and a refusal is an error that leaves everything as it was. Statistics are exact
//! whenever no call is under way.
//!
//! Layout: a `Pool` is a set of statistics over an implementation of `MemoryPool`. The process-wide pools, one for each
//! backend, are statics; `default` picks one of them by environment.

mod default;
#[cfg(feature = "mimalloc")]
mod mimalloc;
mod stats;
mod system;

pub use default::{backend_count, backend_name_at};
pub use stats::Statistics;

use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use std::ffi::CStr;
use std::fmt;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

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
}

impl Source {
    #[inline]
    fn get(&self) -> &dyn MemoryPool {
        match self {
            Source::System(pool) => pool,
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(pool) => pool,
        }
    }
}

/// A memory pool: a source of memory with statistics.
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
            statistics: Statistics::new(),
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

    /// Take a block of `size` bytes, uninitialised. Size 0 gives an aligned address that must not be accessed, for free.
    #[inline]
    pub fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        Self::check(size, alignment)?;
        if size == 0 {
            return Ok(zero_size_block(alignment));
        }
        let block = match &self.source {
            Source::System(pool) => pool.allocate(size, alignment),
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(pool) => pool.allocate(size, alignment),
        }?;
        self.statistics.allocated(size);
        Ok(block)
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
        // SAFETY: same contract; neither size is zero.
        let moved = unsafe {
            self.source
                .get()
                .reallocate(block, old_size, new_size, alignment)
        }?;
        self.statistics.reallocated(old_size, new_size);
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
        match &self.source {
            // SAFETY: same contract; the size is not zero.
            Source::System(pool) => unsafe { pool.deallocate(block, size, alignment) },
            #[cfg(feature = "mimalloc")]
            // SAFETY: same contract; the size is not zero.
            Source::Mimalloc(pool) => unsafe { pool.deallocate(block, size, alignment) },
        }
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

    /// A reference for as long as a block of this pool lives.
    pub(crate) fn hold(this: &PoolRef) -> PoolHold {
        if this.immortal.load(Ordering::Relaxed) {
            // SAFETY: an immortal pool lives as long as the process.
            return PoolHold::Static(unsafe { &*TryArc::as_ptr(this) });
        }
        PoolHold::Counted(this.clone())
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({:?}, {:?})", self.backend_name(), self.statistics)
    }
}

/// Keeps a pool alive; costs nothing for immortal pools, where counting would make all threads write one cache line.
#[derive(Debug)]
pub(crate) enum PoolHold {
    Static(&'static Pool),
    Counted(PoolRef),
}

impl std::ops::Deref for PoolHold {
    type Target = Pool;
    fn deref(&self) -> &Pool {
        match self {
            PoolHold::Static(pool) => pool,
            PoolHold::Counted(pool) => pool,
        }
    }
}

impl PoolHold {
    /// Another reference of the same kind.
    pub(crate) fn duplicate(&self) -> PoolHold {
        match self {
            PoolHold::Static(pool) => PoolHold::Static(pool),
            PoolHold::Counted(pool) => PoolHold::Counted(pool.clone()),
        }
    }

    /// The pool as an owner of its own.
    pub(crate) fn to_ref(&self) -> PoolRef {
        match self {
            // SAFETY: every Pool lives inside a counted block; this one lives as long as the process.
            PoolHold::Static(pool) => unsafe { TryArc::clone_raw(*pool) },
            PoolHold::Counted(pool) => pool.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
