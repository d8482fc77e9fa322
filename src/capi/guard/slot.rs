//! Where a failure goes.

use crate::capi::error::{into_handle, nock_error_t};
use crate::capi::frame;
use crate::capi::status::{self, nock_status_t};
use crate::err;
use crate::error::{Error, Result};

/// The caller's `nock_error_t **`.
pub(in crate::capi) struct ErrorSlot {
    slot: *mut *mut nock_error_t,
}

impl ErrorSlot {
    /// # Safety
    /// - `slot` is NULL or a valid slot.
    pub(in crate::capi) unsafe fn new(slot: *mut *mut nock_error_t) -> Self {
        ErrorSlot { slot }
    }

    /// Run the body of a boundary function.
    #[inline]
    pub(in crate::capi) fn guard(self, body: impl FnOnce() -> Result<()>) -> nock_status_t {
        match frame::catch(body) {
            Ok(Ok(())) => status::OK,
            Ok(Err(error)) => self.report(error),
            Err(panic) => {
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
