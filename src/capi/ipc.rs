//! Single IPC messages in buffers.

use super::batch::nock_batch_t;
use super::buffer::nock_buffer_t;
use super::error::nock_error_t;
use super::ipc_read_options::{self, nock_ipc_read_options_t};
use super::ipc_write_options::{self, nock_ipc_write_options_t};
use super::pool::nock_pool_t;
use super::schema::nock_schema_t;
use super::status::nock_status_t;
use crate::ipc::{read, write};
use crate::pool::Pool;

/// Write one batch into a buffer, as a message without a schema.
///
/// Cost: one allocation of exactly the size that nock_ipc_batch_size gives, and a copy.
///
/// @param batch    borrowed
/// @param pool     shared (adds a reference); may be NULL; kept alive by the buffer
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the buffer, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when there is a field of a type that this version cannot write (the message names both), or
///         options has bits or fields that this library does not know
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when a type is nested deeper than options allow, or the pool's limit would be exceeded
///         NOCK_ERR_CORRUPT when a column of a batch that was read cannot be built
///         NOCK_ERR_INVALID_ARGUMENT when batch or out is NULL, a buffer of an array is too short, or options are not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_serialize_batch(
    batch: *const nock_batch_t,
    pool: *mut nock_pool_t,
    options: *const nock_ipc_write_options_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let batch = arg!(borrow(batch))?;
        let pool = pool!(pool);
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_write_options::read(options) }?;
        out.put_shared(write::serialize_batch(batch, &pool, options)?);
        Ok(())
    })
}

/// Compute how many bytes a batch takes as a message.
///
/// That is what it adds to a stream or file, and what nock_ipc_serialize_batch gives.
///
/// Cost: as writing, without the copy.
///
/// @param batch     borrowed
/// @param options   borrowed; may be NULL, then the defaults
/// @param out_size  receives the bytes
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when there is a field of a type that this version cannot write (the message names both), or
///         options has bits or fields that this library does not know
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when a type is nested deeper than options allow, or the batch was read and the limit of the
///         reader's pool would be exceeded
///         NOCK_ERR_CORRUPT when a column of a batch that was read cannot be built
///         NOCK_ERR_INVALID_ARGUMENT when batch or out_size is NULL, a buffer of an array is too short, or options are not
///         valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_batch_size(
    batch: *const nock_batch_t,
    options: *const nock_ipc_write_options_t,
    out_size: *mut u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_size = arg!(out_value(out_size))?;
        let batch = arg!(borrow(batch))?;
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_write_options::read(options) }?;
        out_size.put(write::batch_size(batch, &Pool::default_pool(), options)?);
        Ok(())
    })
}

/// Write a schema into a buffer, as a message.
///
/// @param schema   borrowed
/// @param pool     shared (adds a reference); may be NULL; kept alive by the buffer
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the buffer, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_UNSUPPORTED when a dictionary has values that are indices into another one, or options has bits or
///         fields that this library does not know
///         NOCK_ERR_INVALID_ARGUMENT when schema or out is NULL, or options are not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_serialize_schema(
    schema: *const nock_schema_t,
    pool: *mut nock_pool_t,
    options: *const nock_ipc_write_options_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let schema = arg!(borrow(schema))?;
        let pool = pool!(pool);
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_write_options::read(options) }?;
        out.put_shared(write::serialize_schema(schema, &pool, options)?);
        Ok(())
    })
}

/// Read the batch that a buffer begins with.
///
/// The reverse of nock_ipc_serialize_batch.
///
/// Cost: no bytes of the batch are copied; columns are built and checked when they are asked for.
///
/// @param buffer   shared (adds a reference); must not change while the batch is in use
/// @param schema   shared (adds a reference); the fields that the batch was written with
/// @param pool     shared (adds a reference); may be NULL; for data that has to be copied
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the batch, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when the buffer does not begin with such a message, or violates the format
///         NOCK_ERR_UNSUPPORTED when it has something that this version does not know, or options has bits or fields that
///         this library does not know
///         NOCK_ERR_LIMIT when a limit of options would be exceeded
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_BUSY when another thread is resizing the buffer
///         NOCK_ERR_INVALID_ARGUMENT when buffer, schema or out is NULL, or options are not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_read_batch(
    buffer: *const nock_buffer_t,
    schema: *const nock_schema_t,
    pool: *mut nock_pool_t,
    options: *const nock_ipc_read_options_t,
    out: *mut *mut nock_batch_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let buffer = arg!(borrow_owner(buffer))?;
        let schema = arg!(borrow_owner(schema))?;
        let pool = pool!(pool);
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_read_options::read(options) }?;
        out.put_shared(read::read_batch(&buffer, &schema, &pool, options)?);
        Ok(())
    })
}

/// Read the schema that a buffer begins with.
///
/// The reverse of nock_ipc_serialize_schema.
///
/// @param buffer   borrowed
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the schema, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when the buffer does not begin with such a message, or violates the format
///         NOCK_ERR_UNSUPPORTED when it has something that this version does not know, or options has bits or fields that
///         this library does not know
///         NOCK_ERR_LIMIT when a limit of options would be exceeded
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_BUSY when another thread is resizing the buffer
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or options are not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_read_schema(
    buffer: *const nock_buffer_t,
    options: *const nock_ipc_read_options_t,
    out: *mut *mut nock_schema_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let buffer = arg!(borrow_owner(buffer))?;
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { ipc_read_options::read(options) }?;
        out.put_shared(read::read_schema(&buffer, options)?);
        Ok(())
    })
}
