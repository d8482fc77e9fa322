//! Counts the forks of this process and of those that it comes from.

#[cfg(unix)]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicU32, Ordering};

/// Odd, so that it is never zero.
static FORKS: AtomicU32 = AtomicU32::new(1);

extern "C" fn count_fork() {
    FORKS.fetch_add(2, Ordering::Relaxed);
}

/// Register the handler. Without memory for it the next call tries again; a fork before that is not noticed.
///
/// A thread that finds no handler registers one, even if another thread is about to do so: it must not go on without one, since a
/// fork may come next. With several handlers a fork counts more than once.
#[cfg(unix)]
fn register() {
    static REGISTERED: AtomicBool = AtomicBool::new(false);
    if !REGISTERED.load(Ordering::Acquire) {
        // SAFETY: the function may be called at any time; the library is linked with `-z nodelete`, so that it stays where it is.
        let code = unsafe { libc::pthread_atfork(None, None, Some(count_fork)) };
        REGISTERED.store(code == 0, Ordering::Release);
    }
}

#[cfg(not(unix))]
fn register() {}

/// A number that is not zero, and another one in the child after each fork.
pub(super) fn count() -> u32 {
    register();
    FORKS.load(Ordering::Relaxed)
}
