//! Record batches.

pub mod derive;

use super::array::{self, nock_array_t};
use super::error::nock_error_t;
use super::guard;
use super::handle::{self, Handle, Shared};
use super::metadata::nock_metadata_t;
use super::schema::nock_schema_t;
use super::status::nock_status_t;
use crate::array::RecordBatch;
use std::ffi::c_char;
use std::ptr::null;

/// Columns of one length under a schema.
///
/// *Immutable*: like shared, and never changes. A batch that was read builds a column when it is first asked for, and
/// validates it then: that is why nock_batch_column can fail.
/// Get one: nock_batch_new, nock_batch_slice, nock_batch_select, nock_ipc_stream_reader_next,
/// nock_ipc_file_reader_get_batch, nock_ipc_read_batch. Keep it: nock_batch_ref. Release it: nock_batch_unref. Look at it:
/// nock_batch_schema, nock_batch_num_rows, nock_batch_num_columns, nock_batch_column, nock_batch_column_by_name,
/// nock_batch_metadata, nock_batch_nbytes, nock_batch_validate, nock_batch_equals, nock_batch_to_text.
pub struct nock_batch_t {
    _opaque: [u8; 0],
}

impl Handle for nock_batch_t {
    type Object = RecordBatch;
    type Kind = Shared;
}

/// Make a batch from columns.
///
/// @param schema       shared (adds a reference)
/// @param columns      num_columns arrays, each shared (adds a reference); may be NULL when num_columns is 0
/// @param num_columns  as many as the schema has fields
/// @param num_rows     the length of every column
/// @param out          receives the batch, owned
/// @param error        receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when a column does not have the length or the type that it should, when there are more
///         or fewer columns than fields, when num_rows is negative, or when schema, a column or out is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_new(
    schema: *const nock_schema_t,
    columns: *const *const nock_array_t,
    num_columns: usize,
    num_rows: i64,
    out: *mut *mut nock_batch_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let schema = arg!(share(schema))?;
        let columns = arg!(items(columns, num_columns))?;
        // SAFETY: each is NULL or a live handle (C contract).
        let columns = unsafe { array::owned_all(columns, "columns") }?;
        let num_rows = array::count(num_rows, "num_rows")?;
        out.put_shared(RecordBatch::try_new(schema, num_rows, &columns)?);
        Ok(())
    })
}

/// Read the schema.
///
/// @param batch  borrowed; may be NULL
/// @return the schema, borrowed while the batch lives; NULL when batch is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_schema(batch: *const nock_batch_t) -> *const nock_schema_t {
    // SAFETY: `batch` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(batch, null(), |batch| handle::address_of(batch.schema())) }
}

family! {
    /// Read the size of a batch.
    ///
    /// @param batch  borrowed; may be NULL
    /// @return the number named beside the function; 0 when batch is NULL
    for ($name:ident, $number:ty, $read:expr, $note:literal) in [
        (nock_batch_num_rows, i64, |batch| array::number(batch.num_rows()), "rows"),
        (nock_batch_num_columns, usize, RecordBatch::num_columns, "columns"),
    ]
    pub unsafe extern "C" fn $name(batch: *const nock_batch_t) -> $number {
        // SAFETY: `batch` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(batch, 0, $read) }
    }
}

/// Read the batch's own metadata, which IPC messages carry apart from the schema's.
///
/// @param batch  borrowed; may be NULL
/// @return the metadata, borrowed while the batch lives, possibly of no entries; NULL when batch is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_metadata(batch: *const nock_batch_t) -> *const nock_metadata_t {
    // SAFETY: `batch` is NULL or a live handle (C contract).
    unsafe {
        guard::value_of_shared(batch, null(), |batch| {
            handle::address_of(batch.metadata_ref())
        })
    }
}

/// Get a column.
///
/// Cost: the first call on a column of a batch that was read builds and validates it; later calls give the same array.
///
/// @param batch  borrowed
/// @param index  0 to nock_batch_num_columns - 1
/// @param out    receives the column, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when there is no such column
///         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL
///         NOCK_ERR_CORRUPT when the batch was read and the column violates its format
///         NOCK_ERR_UNSUPPORTED when the batch was read and this version has no arrays of the column's type
///         NOCK_ERR_LIMIT when the batch was read and the limit of the reader's pool would be exceeded
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_column(
    batch: *const nock_batch_t,
    index: usize,
    out: *mut *mut nock_array_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let batch = arg!(borrow(batch))?;
        out.put_shared(batch.column(index)?);
        Ok(())
    })
}

/// Get the column with a name.
///
/// Cost: looks at all names; otherwise as nock_batch_column.
///
/// @param batch  borrowed
/// @param name   borrowed; compared byte by byte
/// @param out    receives the column, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when no column has the name
///         NOCK_ERR_INVALID_ARGUMENT when more than one column has the name, or batch, name or out is NULL, or name is not
///         UTF-8
///         NOCK_ERR_CORRUPT when the batch was read and the column violates its format
///         NOCK_ERR_UNSUPPORTED when the batch was read and this version has no arrays of the column's type
///         NOCK_ERR_LIMIT when the batch was read and the limit of the reader's pool would be exceeded
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_column_by_name(
    batch: *const nock_batch_t,
    name: *const c_char,
    out: *mut *mut nock_array_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let batch = arg!(borrow(batch))?;
        let name = arg!(text(name))?;
        out.put_shared(batch.column(batch.column_index(name)?)?);
        Ok(())
    })
}
