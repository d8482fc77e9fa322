//! Types without parameters: each exists once and lives as long as the process.

use super::id::nock_type_id_t;
use super::nock_type_t;
use crate::capi::guard::value;
use crate::capi::handle::address_of;
use crate::schema::{CheckedType, TypeId};
use std::ptr::null;

fn simple(id: TypeId) -> *const nock_type_t {
    value(null(), || {
        CheckedType::simple(id).map_or(null(), |data_type| address_of(&data_type))
    })
}

/// Find a type without parameters by its number.
///
/// @param id  a NOCK_TYPE_ value
/// @return the type, borrowed; it lives as long as the process; NULL when the type has parameters or does not exist
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_simple(id: nock_type_id_t) -> *const nock_type_t {
    TypeId::from_number(id).map_or(null(), simple)
}

/// Find the type of nulls only.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_null() -> *const nock_type_t {
    simple(TypeId::Null)
}

/// Find the type of truth values.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_boolean() -> *const nock_type_t {
    simple(TypeId::Boolean)
}

/// Find the type of integers of 8 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_int8() -> *const nock_type_t {
    simple(TypeId::Int8)
}

/// Find the type of integers of 16 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_int16() -> *const nock_type_t {
    simple(TypeId::Int16)
}

/// Find the type of integers of 32 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_int32() -> *const nock_type_t {
    simple(TypeId::Int32)
}

/// Find the type of integers of 64 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_int64() -> *const nock_type_t {
    simple(TypeId::Int64)
}

/// Find the type of unsigned integers of 8 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_uint8() -> *const nock_type_t {
    simple(TypeId::UInt8)
}

/// Find the type of unsigned integers of 16 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_uint16() -> *const nock_type_t {
    simple(TypeId::UInt16)
}

/// Find the type of unsigned integers of 32 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_uint32() -> *const nock_type_t {
    simple(TypeId::UInt32)
}

/// Find the type of unsigned integers of 64 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_uint64() -> *const nock_type_t {
    simple(TypeId::UInt64)
}

/// Find the type of IEEE 754 numbers of 16 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_float16() -> *const nock_type_t {
    simple(TypeId::Float16)
}

/// Find the type of IEEE 754 numbers of 32 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_float32() -> *const nock_type_t {
    simple(TypeId::Float32)
}

/// Find the type of IEEE 754 numbers of 64 bits.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_float64() -> *const nock_type_t {
    simple(TypeId::Float64)
}

/// Find the type of dates as days.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_date32() -> *const nock_type_t {
    simple(TypeId::Date32)
}

/// Find the type of dates as milliseconds.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_date64() -> *const nock_type_t {
    simple(TypeId::Date64)
}

/// Find the type of intervals of months.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_interval_year_month() -> *const nock_type_t {
    simple(TypeId::IntervalYearMonth)
}

/// Find the type of intervals of days and milliseconds.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_interval_day_time() -> *const nock_type_t {
    simple(TypeId::IntervalDayTime)
}

/// Find the type of intervals of months, days and nanoseconds.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_interval_month_day_nano() -> *const nock_type_t {
    simple(TypeId::IntervalMonthDayNano)
}

/// Find the type of bytes with 32-bit offsets.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_binary() -> *const nock_type_t {
    simple(TypeId::Binary)
}

/// Find the type of bytes with 64-bit offsets.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_large_binary() -> *const nock_type_t {
    simple(TypeId::LargeBinary)
}

/// Find the type of bytes as views.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_binary_view() -> *const nock_type_t {
    simple(TypeId::BinaryView)
}

/// Find the type of UTF-8 text with 32-bit offsets.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_utf8() -> *const nock_type_t {
    simple(TypeId::Utf8)
}

/// Find the type of UTF-8 text with 64-bit offsets.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_large_utf8() -> *const nock_type_t {
    simple(TypeId::LargeUtf8)
}

/// Find the type of UTF-8 text as views.
///
/// @return the type, borrowed; it lives as long as the process
#[unsafe(no_mangle)]
pub extern "C" fn nock_type_utf8_view() -> *const nock_type_t {
    simple(TypeId::Utf8View)
}
