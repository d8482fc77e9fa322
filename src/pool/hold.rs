//! Keeps a pool alive for as long as a block of it is.

use super::{Pool, PoolRef};
use crate::alloc::TryArc;
use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

/// A reference to a pool that costs nothing for immortal pools, where counting would make all threads write one cache line.
pub(crate) struct PoolHold {
    /// The value of a counted block. A pool that became immortal after it was counted here simply stays counted.
    pool: NonNull<Pool>,
}

// SAFETY: this is a reference to a Pool, which is Sync, and ends it at most as its Send allows.
unsafe impl Send for PoolHold {}
// SAFETY: as above.
unsafe impl Sync for PoolHold {}

impl PoolHold {
    /// Keep `pool` alive.
    #[inline]
    pub(crate) fn new(pool: &PoolRef) -> Self {
        let pool_value = TryArc::as_ptr(pool).cast_mut();
        let hold = PoolHold {
            // SAFETY: the value of a counted block has an address.
            pool: unsafe { NonNull::new_unchecked(pool_value) },
        };
        if !hold.is_immortal() {
            std::mem::forget(pool.clone());
        }
        hold
    }

    #[inline]
    fn is_immortal(&self) -> bool {
        self.immortal.load(Ordering::Relaxed)
    }

    /// The pool, if it lives as long as the process.
    #[inline]
    pub(crate) fn as_static(&self) -> Option<&'static Pool> {
        if !self.is_immortal() {
            return None;
        }
        // SAFETY: an immortal pool never ends, nor does it move.
        Some(unsafe { self.pool.as_ref() })
    }

    /// Another reference of the same kind.
    pub(crate) fn duplicate(&self) -> PoolHold {
        // SAFETY: every Pool lives inside a counted block, and this one as long as `self`.
        let pool = unsafe { PoolRef::borrow_raw(self.pool.as_ptr()) };
        PoolHold::new(&pool)
    }

    /// The pool as an owner of its own.
    pub(crate) fn to_ref(&self) -> PoolRef {
        // SAFETY: every Pool lives inside a counted block, and this one as long as `self`.
        unsafe { TryArc::clone_raw(self.pool.as_ptr()) }
    }
}

impl Deref for PoolHold {
    type Target = Pool;
    #[inline]
    fn deref(&self) -> &Pool {
        // SAFETY: the pool is immortal, or was counted in `new`.
        unsafe { self.pool.as_ref() }
    }
}

impl Drop for PoolHold {
    #[inline]
    fn drop(&mut self) {
        if !self.is_immortal() {
            // SAFETY: a pool never stops being immortal, so `new` counted this reference.
            drop(unsafe { PoolRef::from_raw(self.pool.as_ptr()) });
        }
    }
}

impl fmt::Debug for PoolHold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
