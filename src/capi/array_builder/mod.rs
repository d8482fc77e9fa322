//! Array builders.

pub mod append;
pub mod append_run;

use super::array::{self, nock_array_t};
use super::error::nock_error_t;
use super::guard;
use super::handle::{Exclusive, Handle};
use super::pool::nock_pool_t;
use super::status::nock_status_t;
use super::r#type::nock_type_t;
use crate::array::ArrayBuilder;

/// Collects values of one type, and turns them into an array.
///
/// *Exclusive*: may move between threads, one call at a time. A failed append leaves it as it was.
/// Get one: nock_array_builder_new. Release it: nock_array_builder_finish or nock_array_builder_free. Fill it:
/// nock_array_builder_append_null, nock_array_builder_append_nulls, one nock_array_builder_append_... function for each kind
/// of value, nock_array_builder_append_values, nock_array_builder_append_array, nock_array_builder_reserve. Look at it:
/// nock_array_builder_length, nock_array_builder_null_count.
pub struct nock_array_builder_t {
    _opaque: [u8; 0],
}

impl Handle for nock_array_builder_t {
    type Object = ArrayBuilder;
    type Kind = Exclusive;
}

/// Make an empty builder.
///
/// @param data_type  shared (adds a reference)
/// @param pool       shared (adds a reference); may be NULL; kept alive by the builder; where the array's buffers come from
/// @param out        receives the builder, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_UNSUPPORTED when this version has no arrays of the type; the message names it
///         NOCK_ERR_INVALID_ARGUMENT when data_type or out is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_new(
    data_type: *const nock_type_t,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_array_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let data_type = arg!(share(data_type))?;
        let pool = pool!(pool);
        out.put_exclusive(ArrayBuilder::new(data_type, &pool)?)
    })
}

/// Turn what was collected into an array, and end the builder.
///
/// Cost: memory that is not needed is returned to the pool, which may move the bytes once.
///
/// @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY
/// @param out      receives the array, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the objects; what was collected is gone
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_finish(
    builder: *mut *mut nock_array_builder_t,
    out: *mut *mut nock_array_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let builder = arg!(consume(builder));
        let out = arg!(out(out))?;
        out.put_shared(builder?.finish()?);
        Ok(())
    })
}

/// Make room for values to append.
///
/// Appending that many needs no further memory, except for the first null, which allocates the bitmap.
///
/// @param builder     borrowed
/// @param num_values  values that will be appended
/// @param num_bytes   for binary and string types the bytes in all of them; ignored for others
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values or bytes, or the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_reserve(
    builder: *mut nock_array_builder_t,
    num_values: usize,
    num_bytes: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.reserve(num_values, num_bytes)
    })
}

family! {
    /// Read how much was collected.
    ///
    /// @param builder  borrowed; may be NULL
    /// @return the number named beside the function; 0 when builder is NULL or another call is using it
    for ($name:ident, $count:expr, $note:literal) in [
        (nock_array_builder_length, ArrayBuilder::len, "values, nulls included"),
        (nock_array_builder_null_count, ArrayBuilder::null_count, "nulls"),
    ]
    pub unsafe extern "C" fn $name(builder: *const nock_array_builder_t) -> i64 {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        unsafe { guard::value_of(builder, 0, |builder| array::number($count(builder))) }
    }
}
