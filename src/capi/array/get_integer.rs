//! Single integers of arrays.
//!
//! A null gives 0 and NOCK_OK: nock_array_is_null tells it apart.

use super::nock_array_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;

/// Read an 8-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type int8
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_i8(
    array: *const nock_array_t,
    index: i64,
    out: *mut i8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<i8>(super::index(index, "index")?))
    })
}

/// Read a 16-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type int16
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_i16(
    array: *const nock_array_t,
    index: i64,
    out: *mut i16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<i16>(super::index(index, "index")?))
    })
}

/// Read a 32-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type int32, date32, time32 or month interval
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_i32(
    array: *const nock_array_t,
    index: i64,
    out: *mut i32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<i32>(super::index(index, "index")?))
    })
}

/// Read a 64-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type int64, date64, time64, timestamp or duration
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_i64(
    array: *const nock_array_t,
    index: i64,
    out: *mut i64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<i64>(super::index(index, "index")?))
    })
}

/// Read an unsigned 8-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type uint8
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_u8(
    array: *const nock_array_t,
    index: i64,
    out: *mut u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<u8>(super::index(index, "index")?))
    })
}

/// Read an unsigned 16-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type uint16
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_u16(
    array: *const nock_array_t,
    index: i64,
    out: *mut u16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<u16>(super::index(index, "index")?))
    })
}

/// Read an unsigned 32-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type uint32
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_u32(
    array: *const nock_array_t,
    index: i64,
    out: *mut u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<u32>(super::index(index, "index")?))
    })
}

/// Read an unsigned 64-bit integer.
///
/// A null reads as 0.
///
/// @param array  borrowed; of type uint64
/// @param index  which value
/// @param out    receives the value
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when index is not from 0 to the array's length - 1
///         NOCK_ERR_INVALID_ARGUMENT when the array has another type, or array or an output is NULL
///         NOCK_ERR_CORRUPT when the array was never validated and the value lies outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_get_u64(
    array: *const nock_array_t,
    index: i64,
    out: *mut u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out_value(out))?;
        let array = arg!(borrow(array))?;
        out.give(array.native_or_default::<u64>(super::index(index, "index")?))
    })
}
