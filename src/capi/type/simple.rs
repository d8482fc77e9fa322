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

family! {
    /// Find a type without parameters.
    ///
    /// @return the type, borrowed; it lives as long as the process
    for ($name:ident, $id:ident, $note:literal) in [
        (nock_type_null, Null, "nothing but nulls"),
        (nock_type_boolean, Boolean, "truth values"),
        (nock_type_int8, Int8, "integers of 8 bits"),
        (nock_type_int16, Int16, "integers of 16 bits"),
        (nock_type_int32, Int32, "integers of 32 bits"),
        (nock_type_int64, Int64, "integers of 64 bits"),
        (nock_type_uint8, UInt8, "unsigned integers of 8 bits"),
        (nock_type_uint16, UInt16, "unsigned integers of 16 bits"),
        (nock_type_uint32, UInt32, "unsigned integers of 32 bits"),
        (nock_type_uint64, UInt64, "unsigned integers of 64 bits"),
        (nock_type_float16, Float16, "IEEE 754 numbers of 16 bits"),
        (nock_type_float32, Float32, "IEEE 754 numbers of 32 bits"),
        (nock_type_float64, Float64, "IEEE 754 numbers of 64 bits"),
        (nock_type_date32, Date32, "dates as days"),
        (nock_type_date64, Date64, "dates as milliseconds"),
        (nock_type_interval_year_month, IntervalYearMonth, "intervals of months"),
        (nock_type_interval_day_time, IntervalDayTime, "intervals of days and milliseconds"),
        (nock_type_interval_month_day_nano, IntervalMonthDayNano, "intervals of months, days and nanoseconds"),
        (nock_type_binary, Binary, "bytes with 32-bit offsets"),
        (nock_type_large_binary, LargeBinary, "bytes with 64-bit offsets"),
        (nock_type_binary_view, BinaryView, "bytes as views"),
        (nock_type_utf8, Utf8, "UTF-8 text with 32-bit offsets"),
        (nock_type_large_utf8, LargeUtf8, "UTF-8 text with 64-bit offsets"),
        (nock_type_utf8_view, Utf8View, "UTF-8 text as views"),
    ]
    pub extern "C" fn $name() -> *const nock_type_t {
        simple(TypeId::$id)
    }
}
