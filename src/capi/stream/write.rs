//! Writing.

use super::nock_stream_t;
use crate::alloc::{VecExt, vec_with_capacity};
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::status::nock_status_t;
use std::ffi::c_void;

/// A run of the caller's bytes.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_bytes_t {
    /// The first byte; may be NULL when len is 0.
    pub data: *const c_void,
    /// How many there are.
    pub len: usize,
}

/// Write at the position.
///
/// Writes all bytes or fails; a failed write to a file may have written a part, and nock_stream_tell says how much. It
/// raises no SIGPIPE or SIGXFSZ.
///
/// @param stream  borrowed
/// @param data    borrowed; readable for len bytes; may be NULL when len is 0
/// @param len     bytes
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails, for example because the disk is full or the other end of a pipe is
///         closed, or a mapped file was truncated
///         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
///         NOCK_ERR_OUT_OF_MEMORY when a buffer writer has no memory; nothing is written then
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_UNSUPPORTED when the stream is not open for writing
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or data is NULL and len is not 0, or the buffer of a fixed
///         writer was made immutable
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_write(
    stream: *mut nock_stream_t,
    data: *const c_void,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        let data = arg!(bytes(data, len))?;
        stream.write(data)
    })
}

/// Write the bytes of a buffer at the position.
///
/// Otherwise like nock_stream_write.
///
/// @param stream  borrowed
/// @param buffer  borrowed
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_BUSY when another thread is resizing the buffer
///         NOCK_ERR_INVALID_ARGUMENT when stream or buffer is NULL
///         any status of nock_stream_write, for the same reason
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_write_buffer(
    stream: *mut nock_stream_t,
    buffer: *const nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        let buffer = arg!(borrow(buffer))?;
        stream.write(&buffer.bytes()?)
    })
}

/// Write several runs of bytes at the position, in order.
///
/// Like writev: the runs are not joined in memory. Otherwise like nock_stream_write.
///
/// Cost: one allocation for the list.
///
/// @param stream    borrowed
/// @param runs      borrowed; num_runs runs; may be NULL when num_runs is 0
/// @param num_runs  how many
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the list of runs; nothing is written then
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, runs is NULL and num_runs is not 0, or a run has a length but
///         no data
///         any status of nock_stream_write, for the same reason
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_write_vectored(
    stream: *mut nock_stream_t,
    runs: *const nock_bytes_t,
    num_runs: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        let runs = arg!(items(runs, num_runs))?;
        let mut slices = vec_with_capacity(runs.len())?;
        for run in runs {
            // SAFETY: each run is a readable run (C contract).
            slices.try_push(unsafe { guard::bytes(run.data, run.len, "data of a run") }?)?;
        }
        stream.write_vectored(&slices)
    })
}

/// Write at an offset.
///
/// The position stays. Any number of threads may do this at once; if two write the same bytes, either result may remain.
///
/// @param stream  borrowed
/// @param offset  where to write, from the start
/// @param data    borrowed; readable for len bytes; may be NULL when len is 0
/// @param len     bytes
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails, for example because the disk is full or the other end of a pipe is
///         closed, or a mapped file was truncated
///         NOCK_ERR_OUT_OF_RANGE when a map or a fixed writer has no room for all bytes; nothing is written then
///         NOCK_ERR_UNSUPPORTED when the stream is not open for writing, or has no offsets: pipes, sockets, buffer
///         writers, and files that are appended to
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size or closing the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or data is NULL and len is not 0, or the buffer of a fixed
///         writer was made immutable
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_write_at(
    stream: *mut nock_stream_t,
    offset: u64,
    data: *const c_void,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        let data = arg!(bytes(data, len))?;
        stream.write_at(offset, data)
    })
}
