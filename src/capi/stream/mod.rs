//! Streams.

use super::error::nock_error_t;
use super::handle::{Handle, Shared};
use super::status::nock_status_t;
use crate::io::Stream;

pub mod open;
pub mod map;
pub mod memory;
pub mod read;
pub mod write;
pub mod flush;
pub mod resize;
pub mod state;

/// A source or sink of bytes: a file, a memory map, a buffer.
///
/// *Shared*: any function, any threads, at once. Calls that use the position of the stream, change its size or close it do
/// not wait for each other: the later one returns NOCK_ERR_BUSY. Calls that take an offset run concurrently with each other
/// and with one that uses the position.
/// Get one: nock_stream_open_path, nock_stream_open_fd, nock_stream_open_mmap, nock_stream_create_mmap,
/// nock_stream_open_buffer, nock_stream_new_buffer_writer, nock_stream_new_fixed_writer, nock_buffer_open_reader,
/// nock_buffer_open_writer. Keep it: nock_stream_ref. Release it: nock_stream_close, then nock_stream_unref.
/// Read: nock_stream_read, nock_stream_read_exact, nock_stream_read_buffer, nock_stream_read_all, nock_stream_skip, and with
/// an offset nock_stream_read_at, nock_stream_read_at_buffer. Write: nock_stream_write, nock_stream_write_buffer,
/// nock_stream_write_vectored, nock_stream_write_at, nock_stream_flush, nock_stream_sync, nock_stream_truncate,
/// nock_stream_resize, nock_stream_finish_buffer. Position: nock_stream_seek, nock_stream_tell, nock_stream_size. Ask:
/// nock_stream_is_closed, nock_stream_is_readable, nock_stream_is_writable, nock_stream_is_seekable,
/// nock_stream_supports_zero_copy, nock_stream_mode, nock_stream_fileno.
pub struct nock_stream_t {
    _opaque: [u8; 0],
}

impl Handle for nock_stream_t {
    type Object = Stream;
    type Kind = Shared;
}

/// Close a stream and report errors.
///
/// The stream is closed even if an error is reported; closing it again does nothing. Later calls give NOCK_ERR_CLOSED.
/// Buffers that were read stay valid. Closing does not put data on the storage device: see nock_stream_sync.
///
/// @param stream  borrowed
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system reports that data written before was lost
///         NOCK_ERR_BUSY when another call is using the stream; it is not closed then
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_close(
    stream: *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        stream.close()
    })
}
