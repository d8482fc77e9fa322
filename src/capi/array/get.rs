//! Single values of arrays.
//!
//! A null gives 0, false or no bytes, and NOCK_OK: nock_array_is_null tells it apart.

use super::nock_array_t;
use crate::array::{DayTime, Half, MonthDayNano};
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::capi::text::{self, nock_str_t};

/// Read a boolean, as 0 or 1.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type bool
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_bool(
    array: *const nock_array_t,
    index: i64,
    out: *mut u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.put(u8::from(
            array.bit_or_default(super::index(index, "index")?)?,
        ));
        Ok(())
    })
}

/// Read a single-precision number.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type float
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_f32(
    array: *const nock_array_t,
    index: i64,
    out: *mut f32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<f32>(super::index(index, "index")?))
    })
}

/// Read a double-precision number.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type double
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_f64(
    array: *const nock_array_t,
    index: i64,
    out: *mut f64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<f64>(super::index(index, "index")?))
    })
}

/// Read the bits of a half-precision number.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type halffloat
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_f16_bits(
    array: *const nock_array_t,
    index: i64,
    out: *mut u16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.put(
            array
                .native_or_default::<Half>(super::index(index, "index")?)?
                .0,
        );
        Ok(())
    })
}

/// Read an interval of days and milliseconds.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type day_time_interval
/// @param index  which value
/// @param out_days          receives the whole days
/// @param out_milliseconds  receives the milliseconds besides them
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_day_time(
    array: *const nock_array_t,
    index: i64,
    out_days: *mut i32,
    out_milliseconds: *mut i32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_days = arg!(out_value(out_days))?;
        let out_milliseconds = arg!(out_value(out_milliseconds))?;
        let array = arg!(borrow(array))?;
        let interval: DayTime = array.native_or_default(super::index(index, "index")?)?;
        out_days.put(interval.days);
        out_milliseconds.put(interval.milliseconds);
        Ok(())
    })
}

/// Read an interval of months, days and nanoseconds.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type month_day_nano_interval
/// @param index  which value
/// @param out_months       receives the whole months
/// @param out_days         receives the days besides them
/// @param out_nanoseconds  receives the nanoseconds besides them
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_month_day_nano(
    array: *const nock_array_t,
    index: i64,
    out_months: *mut i32,
    out_days: *mut i32,
    out_nanoseconds: *mut i64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_months = arg!(out_value(out_months))?;
        let out_days = arg!(out_value(out_days))?;
        let out_nanoseconds = arg!(out_value(out_nanoseconds))?;
        let array = arg!(borrow(array))?;
        let interval: MonthDayNano = array.native_or_default(super::index(index, "index")?)?;
        out_months.put(interval.months);
        out_days.put(interval.days);
        out_nanoseconds.put(interval.nanoseconds);
        Ok(())
    })
}

/// Read the bytes of a value.
///
/// A null reads as no bytes.
///
/// @param array  borrowed; of any type but null and bool; values of fixed width as they lie in memory
/// @param index  which value
/// @param out    receives the bytes, borrowed from the array; not NUL-terminated, and not aligned for any type
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or out is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_bytes(
    array: *const nock_array_t,
    index: i64,
    out: *mut nock_str_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.put(text::of(
            array.bytes_or_default(super::index(index, "index")?)?,
        ));
        Ok(())
    })
}
