//! The parameters of types.

use super::id::nock_type_id_t;
use super::nock_type_t;
use super::unit::{nock_time_unit_t, number_of};
use crate::capi::field::nock_field_t;
use crate::capi::guard;
use crate::capi::handle::address_of;
use crate::schema::CheckedType;
use std::ffi::c_char;
use std::ptr::null;

/// The number of a type; an enum's discriminant, which no method gives.
fn number_of_type(data_type: &CheckedType) -> nock_type_id_t {
    data_type.id() as nock_type_id_t
}

fn zone(data_type: &CheckedType) -> *const c_char {
    let zone = data_type.zone_with_nul();
    zone.map_or(null(), |zone| zone.as_ptr().cast())
}

fn union_ids(data_type: &CheckedType) -> *const i8 {
    data_type.union_ids().map_or(null(), <[i8]>::as_ptr)
}

fn index_type(data_type: &CheckedType) -> *const nock_type_t {
    let dictionary = data_type.as_dictionary();
    dictionary.map_or(null(), |dictionary| address_of(&dictionary.index))
}

fn value_type(data_type: &CheckedType) -> *const nock_type_t {
    let dictionary = data_type.as_dictionary();
    dictionary.map_or(null(), |dictionary| address_of(&dictionary.value))
}

fn is_ordered(data_type: &CheckedType) -> bool {
    let dictionary = data_type.as_dictionary();
    dictionary.is_some_and(|dictionary| dictionary.ordered)
}

family! {
    /// Read a number of a type.
    ///
    /// A width counts what one value takes in an array's own buffers; there is none when values have different sizes or lie
    /// in children. Lists and maps have 1 field, run-end encoding has 2, structs and unions have any number.
    ///
    /// @param data_type  borrowed; may be NULL
    /// @return the number named beside the function; 0 when data_type is NULL or has none
    for ($name:ident, $number:ty, $read:expr, $note:literal) in [
        (nock_type_id, nock_type_id_t, number_of_type, "which type it is: a NOCK_TYPE_ value"),
        (nock_type_bit_width, usize, |of| of.bit_width().unwrap_or(0), "bits of a value, for a dictionary of an index"),
        (nock_type_byte_width, usize, |of| of.byte_width().unwrap_or(0), "the same in whole bytes"),
        (nock_type_precision, i32, |of| of.precision().map_or(0, i32::from), "digits of a decimal"),
        (nock_type_scale, i32, |of| of.scale().unwrap_or(0), "digits of a decimal behind the point; may be negative"),
        (nock_type_unit, nock_time_unit_t, |of| number_of(of.unit()), "NOCK_TIME_UNIT_ value of a time, timestamp or duration"),
        (nock_type_list_size, i32, |of| of.list_size().unwrap_or(0), "items in each value of a fixed-size list"),
        (nock_type_num_fields, usize, |of| of.num_children(), "fields below it"),
    ]
    pub unsafe extern "C" fn $name(data_type: *const nock_type_t) -> $number {
        // SAFETY: `data_type` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(data_type, 0, $read) }
    }
}

family! {
    /// Ask about the order in a type.
    ///
    /// @param data_type  borrowed; may be NULL
    /// @return whether it is so; false when data_type is NULL or another type
    for ($name:ident, $ask:expr, $note:literal) in [
        (nock_type_has_sorted_keys, |of| of.has_sorted_keys(), "the keys of every value of a map are sorted"),
        (nock_type_is_ordered, is_ordered, "the order of a dictionary's values means something"),
    ]
    pub unsafe extern "C" fn $name(data_type: *const nock_type_t) -> bool {
        // SAFETY: `data_type` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(data_type, false, $ask) }
    }
}

family! {
    /// Read a part of a type.
    ///
    /// @param data_type  borrowed; may be NULL
    /// @return what is named beside the function, borrowed while the type lives; NULL when data_type is NULL or has none
    for ($name:ident, $part:ty, $read:expr, $note:literal) in [
        (nock_type_timezone, c_char, zone, "the zone of a timestamp, as it was given"),
        (nock_type_union_ids, i8, union_ids, "the ids of a union: nock_type_num_fields of them"),
        (nock_type_dictionary_index, nock_type_t, index_type, "the type of a dictionary's indices"),
        (nock_type_dictionary_value, nock_type_t, value_type, "the type of a dictionary's values"),
    ]
    pub unsafe extern "C" fn $name(data_type: *const nock_type_t) -> *const $part {
        // SAFETY: `data_type` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(data_type, null(), $read) }
    }
}

/// Get a field of a nested type.
///
/// @param data_type  borrowed; may be NULL
/// @param index      0 to nock_type_num_fields - 1
/// @return the field, borrowed while the type lives; NULL when data_type is NULL or has no such field
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_field(
    data_type: *const nock_type_t,
    index: usize,
) -> *const nock_field_t {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    unsafe {
        guard::value_of_shared(data_type, null(), |of| {
            of.child(index).map_or(null(), address_of)
        })
    }
}
