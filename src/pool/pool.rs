//! A source of memory with statistics and a limit: what the rest of the library calls a pool.

use super::accounting::Statistics;
use super::caching::{CachingAllocator, MIN_LARGE_BYTES};
use super::limits::{ALIGNMENT, MAX_ALIGNMENT, check_alignment, check_size};
use super::memory_pool::{Debugging, Details, MemoryPool};
use super::shard::ThreadShard;
use crate::alloc::{Allocator, Counted, TryArc, try_box};
use crate::err;
use crate::error::{Error, Result};
use std::ffi::CStr;
use std::fmt;
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicPtr};

/// Shared ownership of a pool.
pub type PoolRef = TryArc<Pool>;

/// A memory pool: a source of memory with statistics and, maybe, a limit.
pub struct Pool {
    source: Source,
    statistics: Statistics,
    /// Whether this pool lives as long as the process, so that users of its memory need not count themselves.
    pub(super) immortal: AtomicBool,
    /// The next of the pools that were made immortal; see `default`.
    pub(super) next_kept: AtomicPtr<u8>,
    /// How many pools the memory comes through: 0 for the pool of a backend.
    depth: u32,
}

/// Where the memory comes from. Allocators are called without an indirection.
#[expect(
    clippy::large_enum_variant,
    reason = "an indirection would cost each call; there are few pools"
)]
enum Source {
    Allocator(CachingAllocator),
    Other(Box<dyn MemoryPool>),
}

impl Counted for Pool {}

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

#[cold]
#[inline(never)]
fn no_memory(size: usize) -> Error {
    err!(OutOfMemory, "no memory for {} bytes", size)
}

impl Pool {
    const fn new(source: Source, limit: u64, immortal: bool, depth: u32) -> Self {
        Pool {
            source,
            statistics: Statistics::new(limit),
            immortal: AtomicBool::new(immortal),
            next_kept: AtomicPtr::new(std::ptr::null_mut()),
            depth,
        }
    }

    /// The pool of an allocator, which lives as long as the process.
    pub(super) const fn new_static(allocator: CachingAllocator) -> Self {
        Self::new(Source::Allocator(allocator), u64::MAX, true, 0)
    }

    /// A pool of an allocator that lives as long as it has owners.
    pub(super) fn new_caching(allocator: impl FnOnce() -> CachingAllocator) -> Result<PoolRef> {
        let make = || Self::new(Source::Allocator(allocator()), u64::MAX, false, 0);
        Ok(TryArc::try_new_with(make)?)
    }

