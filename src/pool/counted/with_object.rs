//! Memory for a counted object together with the bytes that it owns.
//!
//! Small ones are one block. What a dead object with more bytes leaves may wait for the next one with so many (`spare`).

use super::Pool;
use crate::alloc::choice::Allocator;
use crate::alloc::{Counted, TryArc, object};
use crate::error::{Error, Result};
use crate::pool::ALIGNMENT;
use crate::pool::place::Place;
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

    /// Make a counted object together with `size` bytes of this pool in one block; `None` when this pool's memory comes
    /// from elsewhere than objects do, or when there is no such block: `allocate` gives back what is kept for reuse before it
    /// refuses. Whoever drops the object tells the pool with `end_together`.
    #[inline(always)]
    pub(crate) fn allocate_together<T: Counted>(
        &self,
        place: Place,
        size: usize,
        make: impl FnOnce(NonNull<u8>) -> T,
    ) -> Option<Result<TryArc<T>>> {
        if !self.shares_objects_allocator() {
            return None;
        }
        let reserved = match self.reserve_at(place, size) {
            Ok(reserved) => reserved,
            Err(error) => return Some(Err(error)),
        };
        let made = TryArc::try_new_with_tail::<ALIGNMENT>(size, make);
        reserved.settle(made.map_err(Error::from)).ok().map(Ok)
    }

    /// Memory for an object with a block of exactly `size` bytes, aligned to `ALIGNMENT`, if some waits.
    #[inline(always)]
    pub(crate) fn take_spare(&self, place: Place, size: usize) -> Option<Spare> {
        self.statistics.take_spare(place, size)
    }

    /// Whether a dead buffer of so many bytes may wait for the next one: never where leak checkers or the caller see every block
    /// end, be it that of the bytes or that of the object, and only if that size comes again and again.
    #[inline(always)]
    pub(crate) fn may_keep(&self, place: Place, size: usize) -> bool {
        let keeps_spares = match &self.source {
            #[cfg(feature = "mimalloc")]
            Source::Mimalloc(_) => true,
            #[cfg(feature = "jemalloc")]
            Source::Jemalloc(_) => true,
            Source::System(_) | Source::Other(_) => false,
        };
        keeps_spares
            && Allocator::of_objects() != Allocator::System
            && self.statistics.may_keep(place, size)
    }

    /// Take back the block of a dead buffer that may wait, and the memory of the object that it belonged to.
    #[inline]
    pub(crate) fn give_spare(&self, place: Place, spare: Spare, size: usize) {
        if let Some(spare) = self.statistics.give_spare(place, spare, size) {
            self.end_spare(&spare);
        }
    }

    /// Give the memory of a spare back, which is no longer counted.
    fn end_spare(&self, spare: &Spare) {
        if !spare.is_tail() {
            let (block, size) = (spare.block(), spare.size());
            // SAFETY: the block came from this pool with this size and alignment, and nobody uses it any more (`Spare::new`).
            unsafe { self.source.deallocate(block, size, ALIGNMENT) };
        }
        // SAFETY: it holds the memory of an object without a value (`Spare::new`).
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
