//! Flushing.

use super::nock_stream_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;

/// Flush the stream: hand what was written to the operating system.
///
/// No stream of this library buffers writes, so this does nothing today.
///
/// @param stream  borrowed
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_flush(
    stream: *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        stream.flush()
    })
}

/// Put what was written on the storage device (fsync).
///
/// Does nothing for streams over memory.
///
/// Cost: waits for the device.
///
/// @param stream  borrowed
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_UNSUPPORTED when the stream has no storage device: pipes, sockets and devices
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size or closing the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_sync(
    stream: *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        stream.sync()
    })
}
