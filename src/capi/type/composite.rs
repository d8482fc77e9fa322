//! Types with any number of fields: structs and unions.

use super::nock_type_t;
use crate::capi::error::nock_error_t;
use crate::capi::field::{self, nock_field_t};
use crate::capi::status::nock_status_t;
use crate::schema::{DataType, UnionMode};

/// Make a struct type.
///
/// Names may be empty and may repeat.
///
/// @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
/// @param num_fields  number of fields
/// @param out         receives the type, owned
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_struct(
    fields: *const *const nock_field_t,
    num_fields: usize,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        // SAFETY: `fields` is NULL or a readable run of live handles (C contract).
        let fields = unsafe { field::share_all(fields, num_fields) }?;
        out.put_shared(DataType::Struct(fields).into_ref()?);
        Ok(())
    })
}

family! {
    /// Make a type of values of one of several types.
    ///
    /// @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
    /// @param type_ids    borrowed; num_fields ids of the fields, 0 to 127, no two the same; may be NULL for 0, 1, 2 and so on
    /// @param num_fields  number of fields, at most 128
    /// @param out         receives the type, owned
    /// @param error       receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, an id is negative or occurs twice, or
    ///         there are more than 128 fields
    ///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
    for ($name:ident, $mode:ident, $note:literal) in [
        (nock_type_new_sparse_union, Sparse, "every child has as many values as the union"),
        (nock_type_new_dense_union, Dense, "offsets say where in its child a value is"),
    ]
    pub unsafe extern "C" fn $name(
        fields: *const *const nock_field_t,
        type_ids: *const i8,
        num_fields: usize,
        out: *mut *mut nock_type_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            // SAFETY: `fields` is NULL or a readable run of live handles (C contract).
            let fields = unsafe { field::share_all(fields, num_fields) }?;
            let type_ids = arg!(optional_items(type_ids, num_fields))?;
            out.put_shared(DataType::union(UnionMode::$mode, fields, type_ids)?.into_ref()?);
            Ok(())
        })
    }
}
