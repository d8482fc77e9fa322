//! The frame around every boundary function: panics become statuses, errors become handles, arguments are checked.
//!
//! The frame itself is here; what checks an argument, or gives a result to the caller, stands with its like in the files below.

mod memory;
mod object;
mod output;
mod text;

pub(super) use memory::{
    block, bytes, bytes_mut, items, optional_bytes, optional_items, outside_of_builder, plain,
};
pub(super) use object::{borrow, borrow_owner, consume, exclusive, pool, share, value_of};
pub(super) use output::{in_out, out, out_value, put_if_wanted};
pub(super) use text::{c_text, optional_text, text};

use super::error::{into_handle, nock_error_t};
use super::status::{self, nock_status_t};
use crate::err;
use crate::error::{Error, Result};
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

/// The caller's `nock_error_t **`.
pub(super) struct ErrorSlot {
    slot: *mut *mut nock_error_t,
}

impl ErrorSlot {
    /// # Safety
    /// - `slot` is NULL or a valid slot.
    pub(super) unsafe fn new(slot: *mut *mut nock_error_t) -> Self {
        ErrorSlot { slot }
    }

    /// Run the body of a boundary function.
    #[inline]
    pub(super) fn guard(self, body: impl FnOnce() -> Result<()>) -> nock_status_t {
        install_quiet_hook();
        match catch_unwind(AssertUnwindSafe(body)) {
            Ok(Ok(())) => status::OK,
            Ok(Err(error)) => self.report(error),
            Err(panic) => {
                // The payload's own drop may panic too; forgetting it leaks a few bytes on a path that is a bug anyway.
                std::mem::forget(panic);
                self.report(err!(Internal, "a bug in the library made this call fail"))
            }
        }
    }

    #[cold]
    fn report(self, error: Error) -> nock_status_t {
        if self.slot.is_null() {
            return status::of(error.kind());
        }
        let (handle, status) = into_handle(error);
        // SAFETY: a valid slot (contract of new).
        unsafe { *self.slot = handle };
        status
    }
}

/// Run the body of a function that cannot report a failure; a panic gives `fallback`.
#[inline]
pub(super) fn value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    install_quiet_hook();
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => value,
        Err(panic) => {
            std::mem::forget(panic);
            fallback
        }
    }
}

#[cold]
#[inline(never)]
fn null(name: &'static str) -> Error {
    err!(InvalidArgument, "{} must not be NULL", name)
}

/// A function that a set of callbacks must have.
pub(super) fn function<F>(function: Option<F>, name: &'static str) -> Result<F> {
    function.ok_or_else(|| null(name))
}
