//! Types.

pub mod simple;
pub mod sized;
pub mod nested;
pub mod parameter;

use super::error::nock_error_t;
use super::guard::{self, ErrorSlot, value};
use super::handle::{self, Handle, Shared};
use super::status::nock_status_t;
use crate::err;
use crate::error::Result;
use crate::schema::{CheckedType, DataType, TimeUnit, TypeId};
use std::ffi::c_char;

/// A type of the Arrow format, with its parameters.
///
/// An extension type is the type that its values are stored as; which extension it is stands in the metadata of a field:
/// nock_field_extension_name.
///
/// *Immutable*: like shared, and never changes.
/// Get one: nock_type_new_... for types with parameters, nock_type_from_format, nock_field_type, nock_array_type; for types
/// without parameters nock_type_simple by number, or by name nock_type_null, nock_type_boolean, nock_type_int8,
/// nock_type_int16, nock_type_int32, nock_type_int64, nock_type_uint8, nock_type_uint16, nock_type_uint32,
/// nock_type_uint64, nock_type_float16, nock_type_float32, nock_type_float64, nock_type_date32, nock_type_date64,
/// nock_type_interval_year_month, nock_type_interval_day_time, nock_type_interval_month_day_nano, nock_type_binary,
/// nock_type_large_binary, nock_type_binary_view, nock_type_utf8, nock_type_large_utf8, nock_type_utf8_view.
/// Keep it: nock_type_ref. End it: nock_type_unref. Read it: nock_type_id,
/// nock_type_bit_width, nock_type_byte_width, nock_type_precision, nock_type_scale, nock_type_unit, nock_type_timezone,
/// nock_type_list_size, nock_type_num_fields, nock_type_field, nock_type_union_ids, nock_type_has_sorted_keys,
/// nock_type_dictionary_index, nock_type_dictionary_value, nock_type_is_ordered, nock_type_equals,
/// nock_type_equals_with_metadata, nock_type_to_text, nock_type_to_format.
pub struct nock_type_t {
    _opaque: [u8; 0],
}

impl Handle for nock_type_t {
    type Object = CheckedType;
    type Kind = Shared;
}

/// Which type it is, without its parameters: one of the NOCK_TYPE_ values.
///
/// A newer library may return values that this header does not list.
pub type nock_type_id_t = i32;

