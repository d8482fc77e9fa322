//! Writers of the IPC stream format.

use super::batch::nock_batch_t;
use super::error::nock_error_t;
use super::guard;
use super::handle::{self, Exclusive, Handle};
use super::ipc_write_options::{self, nock_ipc_write_options_t};
use super::metadata::nock_metadata_t;
use super::pool::nock_pool_t;
use super::schema::nock_schema_t;
use super::status::nock_status_t;
use super::stream::nock_stream_t;
use crate::ipc::write::StreamWriter;
use std::ptr::null;

/// Writes record batches one after the other, for readers that take them as they come.
///
/// *Exclusive*: may move between threads, one call at a time. Nobody else may write to its stream meanwhile.
/// Get one: nock_ipc_stream_writer_open. End it: nock_ipc_stream_writer_close, then nock_ipc_stream_writer_free.
/// Use it: nock_ipc_stream_writer_write_batch. Ask:
/// nock_ipc_stream_writer_schema, nock_ipc_stream_writer_num_messages, nock_ipc_stream_writer_num_batches,
/// nock_ipc_stream_writer_raw_body_bytes, nock_ipc_stream_writer_body_bytes.
pub struct nock_ipc_stream_writer_t {
    _opaque: [u8; 0],
}

impl Handle for nock_ipc_stream_writer_t {
    type Object = StreamWriter;
    type Kind = Exclusive;
}

/// Begin a stream of batches.
///
/// The schema is written at once.
///
/// @param stream   shared (adds a reference); written from its position on
/// @param schema   shared (adds a reference); the fields of every batch
/// @param pool     shared (adds a reference); may be NULL; for what has to be rearranged before it is written
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the writer, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when the stream is not for writing, the schema has a field of a type that this version
///         cannot write (the message names both), or options has bits or fields that this library does not know
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is using the position of the stream
///         NOCK_ERR_OUT_OF_RANGE when the stream has a fixed size and no room
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when a type is nested deeper than options allow, or the pool of the stream has a limit
///         NOCK_ERR_INVALID_ARGUMENT when stream, schema or out is NULL, or options are not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_open(
    stream: *mut nock_stream_t,
    schema: *const nock_schema_t,
    pool: *mut nock_pool_t,
    options: *const nock_ipc_write_options_t,
    out: *mut *mut nock_ipc_stream_writer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(borrow_owner(stream))?;
        let schema = arg!(borrow_owner(schema))?;
        let pool = pool!(pool);
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_write_options::read(options) }?;
        out.put_exclusive(StreamWriter::open(&stream, &schema, &pool, options)?)
    })
}

/// Write a batch.
///
/// A slice is written as if it were alone: no bytes before or behind it. What fails before the first byte leaves the writer
/// as it was; after a failed write the output is incomplete, and every later call reports that.
///
/// Cost: one gathered write; nothing is copied but bits that do not start at a byte, and offsets that do not start at 0.
///
/// @param writer    borrowed
/// @param batch     borrowed; its fields equal the writer's, metadata aside
/// @param metadata  borrowed; key and value pairs of this message; may be NULL, then those of the batch
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when writer or batch is NULL, the batch has other fields, or an array is shorter than
///         it says
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the writer or the stream was closed
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded, or the batch has more bytes than a message can have
///         NOCK_ERR_OUT_OF_RANGE when the stream has a fixed size and no room
///         NOCK_ERR_BUSY when another call is using the writer or the position of the stream
///         NOCK_ERR_CORRUPT when a column of a batch that was read cannot be built
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_write_batch(
    writer: *mut nock_ipc_stream_writer_t,
    batch: *const nock_batch_t,
    metadata: *const nock_metadata_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut writer = arg!(exclusive(writer))?;
        let batch = arg!(borrow(batch))?;
        // SAFETY: `metadata` is NULL or a live handle (C contract).
        let metadata = unsafe { handle::borrow_shared(metadata) };
        writer.write_batch(batch, metadata)
    })
}

/// Write the mark for the end and flush.
///
/// The stream stays open. Closing again does nothing; a reader of a stream without it cannot tell whether something is missing.
///
/// @param writer  borrowed
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when the pool of the stream has a limit
///         NOCK_ERR_OUT_OF_RANGE when the stream has a fixed size and no room
///         NOCK_ERR_BUSY when another call is using the writer or the position of the stream
///         NOCK_ERR_INVALID_ARGUMENT when writer is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_close(
    writer: *mut nock_ipc_stream_writer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut writer = arg!(exclusive(writer))?;
        writer.close()
    })
}

/// Read the schema.
///
/// @param writer  borrowed; may be NULL
/// @return the schema, borrowed until the writer ends; NULL when writer is NULL or in use by another call
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_schema(
    writer: *const nock_ipc_stream_writer_t,
) -> *const nock_schema_t {
    // SAFETY: `writer` is NULL or a live handle (C contract).
    unsafe { guard::value_of(writer, null(), |writer| handle::address_of(writer.schema())) }
}

/// Read how many messages were written, the schema included.
///
/// @param writer  borrowed; may be NULL
/// @return the number; 0 when writer is NULL or in use by another call
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_num_messages(
    writer: *const nock_ipc_stream_writer_t,
) -> u64 {
    // SAFETY: `writer` is NULL or a live handle (C contract).
    unsafe { guard::value_of(writer, 0, |writer| writer.stats().messages) }
}

/// Read how many batches were written.
///
/// @param writer  borrowed; may be NULL
/// @return the number; 0 when writer is NULL or in use by another call
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_num_batches(
    writer: *const nock_ipc_stream_writer_t,
) -> u64 {
    // SAFETY: `writer` is NULL or a live handle (C contract).
    unsafe { guard::value_of(writer, 0, |writer| writer.stats().record_batches) }
}

/// Read how many bytes the buffers of all batches had.
///
/// @param writer  borrowed; may be NULL
/// @return the number; 0 when writer is NULL or in use by another call
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_raw_body_bytes(
    writer: *const nock_ipc_stream_writer_t,
) -> u64 {
    // SAFETY: `writer` is NULL or a live handle (C contract).
    unsafe { guard::value_of(writer, 0, |writer| writer.stats().raw_body_bytes) }
}

/// Read how many bytes the bodies of all batches took, padding included.
///
/// @param writer  borrowed; may be NULL
/// @return the number; 0 when writer is NULL or in use by another call
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_body_bytes(
    writer: *const nock_ipc_stream_writer_t,
) -> u64 {
    // SAFETY: `writer` is NULL or a live handle (C contract).
    unsafe { guard::value_of(writer, 0, |writer| writer.stats().body_bytes) }
}

/// End a writer.
///
/// What it has not written stays unwritten: call nock_ipc_stream_writer_close before.
///
/// @param writer  consumed; may be NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_stream_writer_free(writer: *mut nock_ipc_stream_writer_t) {
    // SAFETY: `writer` is NULL or a live handle that is not used afterwards (C contract).
    unsafe { handle::free(writer) };
}
