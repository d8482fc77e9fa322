//! What keeps a panic inside the library: the frame around the body of every boundary function.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static QUIET: Once = Once::new();

/// Whether `QUIET` is done; a plain byte, since every boundary function looks at it.
static IS_QUIET: AtomicBool = AtomicBool::new(false);

/// Keep a caught panic from printing: the library never writes to the host's stderr.
///
/// Inside the shared and static library std is private to us, so the hook concerns nobody else.
#[inline]
fn install_quiet_hook() {
    if !IS_QUIET.load(Ordering::Relaxed) {
        install_now();
    }
}

#[cold]
#[inline(never)]
fn install_now() {
    QUIET.call_once(|| {
        // A Box of a function pointer without captured state: no allocation.
        let silent: Box<dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync> =
            match crate::alloc::try_box(|_: &std::panic::PanicHookInfo<'_>| {}) {
                Ok(hook) => hook,
                Err(_) => return,
            };
        std::panic::set_hook(silent);
        IS_QUIET.store(true, Ordering::Relaxed);
    });
}

/// Run a body. The payload of a panic must be forgotten: its own drop may panic too, and a leak of a few bytes on a path
/// that is a bug anyway is the lesser evil.
#[inline]
pub(super) fn catch<T>(body: impl FnOnce() -> T) -> std::thread::Result<T> {
    install_quiet_hook();
    catch_unwind(AssertUnwindSafe(body))
}

/// Run the body of a function that cannot report a failure; a panic gives `fallback`.
#[inline]
pub(super) fn value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    match catch(body) {
        Ok(value) => value,
        Err(panic) => {
            std::mem::forget(panic);
            fallback
        }
    }
}
