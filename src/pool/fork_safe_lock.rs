//! A lock that is free in the child of a fork, even if another thread of the parent held it.
//!
//! What it guards is short and allocates nothing, so a thread that waits just tries again. While the lock is held it stores the
//! number of forks so far: a lock with an older number was held by a thread that exists in the parent alone.

#![cfg_attr(not(test), forbid(unsafe_code))]

use super::fork_handler;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const FREE: u32 = 0;

/// A spin lock.
#[derive(Debug)]
pub(super) struct ForkSafeLock {
    holder: AtomicU32,
}

/// The lock is held until this is dropped.
pub(super) struct Held<'a> {
    lock: &'a ForkSafeLock,
}

impl ForkSafeLock {
    pub(super) const fn new() -> Self {
        ForkSafeLock {
            holder: AtomicU32::new(FREE),
        }
    }

    /// Take the lock if it is free.
    pub(super) fn try_lock(&self) -> Option<Held<'_>> {
        let now = fork_handler::count();
        let before = self.holder.load(Ordering::Relaxed);
        let is_taken = before != now
            && self
                .holder
                .compare_exchange(before, now, Ordering::Acquire, Ordering::Relaxed)
                .is_ok();
        is_taken.then(|| Held { lock: self })
    }

    /// Wait for the lock.
    pub(super) fn lock(&self) -> Held<'_> {
        const SPINS: u32 = 100;
        let mut tries = 0_u32;
        loop {
            if let Some(held) = self.try_lock() {
                return held;
            }
            tries = tries.saturating_add(1);
            if tries < SPINS {
                std::hint::spin_loop();
            } else {
                // Not a yield: the holder may wait for the processor with a lower priority.
                std::thread::sleep(Duration::from_micros(20));
            }
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.lock.holder.store(FREE, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::{FREE, ForkSafeLock, fork_handler};
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn one_thread_at_a_time_holds_it() {
        let (lock, inside, passed) = (ForkSafeLock::new(), AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5000 {
                        let _held = lock.lock();
                        assert_eq!(inside.fetch_add(1, Ordering::Relaxed), 0);
                        passed.fetch_add(1, Ordering::Relaxed);
                        inside.fetch_sub(1, Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(passed.load(Ordering::Relaxed), 20_000);
    }

    #[test]
    fn the_child_of_a_fork_does_not_wait_for_a_thread_of_its_parent() {
        let lock = ForkSafeLock::new();
        std::mem::forget(lock.lock());
        assert!(lock.try_lock().is_none());
        // SAFETY: the child calls nothing but an atomic exchange and _exit.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let passed = lock.try_lock().is_some();
            // SAFETY: ends the child here.
            unsafe { libc::_exit(if passed { 0 } else { 1 }) };
        }
        assert!(child > 0);
        let mut status = 0;
        // SAFETY: `status` is a valid slot, and the child is this process's own.
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0, "the child waits for its parent's thread");
        assert_ne!(fork_handler::count(), FREE);
    }
}
