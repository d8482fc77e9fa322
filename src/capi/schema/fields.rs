//! The fields of a schema, by index and by name.

use super::nock_schema_t;
use crate::capi::error::nock_error_t;
use crate::capi::field::nock_field_t;
use crate::capi::guard::{self, value};
use crate::capi::handle::{self, address_of};
use crate::capi::status::nock_status_t;
use crate::err;
use crate::error::Value;
use crate::schema::Schema;
use std::ffi::{CStr, c_char};
use std::ptr::null;

/// The caller's name, for a call that cannot report what is wrong with it.
///
/// # Safety
/// - `name` is NULL or NUL-terminated and readable for the duration of the call.
unsafe fn name_of<'a>(name: *const c_char) -> Option<&'a str> {
    if name.is_null() {
        return None;
    }
    // SAFETY: non-null and NUL-terminated (contract).
    unsafe { CStr::from_ptr(name) }.to_str().ok()
}

/// Count the fields.
///
/// @param schema  borrowed; may be NULL
/// @return the number of fields; 0 when schema is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_num_fields(schema: *const nock_schema_t) -> usize {
    // SAFETY: `schema` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(schema, 0, Schema::len) }
}

/// Read a field.
///
/// @param schema  borrowed; may be NULL
/// @param index   0 to nock_schema_num_fields - 1
/// @return the field, borrowed while the schema lives; NULL when schema is NULL or has no such field
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_field(
    schema: *const nock_schema_t,
    index: usize,
) -> *const nock_field_t {
    // SAFETY: `schema` is NULL or a live handle (C contract).
    unsafe {
        guard::value_of_shared(schema, null(), |schema| {
            schema.field(index).map_or(null(), address_of)
        })
    }
}

/// Read the first field with a name.
///
/// Cost: the first search in a schema of more than 16 fields sorts its names, with one allocation; later ones are binary
/// searches.
///
/// @param schema  borrowed; may be NULL
/// @param name    borrowed; may be NULL
/// @return the field, borrowed while the schema lives; NULL when schema or name is NULL or there is no such field
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_field_by_name(
    schema: *const nock_schema_t,
    name: *const c_char,
) -> *const nock_field_t {
    // SAFETY: `schema` is NULL or a live handle (C contract).
    let schema = unsafe { handle::borrow_shared(schema) };
    // SAFETY: `name` is NULL or NUL-terminated (C contract).
    let name = unsafe { name_of(name) };
    value(null(), || {
        let (Some(schema), Some(name)) = (schema, name) else {
            return null();
        };
        let index = schema.find(name, 0);
        let field = index.and_then(|index| schema.field(index));
        field.map_or(null(), address_of)
    })
}

/// Count the fields with a name.
///
/// Cost: the first search in a schema of more than 16 fields sorts its names, with one allocation; later ones are binary
/// searches.
///
/// @param schema  borrowed; may be NULL
/// @param name    borrowed; may be NULL
/// @return the number of such fields; 0 when schema or name is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_count_name(
    schema: *const nock_schema_t,
    name: *const c_char,
) -> usize {
    // SAFETY: `schema` is NULL or a live handle (C contract).
    let schema = unsafe { handle::borrow_shared(schema) };
    // SAFETY: `name` is NULL or NUL-terminated (C contract).
    let name = unsafe { name_of(name) };
    value(0, || {
        let both = schema.zip(name);
        both.map_or(0, |(schema, name)| schema.count(name))
    })
}

/// Find the index of a field by its name.
///
/// To find all fields with a name, call it again with from set to the last index plus 1.
///
/// Cost: the first search in a schema of more than 16 fields sorts its names, with one allocation; later ones are binary
/// searches.
///
/// @param schema     borrowed
/// @param name       borrowed
/// @param from       the first index to look at; 0 for all fields
/// @param out_index  receives the index of the first field from there on that has the name
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when there is no such field
///         NOCK_ERR_INVALID_ARGUMENT when schema, name or out_index is NULL, or name is not UTF-8
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_find(
    schema: *const nock_schema_t,
    name: *const c_char,
    from: usize,
    out_index: *mut usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let schema = arg!(borrow(schema))?;
        let name = arg!(text(name))?;
        let out_index = arg!(out_value(out_index))?;
        let index = schema.find(name, from);
        let missing = || {
            err!(
                NotFound,
                "no field {} from {} on",
                Value::quoted(name),
                from
            )
        };
        out_index.put(index.ok_or_else(missing)?);
        Ok(())
    })
}