/// Every type of the Arrow format. The numbers are those of Arrow C++ plus one; 0 is no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_type_id_values {
    /// No type.
    NOCK_TYPE_NONE = 0,
    /// Nothing but nulls, without buffers.
    NOCK_TYPE_NULL = 1,
    /// One bit a value.
    NOCK_TYPE_BOOLEAN = 2,
    /// Unsigned integers of 8 bits.
    NOCK_TYPE_UINT8 = 3,
    /// Integers of 8 bits.
    NOCK_TYPE_INT8 = 4,
    /// Unsigned integers of 16 bits.
    NOCK_TYPE_UINT16 = 5,
    /// Integers of 16 bits.
    NOCK_TYPE_INT16 = 6,
    /// Unsigned integers of 32 bits.
    NOCK_TYPE_UINT32 = 7,
    /// Integers of 32 bits.
    NOCK_TYPE_INT32 = 8,
    /// Unsigned integers of 64 bits.
    NOCK_TYPE_UINT64 = 9,
    /// Integers of 64 bits.
    NOCK_TYPE_INT64 = 10,
    /// IEEE 754 numbers of 16 bits.
    NOCK_TYPE_FLOAT16 = 11,
    /// IEEE 754 numbers of 32 bits.
    NOCK_TYPE_FLOAT32 = 12,
    /// IEEE 754 numbers of 64 bits.
    NOCK_TYPE_FLOAT64 = 13,
    /// UTF-8 text with 32-bit offsets.
    NOCK_TYPE_UTF8 = 14,
    /// Bytes with 32-bit offsets.
    NOCK_TYPE_BINARY = 15,
    /// As many bytes in every value: nock_type_byte_width.
    NOCK_TYPE_FIXED_SIZE_BINARY = 16,
    /// Days since 1970-01-01, in 32 bits.
    NOCK_TYPE_DATE32 = 17,
    /// Milliseconds since 1970-01-01, whole days, in 64 bits.
    NOCK_TYPE_DATE64 = 18,
    /// Time since 1970-01-01 00:00 in 64 bits: nock_type_unit, nock_type_timezone.
    NOCK_TYPE_TIMESTAMP = 19,
    /// Time since midnight in 32 bits, in seconds or milliseconds: nock_type_unit.
    NOCK_TYPE_TIME32 = 20,
    /// Time since midnight in 64 bits, in microseconds or nanoseconds: nock_type_unit.
    NOCK_TYPE_TIME64 = 21,
    /// Months, in 32 bits.
    NOCK_TYPE_INTERVAL_YEAR_MONTH = 22,
    /// Days and milliseconds, 32 bits each.
    NOCK_TYPE_INTERVAL_DAY_TIME = 23,
    /// Decimal numbers in 128 bits: nock_type_precision, nock_type_scale.
    NOCK_TYPE_DECIMAL128 = 24,
    /// Decimal numbers in 256 bits.
    NOCK_TYPE_DECIMAL256 = 25,
    /// Lists with 32-bit offsets; the one field is the item.
    NOCK_TYPE_LIST = 26,
    /// One value of each field.
    NOCK_TYPE_STRUCT = 27,
    /// A value of one of the fields; every child has as many values as the union.
    NOCK_TYPE_SPARSE_UNION = 28,
    /// A value of one of the fields, found by an offset.
    NOCK_TYPE_DENSE_UNION = 29,
    /// Indices into values: nock_type_dictionary_index, nock_type_dictionary_value.
    NOCK_TYPE_DICTIONARY = 30,
    /// Lists of entries, which are structs of key and value; the one field is the entries.
    NOCK_TYPE_MAP = 31,
    /// As many items in every value: nock_type_list_size; the one field is the item.
    NOCK_TYPE_FIXED_SIZE_LIST = 33,
    /// Elapsed time in 64 bits: nock_type_unit.
    NOCK_TYPE_DURATION = 34,
    /// UTF-8 text with 64-bit offsets.
    NOCK_TYPE_LARGE_UTF8 = 35,
    /// Bytes with 64-bit offsets.
    NOCK_TYPE_LARGE_BINARY = 36,
    /// Lists with 64-bit offsets; the one field is the item.
    NOCK_TYPE_LARGE_LIST = 37,
    /// Months and days in 32 bits each, and nanoseconds in 64.
    NOCK_TYPE_INTERVAL_MONTH_DAY_NANO = 38,
    /// Runs of equal values; the two fields are the run ends and the values.
    NOCK_TYPE_RUN_END_ENCODED = 39,
    /// UTF-8 text as views: short values inline, long ones in further buffers.
    NOCK_TYPE_UTF8_VIEW = 40,
    /// Bytes as views.
    NOCK_TYPE_BINARY_VIEW = 41,
    /// Lists with 32-bit offsets and sizes; the one field is the item.
    NOCK_TYPE_LIST_VIEW = 42,
    /// Lists with 64-bit offsets and sizes; the one field is the item.
    NOCK_TYPE_LARGE_LIST_VIEW = 43,
    /// Decimal numbers in 32 bits.
    NOCK_TYPE_DECIMAL32 = 44,
    /// Decimal numbers in 64 bits.
    NOCK_TYPE_DECIMAL64 = 45,
}

