//! Counts the forks of this process and of those that it comes from.

#[cfg(unix)]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicU32, Ordering};

/// Odd, so that it is never zero.
static FORKS: AtomicU32 = AtomicU32::new(1);

extern "C" fn count_fork() {
    FORKS.fetch_add(2, Ordering::Relaxed);
}

/// Without memory for the handler the next call tries again, and a fork before it is not noticed.
///
/// Nobody goes on before there is a handler, not even while another thread is about to set one: a fork would come in between.
/// Several threads may set it, and then a fork counts more than once.
#[cfg(unix)]
fn watch() {
    static WATCHED: AtomicBool = AtomicBool::new(false);
    if !WATCHED.load(Ordering::Acquire) {
        // SAFETY: the function may be called at any time; the library is linked with `-z nodelete`, so that it stays where it is.
        let code = unsafe { libc::pthread_atfork(None, None, Some(count_fork)) };
        WATCHED.store(code == 0, Ordering::Release);
    }
}

#[cfg(not(unix))]
fn watch() {}

/// A number that is not zero, and another one in the child after each fork.
pub(super) fn count() -> u32 {
    watch();
    FORKS.load(Ordering::Relaxed)
}
