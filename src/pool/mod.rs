//! Where data bytes come from, and how they are counted.
//!
//! The one invariant: a pool may refuse, and a refusal is an error that leaves everything as it was. Statistics are exact
//! whenever no call is under way.
//!
//! Layout: a `Pool` (`counted`) is a set of statistics and a limit over an implementation of `MemoryPool`. The process-wide
//! pools, one for each backend, are statics; `default` picks one of them by environment. The others take their memory from
//! another pool (`nested`, `logging`, `debug`) or from functions of the caller (`callback`).

mod callback;
mod counted;
mod debug;
mod default;
mod forks;
mod gate;
mod hold;
#[cfg(feature = "jemalloc")]
mod jemalloc;
mod ledger;
mod line;
mod logging;
#[cfg(feature = "mimalloc")]
mod mimalloc;
mod nested;
mod place;
mod source;
mod spare;
mod stats;
mod stats_text;
mod system;
mod tiered;

pub use callback::{CallbackPool, EventFn, FaultFn, ReleaseFn};
pub use counted::Pool;
pub use debug::{Action, DebugPool, FaultReport, StderrReport};
pub use default::{backend_count, backend_name_at};
pub(crate) use hold::PoolHold;
pub use line::Line;
pub use logging::{Event, EventKind, Log};
pub(crate) use place::Place;
pub(crate) use spare::{MAX_BYTES as MAX_SPARE_BYTES, MIN_OBJECT_BYTES, Spare};
pub use stats::Statistics;
pub(crate) use tiered::MIN_KEPT_BYTES;
pub use tiered::{Numa, Policy};

use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use std::ffi::CStr;
use std::ptr::NonNull;

/// The alignment of every data allocation unless the caller asks for another, and the unit that sizes are rounded up to.
pub const ALIGNMENT: usize = 64;

/// The largest alignment that may be asked for.
pub const MAX_ALIGNMENT: usize = 2 << 20;

/// Nothing larger than this can be allocated; rounding up to `ALIGNMENT` and adding offsets cannot overflow below it. It is all
/// that a process has of a usual address space, and half of what the ledger of a pool can count.
pub const MAX_SIZE: usize = if usize::BITS >= 64 {
    1 << (usize::BITS - 17)
} else {
    isize::MAX as usize - (MAX_ALIGNMENT - 1)
};

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

/// Refuse what no memory is large enough for.
#[inline]
pub fn check_size(size: usize) -> Result<()> {
    if size <= MAX_SIZE {
        return Ok(());
    }
    Err(err!(
        OutOfMemory,
        "no memory for {} bytes: more than an address space can hold",
        size
    ))
}

/// Shared ownership of a pool.
pub type PoolRef = TryArc<Pool>;

/// What statistics of blocks do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Bytes of freed blocks that are kept for reuse.
    pub cached_bytes: u64,
    /// Bytes that were copied because a block could not change its size where it was.
    pub copied_bytes: u64,
}

/// A source of memory. Sizes are never zero and alignments are powers of two up to `MAX_ALIGNMENT`: `Pool` sees to both.
///
/// # Safety
/// - A block returned is aligned as asked, has the asked size, and is nobody else's until it is given back.
pub unsafe trait MemoryPool: Send + Sync {
    /// The name of what provides the memory in the end: "system", "mimalloc", "jemalloc", ...
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

    /// Give a block back. The result is how many bytes are no longer in use: `size`, unless the pool knows better.
    ///
    /// # Safety
    /// - `block` came from this pool with `size` and `alignment` and is not used afterwards.
    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize;

    /// Return memory that is held for reuse to the system, as far as the backend can.
    fn release_unused(&self);

    /// Return the freed blocks that this library keeps for reuse, not those of the backend.
    fn release_cached(&self) {}

    /// What the pool does besides giving out and taking back.
    fn details(&self) -> Details {
        Details::default()
    }

    /// The pool as one that keeps a list of its blocks.
    fn debug(&self) -> Option<&DebugPool> {
        None
    }
}

#[cfg(test)]
mod tests;
