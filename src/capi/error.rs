//! Error objects.

use super::frame::value;
use super::handle::{self, Exclusive, Handle};
use super::status::{self, nock_status_t};
use crate::alloc::Text;
use crate::error::Error;
use std::ffi::c_char;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// What went wrong in one call: status, one line of text, and the numbers behind it.
///
/// *Exclusive*: may move between threads, one call at a time.
/// Get one: pass the address of a `nock_error_t *` as the last argument of any fallible call. Release it: nock_error_free.
/// Read it: nock_error_status, nock_error_message, nock_error_os_code, nock_error_callback_status.
pub struct nock_error_t {
    _opaque: [u8; 0],
}

/// What a `nock_error_t` points to.
#[derive(Debug)]
pub struct ErrorObject {
    error: Error,
    /// Rendered on demand; `None` inside when there was no memory for it.
    message: OnceLock<Option<Vec<u8>>>,
}

/// Nothing ever takes exclusive use of one: what is rendered on demand is behind a lock.
impl Handle for nock_error_t {
    type Object = ErrorObject;
    type Kind = Exclusive;
}

/// What a caller gets when there is not even memory for an error object. Freeing it does nothing.
static NO_MEMORY: ErrorObject = ErrorObject {
    error: Error::OUT_OF_MEMORY,
    message: OnceLock::new(),
};

impl ErrorObject {
    fn message(&self) -> *const c_char {
        let rendered = self.message.get_or_init(|| {
            if self.error.is_bare_out_of_memory() {
                return None;
            }
            let mut text = Text::new();
            write!(text, "{}", self.error).ok()?;
            text.try_into_c().ok()
        });
        match rendered {
            Some(text) => text.as_ptr().cast(),
            None => c"out of memory".as_ptr(),
        }
    }
}

/// Turn an error into an owned handle and its status. Never fails: both say so when there is no memory for the handle.
pub(super) fn into_handle(error: Error) -> (*mut nock_error_t, nock_status_t) {
    let status = status::of(error.kind());
    let object = ErrorObject {
        error,
        message: OnceLock::new(),
    };
    match handle::new_exclusive(object) {
        Ok(handle) => (handle, status),
        Err(_) => {
            let no_memory = (&raw const NO_MEMORY).cast_mut().cast();
            (no_memory, status::of(NO_MEMORY.error.kind()))
        }
    }
}

fn is_static(error: *const nock_error_t) -> bool {
    std::ptr::eq(error.cast(), &raw const NO_MEMORY)
}

family! {
    /// Read a number behind an error.
    ///
    /// @param error  borrowed; may be NULL
    /// @return the number named beside the function; 0, which is NOCK_OK, when error is NULL
    for ($name:ident, $number:ty, $read:expr, $note:literal) in [
        (nock_error_status, nock_status_t, |object| status::of(object.error.kind()), "what the failing call returned"),
        (nock_error_os_code, i32, |object| object.error.os_code(), "errno (or GetLastError) of a failed system call, else 0"),
        (nock_error_callback_status, i32, |object| object.error.callback_status(), "what the failing callback returned, else 0"),
    ]
    pub unsafe extern "C" fn $name(error: *const nock_error_t) -> $number {
        // SAFETY: `error` is NULL or a live handle, and errors never change (C contract, Handle).
        let object = unsafe { handle::peek(error) };
        value(0, || object.map_or(0, $read))
    }
}

/// Read what went wrong, as one line of UTF-8 text.
///
/// Cost: the first call renders the text, with one allocation.
///
/// @param error  borrowed; may be NULL
/// @return the text, borrowed until the error is freed; empty text when error is NULL, never NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_error_message(error: *const nock_error_t) -> *const c_char {
    // SAFETY: `error` is NULL or a live handle (C contract).
    let object = unsafe { handle::peek(error) };
    value(c"".as_ptr(), || {
        object.map_or(c"".as_ptr(), ErrorObject::message)
    })
}

/// Free an error.
///
/// @param error  consumed; may be NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_error_free(error: *mut nock_error_t) {
    if is_static(error) {
        return;
    }
    // SAFETY: `error` is NULL or a live handle that is not used afterwards (C contract).
    unsafe { handle::free(error) };
}
