//! Readers of the IPC stream format.

use super::batch::nock_batch_t;
use super::error::nock_error_t;
use super::guard;
use super::handle::{self, Exclusive, Handle};
use super::ipc_read_options::{self, nock_ipc_read_options_t};
use super::pool::nock_pool_t;
use super::schema::nock_schema_t;
use super::status::nock_status_t;
use super::stream::nock_stream_t;
use crate::ipc::read::StreamReader;
use std::ptr::null;

/// Reads record batches in the order in which they were written.
///
/// *Exclusive*: may move between threads, one call at a time. Nothing else may read from its stream meanwhile. Its batches
/// outlive it.
/// Get one: nock_ipc_stream_reader_open. Release it: nock_ipc_stream_reader_free.
/// Use it: nock_ipc_stream_reader_next. Ask: nock_ipc_stream_reader_schema, nock_ipc_stream_reader_has_end_mark,
/// nock_ipc_stream_reader_num_messages, nock_ipc_stream_reader_num_batches, nock_ipc_stream_reader_num_dictionary_batches,
/// nock_ipc_stream_reader_num_columns_built, nock_ipc_stream_reader_num_buffers_copied.
pub struct nock_ipc_stream_reader_t {
    _opaque: [u8; 0],
}

impl Handle for nock_ipc_stream_reader_t {
    type Object = StreamReader;
    type Kind = Exclusive;
}

/// Open a stream of batches and read its schema.
///
/// @param stream   shared (adds a reference); read from its position on
/// @param pool     shared (adds a reference); may be NULL; for data that has to be copied
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the reader, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when the input does not begin with a schema
///         NOCK_ERR_UNSUPPORTED when the schema has something that this version does not know, the stream is not for
///         reading, or options has bits or fields that this library does not know
///         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL, or options are not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_reader_open(
    stream: *mut nock_stream_t,
    pool: *mut nock_pool_t,
    options: *const nock_ipc_read_options_t,
    out: *mut *mut nock_ipc_stream_reader_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(borrow_owner(stream))?;
        let pool = pool!(pool);
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_read_options::read(options) }?;
        out.put_exclusive(StreamReader::open(&stream, &pool, options)?)
    })
}

/// Read the next batch.
///
/// At the end, and every time after it, the call succeeds with *out == NULL. A batch that cannot be used (it is compressed,
/// or does not match the schema) gives an error, and the next call reads the next batch; after an error inside a message
/// every later call returns the same error.
///
/// Cost: from a map or a buffer no bytes of the batch are copied; otherwise its body is read. Columns are built and checked
/// when they are asked for.
///
/// @param reader  borrowed
/// @param out     receives the batch, owned; NULL at the end
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when the input violates the format or ends inside a message
///         NOCK_ERR_UNSUPPORTED when it has something that this version does not know
///         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the reader or the position of the stream
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_INVALID_ARGUMENT when reader or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_reader_next(
    reader: *mut nock_ipc_stream_reader_t,
    out: *mut *mut nock_batch_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let mut reader = arg!(exclusive(reader))?;
        if let Some(batch) = reader.next_batch()? {
            out.put_shared(batch);
        }
        Ok(())
    })
}

/// Read the schema of all batches.
///
/// @param reader  borrowed; may be NULL
/// @return the schema, borrowed while the reader lives; NULL when reader is NULL or in use by another call
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_reader_schema(
    reader: *const nock_ipc_stream_reader_t,
) -> *const nock_schema_t {
    // SAFETY: `reader` is NULL or a live handle (C contract).
    unsafe { guard::value_of(reader, null(), |reader| handle::address_of(reader.schema())) }
}

/// Ask whether the stream ended with a marker.
///
/// A stream that ends between two messages without one is accepted, but may be truncated.
///
/// @param reader  borrowed; may be NULL
/// @return whether nock_ipc_stream_reader_next has read the end-of-stream marker; false when reader is NULL or in use by
///         another call
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_reader_has_end_mark(
    reader: *const nock_ipc_stream_reader_t,
) -> bool {
    // SAFETY: `reader` is NULL or a live handle (C contract).
    unsafe { guard::value_of(reader, false, |reader| reader.end_mark_seen()) }
}

family! {
    /// Read how much was read.
    ///
    /// @param reader  borrowed; may be NULL
    /// @return the number named beside the function; 0 when reader is NULL or in use by another call
    for ($name:ident, $count:ident, $note:literal) in [
        (nock_ipc_stream_reader_num_messages, messages, "messages, the schema included"),
        (nock_ipc_stream_reader_num_batches, record_batches, "batches"),
        (nock_ipc_stream_reader_num_dictionary_batches, dictionary_batches, "dictionary batches"),
        (nock_ipc_stream_reader_num_columns_built, columns, "columns built on demand"),
        (nock_ipc_stream_reader_num_buffers_copied, copied_buffers, "buffers copied because they were not aligned"),
    ]
    pub unsafe extern "C" fn $name(reader: *const nock_ipc_stream_reader_t) -> u64 {
        // SAFETY: `reader` is NULL or a live handle (C contract).
        unsafe { guard::value_of(reader, 0, |reader| reader.stats().$count) }
    }
}
