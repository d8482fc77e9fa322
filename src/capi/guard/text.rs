//! Text of the caller, which ends in NUL.

use super::missing::null;
use crate::err;
use crate::error::Result;
use std::ffi::{CStr, c_char};

/// The caller's NUL-terminated text as bytes, as paths are.
///
/// # Safety
/// - `text` is NULL or NUL-terminated and readable for the duration of the call.
pub(in crate::capi) unsafe fn c_text<'a>(
    text: *const c_char,
    name: &'static str,
) -> Result<&'a CStr> {
    if text.is_null() {
        return Err(null(name));
    }
    // SAFETY: non-null and NUL-terminated (contract).
    Ok(unsafe { CStr::from_ptr(text) })
}

/// The caller's NUL-terminated UTF-8 text.
///
/// # Safety
/// - `text` is NULL or NUL-terminated and readable for the duration of the call.
pub(in crate::capi) unsafe fn text<'a>(text: *const c_char, name: &'static str) -> Result<&'a str> {
    // SAFETY: same contract.
    let text = unsafe { c_text(text, name) }?;
    match text.to_str() {
        Ok(text) => Ok(text),
        Err(error) => Err(err!(
            InvalidArgument,
            "{} is not UTF-8 after byte {}",
            name,
            error.valid_up_to()
        )),
    }
}

/// The caller's NUL-terminated UTF-8 text, or NULL for none.
///
/// # Safety
/// - `text` is NULL or NUL-terminated and readable for the duration of the call.
pub(in crate::capi) unsafe fn optional_text<'a>(
    text: *const c_char,
    name: &'static str,
) -> Result<Option<&'a str>> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: same contract.
    unsafe { self::text(text, name) }.map(Some)
}
