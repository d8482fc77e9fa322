//! Fields.

use super::error::nock_error_t;
use super::guard::{self, value};
use super::handle::{self, Handle, Shared, address_of};
use super::metadata::{self, nock_metadata_t};
use super::options::check_flags;
use super::status::nock_status_t;
use super::text::{self, nock_str_t};
use super::r#type::nock_type_t;
use crate::alloc::{VecExt, vec_with_capacity};
use crate::err;
use crate::error::Result;
use crate::schema::{Field, FieldRef};
use std::ffi::c_char;
use std::ptr::null;

/// A name, a type, whether values may be null, and metadata: a column of a schema, or a child of a nested type.
///
/// *Immutable*: like shared, and never changes.
/// Get one: nock_field_new, nock_schema_field, nock_schema_field_by_name, nock_type_field. Keep it: nock_field_ref. Release
/// it: nock_field_unref. Read it: nock_field_name, nock_field_type, nock_field_is_nullable, nock_field_metadata,
/// nock_field_extension_name, nock_field_extension_metadata, nock_field_equals, nock_field_equals_with_metadata,
/// nock_field_to_text.
pub struct nock_field_t {
    _opaque: [u8; 0],
}

impl Handle for nock_field_t {
    type Object = Field;
    type Kind = Shared;
}

/// Flags of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_field_flag_values {
    /// No value is null.
    NOCK_FIELD_NOT_NULL = 1,
}

const NOT_NULL: u32 = nock_field_flag_values::NOCK_FIELD_NOT_NULL as u32;

/// The caller's fields, each with one more owner.
///
/// # Safety
/// - `fields` is NULL or a readable run of `count` pointers, each NULL or a live handle.
pub(super) unsafe fn share_all(
    fields: *const *const nock_field_t,
    count: usize,
) -> Result<Vec<FieldRef>> {
    // SAFETY: same contract.
    let handles = unsafe { guard::items(fields, count, "fields") }?;
    let mut owned = vec_with_capacity(handles.len())?;
    for (index, handle) in handles.iter().enumerate() {
        // SAFETY: NULL or a live handle (contract).
        let field = unsafe { handle::clone_shared(*handle) };
        owned.try_push(field.ok_or_else(|| err!(InvalidArgument, "field {} is NULL", index))?)?;
    }
    Ok(owned)
}

fn name_of(field: &Field) -> Option<&[u8]> {
    Some(field.name_bytes())
}

/// Make a field.
///
/// Cost: one allocation for names of less than 30 bytes, else two.
///
/// @param name       borrowed; any UTF-8, may be empty
/// @param data_type  shared (adds a reference)
/// @param flags      NOCK_FIELD_NOT_NULL or 0, which means that values may be null
/// @param metadata   shared (adds a reference); may be NULL
/// @param out        receives the field, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when name, data_type or out is NULL, or name is not UTF-8
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the field
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_field_new(
    name: *const c_char,
    data_type: *const nock_type_t,
    flags: u32,
    metadata: *const nock_metadata_t,
    out: *mut *mut nock_field_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let name = arg!(text(name))?;
        let data_type = arg!(share(data_type))?;
        // SAFETY: `metadata` is NULL or a live handle (C contract).
        let metadata = unsafe { metadata::share_or_empty(metadata) };
        check_flags(flags, NOT_NULL)?;
        let nullable = flags & NOT_NULL == 0;
        out.put_shared(Field::try_share(name, data_type, nullable, metadata)?);
        Ok(())
    })
}

family! {
    /// Read a text of a field.
    ///
    /// Those of an extension type are the values of the metadata keys "ARROW:extension:name" and
    /// "ARROW:extension:metadata".
    ///
    /// Cost: for an extension type, looks at the metadata's entries one after the other.
    ///
    /// @param field  borrowed; may be NULL
    /// @return the text, borrowed while the field lives; its data is NULL when field is NULL or has no such text
    for ($name:ident, $read:expr, $note:literal) in [
        (nock_field_name, name_of, "name, with a NUL behind it; if read, it may contain NUL too"),
        (nock_field_extension_name, Field::extension_name, "name of the extension type"),
        (nock_field_extension_metadata, Field::extension_metadata, "parameters of the extension type, in its own form"),
    ]
    pub unsafe extern "C" fn $name(field: *const nock_field_t) -> nock_str_t {
        // SAFETY: `field` is NULL or a live handle (C contract).
        let field = unsafe { handle::borrow_shared(field) };
        value(text::NONE, || {
            field.and_then($read).map_or(text::NONE, text::of)
        })
    }
}

/// Read the type of a field.
///
/// @param field  borrowed; may be NULL
/// @return the type, borrowed while the field lives; NULL when field is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_field_type(field: *const nock_field_t) -> *const nock_type_t {
    // SAFETY: `field` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(field, null(), |field| address_of(field.type_ref())) }
}

/// Read whether values may be null.
///
/// @param field  borrowed; may be NULL
/// @return whether they may; false when field is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_field_is_nullable(field: *const nock_field_t) -> bool {
    // SAFETY: `field` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(field, false, Field::is_nullable) }
}

/// Read the metadata of a field.
///
/// @param field  borrowed; may be NULL
/// @return the metadata, borrowed while the field lives, with no entries if the field has none; NULL when field is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_field_metadata(field: *const nock_field_t) -> *const nock_metadata_t {
    // SAFETY: `field` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(field, null(), |field| address_of(field.metadata_ref())) }
}

family! {
    /// Compare two fields.
    ///
    /// Name, type and nullability must be the same. The metadata of the fields below counts with that of the field.
    ///
    /// @param a  borrowed; may be NULL
    /// @param b  borrowed; may be NULL
    /// @return whether both are equal; false when a or b is NULL
    for ($name:ident, $metadata:expr, $note:literal) in [
        (nock_field_equals, false, "metadata aside"),
        (nock_field_equals_with_metadata, true, "metadata included, its entries in any order"),
    ]
    pub unsafe extern "C" fn $name(a: *const nock_field_t, b: *const nock_field_t) -> bool {
        // SAFETY: `a` is NULL or a live handle (C contract).
        let a = unsafe { handle::borrow_shared(a) };
        // SAFETY: `b` is NULL or a live handle (C contract).
        let b = unsafe { handle::borrow_shared(b) };
        value(false, || {
            a.zip(b).is_some_and(|(a, b)| a.equals(b, $metadata))
        })
    }
}

/// Render a field as text, as pyarrow writes it.
///
/// For example "a: int32 not null". Control characters in names are escaped.
///
/// Cost: the first call renders the text and keeps it with the object, with two allocations; later calls are O(1).
///
/// @param field     borrowed
/// @param out_text  receives the text, borrowed while the field lives, NUL-terminated
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when field or out_text is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_field_to_text(
    field: *const nock_field_t,
    out_text: *mut *const c_char,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let field = arg!(borrow(field))?;
        let out_text = arg!(out_value(out_text))?;
        out_text.put(field.text_with_nul()?.as_ptr().cast());
        Ok(())
    })
}
