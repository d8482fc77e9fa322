//! Types with numbers, units or time zones as parameters.

use super::nock_type_t;
use super::unit::{nock_time_unit_t, unit_of};
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::schema::DataType;
use std::ffi::c_char;

/// Make a type of decimal numbers in 32 bits.
///
/// @param precision  decimal digits, 1 to 9
/// @param scale      digits behind the point; may be negative
/// @param out        receives the type, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 9
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_decimal32(
    precision: i32,
    scale: i32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::decimal(32, precision, scale)?.into_ref())
    })
}

/// Make a type of decimal numbers in 64 bits.
///
/// @param precision  decimal digits, 1 to 18
/// @param scale      digits behind the point; may be negative
/// @param out        receives the type, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 18
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_decimal64(
    precision: i32,
    scale: i32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::decimal(64, precision, scale)?.into_ref())
    })
}

/// Make a type of decimal numbers in 128 bits.
///
/// @param precision  decimal digits, 1 to 38
/// @param scale      digits behind the point; may be negative
/// @param out        receives the type, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 38
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_decimal128(
    precision: i32,
    scale: i32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::decimal(128, precision, scale)?.into_ref())
    })
}

/// Make a type of decimal numbers in 256 bits.
///
/// @param precision  decimal digits, 1 to 76
/// @param scale      digits behind the point; may be negative
/// @param out        receives the type, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is not 1 to 76
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_decimal256(
    precision: i32,
    scale: i32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::decimal(256, precision, scale)?.into_ref())
    })
}

/// Make a type of times of day in 32 bits.
///
/// @param unit   NOCK_TIME_UNIT_SECOND or NOCK_TIME_UNIT_MILLISECOND
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is another number
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_time32(
    unit: nock_time_unit_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::Time32(unit_of(unit)?).into_ref())
    })
}

/// Make a type of times of day in 64 bits.
///
/// @param unit   NOCK_TIME_UNIT_MICROSECOND or NOCK_TIME_UNIT_NANOSECOND
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is another number
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_time64(
    unit: nock_time_unit_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::Time64(unit_of(unit)?).into_ref())
    })
}

/// Make a type of elapsed times in 64 bits.
///
/// @param unit   a NOCK_TIME_UNIT_ value except NONE
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is another number
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_duration(
    unit: nock_time_unit_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::Duration(unit_of(unit)?).into_ref())
    })
}

/// Make a type of instants or wall-clock times.
///
/// With a time zone the values are instants, without one they are wall-clock times. The zone is kept as it is, whether
/// or not it exists.
///
/// @param unit      a NOCK_TIME_UNIT_ value except NONE
/// @param timezone  borrowed; such as "UTC", "Europe/Berlin" or "+02:00"; may be NULL, which is the same as ""
/// @param out       receives the type, owned
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, unit is another number, or timezone is not UTF-8
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_timestamp(
    unit: nock_time_unit_t,
    timezone: *const c_char,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let timezone = arg!(optional_text(timezone))?;
        out.give(DataType::timestamp(unit_of(unit)?, timezone)?.into_ref())
    })
}

/// Make a type of values with the same number of bytes.
///
/// @param byte_width  bytes of each value, 0 or more
/// @param out         receives the type, owned
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or byte_width is negative
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_fixed_size_binary(
    byte_width: i32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        out.give(DataType::FixedSizeBinary(byte_width).into_ref())
    })
}
