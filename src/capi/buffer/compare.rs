//! Equality of buffers.

use super::nock_buffer_t;
use crate::capi::guard::value;
use crate::capi::handle;

/// Compare the bytes of two buffers.
///
/// Cost: reads both.
///
/// @param a  borrowed; may be NULL
/// @param b  borrowed; may be NULL
/// @return whether size and bytes are the same; false when one is NULL, or is being resized by another thread
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_equals(
    a: *const nock_buffer_t,
    b: *const nock_buffer_t,
) -> bool {
    // SAFETY: `a` is NULL or a live handle (C contract).
    let a = unsafe { handle::borrow_shared(a) };
    // SAFETY: `b` is NULL or a live handle (C contract).
    let b = unsafe { handle::borrow_shared(b) };
    value(false, || a.zip(b).is_some_and(|(a, b)| a.equals(b)))
}

/// Compare the first bytes of two buffers.
///
/// Cost: reads them.
///
/// @param a    borrowed; may be NULL
/// @param b    borrowed; may be NULL
/// @param len  how many bytes
/// @return whether both have len bytes and these are the same; false when one is NULL, or is being resized by another thread
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_equals_prefix(
    a: *const nock_buffer_t,
    b: *const nock_buffer_t,
    len: usize,
) -> bool {
    // SAFETY: `a` is NULL or a live handle (C contract).
    let a = unsafe { handle::borrow_shared(a) };
    // SAFETY: `b` is NULL or a live handle (C contract).
    let b = unsafe { handle::borrow_shared(b) };
    value(false, || {
        a.zip(b).is_some_and(|(a, b)| a.equals_prefix(b, len))
    })
}
