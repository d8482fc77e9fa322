//! Writers of the IPC stream format and of the IPC file format.

use super::batch::nock_batch_t;
use super::error::nock_error_t;
use super::guard;
use super::handle::{self, Exclusive, Handle};
use super::ipc_write_options::{self, nock_ipc_write_options_t};
use super::metadata::{self, nock_metadata_t};
use super::pool::nock_pool_t;
use super::schema::nock_schema_t;
use super::status::nock_status_t;
use super::stream::nock_stream_t;
use crate::ipc::write::{FileWriter, StreamWriter};
use std::ptr::null;

/// Writes record batches in the Arrow stream format.
///
/// *Exclusive*: may move between threads, one call at a time. Nothing else may write to its stream meanwhile.
/// Get one: nock_ipc_stream_writer_open. Release it: nock_ipc_stream_writer_close, then nock_ipc_stream_writer_free.
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

/// Writes record batches as an Arrow file: batches that can be read in any order.
///
/// *Exclusive*: may move between threads, one call at a time. Nothing else may write to its stream meanwhile.
/// Get one: nock_ipc_file_writer_open. Release it: nock_ipc_file_writer_close, then nock_ipc_file_writer_free.
/// Use it: nock_ipc_file_writer_write_batch, nock_ipc_file_writer_set_footer_metadata. Ask:
/// nock_ipc_file_writer_schema, nock_ipc_file_writer_num_messages, nock_ipc_file_writer_num_batches,
/// nock_ipc_file_writer_raw_body_bytes, nock_ipc_file_writer_body_bytes.
pub struct nock_ipc_file_writer_t {
    _opaque: [u8; 0],
}

impl Handle for nock_ipc_file_writer_t {
    type Object = FileWriter;
    type Kind = Exclusive;
}

family! {
    /// Begin a stream or a file of batches.
    ///
    /// The schema is written at once, and before it the first bytes of a file. A file that begins behind other bytes of
    /// the stream counts its offsets from the start of these, so that the whole opens as a file.
    ///
    /// @param stream   shared (adds a reference); written from its position on
    /// @param schema   shared (adds a reference); the fields of every batch
    /// @param pool     shared (adds a reference); may be NULL; for data that has to be copied before it is written
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
    for ($name:ident, $writer:ty, $open:expr, $note:literal) in [
        (nock_ipc_stream_writer_open, nock_ipc_stream_writer_t, StreamWriter::open, "a stream"),
        (nock_ipc_file_writer_open, nock_ipc_file_writer_t, FileWriter::open, "a file"),
    ]
    pub unsafe extern "C" fn $name(
        stream: *mut nock_stream_t,
        schema: *const nock_schema_t,
        pool: *mut nock_pool_t,
        options: *const nock_ipc_write_options_t,
        out: *mut *mut $writer,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            let stream = arg!(borrow_owner(stream))?;
            let schema = arg!(borrow_owner(schema))?;
            let pool = pool!(pool);
            // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
            let options = unsafe { ipc_write_options::read(options) }?;
            out.put_exclusive($open(&stream, &schema, &pool, options)?)
        })
    }
}

