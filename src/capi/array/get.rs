//! Single values of arrays.

use super::nock_array_t;
use crate::array::{ArrayData, DayTime, Half, MonthDayNano};
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::capi::text::{self, nock_str_t};
use crate::error::Result;

fn bool_as_byte(array: &ArrayData, index: usize) -> Result<u8> {
    array.bit_or_default(index).map(u8::from)
}

fn half_as_bits(array: &ArrayData, index: usize) -> Result<u16> {
    array.native_or_default(index).map(|Half(bits)| bits)
}

family! {
    /// Read one value of an array.
    ///
    /// A null reads as 0: nock_array_is_null tells it apart.
    ///
    /// @param array  borrowed; of a type named beside the function
    /// @param index  which value
    /// @param out    receives the value
    /// @param error  receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
    ///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or out is NULL
    ///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
    for ($name:ident, $value:ty, $read:expr, $note:literal) in [
        (nock_array_get_bool, u8, bool_as_byte, "bool, as 0 or 1"),
        (nock_array_get_i8, i8, ArrayData::native_or_default, "int8"),
        (nock_array_get_i16, i16, ArrayData::native_or_default, "int16"),
        (nock_array_get_i32, i32, ArrayData::native_or_default, "int32, date32, time32, month interval"),
        (nock_array_get_i64, i64, ArrayData::native_or_default, "int64, date64, time64, timestamp, duration"),
        (nock_array_get_u8, u8, ArrayData::native_or_default, "uint8"),
        (nock_array_get_u16, u16, ArrayData::native_or_default, "uint16"),
        (nock_array_get_u32, u32, ArrayData::native_or_default, "uint32"),
        (nock_array_get_u64, u64, ArrayData::native_or_default, "uint64"),
        (nock_array_get_f16_bits, u16, half_as_bits, "halffloat, as its bits"),
        (nock_array_get_f32, f32, ArrayData::native_or_default, "float"),
        (nock_array_get_f64, f64, ArrayData::native_or_default, "double"),
    ]
    pub unsafe extern "C" fn $name(
        array: *const nock_array_t,
        index: i64,
        out: *mut $value,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out_value(out))?;
            let array = arg!(borrow(array))?;
            out.put($read(array, super::index(index, "index")?)?);
            Ok(())
        })
    }
}

/// Read an interval of days and milliseconds.
///
/// A null reads as 0.
///
/// @param array             borrowed; of type day_time_interval
/// @param index             which value
/// @param out_days          receives the whole days
/// @param out_milliseconds  receives the milliseconds besides them
/// @param error             receives details, owned; may be NULL
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
/// @param array            borrowed; of type month_day_nano_interval
/// @param index            which value
/// @param out_months       receives the whole months
/// @param out_days         receives the days besides them
/// @param out_nanoseconds  receives the nanoseconds besides them
/// @param error            receives details, owned; may be NULL
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
        let bytes = array.bytes_or_default(super::index(index, "index")?)?;
        out.put(text::of(bytes));
        Ok(())
    })
}
