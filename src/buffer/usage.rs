//! Keeps a change of size apart from calls that read the same resizable buffer.
//!
//! A resize needs the only reference, so a correct program never meets this. It makes the incorrect one, which resizes on
//! one thread what it reads through the same reference on another, get `Busy` instead of freed memory.
#![forbid(unsafe_code)]

use crate::err;
use crate::error::{Error, Result};
use std::sync::atomic::{AtomicU32, Ordering};

/// Set while the size changes; the other bits count readers.
const CHANGING: u32 = 1 << 31;

/// Who is inside a call on a buffer.
#[derive(Debug)]
pub(super) struct Usage(AtomicU32);

/// Until it is dropped, the size does not change.
#[derive(Debug)]
pub(super) struct Reading<'a>(Option<&'a AtomicU32>);

/// Until it is dropped, nobody reads.
#[derive(Debug)]
pub(super) struct Changing<'a>(&'a AtomicU32);

#[cold]
fn busy() -> Error {
    err!(Busy, "another call is using the buffer")
}

impl Usage {
    pub(super) const fn new() -> Self {
        Usage(AtomicU32::new(0))
    }

    /// Enter as a reader; `resizable` says whether anybody could be changing the size at all.
    #[inline]
    pub(super) fn read(&self, resizable: bool) -> Result<Reading<'_>> {
        if !resizable {
            return Ok(Reading(None));
        }
        if self.0.fetch_add(1, Ordering::Acquire) & CHANGING != 0 {
            self.0.fetch_sub(1, Ordering::Relaxed);
            return Err(busy());
        }
        Ok(Reading(Some(&self.0)))
    }

    /// Enter alone.
    pub(super) fn change(&self) -> Result<Changing<'_>> {
        match self
            .0
            .compare_exchange(0, CHANGING, Ordering::Acquire, Ordering::Relaxed)
        {
            Ok(_) => Ok(Changing(&self.0)),
            Err(_) => Err(busy()),
        }
    }
}

impl Drop for Reading<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(count) = self.0 {
            count.fetch_sub(1, Ordering::Release);
        }
    }
}

impl Drop for Changing<'_> {
    fn drop(&mut self) {
        self.0.fetch_and(!CHANGING, Ordering::Release);
    }
}