const _: () = {
    use nock_type_id_values::*;
    assert!(NOCK_TYPE_NULL as i32 == TypeId::Null as i32);
    assert!(NOCK_TYPE_BOOLEAN as i32 == TypeId::Boolean as i32);
    assert!(NOCK_TYPE_UINT8 as i32 == TypeId::UInt8 as i32);
    assert!(NOCK_TYPE_INT8 as i32 == TypeId::Int8 as i32);
    assert!(NOCK_TYPE_UINT16 as i32 == TypeId::UInt16 as i32);
    assert!(NOCK_TYPE_INT16 as i32 == TypeId::Int16 as i32);
    assert!(NOCK_TYPE_UINT32 as i32 == TypeId::UInt32 as i32);
    assert!(NOCK_TYPE_INT32 as i32 == TypeId::Int32 as i32);
    assert!(NOCK_TYPE_UINT64 as i32 == TypeId::UInt64 as i32);
    assert!(NOCK_TYPE_INT64 as i32 == TypeId::Int64 as i32);
    assert!(NOCK_TYPE_FLOAT16 as i32 == TypeId::Float16 as i32);
    assert!(NOCK_TYPE_FLOAT32 as i32 == TypeId::Float32 as i32);
    assert!(NOCK_TYPE_FLOAT64 as i32 == TypeId::Float64 as i32);
    assert!(NOCK_TYPE_UTF8 as i32 == TypeId::Utf8 as i32);
    assert!(NOCK_TYPE_BINARY as i32 == TypeId::Binary as i32);
    assert!(NOCK_TYPE_FIXED_SIZE_BINARY as i32 == TypeId::FixedSizeBinary as i32);
    assert!(NOCK_TYPE_DATE32 as i32 == TypeId::Date32 as i32);
    assert!(NOCK_TYPE_DATE64 as i32 == TypeId::Date64 as i32);
    assert!(NOCK_TYPE_TIMESTAMP as i32 == TypeId::Timestamp as i32);
    assert!(NOCK_TYPE_TIME32 as i32 == TypeId::Time32 as i32);
    assert!(NOCK_TYPE_TIME64 as i32 == TypeId::Time64 as i32);
    assert!(NOCK_TYPE_INTERVAL_YEAR_MONTH as i32 == TypeId::IntervalYearMonth as i32);
    assert!(NOCK_TYPE_INTERVAL_DAY_TIME as i32 == TypeId::IntervalDayTime as i32);
    assert!(NOCK_TYPE_DECIMAL128 as i32 == TypeId::Decimal128 as i32);
    assert!(NOCK_TYPE_DECIMAL256 as i32 == TypeId::Decimal256 as i32);
    assert!(NOCK_TYPE_LIST as i32 == TypeId::List as i32);
    assert!(NOCK_TYPE_STRUCT as i32 == TypeId::Struct as i32);
    assert!(NOCK_TYPE_SPARSE_UNION as i32 == TypeId::SparseUnion as i32);
    assert!(NOCK_TYPE_DENSE_UNION as i32 == TypeId::DenseUnion as i32);
    assert!(NOCK_TYPE_DICTIONARY as i32 == TypeId::Dictionary as i32);
    assert!(NOCK_TYPE_MAP as i32 == TypeId::Map as i32);
    assert!(NOCK_TYPE_FIXED_SIZE_LIST as i32 == TypeId::FixedSizeList as i32);
    assert!(NOCK_TYPE_DURATION as i32 == TypeId::Duration as i32);
    assert!(NOCK_TYPE_LARGE_UTF8 as i32 == TypeId::LargeUtf8 as i32);
    assert!(NOCK_TYPE_LARGE_BINARY as i32 == TypeId::LargeBinary as i32);
    assert!(NOCK_TYPE_LARGE_LIST as i32 == TypeId::LargeList as i32);
    assert!(NOCK_TYPE_INTERVAL_MONTH_DAY_NANO as i32 == TypeId::IntervalMonthDayNano as i32);
    assert!(NOCK_TYPE_RUN_END_ENCODED as i32 == TypeId::RunEndEncoded as i32);
    assert!(NOCK_TYPE_UTF8_VIEW as i32 == TypeId::Utf8View as i32);
    assert!(NOCK_TYPE_BINARY_VIEW as i32 == TypeId::BinaryView as i32);
    assert!(NOCK_TYPE_LIST_VIEW as i32 == TypeId::ListView as i32);
    assert!(NOCK_TYPE_LARGE_LIST_VIEW as i32 == TypeId::LargeListView as i32);
    assert!(NOCK_TYPE_DECIMAL32 as i32 == TypeId::Decimal32 as i32);
    assert!(NOCK_TYPE_DECIMAL64 as i32 == TypeId::Decimal64 as i32);
};

/// The unit of times, timestamps and durations: one of the NOCK_TIME_UNIT_ values.
pub type nock_time_unit_t = i32;

/// Every unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_time_unit_values {
    /// The type has no unit.
    NOCK_TIME_UNIT_NONE = 0,
    /// Seconds.
    NOCK_TIME_UNIT_SECOND = 1,
    /// Milliseconds.
    NOCK_TIME_UNIT_MILLISECOND = 2,
    /// Microseconds.
    NOCK_TIME_UNIT_MICROSECOND = 3,
    /// Nanoseconds.
    NOCK_TIME_UNIT_NANOSECOND = 4,
}

/// Flags of types; the numbers are those of the Arrow C data interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_type_flag_values {
    /// The order of a dictionary's values means something.
    NOCK_TYPE_DICTIONARY_ORDERED = 1,
    /// The keys of every value of a map are sorted.
    NOCK_TYPE_MAP_KEYS_SORTED = 4,
}

/// The unit that the caller means.
fn unit_of(unit: nock_time_unit_t) -> Result<TimeUnit> {
    match unit {
        1 => Ok(TimeUnit::Second),
        2 => Ok(TimeUnit::Millisecond),
        3 => Ok(TimeUnit::Microsecond),
        4 => Ok(TimeUnit::Nanosecond),
        _ => Err(err!(InvalidArgument, "unit {} is no NOCK_TIME_UNIT", unit)),
    }
}

/// The number of a unit.
fn number_of(unit: Option<TimeUnit>) -> nock_time_unit_t {
    use nock_time_unit_values::*;
    let number = match unit {
        None => NOCK_TIME_UNIT_NONE,
        Some(TimeUnit::Second) => NOCK_TIME_UNIT_SECOND,
        Some(TimeUnit::Millisecond) => NOCK_TIME_UNIT_MILLISECOND,
        Some(TimeUnit::Microsecond) => NOCK_TIME_UNIT_MICROSECOND,
        Some(TimeUnit::Nanosecond) => NOCK_TIME_UNIT_NANOSECOND,
    };
    number as nock_time_unit_t
}

