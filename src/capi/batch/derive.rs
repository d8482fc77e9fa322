//! New batches, text and checks from batches.

use super::nock_batch_t;
use crate::array::{batch, batch_text};
use crate::capi::array::{compare, index};
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::pool::nock_pool_t;
use crate::capi::status::nock_status_t;
use crate::capi::validation::{self, nock_validation_t};

/// Share a part of the rows without copying.
///
/// Builds no columns. The slice does not have the batch's own metadata.
///
/// Cost: one small allocation, one pointer for each column.
///
/// @param batch   shared (adds a reference)
/// @param offset  first row of the part
/// @param length  rows in the part; 0 is allowed
/// @param out     receives the slice, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when a number is negative or offset + length exceeds the batch
///         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_slice(
    batch: *const nock_batch_t,
    offset: i64,
    length: i64,
    out: *mut *mut nock_batch_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let batch = arg!(borrow_owner(batch))?;
        let (offset, length) = (index(offset, "offset")?, index(length, "length")?);
        out.put_shared(batch::slice(&batch, offset, length)?);
        Ok(())
    })
}

/// Share some of the columns without copying.
///
/// Builds no columns. The schema's metadata is kept, the batch's own is not.
///
/// @param batch        shared (adds a reference)
/// @param indices      borrowed; num_indices column indices, in the new order; they may repeat; may be NULL when there are
///                     none
/// @param num_indices  columns of the new batch
/// @param out          receives the batch, owned
/// @param error        receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when there is no such column
///         NOCK_ERR_INVALID_ARGUMENT when batch, out or indices is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_select(
    batch: *const nock_batch_t,
    indices: *const usize,
    num_indices: usize,
    out: *mut *mut nock_batch_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let batch = arg!(borrow_owner(batch))?;
        let indices = arg!(items(indices, num_indices))?;
        out.put_shared(batch::select(&batch, indices)?);
        Ok(())
    })
}

/// Compare two batches.
///
/// They are equal when they have equal fields, as many rows, and equal columns.
///
/// Cost: builds and reads the columns of both up to the first difference.
///
/// @param batch      borrowed
/// @param other      borrowed
/// @param flags      NOCK_EQUALS_ bits; 0: none
/// @param out_equal  receives 1 when they are equal, else 0
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when batch, other or out_equal is NULL
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known, or for a column as in nock_batch_column
///         any status of nock_batch_column, when a column cannot be built
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_equals(
    batch: *const nock_batch_t,
    other: *const nock_batch_t,
    flags: u32,
    out_equal: *mut u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_equal = arg!(out_value(out_equal))?;
        let batch = arg!(borrow(batch))?;
        let other = arg!(borrow(other))?;
        let (equality, metadata) = compare::equality(flags)?;
        out_equal.put(u8::from(batch.equals(other, &equality, metadata)?));
        Ok(())
    })
}

/// Check the contents of all columns.
///
/// Cost: builds every column, and reads what the level checks.
///
/// @param batch       borrowed
/// @param validation  a NOCK_VALIDATE_ value; 0: MEMORY
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when a column violates its format; the message names it
///         NOCK_ERR_INVALID_ARGUMENT when batch is NULL or validation is not known
///         any status of nock_batch_column, when a column cannot be built
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_validate(
    batch: *const nock_batch_t,
    validation: nock_validation_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let batch = arg!(borrow(batch))?;
        batch.validate(validation::level(validation)?)
    })
}

/// Render a batch as text for people.
///
/// One line for each field, then one for each column with its first and last values; of very many columns only the first are
/// shown. The form of the text may change from version to version.
///
/// Cost: builds the columns that are shown; otherwise bounded by max_rows.
///
/// @param batch     borrowed
/// @param max_rows  the most values of a column to show; 0: 20
/// @param pool      shared (adds a reference); may be NULL; where the text comes from
/// @param out       receives the text, owned: UTF-8 whose size is that of the buffer, followed by a NUL
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         any status of nock_batch_column, when a column cannot be built
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_to_text(
    batch: *const nock_batch_t,
    max_rows: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let batch = arg!(borrow(batch))?;
        let pool = pool!(pool);
        out.put_shared(batch_text(batch, max_rows, &pool)?);
        Ok(())
    })
}

/// Compute the bytes that the values of a batch take.
///
/// Of shared buffers, only the parts that the columns use count.
///
/// Cost: builds every column.
///
/// @param batch       borrowed
/// @param out_nbytes  receives the number
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when batch or out_nbytes is NULL
///         any status of nock_batch_column, when a column cannot be built
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_batch_nbytes(
    batch: *const nock_batch_t,
    out_nbytes: *mut u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_nbytes = arg!(out_value(out_nbytes))?;
        let batch = arg!(borrow(batch))?;
        out_nbytes.put(batch.num_bytes()?);
        Ok(())
    })
}
