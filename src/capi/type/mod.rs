//! Types.

pub mod id;
pub mod unit;
pub mod flag;
pub mod format;
pub mod simple;
pub mod sized;
pub mod list;
pub mod composite;
pub mod encoded;
pub mod parameter;

use super::guard::value;
use super::handle::{self, Handle, Shared};
use crate::schema::{CheckedType, MAX_DEPTH, MAX_TYPES};

/// The numbers that the comments of types made of others give.
const _: () = assert!(MAX_DEPTH == 64 && MAX_TYPES == 16_777_216);

/// A type of the Arrow format, with its parameters.
///
/// An extension type is represented by its storage type; the metadata of the field names the extension:
/// nock_field_extension_name.
///
/// *Immutable*: like shared, and never changes.
/// Get one: nock_type_new_... for types with parameters, nock_type_from_format, nock_field_type, nock_array_type; for types
/// without parameters nock_type_simple by number, or by name nock_type_null, nock_type_boolean, nock_type_int8,
/// nock_type_int16, nock_type_int32, nock_type_int64, nock_type_uint8, nock_type_uint16, nock_type_uint32, nock_type_uint64,
/// nock_type_float16, nock_type_float32, nock_type_float64, nock_type_date32, nock_type_date64,
/// nock_type_interval_year_month, nock_type_interval_day_time, nock_type_interval_month_day_nano, nock_type_binary,
/// nock_type_large_binary, nock_type_binary_view, nock_type_utf8, nock_type_large_utf8, nock_type_utf8_view. Keep it:
/// nock_type_ref. Release it: nock_type_unref. Read it: nock_type_id, nock_type_bit_width, nock_type_byte_width,
/// nock_type_precision, nock_type_scale, nock_type_unit, nock_type_timezone, nock_type_list_size, nock_type_num_fields,
/// nock_type_field, nock_type_union_ids, nock_type_has_sorted_keys, nock_type_dictionary_index, nock_type_dictionary_value,
/// nock_type_is_ordered, nock_type_equals, nock_type_equals_with_metadata, nock_type_to_text, nock_type_to_format.
pub struct nock_type_t {
    _opaque: [u8; 0],
}

impl Handle for nock_type_t {
    type Object = CheckedType;
    type Kind = Shared;
}

family! {
    /// Compare two types.
    ///
    /// Names of the fields in the type are compared, except those of list items, map entries, keys and values, and run ends,
    /// which have no meaning. The metadata is that of the fields below.
    ///
    /// @param a  borrowed; may be NULL
    /// @param b  borrowed; may be NULL
    /// @return whether both are equal; false when a or b is NULL
    for ($name:ident, $metadata:expr, $note:literal) in [
        (nock_type_equals, false, "metadata aside"),
        (nock_type_equals_with_metadata, true, "metadata included, its entries in any order"),
    ]
    pub unsafe extern "C" fn $name(a: *const nock_type_t, b: *const nock_type_t) -> bool {
        // SAFETY: `a` is NULL or a live handle (C contract).
        let a = unsafe { handle::borrow_shared(a) };
        // SAFETY: `b` is NULL or a live handle (C contract).
        let b = unsafe { handle::borrow_shared(b) };
        value(false, || {
            a.zip(b).is_some_and(|(a, b)| a.equals(b, $metadata))
        })
    }
}