/// Make a type from a format string of the Arrow C data interface.
///
/// Types with fields cannot be made from a string alone: nock_type_new_... makes them.
///
/// @param format  borrowed; such as "i", "tsu:UTC" or "d:10,2"
/// @param out     receives the type, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when format or out is NULL, or format is no format string
///         NOCK_ERR_UNSUPPORTED when the format is that of a nested type, which says nothing about its fields
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_from_format(
    format: *const c_char,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `format` is NULL or NUL-terminated (C contract).
        let format = unsafe { guard::text(format, "format") }?;
        out.put_shared(DataType::from_format(format)?.into_ref()?);
        Ok(())
    })
}

/// Find the format string of the Arrow C data interface.
///
/// For a dictionary it is that of the indices, for a nested type it says nothing about the fields.
///
/// Cost: the first call renders the text and keeps it with the object: two allocations; later calls are O(1).
///
/// @param data_type  borrowed
/// @param out_text   receives the text, borrowed until the type ends, ended by a NUL
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when data_type or out_text is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_to_format(
    data_type: *const nock_type_t,
    out_text: *mut *const c_char,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `data_type` is NULL or a live handle (C contract).
        let data_type = unsafe { guard::borrow(data_type, "data_type") }?;
        // SAFETY: `out_text` is NULL or a valid slot (C contract).
        let out_text = unsafe { guard::out_value(out_text, "out_text") }?;
        out_text.put(data_type.format_with_nul()?.as_ptr().cast());
        Ok(())
    })
}

/// Render a type as text, as pyarrow writes it.
///
/// For example "timestamp[us, tz=UTC]" or "list<item: int32 not null>". Control characters in names are escaped.
///
/// Cost: the first call renders the text and keeps it with the object: two allocations; later calls are O(1).
///
/// @param data_type  borrowed
/// @param out_text   receives the text, borrowed until the type ends, ended by a NUL
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when data_type or out_text is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_to_text(
    data_type: *const nock_type_t,
    out_text: *mut *const c_char,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `data_type` is NULL or a live handle (C contract).
        let data_type = unsafe { guard::borrow(data_type, "data_type") }?;
        // SAFETY: `out_text` is NULL or a valid slot (C contract).
        let out_text = unsafe { guard::out_value(out_text, "out_text") }?;
        out_text.put(data_type.text_with_nul()?.as_ptr().cast());
        Ok(())
    })
}

/// Compare two types without their metadata.
///
/// Names of fields below make a difference, except those of list items, map entries, keys and values, and run ends,
/// which have no meaning.
///
/// @param a  borrowed; may be NULL
/// @param b  borrowed; may be NULL
/// @return whether both are equal; false when a or b is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_equals(a: *const nock_type_t, b: *const nock_type_t) -> bool {
    // SAFETY: `a` is NULL or a live handle (C contract).
    let a = unsafe { handle::borrow_shared(a) };
    // SAFETY: `b` is NULL or a live handle (C contract).
    let b = unsafe { handle::borrow_shared(b) };
    value(false, || a.zip(b).is_some_and(|(a, b)| a.equals(b, false)))
}

/// Compare two types and their metadata.
///
/// The metadata of fields below must have the same entries, in any order.
///
/// @param a  borrowed; may be NULL
/// @param b  borrowed; may be NULL
/// @return whether both are equal; false when a or b is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_equals_with_metadata(
    a: *const nock_type_t,
    b: *const nock_type_t,
) -> bool {
    // SAFETY: `a` is NULL or a live handle (C contract).
    let a = unsafe { handle::borrow_shared(a) };
    // SAFETY: `b` is NULL or a live handle (C contract).
    let b = unsafe { handle::borrow_shared(b) };
    value(false, || a.zip(b).is_some_and(|(a, b)| a.equals(b, true)))
}

/// Add an owner to a type.
///
/// @param data_type  shared (adds a reference); may be NULL
/// @return the same pointer, owned; NULL when data_type is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_ref(data_type: *const nock_type_t) -> *mut nock_type_t {
    // SAFETY: `data_type` is NULL or a live handle (C contract).
    unsafe { handle::shared_ref(data_type) }
}

/// Give up one owner of a type; the last one ends it.
///
/// @param data_type  consumed; may be NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_unref(data_type: *mut nock_type_t) {
    // SAFETY: `data_type` is NULL or a live handle whose reference is given up (C contract).
    unsafe { handle::unref(data_type) };
}
