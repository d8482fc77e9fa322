//! Which memory backend the environment asks for.

use std::ffi::CStr;

/// The value of an environment variable; `None` when it is unset or empty. It is to be read at once: the text belongs to
/// the environment, which the program may change later.
pub(crate) fn variable(name: &CStr) -> Option<&'static CStr> {
    // SAFETY: the name is NUL-terminated.
    let value = unsafe { libc::getenv(name.as_ptr()) };
    if value.is_null() {
        return None;
    }
    // SAFETY: getenv gives NUL-terminated text, which stays until the program changes the variable.
    let value = unsafe { CStr::from_ptr(value) };
    (!value.is_empty()).then_some(value)
}

/// The variable that names a backend, and the name; the second variable counts only without the first.
pub(crate) fn chosen_backend() -> Option<(&'static CStr, &'static CStr)> {
    [c"NOCK_DEFAULT_MEMORY_POOL", c"ARROW_DEFAULT_MEMORY_POOL"]
        .into_iter()
        .find_map(|name| Some((name, variable(name)?)))
}
