//! Memory for a counted object together with the bytes that it owns.
//!
//! Either both are one block, or what a dead object left waits for the next one with so many bytes (`spare`).

use super::Pool;
use crate::alloc::choice::Allocator;
use crate::alloc::{Counted, Vacant, object};
use crate::error::{Error, Result};
use crate::pool::ALIGNMENT;
use crate::pool::shard::Place;
use crate::pool::source::Source;
use crate::pool::spare::{Leaving, Spare};
use std::ptr::NonNull;

impl Pool {
    /// Whether blocks of this pool and counted objects come from the same allocator, so that one block can hold both.
    #[inline]
    fn shares_objects_allocator(&self) -> bool {
        let allocator = match &self.source {
            Source::System(_) => Allocator::System,
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(_) => Allocator::Mimalloc,
            #[cfg(feature = "jemalloc")]
            Source::Jemalloc(_) => Allocator::Jemalloc,
            Source::Other(_) => return false,
        };
        allocator == Allocator::of_objects()
    }

    /// Memory for a counted object and `size` bytes that belong to it, a multiple of `ALIGNMENT` up to `MAX_SPARE_BYTES`: what
    /// waits, or if `together` one block for both. `None` when this pool's memory comes from elsewhere than objects do, or when
    /// there is no such block: `allocate` gives back what is kept for reuse before it refuses.
    ///
    /// Whoever ends such an object gives both back to `give_spare`, or tells the pool with `end_together`.
    ///
    /// # Safety
    /// - The memory of objects of no other type is ever given to `give_spare`.
    #[inline(always)]
    pub(crate) unsafe fn allocate_with_object<T: Counted>(
        &self,
        size: usize,
        together: bool,
    ) -> Result<Option<(Vacant<T>, NonNull<u8>)>> {
        let place = Place::of_this_thread();
        if let Some(spare) = self.statistics.take_spare(place, size) {
            let block = spare.block();
            // SAFETY: same contract; nobody else uses what is taken out.
            return Ok(Some((
                unsafe { Vacant::from_memory(spare.object()) },
                block,
            )));
        }
        if !together || !self.shares_objects_allocator() {
            return Ok(None);
        }
        let reserved = self.reserve_at(place, size)?;
        let made = Vacant::try_new_with_tail::<ALIGNMENT>(size);
        Ok(reserved.settle(made.map_err(Error::from)).ok())
    }

    /// Whether dead buffers of this pool wait for the next one: not where leak checkers or the caller see every block end.
    #[inline]
    pub(crate) fn keeps_spares(&self) -> bool {
        match &self.source {
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(_) => true,
            #[cfg(feature = "jemalloc")]
            Source::Jemalloc(_) => true,
            Source::System(_) | Source::Other(_) => false,
        }
    }

    /// Take back the block of a pool that keeps spares, and the memory of the object that it belonged to.
    #[inline]
    pub(crate) fn give_spare(&self, spare: Spare, size: usize) {
        if let Some(spare) = self.statistics.give_spare(spare, size) {
            self.end_spare(&spare);
        }
    }

    /// Give the memory of a spare back, which is no longer counted.
    fn end_spare(&self, spare: &Spare) {
        if !spare.is_tail() {
            let (block, size) = (spare.block(), spare.size());
            // SAFETY: the block came from this pool with this size and alignment, and nobody uses it any more.
            unsafe { self.source.deallocate(block, size, ALIGNMENT) };
        }
        // SAFETY: it holds the memory of an object without a value.
        unsafe { object::end_vacant(spare.object()) };
    }

    pub(super) fn end_spares(&self, spares: Leaving) {
        for spare in spares {
            self.end_spare(&spare);
        }
    }

    /// Count `size` bytes of `allocate_together` as no longer in use: their object goes.
    #[inline]
    pub(crate) fn end_together(&self, size: usize) {
        self.statistics.freed(size);
    }
}
