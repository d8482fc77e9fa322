//! Types that encode the values of another type.

use super::flag::{ORDERED, is_set};
use super::nock_type_t;
use crate::capi::error::nock_error_t;
use crate::capi::field::nock_field_t;
use crate::capi::status::nock_status_t;
use crate::schema::DataType;

/// Make a dictionary type: indices into values.
///
/// @param index  shared (adds a reference); an integer type
/// @param value  shared (adds a reference); the type of the values
/// @param flags  NOCK_TYPE_DICTIONARY_ORDERED or 0
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when index, value or out is NULL, or index is no integer type
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_dictionary(
    index: *const nock_type_t,
    value: *const nock_type_t,
    flags: u32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let index = arg!(share(index))?;
        let value = arg!(share(value))?;
        let ordered = is_set(flags, ORDERED)?;
        out.put_shared(DataType::dictionary(index, value, ordered).into_ref()?);
        Ok(())
    })
}

/// Make a run-end encoded type: runs of equal values.
///
/// @param run_ends  shared (adds a reference); integers of 16, 32 or 64 bits, not nullable; usually named "run_ends"
/// @param values    shared (adds a reference); usually named "values"
/// @param out       receives the type, owned
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when run_ends, values or out is NULL, or run_ends has another type or is nullable
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_run_end_encoded(
    run_ends: *const nock_field_t,
    values: *const nock_field_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let run_ends = arg!(share(run_ends))?;
        let values = arg!(share(values))?;
        out.put_shared(DataType::RunEndEncoded { run_ends, values }.into_ref()?);
        Ok(())
    })
}
