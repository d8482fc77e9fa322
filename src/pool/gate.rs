//! A lock that a fork cannot leave closed behind in the child.
//!
//! What it guards is short and allocates nothing, so whoever waits tries again. The word says before which fork the gate was
//! closed: who closed it before the last one stayed behind in the parent.

#![cfg_attr(not(test), forbid(unsafe_code))]

use super::forks;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const OPEN: u32 = 0;

#[derive(Debug)]
pub(super) struct Gate {
    closed: AtomicU32,
}

/// Opens the gate when it is dropped.
pub(super) struct Passing<'a> {
    gate: &'a Gate,
}

impl Gate {
    pub(super) const fn new() -> Self {
        Gate {
            closed: AtomicU32::new(OPEN),
        }
    }

    /// Go in if nobody else is inside.
    pub(super) fn try_enter(&self) -> Option<Passing<'_>> {
        let now = forks::count();
        let closed = self.closed.load(Ordering::Relaxed);
        let entered = closed != now
            && self
                .closed
                .compare_exchange(closed, now, Ordering::Acquire, Ordering::Relaxed)
                .is_ok();
        entered.then(|| Passing { gate: self })
    }

    /// Wait until nobody else is inside.
    pub(super) fn enter(&self) -> Passing<'_> {
        const SPINS: u32 = 100;
        let mut tries = 0_u32;
        loop {
            if let Some(passing) = self.try_enter() {
                return passing;
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

impl Drop for Passing<'_> {
    fn drop(&mut self) {
        self.gate.closed.store(OPEN, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, OPEN};
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn one_thread_at_a_time_passes() {
        let (gate, inside, passed) = (Gate::new(), AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5000 {
                        let _passing = gate.enter();
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
    fn who_stayed_behind_in_another_process_is_not_waited_for() {
        let gate = Gate::new();
        std::mem::forget(gate.enter());
        assert!(gate.try_enter().is_none());
        // SAFETY: the child calls nothing but an atomic exchange and _exit.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let passed = gate.try_enter().is_some();
            // SAFETY: ends the child here.
            unsafe { libc::_exit(if passed { 0 } else { 1 }) };
        }
        assert!(child > 0);
        let mut status = 0;
        // SAFETY: `status` is a valid slot, and the child is this process's own.
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0, "the child waits for its parent's thread");
        assert_ne!(super::forks::count(), OPEN);
    }
}
