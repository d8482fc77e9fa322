//! The parameters of types.

use super::id::nock_type_id_t;
use super::nock_type_t;
use super::unit::{nock_time_unit_t, number_of};
use crate::capi::field::nock_field_t;
use crate::capi::guard::value;
use crate::capi::handle::{self, address_of};
use std::ffi::c_char;
use std::ptr::null;

/// Read which type it is.
///
/// @param data_type  borrowed; may be NULL
/// @return a NOCK_TYPE_ value; NOCK_TYPE_NONE when data_type is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_id(data_type: *const nock_type_t) -> nock_type_id_t {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || {
        object.map_or(0, |data_type| data_type.id() as nock_type_id_t)
    })
}

/// Read the bits of one value in an array's own buffers.
///
/// @param data_type  borrowed; may be NULL
/// @return the bits, for a dictionary those of an index; 0 when data_type is NULL, values have different sizes, or they
///         lie in children
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_bit_width(data_type: *const nock_type_t) -> usize {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || {
        object
            .and_then(|data_type| data_type.bit_width())
            .unwrap_or(0)
    })
}

/// Read the bytes of one value in an array's own buffers.
///
/// @param data_type  borrowed; may be NULL
/// @return the bytes, for a dictionary those of an index; 0 when data_type is NULL, values have different sizes or are
///         no whole bytes, or they lie in children
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_byte_width(data_type: *const nock_type_t) -> usize {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || {
        object
            .and_then(|data_type| data_type.byte_width())
            .unwrap_or(0)
    })
}

/// Read the digits of a decimal type.
///
/// @param data_type  borrowed; may be NULL
/// @return the digits; 0 when data_type is NULL or no decimal
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_precision(data_type: *const nock_type_t) -> i32 {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || {
        object
            .and_then(|data_type| data_type.precision())
            .map_or(0, i32::from)
    })
}

/// Read the digits behind the point of a decimal type.
///
/// @param data_type  borrowed; may be NULL
/// @return the digits, which may be negative; 0 when data_type is NULL or no decimal
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_scale(data_type: *const nock_type_t) -> i32 {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || {
        object.and_then(|data_type| data_type.scale()).unwrap_or(0)
    })
}

/// Read the unit of a time, timestamp or duration.
///
/// @param data_type  borrowed; may be NULL
/// @return a NOCK_TIME_UNIT_ value; NOCK_TIME_UNIT_NONE when data_type is NULL or another type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_unit(data_type: *const nock_type_t) -> nock_time_unit_t {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || {
        number_of(object.and_then(|data_type| data_type.unit()))
    })
}

/// Read the time zone of a timestamp.
///
/// @param data_type  borrowed; may be NULL
/// @return the zone as it was given, borrowed until the type ends; NULL when data_type is NULL, another type, or has no
///         zone
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_timezone(data_type: *const nock_type_t) -> *const c_char {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(null(), || {
        let zone = object.and_then(|data_type| data_type.zone_with_nul());
        zone.map_or(null(), |zone| zone.as_ptr().cast())
    })
}

/// Read the items of each value of a fixed-size list.
///
/// @param data_type  borrowed; may be NULL
/// @return the items; 0 when data_type is NULL or another type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_list_size(data_type: *const nock_type_t) -> i32 {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || {
        object
            .and_then(|data_type| data_type.list_size())
            .unwrap_or(0)
    })
}

/// Count the fields below a type.
///
/// @param data_type  borrowed; may be NULL
/// @return 1 for lists and maps, 2 for run-end encoding, any number for structs and unions; 0 when data_type is NULL or
///         another type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_num_fields(data_type: *const nock_type_t) -> usize {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(0, || object.map_or(0, |data_type| data_type.num_children()))
}

/// Read a field below a type.
///
/// @param data_type  borrowed; may be NULL
/// @param index      0 to nock_type_num_fields - 1
/// @return the field, borrowed until the type ends; NULL when data_type is NULL or has no such field
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_field(
    data_type: *const nock_type_t,
    index: usize,
) -> *const nock_field_t {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(null(), || {
        let field = object.and_then(|data_type| data_type.child(index));
        field.map_or(null(), address_of)
    })
}

/// Read the ids of the fields of a union.
///
/// @param data_type  borrowed; may be NULL
/// @return nock_type_num_fields ids, borrowed until the type ends; NULL when data_type is NULL or no union
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_union_ids(data_type: *const nock_type_t) -> *const i8 {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(null(), || {
        let ids = object.and_then(|data_type| data_type.union_ids());
        ids.map_or(null(), <[i8]>::as_ptr)
    })
}

/// Read whether the keys of every value of a map are sorted.
///
/// @param data_type  borrowed; may be NULL
/// @return whether they are; false when data_type is NULL or no map
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_has_sorted_keys(data_type: *const nock_type_t) -> bool {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(false, || {
        object.is_some_and(|data_type| data_type.has_sorted_keys())
    })
}

/// Read the type of the indices of a dictionary.
///
/// @param data_type  borrowed; may be NULL
/// @return the type, borrowed until the dictionary type ends; NULL when data_type is NULL or no dictionary
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_dictionary_index(
    data_type: *const nock_type_t,
) -> *const nock_type_t {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(null(), || {
        let dictionary = object.and_then(|data_type| data_type.as_dictionary());
        dictionary.map_or(null(), |dictionary| address_of(&dictionary.index))
    })
}

/// Read the type of the values of a dictionary.
///
/// @param data_type  borrowed; may be NULL
/// @return the type, borrowed until the dictionary type ends; NULL when data_type is NULL or no dictionary
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_dictionary_value(
    data_type: *const nock_type_t,
) -> *const nock_type_t {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(null(), || {
        let dictionary = object.and_then(|data_type| data_type.as_dictionary());
        dictionary.map_or(null(), |dictionary| address_of(&dictionary.value))
    })
}

/// Read whether the order of a dictionary's values means something.
///
/// @param data_type  borrowed; may be NULL
/// @return whether it does; false when data_type is NULL or no dictionary
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_is_ordered(data_type: *const nock_type_t) -> bool {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    let object = unsafe { handle::borrow_shared(data_type) };
    value(false, || {
        object
            .and_then(|data_type| data_type.as_dictionary())
            .is_some_and(|dictionary| dictionary.ordered)
    })
}
