//! A lock that a fork cannot leave closed behind in the child.
//!
//! What it guards is done in less than a microsecond and allocates nothing, so whoever waits tries again. The word says which
//! process the holder lives in: a holder of another process stayed behind in the parent when it forked.

#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const OPEN: u32 = 0;

#[derive(Debug)]
pub(super) struct Gate {
    holder: AtomicU32,
}

/// Opens the gate when it is dropped.
pub(super) struct Passing<'a> {
    gate: &'a Gate,
}

impl Gate {
    pub(super) const fn new() -> Self {
        Gate {
            holder: AtomicU32::new(OPEN),
        }
    }

    /// Wait until nobody else is inside.
    pub(super) fn enter(&self) -> Passing<'_> {
        const SPINS: u32 = 100;
        // No process has the number 0.
        let process = std::process::id();
        let mut tries = 0_u32;
        loop {
            let holder = self.holder.load(Ordering::Relaxed);
            let is_free = holder != process;
            let entered = is_free
                && self
                    .holder
                    .compare_exchange(holder, process, Ordering::Acquire, Ordering::Relaxed)
                    .is_ok();
            if entered {
                return Passing { gate: self };
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
        self.gate.holder.store(OPEN, Ordering::Release);
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
        gate.holder.store(std::process::id() + 1, Ordering::Relaxed);
        drop(gate.enter());
        assert_eq!(gate.holder.load(Ordering::Relaxed), OPEN);
    }
}
