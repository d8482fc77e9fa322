//! Streams over memory.

use super::nock_stream_t;
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::pool::nock_pool_t;
use crate::capi::status::nock_status_t;
use crate::io;

/// Read a buffer as a stream.
///
/// Buffers read from the stream are slices of the buffer; nothing is copied.
///
/// Cost: two allocations.
///
/// @param buffer  shared (adds a reference)
/// @param out     receives the stream, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_UNSUPPORTED when the CPU cannot read the buffer
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_open_buffer(
    buffer: *const nock_buffer_t,
    out: *mut *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let buffer = arg!(share(buffer))?;
        out.put_shared(io::open_buffer(buffer)?);
        Ok(())
    })
}

/// Write to a buffer that grows.
///
/// nock_stream_finish_buffer gives the buffer.
///
/// Cost: two allocations, and one from the pool for capacity.
///
/// @param capacity  bytes to make room for at once; 0 is allowed
/// @param pool      shared (adds a reference); may be NULL; kept alive by the stream and the buffer
/// @param out       receives the stream, owned
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_new_buffer_writer(
    capacity: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        out.put_shared(io::new_buffer_writer(&pool, capacity)?);
        Ok(())
    })
}

/// Write into a buffer of fixed size.
///
/// Writing starts at the first byte of the buffer. A write beyond the last byte gives NOCK_ERR_OUT_OF_RANGE and writes
/// nothing.
///
/// Cost: two allocations.
///
/// @param buffer  shared (adds a reference); mutable
/// @param out     receives the stream, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_UNSUPPORTED when the CPU cannot write the buffer
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or the buffer is immutable
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_new_fixed_writer(
    buffer: *mut nock_buffer_t,
    out: *mut *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let buffer = arg!(share(buffer))?;
        out.put_shared(io::new_fixed_writer(buffer)?);
        Ok(())
    })
}

/// Get the buffer of a buffer writer, and close the stream.
///
/// Called again, or after nock_stream_close, it gives the same buffer.
///
/// Cost: may copy the bytes when it returns unused capacity to the pool.
///
/// @param stream  borrowed
/// @param out     receives the buffer, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when the stream is no buffer writer
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory; the stream is not closed then
///         NOCK_ERR_BUSY when another call is using the stream
///         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_finish_buffer(
    stream: *mut nock_stream_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(borrow(stream))?;
        out.put_shared(stream.finish_buffer()?);
        Ok(())
    })
}
