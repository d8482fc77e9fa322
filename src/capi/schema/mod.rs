//! Schemas.

pub mod fields;

use super::error::nock_error_t;
use super::field::{self, nock_field_t};
use super::guard::{self, value};
use super::handle::{self, Handle, Shared, address_of};
use super::metadata::{self, nock_metadata_t};
use super::status::nock_status_t;
use crate::err;
use crate::error::Result;
use crate::schema::{Endianness, Schema};
use std::ffi::c_char;
use std::ptr::null;

/// The fields of a record batch in order, and metadata. Names may be empty and may repeat.
///
/// *Immutable*: like shared, and never changes.
/// Get one: nock_schema_new, nock_batch_schema, nock_ipc_read_schema, nock_ipc_stream_reader_schema,
/// nock_ipc_file_reader_schema, nock_ipc_stream_writer_schema, nock_ipc_file_writer_schema. Keep it: nock_schema_ref.
/// Release it: nock_schema_unref. Read it: nock_schema_num_fields, nock_schema_field, nock_schema_field_by_name,
/// nock_schema_find, nock_schema_count_name, nock_schema_metadata, nock_schema_endianness, nock_schema_equals,
/// nock_schema_equals_with_metadata, nock_schema_to_text.
pub struct nock_schema_t {
    _opaque: [u8; 0],
}

impl Handle for nock_schema_t {
    type Object = Schema;
    type Kind = Shared;
}

/// The order of the bytes in numbers: one of the NOCK_ENDIANNESS_ values.
pub type nock_endianness_t = i32;

/// Every byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_endianness_values {
    /// As an argument: that of this machine. Never returned.
    NOCK_ENDIANNESS_NATIVE = 0,
    /// The least significant byte first.
    NOCK_ENDIANNESS_LITTLE = 1,
    /// The most significant byte first.
    NOCK_ENDIANNESS_BIG = 2,
}

fn endianness_of(endianness: nock_endianness_t) -> Result<Endianness> {
    match endianness {
        0 => Ok(Endianness::NATIVE),
        1 => Ok(Endianness::Little),
        2 => Ok(Endianness::Big),
        _ => Err(err!(
            InvalidArgument,
            "endianness {} is no NOCK_ENDIANNESS",
            endianness
        )),
    }
}

fn number_of(endianness: Endianness) -> nock_endianness_t {
    use nock_endianness_values::*;
    let number = match endianness {
        Endianness::Little => NOCK_ENDIANNESS_LITTLE,
        Endianness::Big => NOCK_ENDIANNESS_BIG,
    };
    number as nock_endianness_t
}

/// Make a schema.
///
/// @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
/// @param num_fields  number of fields
/// @param metadata    shared (adds a reference); may be NULL
/// @param endianness  a NOCK_ENDIANNESS_ value; 0: that of this machine
/// @param out         receives the schema, owned
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, or endianness is not one of these
///         NOCK_ERR_LIMIT when the schema would be made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the schema
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_new(
    fields: *const *const nock_field_t,
    num_fields: usize,
    metadata: *const nock_metadata_t,
    endianness: nock_endianness_t,
    out: *mut *mut nock_schema_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        // SAFETY: `fields` is NULL or a readable run of live handles (C contract).
        let fields = unsafe { field::share_all(fields, num_fields) }?;
        // SAFETY: `metadata` is NULL or a live handle (C contract).
        let metadata = unsafe { metadata::share_or_empty(metadata) };
        let endianness = endianness_of(endianness)?;
        out.put_shared(Schema::try_share(fields, metadata, endianness)?);
        Ok(())
    })
}

/// Read the metadata of a schema.
///
/// @param schema  borrowed; may be NULL
/// @return the metadata, borrowed while the schema lives, with no entries if the schema has none; NULL when schema is
///         NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_metadata(
    schema: *const nock_schema_t,
) -> *const nock_metadata_t {
    // SAFETY: `schema` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(schema, null(), |schema| address_of(schema.metadata_ref())) }
}

/// Read the byte order of the numbers in the arrays.
///
/// @param schema  borrowed; may be NULL
/// @return NOCK_ENDIANNESS_LITTLE or NOCK_ENDIANNESS_BIG; 0 when schema is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_endianness(schema: *const nock_schema_t) -> nock_endianness_t {
    // SAFETY: `schema` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(schema, 0, |schema| number_of(schema.endianness())) }
}

family! {
    /// Compare two schemas.
    ///
    /// The fields must be equal and in the same order, and the byte order the same. The metadata of the fields counts with
    /// that of the schema.
    ///
    /// @param a  borrowed; may be NULL
    /// @param b  borrowed; may be NULL
    /// @return whether both are equal; false when a or b is NULL
    for ($name:ident, $metadata:expr, $note:literal) in [
        (nock_schema_equals, false, "metadata aside"),
        (nock_schema_equals_with_metadata, true, "metadata included, its entries in any order"),
    ]
    pub unsafe extern "C" fn $name(a: *const nock_schema_t, b: *const nock_schema_t) -> bool {
        // SAFETY: `a` is NULL or a live handle (C contract).
        let a = unsafe { handle::borrow_shared(a) };
        // SAFETY: `b` is NULL or a live handle (C contract).
        let b = unsafe { handle::borrow_shared(b) };
        value(false, || {
            a.zip(b).is_some_and(|(a, b)| a.equals(b, $metadata))
        })
    }
}

/// Render a schema as text: a line for each field, then the metadata.
///
/// For example "a: int32 not null". Long values of metadata are cut. The form may change from version to version.
///
/// Cost: the first call renders the text and keeps it with the object, with two allocations; later calls are O(1).
///
/// @param schema    borrowed
/// @param out_text  receives the text, borrowed while the schema lives, NUL-terminated
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when schema or out_text is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_schema_to_text(
    schema: *const nock_schema_t,
    out_text: *mut *const c_char,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let schema = arg!(borrow(schema))?;
        let out_text = arg!(out_value(out_text))?;
        out_text.put(schema.text_with_nul()?.as_ptr().cast());
        Ok(())
    })
}
