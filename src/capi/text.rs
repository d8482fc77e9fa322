//! Text with a length.

use super::guard;
use crate::error::Result;
use std::ffi::c_char;

/// Text or other bytes with a length; they may contain NUL. It owns nothing.
///
/// As a result it is borrowed from the object; data is NULL only if there is no such text. As an argument it is read during
/// the call only; (NULL, 0) is empty text.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_str_t {
    /// The first byte.
    pub data: *const c_char,
    /// The number of bytes.
    pub len: usize,
}

/// No text.
pub(super) const NONE: nock_str_t = nock_str_t {
    data: std::ptr::null(),
    len: 0,
};

/// Give borrowed bytes to the caller.
pub(super) fn of(bytes: &[u8]) -> nock_str_t {
    // An empty slice may point anywhere, which would puzzle readers of a debugger.
    let data = if bytes.is_empty() {
        c"".as_ptr()
    } else {
        bytes.as_ptr().cast()
    };
    nock_str_t {
        data,
        len: bytes.len(),
    }
}

impl nock_str_t {
    /// The caller's bytes.
    ///
    /// # Safety
    /// - `data` is NULL or a readable run of `len` bytes for the duration of the call.
    pub(super) unsafe fn bytes<'a>(self, name: &'static str) -> Result<&'a [u8]> {
        // SAFETY: same contract.
        unsafe { guard::bytes(self.data.cast(), self.len, name) }
    }
}
