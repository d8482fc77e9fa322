//! Streams over the bytes of buffers.

use super::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::capi::stream::nock_stream_t;
use crate::io;

/// Read the bytes of a buffer as a stream.
///
/// The same as nock_stream_open_buffer: buffers read from the stream are parts of this one, nothing is copied.
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
pub unsafe extern "C" fn nock_buffer_open_reader(
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

/// Write into the bytes of a mutable buffer as a stream, never beyond its size.
///
/// The same as nock_stream_new_fixed_writer.
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
pub unsafe extern "C" fn nock_buffer_open_writer(
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
