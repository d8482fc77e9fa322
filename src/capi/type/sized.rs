//! Types with numbers, units or time zones as parameters.

use super::nock_type_t;
use super::unit::{nock_time_unit_t, unit_of};
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::schema::DataType;
use std::ffi::c_char;

family! {
    /// Make a type of decimal numbers.
    ///
    /// @param precision  decimal digits, at least 1
    /// @param scale      digits behind the point; may be negative
    /// @param out        receives the type, owned
    /// @param error      receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or precision is outside its range
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
    for ($name:ident, $bits:expr, $note:literal) in [
        (nock_type_new_decimal32, 32, "in 32 bits; precision 1 to 9"),
        (nock_type_new_decimal64, 64, "in 64 bits; precision 1 to 18"),
        (nock_type_new_decimal128, 128, "in 128 bits; precision 1 to 38"),
        (nock_type_new_decimal256, 256, "in 256 bits; precision 1 to 76"),
    ]
    pub unsafe extern "C" fn $name(
        precision: i32,
        scale: i32,
        out: *mut *mut nock_type_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            out.put_shared(DataType::decimal($bits, precision, scale)?.into_ref()?);
            Ok(())
        })
    }
}

family! {
    /// Make a type of times of day or of elapsed times.
    ///
    /// Values of time32 have 32 bits, the others 64.
    ///
    /// @param unit   a NOCK_TIME_UNIT_ value named beside the function
    /// @param out    receives the type, owned
    /// @param error  receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_INVALID_ARGUMENT when out is NULL or unit is not one of these
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
    for ($name:ident, $kind:ident, $note:literal) in [
        (nock_type_new_time32, Time32, "times of day: SECOND or MILLISECOND"),
        (nock_type_new_time64, Time64, "times of day: MICROSECOND or NANOSECOND"),
        (nock_type_new_duration, Duration, "elapsed times: all but NONE"),
    ]
    pub unsafe extern "C" fn $name(
        unit: nock_time_unit_t,
        out: *mut *mut nock_type_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            out.put_shared(DataType::$kind(unit_of(unit)?).into_ref()?);
            Ok(())
        })
    }
}

/// Make a type of instants or wall-clock times.
///
/// With a time zone the values are instants, without one they are wall-clock times. The zone is not checked.
///
/// @param unit      a NOCK_TIME_UNIT_ value except NONE
/// @param timezone  borrowed; such as "UTC", "Europe/Berlin" or "+02:00"; may be NULL, which is the same as ""
/// @param out       receives the type, owned
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, unit is not one of these, or timezone is not UTF-8
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
        out.put_shared(DataType::timestamp(unit_of(unit)?, timezone)?.into_ref()?);
        Ok(())
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
        out.put_shared(DataType::FixedSizeBinary(byte_width).into_ref()?);
        Ok(())
    })
}