family! {
    /// Write a batch.
    ///
    /// Of a slice only its own values are written. A call that fails before the first byte is written changes nothing; after
    /// a failed write the output is incomplete, and every later call returns the same failure.
    ///
    /// Cost: one gathered write; copies only bits that do not start at a byte, and offsets that do not start at 0.
    ///
    /// @param writer    borrowed
    /// @param batch     borrowed; its fields equal the writer's, metadata aside
    /// @param metadata  borrowed; key and value pairs of this message; may be NULL, then those of the batch
    /// @param error     receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_INVALID_ARGUMENT when writer or batch is NULL, the batch has other fields, or a buffer of an array
    ///         is too short
    ///         NOCK_ERR_IO when the operating system fails
    ///         NOCK_ERR_CLOSED when the writer or the stream was closed
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
    ///         NOCK_ERR_LIMIT when the pool's limit would be exceeded, or the batch has more bytes than a message can have
    ///         NOCK_ERR_OUT_OF_RANGE when the stream has a fixed size and no room
    ///         NOCK_ERR_BUSY when another call is using the writer or the position of the stream
    ///         NOCK_ERR_CORRUPT when a column of a batch that was read cannot be built
    for ($name:ident, $writer:ty, $note:literal) in [
        (nock_ipc_stream_writer_write_batch, nock_ipc_stream_writer_t, "to a stream"),
        (nock_ipc_file_writer_write_batch, nock_ipc_file_writer_t, "to a file"),
    ]
    pub unsafe extern "C" fn $name(
        writer: *mut $writer,
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
}

/// Set the key and value pairs of the footer.
///
/// @param writer    borrowed
/// @param metadata  shared (adds a reference); may be NULL, then the footer has none
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CLOSED when the writer was closed
///         NOCK_ERR_IO and others when an earlier write failed: with the status that it gave
///         NOCK_ERR_BUSY when another call is using the writer
///         NOCK_ERR_INVALID_ARGUMENT when writer is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_writer_set_footer_metadata(
    writer: *mut nock_ipc_file_writer_t,
    metadata: *const nock_metadata_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut writer = arg!(exclusive(writer))?;
        // SAFETY: `metadata` is NULL or a live handle (C contract).
        let metadata = unsafe { metadata::share_or_empty(metadata) };
        writer.set_footer_metadata(metadata)
    })
}

family! {
    /// Write what ends a stream or a file, and flush.
    ///
    /// The stream stays open. Closing again does nothing. A reader of a stream without its end mark cannot tell whether
    /// something is missing; a file without its footer cannot be opened.
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
    for ($name:ident, $writer:ty, $note:literal) in [
        (nock_ipc_stream_writer_close, nock_ipc_stream_writer_t, "the end mark"),
        (nock_ipc_file_writer_close, nock_ipc_file_writer_t, "the footer"),
    ]
    pub unsafe extern "C" fn $name(
        writer: *mut $writer,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let mut writer = arg!(exclusive(writer))?;
            writer.close()
        })
    }
}

family! {
    /// Read the schema.
    ///
    /// @param writer  borrowed; may be NULL
    /// @return the schema, borrowed while the writer lives; NULL when writer is NULL or in use by another call
    for ($name:ident, $writer:ty, $note:literal) in [
        (nock_ipc_stream_writer_schema, nock_ipc_stream_writer_t, "of a stream"),
        (nock_ipc_file_writer_schema, nock_ipc_file_writer_t, "of a file"),
    ]
    pub unsafe extern "C" fn $name(writer: *const $writer) -> *const nock_schema_t {
        // SAFETY: `writer` is NULL or a live handle (C contract).
        unsafe { guard::value_of(writer, null(), |writer| handle::address_of(writer.schema())) }
    }
}

family! {
    /// Read how much was written.
    ///
    /// @param writer  borrowed; may be NULL
    /// @return the number named beside the function; 0 when writer is NULL or in use by another call
    for ($name:ident, $writer:ty, $count:ident, $note:literal) in [
        (nock_ipc_stream_writer_num_messages, nock_ipc_stream_writer_t, messages, "messages, the schema included"),
        (nock_ipc_stream_writer_num_batches, nock_ipc_stream_writer_t, record_batches, "batches"),
        (nock_ipc_stream_writer_raw_body_bytes, nock_ipc_stream_writer_t, raw_body_bytes, "bytes in the buffers of all batches"),
        (nock_ipc_stream_writer_body_bytes, nock_ipc_stream_writer_t, body_bytes, "bytes of their bodies, padding included"),
        (nock_ipc_file_writer_num_messages, nock_ipc_file_writer_t, messages, "messages, the schema included"),
        (nock_ipc_file_writer_num_batches, nock_ipc_file_writer_t, record_batches, "batches"),
        (nock_ipc_file_writer_raw_body_bytes, nock_ipc_file_writer_t, raw_body_bytes, "bytes in the buffers of all batches"),
        (nock_ipc_file_writer_body_bytes, nock_ipc_file_writer_t, body_bytes, "bytes of their bodies, padding included"),
    ]
    pub unsafe extern "C" fn $name(writer: *const $writer) -> u64 {
        // SAFETY: `writer` is NULL or a live handle (C contract).
        unsafe { guard::value_of(writer, 0, |writer| writer.stats().$count) }
    }
}
