//! Readers of the IPC file format.

use super::batch::nock_batch_t;
use super::error::nock_error_t;
use super::guard;
use super::handle::{Exclusive, Handle, address_of};
use super::ipc_read_options::{self, nock_ipc_read_options_t};
use super::metadata::nock_metadata_t;
use super::pool::nock_pool_t;
use super::schema::nock_schema_t;
use super::status::nock_status_t;
use super::stream::nock_stream_t;
use crate::ipc::read::FileReader;
use std::ptr::null;

/// Reads the record batches of an Arrow file in any order.
///
/// *Shared*: any function, any threads, at once. It has one owner all the same, who frees it when no thread uses it anymore.
/// Its batches outlive it.
/// Get one: nock_ipc_file_reader_open. Release it: nock_ipc_file_reader_free.
/// Use it: nock_ipc_file_reader_get_batch, nock_ipc_file_reader_count_rows. Ask: nock_ipc_file_reader_schema,
/// nock_ipc_file_reader_num_batches, nock_ipc_file_reader_num_dictionaries, nock_ipc_file_reader_version,
/// nock_ipc_file_reader_footer_metadata, nock_ipc_file_reader_num_batches_read,
/// nock_ipc_file_reader_num_columns_built, nock_ipc_file_reader_num_buffers_copied.
pub struct nock_ipc_file_reader_t {
    _opaque: [u8; 0],
}

/// Nothing ever takes exclusive use of one: calls run side by side.
impl Handle for nock_ipc_file_reader_t {
    type Object = FileReader;
    type Kind = Exclusive;
}

/// Open an Arrow file.
///
/// The reader uses positional reads only, so that the stream may be used for other things meanwhile.
///
/// Cost: two reads, of the last ten bytes and of the footer, whatever the size of the file.
///
/// @param stream   shared (adds a reference)
/// @param pool     shared (adds a reference); may be NULL; for data that has to be copied
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the reader, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when this is no Arrow file, or its footer violates the format
///         NOCK_ERR_UNSUPPORTED when the schema has something that this version does not know, the stream cannot be read at
///         offsets, or options has bits or fields that this library does not know
///         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size of the stream or closing it
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_INVALID_ARGUMENT when stream or out is NULL, or options are not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_open(
    stream: *mut nock_stream_t,
    pool: *mut nock_pool_t,
    options: *const nock_ipc_read_options_t,
    out: *mut *mut nock_ipc_file_reader_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let stream = arg!(borrow_owner(stream))?;
        let pool = pool!(pool);
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_read_options::read(options) }?;
        out.put_exclusive(FileReader::open(&stream, &pool, options)?)
    })
}

/// Read a batch by its number.
///
/// Cost: from a map or a buffer no bytes of the batch are copied; otherwise one read of its metadata and body. Columns are
/// built and checked when they are asked for.
///
/// @param reader  borrowed
/// @param index   0 to nock_ipc_file_reader_num_batches - 1
/// @param out     receives the batch, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when the file has fewer batches
///         NOCK_ERR_CORRUPT when the batch violates the format, or the file has become shorter
///         NOCK_ERR_UNSUPPORTED when it has something that this version does not know
///         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size of the stream or closing it
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_INVALID_ARGUMENT when reader or out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_get_batch(
    reader: *const nock_ipc_file_reader_t,
    index: usize,
    out: *mut *mut nock_batch_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let reader = arg!(borrow_immutable(reader))?;
        out.put_shared(reader.read_batch(index)?);
        Ok(())
    })
}

/// Count the rows of all batches.
///
/// Cost: reads the metadata of every batch, and no bodies.
///
/// @param reader    borrowed
/// @param out_rows  receives the number
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when a batch violates the format, or the file has become shorter
///         NOCK_ERR_UNSUPPORTED when it has something that this version does not know
///         NOCK_ERR_LIMIT when a limit of options or of the pool would be exceeded
///         NOCK_ERR_IO when the operating system fails
///         NOCK_ERR_CLOSED when the stream was closed
///         NOCK_ERR_BUSY when another call is changing the size of the stream or closing it
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_INVALID_ARGUMENT when reader or out_rows is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_count_rows(
    reader: *const nock_ipc_file_reader_t,
    out_rows: *mut u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_rows = arg!(out_value(out_rows))?;
        let reader = arg!(borrow_immutable(reader))?;
        out_rows.put(reader.count_rows()?);
        Ok(())
    })
}

/// Read the schema of all batches.
///
/// @param reader  borrowed; may be NULL
/// @return the schema, borrowed while the reader lives; NULL when reader is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_schema(
    reader: *const nock_ipc_file_reader_t,
) -> *const nock_schema_t {
    // SAFETY: `reader` is NULL or a live handle, and readers of files never change (C contract, Handle).
    unsafe { guard::value_of_immutable(reader, null(), |reader| address_of(reader.schema())) }
}

/// Read the key and value pairs of the footer.
///
/// @param reader  borrowed; may be NULL
/// @return the pairs, borrowed while the reader lives, empty if there are none; NULL when reader is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_footer_metadata(
    reader: *const nock_ipc_file_reader_t,
) -> *const nock_metadata_t {
    // SAFETY: `reader` is NULL or a live handle, and readers of files never change (C contract, Handle).
    unsafe { guard::value_of_immutable(reader, null(), |reader| address_of(reader.metadata())) }
}

family! {
    /// Read what the footer says, or how much was read so far.
    ///
    /// @param reader  borrowed; may be NULL
    /// @return the number named beside the function; 0 when reader is NULL
    for ($name:ident, $number:ty, $read:expr, $note:literal) in [
        (nock_ipc_file_reader_num_batches, usize, FileReader::num_batches, "batches in the file"),
        (nock_ipc_file_reader_num_dictionaries, usize, FileReader::num_dictionaries, "dictionary batches in the file"),
        (nock_ipc_file_reader_version, i32, FileReader::version, "metadata version, 5 today; 1 if it is left out"),
        (nock_ipc_file_reader_num_batches_read, u64, |reader| reader.stats().record_batches, "batches that were read"),
        (nock_ipc_file_reader_num_columns_built, u64, |reader| reader.stats().columns, "columns built on demand"),
        (nock_ipc_file_reader_num_buffers_copied, u64, |reader| reader.stats().copied_buffers, "buffers copied because they were not aligned"),
    ]
    pub unsafe extern "C" fn $name(reader: *const nock_ipc_file_reader_t) -> $number {
        // SAFETY: `reader` is NULL or a live handle, and readers of files never change (C contract, Handle).
        unsafe { guard::value_of_immutable(reader, 0, $read) }
    }
}
