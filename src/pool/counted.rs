//! A source of memory with statistics and a limit: what the rest of the library calls a pool.

mod with_object;

use super::ledger::Raised;
use super::place::Place;
use super::source::Source;
use super::stats::Statistics;
use super::{
    ALIGNMENT, DebugPool, Details, MAX_ALIGNMENT, MIN_KEPT_BYTES, MemoryPool, PoolRef,
    check_alignment, check_size,
};
use crate::alloc::{Counted, TryArc, try_box};
use crate::err;
use crate::error::{Error, Result};
use std::ffi::CStr;
use std::fmt;
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicPtr};

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

impl Counted for Pool {}

/// Bytes that are counted as in use, but not taken yet.
struct Reserved<'a> {
    statistics: &'a Statistics,
    place: Place,
    size: usize,
    raised: Raised,
}

impl Reserved<'_> {
    /// Count the bytes as given out, or, when they were refused, as if nobody had asked for them.
    #[inline(always)]
    fn settle<T>(self, taken: Result<T>) -> Result<T> {
        match &taken {
            Ok(_) => self.statistics.given_out(self.place, self.size),
            Err(_) => self.statistics.undo(self.place, self.size, self.raised),
        }
        taken
    }
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
    /// The pool of a backend, which lives as long as the process.
    pub(super) const fn new_static(source: Source) -> Self {
        Pool {
            source,
            statistics: Statistics::new(u64::MAX),
            immortal: AtomicBool::new(true),
            next_kept: AtomicPtr::new(std::ptr::null_mut()),
            depth: 0,
        }
    }

    /// A pool that lives as long as it has owners. `source` is called when nothing can fail any more, so that what it takes
    /// over stays where it is after a failure.
    pub(super) fn new_counted<P: MemoryPool + 'static>(
        source: impl FnOnce() -> P,
        limit: u64,
        depth: u32,
    ) -> Result<PoolRef> {
        let room = try_box(MaybeUninit::<P>::uninit())?;
        Ok(TryArc::try_new_with(|| {
            let source: Box<P> = Box::write(room, source());
            Pool {
                source: Source::Other(source),
                statistics: Statistics::new(limit),
                immortal: AtomicBool::new(false),
                next_kept: AtomicPtr::new(std::ptr::null_mut()),
                depth,
            }
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

    /// Check what the caller asks for.
    #[inline]
    fn check(size: usize, alignment: usize) -> Result<()> {
        check_alignment(alignment)?;
        check_size(size)
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

    /// Count `size` bytes that are about to be taken.
    #[inline(always)]
    fn reserve(&self, size: usize) -> Result<Reserved<'_>> {
        self.reserve_at(Place::of_this_thread(), size)
    }

    #[inline(always)]
    fn reserve_at(&self, place: Place, size: usize) -> Result<Reserved<'_>> {
        match self
            .statistics
            .reserve(place, size, |spares| self.end_spares(spares))
        {
            Some(raised) => {
                if size >= MIN_KEPT_BYTES && raised.is_some() {
                    self.relieve();
                }
                Ok(Reserved {
                    statistics: &self.statistics,
                    place,
                    size,
                    raised,
                })
            }
            None => Err(self.over_limit(size)),
        }
    }

    /// Take a block of `size` bytes, uninitialised. Size 0 gives an aligned address that must not be accessed, for free.
    #[inline(always)]
    pub fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        self.allocate_at(Place::of_this_thread(), size, alignment)
    }

    /// Like `allocate`, for a caller who knows the place of this thread.
    #[inline(always)]
    pub(crate) fn allocate_at(
        &self,
        place: Place,
        size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        Self::check(size, alignment)?;
        if size == 0 {
            return Ok(zero_size_block(alignment));
        }
        let reserved = self.reserve_at(place, size)?;
        let taken = self.source.allocate(size, alignment);
        reserved.settle(taken.or_else(|error| self.allocate_once_more(size, alignment, error)))
    }

    /// What waits for the next buffer may be what is missing now.
    #[cold]
    fn allocate_once_more(
        &self,
        size: usize,
        alignment: usize,
        error: Error,
    ) -> Result<NonNull<u8>> {
        if self.gave_spares_up() {
            self.source.allocate(size, alignment)
        } else {
            Err(error)
        }
    }

    /// Give back what waits for the next buffer. False when nothing waited.
    #[cold]
    fn gave_spares_up(&self) -> bool {
        let waits = self.statistics.spare_bytes() > 0;
        if waits {
            self.end_spares(self.statistics.take_spares());
        }
        waits
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
    /// - `block` came from this pool with `old_size` and `alignment` and was not given back.
    pub unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        Self::check(new_size, alignment)?;
        if old_size == 0 && !self.is_mistaken_for_nothing(block) {
            return self.allocate(new_size, alignment);
        }
        if new_size == 0 {
            // SAFETY: same contract.
            unsafe { self.deallocate(block, old_size, alignment) };
            return Ok(zero_size_block(alignment));
        }
        let source = self.source.get();
        let more = new_size.saturating_sub(old_size);
        let reserved = if more > 0 {
            Some(self.reserve(more)?)
        } else {
            None
        };
        // SAFETY: same contract; neither size is zero.
        let mut moved = unsafe { source.reallocate(block, old_size, new_size, alignment) };
        if moved.is_err() && self.gave_spares_up() {
            // SAFETY: same contract; a failure left the block untouched.
            moved = unsafe { source.reallocate(block, old_size, new_size, alignment) };
        }
        if let Some(reserved) = reserved {
            return reserved.settle(moved);
        }
        let moved = moved?;
        self.statistics.freed(old_size - new_size);
        Ok(moved)
    }

    /// Give a block back. The result is how many bytes are no longer in use: `size`, unless the pool knows better.
    ///
    /// # Safety
    /// - `block` came from this pool with `size` and `alignment` and is not used afterwards.
    #[inline]
    pub unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        if size == 0 && !self.is_mistaken_for_nothing(block) {
            return 0;
        }
        // SAFETY: same contract; a size of zero is only told to a pool that checks it.
        let freed = unsafe { self.source.deallocate(block, size, alignment) };
        self.statistics.freed(freed);
        freed
    }

    /// What went through this pool.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The list of live blocks, if this pool keeps one.
    pub fn debug(&self) -> Option<&DebugPool> {
        self.source.get().debug()
    }

    /// What the statistics do not say.
    pub fn details(&self) -> Details {
        let mut details = self.source.get().details();
        details.cached_bytes += self.statistics.spare_bytes();
        details
    }

    /// The name of what provides the memory.
    pub fn backend_name(&self) -> &'static CStr {
        self.source.get().backend_name()
    }

    /// Return memory that is held for reuse to the system, as far as the backend can.
    pub fn release_unused(&self) {
        self.end_spares(self.statistics.take_spares());
        self.source.get().release_unused();
    }

    /// Return the freed blocks that are kept for reuse.
    pub(super) fn release_cached(&self) {
        self.end_spares(self.statistics.take_spares());
        self.source.get().release_cached();
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
