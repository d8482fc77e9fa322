//! The results of system calls.

/// A result whose failure is an errno.
pub(in crate::io) type SysResult<T> = std::result::Result<T, i32>;

/// The errno of the call that just failed on this thread.
pub(in crate::io) fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}
