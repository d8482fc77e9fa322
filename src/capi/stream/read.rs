//! Reading.

use super::nock_stream_t;
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::pool::nock_pool_t;
use crate::capi::status::nock_status_t;
use std::ffi::c_void;

/// Read at the position.
///
/// Files, maps and buffers give cap bytes, and fewer only at their end; pipes, sockets and terminals give what is available,
/// and wait only if there is nothing.
///
/// @param stream  borrowed
/// @param dst     borrowed; writable for cap bytes; may be NULL when cap is 0
/// @param cap     bytes wanted
/// @param out_n   receives how many were read; 0 only at the end, or when cap is 0
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated; the position of a seekable stream
///         does not move
///         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL, or dst is NULL and cap is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_read(
    stream: *mut nock_stream_t,
    dst: *mut c_void,
    cap: usize,
    out_n: *mut usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_n = arg!(out_value(out_n))?;
        let stream = arg!(borrow(stream))?;
        let dst = arg!(bytes_mut(dst, cap))?;
        out_n.put(stream.read(dst)?);
        Ok(())
    })
}

/// Read exactly len bytes.
///
/// @param stream  borrowed
/// @param dst     borrowed; writable for len bytes; may be NULL when len is 0
/// @param len     bytes wanted
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the stream ends too early, with OS code 0; dst is undefined and the position at the end then
///         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
///         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream is NULL, or dst is NULL and len is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_read_exact(
    stream: *mut nock_stream_t,
    dst: *mut c_void,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let stream = arg!(borrow(stream))?;
        let dst = arg!(bytes_mut(dst, len))?;
        stream.read_exact(dst)
    })
}

/// Read at the position into a buffer.
///
/// A stream over memory (nock_stream_supports_zero_copy) gives a part of it; others give a copy in memory of
/// the pool, which is taken for no more than the stream has, however large len is.
///
/// Cost: one small allocation for a zero-copy stream; otherwise one more from the pool, and a copy.
///
/// @param stream  borrowed
/// @param len     bytes wanted; the buffer has fewer only at the end of the stream
/// @param pool    shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out     receives the buffer, owned; empty at the end
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_read_buffer(
    stream: *mut nock_stream_t,
    len: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(borrow(stream))?;
        let pool = pool!(pool);
        out.put_shared(stream.read_buffer(len, &pool)?);
        Ok(())
    })
}

/// Read everything from the position to the end.
///
/// Otherwise like nock_stream_read_buffer.
///
/// Cost: as nock_stream_read_buffer.
///
/// @param stream  borrowed
/// @param pool    shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out     receives the buffer, owned; empty at the end
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_read_all(
    stream: *mut nock_stream_t,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(borrow(stream))?;
        let pool = pool!(pool);
        out.put_shared(stream.read_all(&pool)?);
        Ok(())
    })
}

/// Read at an offset.
///
/// Does not use the position. Any number of threads may call this at once.
///
/// @param stream  borrowed
/// @param offset  where to read, from the start
/// @param dst     borrowed; writable for cap bytes; may be NULL when cap is 0
/// @param cap     bytes wanted
/// @param out_n   receives how many were read; fewer than cap only at the end
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when offset is beyond the end of a buffer or a map; a file gives 0 bytes there
///         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
///         NOCK_ERR_UNSUPPORTED when the stream is not open for reading, or has no offsets, like pipes and sockets
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size or closing the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL, or dst is NULL and cap is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_read_at(
    stream: *const nock_stream_t,
    offset: u64,
    dst: *mut c_void,
    cap: usize,
    out_n: *mut usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_n = arg!(out_value(out_n))?;
        let stream = arg!(borrow(stream))?;
        let dst = arg!(bytes_mut(dst, cap))?;
        out_n.put(stream.read_at(offset, dst)?);
        Ok(())
    })
}

/// Read at an offset into a buffer.
///
/// Does not use the position. Any number of threads may call this at once. A stream over memory
/// (nock_stream_supports_zero_copy) gives a part of it; others give a copy in memory of the pool, which is taken for no more
/// than the stream has, however large len is.
///
/// Cost: as nock_stream_read_buffer; for a map, also a look at the size of its file.
///
/// @param stream  borrowed
/// @param offset  where to read, from the start
/// @param len     bytes wanted; the buffer has fewer only at the end of the stream
/// @param pool    shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out     receives the buffer, owned; empty at the end
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when offset is beyond the end of a buffer or a map; a file gives 0 bytes there
///         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_UNSUPPORTED when the stream is not open for reading, or has no offsets, like pipes and sockets
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size or closing the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_read_at_buffer(
    stream: *const nock_stream_t,
    offset: u64,
    len: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(borrow(stream))?;
        let pool = pool!(pool);
        out.put_shared(stream.read_at_buffer(offset, len, &pool)?);
        Ok(())
    })
}

/// Move the position forward.
///
/// Works on every stream that can be read: those that cannot seek read and discard.
///
/// @param stream  borrowed
/// @param len     bytes to skip
/// @param out_n   receives how many were skipped; fewer than len only at the end
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails, or a mapped file was truncated
///         NOCK_ERR_UNSUPPORTED when the stream is not open for reading
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream or out_n is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_skip(
    stream: *mut nock_stream_t,
    len: u64,
    out_n: *mut u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_n = arg!(out_value(out_n))?;
        let stream = arg!(borrow(stream))?;
        out_n.put(stream.skip(len)?);
        Ok(())
    })
}
