//! Changing the size of files and maps.

use super::nock_stream_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;

/// Truncate a file, or extend it with zeros.
///
/// An extension takes no disk space before it is written. The position does not change.
///
/// @param stream  borrowed
/// @param size    the new size in bytes
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_UNSUPPORTED when the stream is not a file that is open for writing
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_truncate(
    stream: *mut nock_stream_t,
    size: u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        stream.truncate(size)
    })
}

/// Change the size of a file or a memory map.
///
/// Added bytes are zero, and their disk space is allocated at once, so that this call fails if the disk is full. A position
/// beyond the new size moves to the new end.
///
/// @param stream  borrowed
/// @param size    the new size in bytes
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_BUSY when buffers that are parts of the map are alive, or another call is using the stream
///         NOCK_ERR_IO when the operating system fails, for example because the disk is full; the size is then as it was
///         NOCK_ERR_UNSUPPORTED when the stream is not a file or a whole map that is open for writing
///         NOCK_ERR_OUT_OF_RANGE when size is larger than the address space
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_resize(
    stream: *mut nock_stream_t,
    size: u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        stream.resize(size)
    })
}
