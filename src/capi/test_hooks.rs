//! Deliberate bugs, for the test that proves what a bug costs: `c_tests/hooks/panic.c`.
//!
//! Only a build with the feature `test-hooks` has these functions; no header declares them.
#![expect(clippy::panic, reason = "panicking is what these functions are for")]

use super::error::nock_error_t;
use super::guard;
use super::status::nock_status_t;

/// Panic inside a fallible call.
///
/// @param error  receives details, owned; may be NULL
/// @return NOCK_ERR_INTERNAL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_test_hooks_panic(error: *mut *mut nock_error_t) -> nock_status_t {
    guarded!(error, || panic!("deliberate"))
}

/// Panic inside a getter.
///
/// @param fallback  any number
/// @return fallback
#[unsafe(no_mangle)]
pub extern "C" fn nock_test_hooks_panic_in_getter(fallback: i32) -> i32 {
    guard::value(fallback, || panic!("deliberate"))
}

/// Panic with a payload whose own destructor panics.
///
/// @param error  receives details, owned; may be NULL
/// @return NOCK_ERR_INTERNAL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_test_hooks_panic_twice(
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    struct Payload;
    impl Drop for Payload {
        fn drop(&mut self) {
            panic!("deliberate, while the first panic is cleaned up");
        }
    }
    guarded!(error, || std::panic::panic_any(Payload))
}
