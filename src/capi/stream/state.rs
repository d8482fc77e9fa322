//! Position and state.

use super::nock_stream_t;
use super::open::{self, nock_open_mode_t};
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::status::nock_status_t;
use crate::io::Stream;

/// Move the position.
///
/// @param stream    borrowed
/// @param position  bytes from the start
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when a buffer or a map is smaller than position; for a file it may be: reads give 0 bytes
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
        stream.seek(position)
    })
}

/// Read the position.
///
/// @param stream        borrowed
/// @param out_position  receives the bytes from the start; if the stream cannot seek, the bytes read or written so far
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
        out_position.put(stream.tell()?);
        Ok(())
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
        out_size.put(stream.size()?);
        Ok(())
    })
}

family! {
    /// Ask what a stream can do.
    ///
    /// With zero copy, nock_stream_read_buffer, nock_stream_read_at_buffer and nock_stream_read_all give parts of the
    /// stream's memory instead of copies.
    ///
    /// @param stream  borrowed; may be NULL
    /// @return whether it is so; false when stream is NULL
    for ($name:ident, $ask:expr, $note:literal) in [
        (nock_stream_is_closed, Stream::is_closed, "it was closed"),
        (nock_stream_is_readable, Stream::is_readable, "it is open, and for reading"),
        (nock_stream_is_writable, Stream::is_writable, "it is open, and for writing"),
        (nock_stream_is_seekable, Stream::is_seekable, "it is open, and nock_stream_seek works"),
        (nock_stream_supports_zero_copy, Stream::supports_zero_copy, "it is open, and reads buffers without a copy"),
    ]
    pub unsafe extern "C" fn $name(stream: *const nock_stream_t) -> bool {
        // SAFETY: `stream` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(stream, false, $ask) }
    }
}

/// Read what a stream was opened for.
///
/// @param stream  borrowed; may be NULL
/// @return one of the NOCK_OPEN_ values, NOCK_OPEN_DEFAULT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_mode(stream: *const nock_stream_t) -> nock_open_mode_t {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    unsafe {
        guard::value_of_shared(stream, open::DEFAULT, |stream| {
            open::number_of(stream.mode())
        })
    }
}

/// Get the file descriptor of a stream.
///
/// @param stream  borrowed; may be NULL
/// @return the descriptor, borrowed; -1 when the stream has none, is closed or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_fileno(stream: *const nock_stream_t) -> i32 {
    // SAFETY: `stream` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(stream, -1, |stream| stream.descriptor().unwrap_or(-1)) }
}
