//! Keeps a pool alive for as long as a block of it is.

use super::pool::{Pool, PoolRef};
use crate::alloc::TryArc;
use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

/// A reference to a pool that costs nothing for immortal pools, where counting would make all threads write one cache line.
pub(crate) struct PoolKeepAlive {
    /// The value of a counted block. A pool that became immortal after it was counted here simply stays counted.
    pool: NonNull<Pool>,
}

// SAFETY: this is a reference to a Pool, which is Sync, and ends it at most as its Send allows.
unsafe impl Send for PoolKeepAlive {}
// SAFETY: as above.
unsafe impl Sync for PoolKeepAlive {}

impl PoolKeepAlive {
    /// Keep `pool` alive.
    #[inline]
    pub(crate) fn new(pool: &PoolRef) -> Self {
        let pool_value = TryArc::as_ptr(pool).cast_mut();
        let kept = PoolKeepAlive {
            // SAFETY: the value of a counted block has an address.
            pool: unsafe { NonNull::new_unchecked(pool_value) },
        };
        if !kept.is_immortal() {
            std::mem::forget(pool.clone());
        }
        kept
    }

    #[inline]
    fn is_immortal(&self) -> bool {
        self.immortal.load(Ordering::Relaxed)
    }

    /// Another reference of the same kind.
    pub(crate) fn duplicate(&self) -> PoolKeepAlive {
        // SAFETY: every Pool lives inside a counted block, and this one as long as `self`.
        let pool = unsafe { PoolRef::borrow_raw(self.pool.as_ptr()) };
        PoolKeepAlive::new(&pool)
    }

    /// The pool as an owner of its own.
    pub(crate) fn to_ref(&self) -> PoolRef {
        // SAFETY: every Pool lives inside a counted block, and this one as long as `self`.
        unsafe { TryArc::clone_raw(self.pool.as_ptr()) }
    }
}

impl Deref for PoolKeepAlive {
    type Target = Pool;
    #[inline]
    fn deref(&self) -> &Pool {
        // SAFETY: the pool is immortal, or was counted in `new`.
        unsafe { self.pool.as_ref() }
    }
}

impl Drop for PoolKeepAlive {
    #[inline]
    fn drop(&mut self) {
        if !self.is_immortal() {
            // SAFETY: a pool never stops being immortal, so `new` counted this reference.
            drop(unsafe { PoolRef::from_raw(self.pool.as_ptr()) });
        }
    }
}

impl fmt::Debug for PoolKeepAlive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
