//! Status codes.

use crate::error::ErrorKind;
use std::ffi::c_char;

/// The result of a call: NOCK_OK or one of the NOCK_ERR_ values.
///
/// A newer library may return values that this header does not list: treat them as failures.
pub type nock_status_t = i32;

/// Every status. Numbers below 100 are stable; retired ones stay reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_status_values {
    /// Success.
    NOCK_OK = 0,
    /// An argument is not acceptable; the message names it.
    NOCK_ERR_INVALID_ARGUMENT = 1,
    /// An index or range lies outside the object.
    NOCK_ERR_OUT_OF_RANGE = 2,
    /// The allocator had no memory; nothing changed.
    NOCK_ERR_OUT_OF_MEMORY = 3,
    /// A limit of a pool or of the options would be exceeded; nothing changed.
    NOCK_ERR_LIMIT = 4,
    /// The operating system or the other end failed; nock_error_os_code has its number.
    NOCK_ERR_IO = 5,
    /// There is no such file, name or item.
    NOCK_ERR_NOT_FOUND = 6,
    /// The object was closed before.
    NOCK_ERR_CLOSED = 7,
    /// Another call is using the object, or something still refers to it.
    NOCK_ERR_BUSY = 8,
    /// Input violates its format; the message says where, what was expected and what was found.
    NOCK_ERR_CORRUPT = 9,
    /// The library cannot do this with this object, or not at all.
    NOCK_ERR_UNSUPPORTED = 10,
    /// A callback failed; nock_error_callback_status has what it returned.
    NOCK_ERR_CALLBACK = 11,
    /// The operation was cancelled.
    NOCK_ERR_CANCELLED = 12,
    /// A bug in the library: the call had no effect that can be relied on.
    NOCK_ERR_INTERNAL = 100,
    /// Statuses of the caller's callbacks start here; they come back as NOCK_ERR_CALLBACK.
    NOCK_CALLBACK_STATUS_BASE = 1000,
}

use nock_status_values::*;

pub(super) const OK: nock_status_t = NOCK_OK as nock_status_t;

/// The status of a kind of error.
pub(super) fn of(kind: ErrorKind) -> nock_status_t {
    let status = match kind {
        ErrorKind::InvalidArgument => NOCK_ERR_INVALID_ARGUMENT,
        ErrorKind::OutOfRange => NOCK_ERR_OUT_OF_RANGE,
        ErrorKind::OutOfMemory => NOCK_ERR_OUT_OF_MEMORY,
        ErrorKind::Limit => NOCK_ERR_LIMIT,
        ErrorKind::Io => NOCK_ERR_IO,
        ErrorKind::NotFound => NOCK_ERR_NOT_FOUND,
        ErrorKind::Closed => NOCK_ERR_CLOSED,
        ErrorKind::Busy => NOCK_ERR_BUSY,
        ErrorKind::Corrupt => NOCK_ERR_CORRUPT,
        ErrorKind::Unsupported => NOCK_ERR_UNSUPPORTED,
        ErrorKind::Callback => NOCK_ERR_CALLBACK,
        ErrorKind::Cancelled => NOCK_ERR_CANCELLED,
        ErrorKind::Internal => NOCK_ERR_INTERNAL,
    };
    status as nock_status_t
}

/// Name a status.
///
/// @param status  any number
/// @return static text such as "NOCK_ERR_IO"; "NOCK_ERR_UNKNOWN" for a number that this library does not know
#[unsafe(no_mangle)]
pub extern "C" fn nock_status_name(status: nock_status_t) -> *const c_char {
    let name = match status {
        0 => c"NOCK_OK",
        1 => c"NOCK_ERR_INVALID_ARGUMENT",
        2 => c"NOCK_ERR_OUT_OF_RANGE",
        3 => c"NOCK_ERR_OUT_OF_MEMORY",
        4 => c"NOCK_ERR_LIMIT",
        5 => c"NOCK_ERR_IO",
        6 => c"NOCK_ERR_NOT_FOUND",
        7 => c"NOCK_ERR_CLOSED",
        8 => c"NOCK_ERR_BUSY",
        9 => c"NOCK_ERR_CORRUPT",
        10 => c"NOCK_ERR_UNSUPPORTED",
        11 => c"NOCK_ERR_CALLBACK",
        12 => c"NOCK_ERR_CANCELLED",
        100 => c"NOCK_ERR_INTERNAL",
        _ => c"NOCK_ERR_UNKNOWN",
    };
    name.as_ptr()
}

#[cfg(test)]
mod tests {
    use super::{OK, of};
    use crate::error::ErrorKind;

    #[test]
    fn numbers_and_kinds_agree() {
        let kinds = (-1..1100).filter_map(|number| Some((number, ErrorKind::of_number(number)?)));
        let mut count = 0;
        for (number, kind) in kinds {
            assert_eq!(of(kind), number);
            count += 1;
        }
        assert_eq!((count, ErrorKind::of_number(OK)), (13, None));
    }
}