    /// A pool that lives as long as it has owners. `source` is called when nothing can fail any more, so that what it takes
    /// over stays where it is after a failure.
    pub(super) fn new_over<P: MemoryPool + 'static>(
        source: impl FnOnce() -> P,
        limit: u64,
        depth: u32,
    ) -> Result<PoolRef> {
        let room = try_box(MaybeUninit::<P>::uninit())?;
        Ok(TryArc::try_new_with(|| {
            let source: Box<P> = Box::write(room, source());
            Self::new(Source::Other(source), limit, false, depth)
        })?)
    }

    /// The depth of a pool that takes its memory from this one. Calls go through all of them, so there is a bound.
    pub(super) fn depth_below(&self) -> Result<u32> {
        const MAX_DEPTH: u32 = 64;
        if self.depth >= MAX_DEPTH {
            return Err(err!(Limit, "pools are nested more than {} deep", MAX_DEPTH));
        }
        Ok(self.depth + 1)
    }

    /// Under a cap, what is kept for reuse has to go as soon as it would exceed the cap together with what is in use.
    #[cold]
    #[inline(never)]
    fn relieve(&self) {
        let limit = self.statistics.limit();
        if limit == u64::MAX {
            return;
        }
        let in_use = self.statistics.bytes_allocated();
        if in_use.saturating_add(self.details().cached_bytes) > limit {
            self.release_cached();
        }
    }

    #[cold]
    #[inline(never)]
    fn over_limit(&self, size: usize) -> Error {
        self.release_cached();
        let (in_use, limit) = (self.statistics.bytes_allocated(), self.statistics.limit());
        if limit == u64::MAX {
            return err!(
                OutOfMemory,
                "no memory for {} bytes beside the {} in use: more than an address space can hold",
                size,
                in_use
            );
        }
        err!(
            Limit,
            "{} bytes more than the {} in use exceed the cap of {}",
            size,
            in_use,
            limit
        )
    }

    /// Count `size` bytes, take them with `take`, and forget about them when there is no memory.
    #[inline(always)]
    fn counted<T>(
        &self,
        shard: ThreadShard,
        size: usize,
        take: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let Some(raised) = self.statistics.reserve(shard, size) else {
            return Err(self.over_limit(size));
        };
        if size >= MIN_LARGE_BYTES && raised.is_some() {
            self.relieve();
        }
        let taken = take();
        match &taken {
            Ok(_) => self.statistics.allocated(shard, size),
            Err(_) => self.statistics.cancel(shard, size, raised),
        }
        taken
    }

    /// Take a block of `size` bytes, uninitialised. Size 0 gives an aligned address that must not be accessed, for free.
    #[inline(always)]
    pub fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        match self.allocate_kept(size, alignment) {
            Some(block) => Ok(block),
            None => self.allocate_any(size, alignment),
        }
    }

    /// The short way: a small block that is kept for reuse and that the thread's shard has room for.
    #[inline(always)]
    fn allocate_kept(&self, size: usize, alignment: usize) -> Option<NonNull<u8>> {
        let Source::Allocator(allocator) = &self.source else {
            return None;
        };
        let shard = ThreadShard::current();
        let slot = allocator.small_slot(shard, size, alignment)?;
        if !slot.is_full() {
            return None;
        }
        if !self.statistics.reserved_from_shard(shard, size) {
            return None;
        }
        let block = slot.take();
        match block {
            Some(_) => self.statistics.allocated(shard, size),
            None => self.statistics.freed(shard, size),
        }
        block
    }

    #[inline(never)]
    fn allocate_any(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        check_alignment(alignment)?;
        check_size(size)?;
        if size == 0 {
            return Ok(zero_size_block(alignment));
        }
        let shard = ThreadShard::current();
        self.counted(shard, size, || match &self.source {
            Source::Allocator(allocator) => allocator
                .allocate(size, alignment)
                .ok_or_else(|| no_memory(size)),
            Source::Other(pool) => pool.allocate(size, alignment),
        })
    }

    /// Whether a block that is said to have no bytes has some after all, as far as it can be known: a debug pool tells that.
    #[cold]
    fn is_mistaken_for_nothing(&self, block: NonNull<u8>) -> bool {
        let is_nothing = block == NonNull::from(&ZERO_SIZE_AREA.0).cast()
            // An address that is only a number.
            || block.as_ptr().addr() <= MAX_ALIGNMENT;
        !is_nothing && self.debug().is_some()
    }

    /// Change the size of a block, keeping the bytes that fit; on failure the block is untouched.
    ///
    /// # Safety
    /// - `block` came from this pool with `old_size` and `alignment` and was not freed.
    pub unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        check_alignment(alignment)?;
        check_size(new_size)?;
        if old_size == 0 && !self.is_mistaken_for_nothing(block) {
            return self.allocate(new_size, alignment);
        }
        if new_size == 0 {
            // SAFETY: same contract.
            unsafe { self.deallocate(block, old_size, alignment) };
            return Ok(zero_size_block(alignment));
        }
        let change = || match &self.source {
            Source::Allocator(allocator) => {
                // SAFETY: same contract; neither size is zero.
                unsafe { allocator.reallocate(block, old_size, new_size, alignment) }
                    .ok_or_else(|| no_memory(new_size))
            }
            // SAFETY: same contract; the new size is not zero, and an old one is only told to a pool that checks it.
            Source::Other(pool) => unsafe { pool.reallocate(block, old_size, new_size, alignment) },
        };
        let shard = ThreadShard::current();
        if new_size > old_size {
            return self.counted(shard, new_size - old_size, change);
        }
        let moved = change()?;
        self.statistics.freed(shard, old_size - new_size);
        Ok(moved)
    }

    /// Free a block. The result is how many bytes are no longer in use: `size`, unless the pool knows better.
    ///
    /// # Safety
    /// - `block` came from this pool with `size` and `alignment` and is not used afterwards.
    #[inline(always)]
    pub unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        // The short way: a small block that is kept for reuse.
        if let Source::Allocator(allocator) = &self.source {
            let shard = ThreadShard::current();
            if let Some(slot) = allocator.small_slot(shard, size, alignment)
                // SAFETY: same contract; a block of this size and alignment is of the slot's class.
                && unsafe { slot.put(block) }
            {
                self.statistics.freed(shard, size);
                return size;
            }
        }
        // SAFETY: same contract.
        unsafe { self.deallocate_any(block, size, alignment) }
    }

    /// # Safety
    /// - As for `deallocate`.
    #[inline(never)]
    unsafe fn deallocate_any(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        if size == 0 && !self.is_mistaken_for_nothing(block) {
            return 0;
        }
        let shard = ThreadShard::current();
        let freed = match &self.source {
            Source::Allocator(allocator) => {
                // SAFETY: same contract.
                unsafe { allocator.deallocate(block, size, alignment) };
                size
            }
            // SAFETY: same contract; a size of zero is only told to a pool that checks it.
            Source::Other(pool) => unsafe { pool.deallocate(block, size, alignment) },
        };
        self.statistics.freed(shard, freed);
        freed
    }

    /// Make a counted object together with `size` bytes of this pool in one block. `None` when this pool's memory comes from
    /// elsewhere than objects do, and when there is no such block: `allocate` says why. Whoever drops the object tells the
    /// pool with `freed_inline`.
    #[inline(always)]
    pub(crate) fn allocate_inline<T: Counted>(
        &self,
        size: usize,
        make: impl FnOnce(NonNull<u8>) -> T,
    ) -> Option<TryArc<T>> {
        let shares_allocator = match &self.source {
            Source::Allocator(allocator) => allocator.allocator() == Allocator::of_objects(),
            Source::Other(_) => false,
        };
        if !shares_allocator {
            return None;
        }
        let shard = ThreadShard::current();
        let raised = self.statistics.reserve(shard, size)?;
        let made = TryArc::try_new_with_tail::<ALIGNMENT>(size, make).ok();
        match made {
            Some(_) => self.statistics.allocated(shard, size),
            None => self.statistics.cancel(shard, size, raised),
        }
        made
    }

    /// Count `size` bytes of `allocate_inline` as no longer in use: their object goes.
    #[inline]
    pub(crate) fn freed_inline(&self, size: usize) {
        self.statistics.freed(ThreadShard::current(), size);
    }

    /// What went through this pool.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The list of live blocks, if this pool keeps one.
    pub fn debug(&self) -> Option<&dyn Debugging> {
        match &self.source {
            Source::Allocator(_) => None,
            Source::Other(pool) => pool.debugging(),
        }
    }

    /// The list of live blocks, for what only a pool with one can do.
    pub fn require_debug(&self) -> Result<&dyn Debugging> {
        self.debug().ok_or_else(|| {
            err!(
                Unsupported,
                "the pool is no debug pool and has none below it"
            )
        })
    }

    /// What the statistics do not say.
    pub fn details(&self) -> Details {
        match &self.source {
            Source::Allocator(allocator) => allocator.details(),
            Source::Other(pool) => pool.details(),
        }
    }

    /// The name of what provides the memory.
    pub fn backend_name(&self) -> &'static CStr {
        match &self.source {
            Source::Allocator(allocator) => allocator.allocator().name(),
            Source::Other(pool) => pool.backend_name(),
        }
    }

    /// Return memory that is kept for reuse to the system, as far as the backend can.
    pub fn release_unused(&self) {
        match &self.source {
            Source::Allocator(allocator) => allocator.release_unused(),
            Source::Other(pool) => pool.release_unused(),
        }
    }

    /// Return the freed blocks that are kept for reuse.
    pub(super) fn release_cached(&self) {
        match &self.source {
            Source::Allocator(allocator) => allocator.release_cached(),
            Source::Other(pool) => pool.release_cached(),
        }
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
