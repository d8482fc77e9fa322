//! Position and state.

use super::super::error::nock_error_t;
use super::super::guard::value;
use super::super::handle;
use super::super::status::nock_status_t;
use super::nock_stream_t;
use super::open::{self, nock_open_mode_t};
use crate::io::Stream;

/// Move the position.
///
/// @param stream    borrowed
/// @param position  bytes from the start
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when a buffer or a map is smaller than position; a file may be, and then reads nothing
///         there
///         NOCK_ERR_UNSUPPORTED when the stream cannot seek: pipes, sockets, buffer writers, and files that are only
///         written
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_seek(
    stream: *mut nock_stream_t,
    position: u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        stream.seek(position)?;
        Ok(())
    })
}

/// Read the position.
///
/// @param stream        borrowed
/// @param out_position  receives the bytes from the start; what was moved so far if the stream cannot seek
/// @param error         receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_INVALID_ARGUMENT when stream or out_position is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_tell(
    stream: *mut nock_stream_t,
    out_position: *mut u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_position = arg!(out_value(out_position))?;
        let stream = arg!(borrow(stream))?;
        out_position.give(stream.tell())
    })
}

/// Read how many bytes the stream has in all.
///
/// @param stream    borrowed
/// @param out_size  receives the bytes
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when it has no size: pipes, sockets and devices
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size or closing the stream
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_INVALID_ARGUMENT when stream or out_size is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_size(
    stream: *const nock_stream_t,
    out_size: *mut u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_size = arg!(out_value(out_size))?;
        let stream = arg!(borrow(stream))?;
        out_size.give(stream.size())
    })
}

/// Ask whether a stream was closed.
///
/// @param stream  borrowed; may be NULL
/// @return whether it was; false when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_is_closed(stream: *const nock_stream_t) -> bool {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    let stream = unsafe { handle::borrow_shared(stream) };
    value(false, || stream.is_some_and(Stream::is_closed))
}

/// Ask whether a stream can be read.
///
/// @param stream  borrowed; may be NULL
/// @return whether it is open, and for reading; false when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_is_readable(stream: *const nock_stream_t) -> bool {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    let stream = unsafe { handle::borrow_shared(stream) };
    value(false, || stream.is_some_and(Stream::is_readable))
}

/// Ask whether a stream can be written.
///
/// @param stream  borrowed; may be NULL
/// @return whether it is open, and for writing; false when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_is_writable(stream: *const nock_stream_t) -> bool {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    let stream = unsafe { handle::borrow_shared(stream) };
    value(false, || stream.is_some_and(Stream::is_writable))
}

/// Ask whether the position can be moved.
///
/// @param stream  borrowed; may be NULL
/// @return whether nock_stream_seek works; false when the stream is closed or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_is_seekable(stream: *const nock_stream_t) -> bool {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    let stream = unsafe { handle::borrow_shared(stream) };
    value(false, || stream.is_some_and(Stream::is_seekable))
}

/// Ask whether a stream lends its memory.
///
/// @param stream  borrowed; may be NULL
/// @return whether nock_stream_read_buffer, nock_stream_read_at_buffer and nock_stream_read_all give parts of the
///         stream's own memory instead of copies; false when the stream is closed or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_supports_zero_copy(stream: *const nock_stream_t) -> bool {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    let stream = unsafe { handle::borrow_shared(stream) };
    value(false, || stream.is_some_and(Stream::supports_zero_copy))
}

/// Read what a stream was opened for.
///
/// @param stream  borrowed; may be NULL
/// @return one of the NOCK_OPEN_ values, NOCK_OPEN_DEFAULT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_mode(stream: *const nock_stream_t) -> nock_open_mode_t {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    let stream = unsafe { handle::borrow_shared(stream) };
    value(open::DEFAULT, || {
        stream.map_or(open::DEFAULT, |stream| open::number_of(stream.mode()))
    })
}

/// Read the descriptor behind a stream.
///
/// @param stream  borrowed; may be NULL
/// @return the descriptor, which stays the stream's; -1 when the stream has none, is closed or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_fileno(stream: *const nock_stream_t) -> i32 {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    let stream = unsafe { handle::borrow_shared(stream) };
    value(-1, || stream.and_then(Stream::descriptor).unwrap_or(-1))
}
