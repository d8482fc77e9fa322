//! Single values for array builders.
//!
//! Every call appends one value or, when it fails, none.

use super::nock_array_builder_t;
use crate::array::{DayTime, Half, MonthDayNano};
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;

/// Append a null.
///
/// @param builder  borrowed; of any type
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_null(
    builder: *mut nock_array_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_nulls(1)
    })
}

/// Append nulls.
///
/// @param builder  borrowed; of any type
/// @param count    how many; 0 is allowed
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_nulls(
    builder: *mut nock_array_builder_t,
    count: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_nulls(count)
    })
}

/// Append a boolean.
///
/// @param builder  borrowed; of type bool
/// @param value    0: false; anything else: true
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_bool(
    builder: *mut nock_array_builder_t,
    value: u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_bool(value != 0)
    })
}

/// Append a single-precision number.
///
/// @param builder  borrowed; of type float
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_f32(
    builder: *mut nock_array_builder_t,
    value: f32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append a double-precision number.
///
/// @param builder  borrowed; of type double
/// @param value    the value
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_f64(
    builder: *mut nock_array_builder_t,
    value: f64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(value)
    })
}

/// Append a half-precision number, given as its bits.
///
/// @param builder  borrowed; of type halffloat
/// @param bits     the bits of the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_f16_bits(
    builder: *mut nock_array_builder_t,
    bits: u16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(Half(bits))
    })
}

/// Append an interval of days and milliseconds.
///
/// @param builder  borrowed; of type day_time_interval
/// @param days          whole days
/// @param milliseconds  milliseconds besides them
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_day_time(
    builder: *mut nock_array_builder_t,
    days: i32,
    milliseconds: i32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(DayTime { days, milliseconds })
    })
}

/// Append an interval of months, days and nanoseconds.
///
/// @param builder  borrowed; of type month_day_nano_interval
/// @param months       whole months
/// @param days         days besides them
/// @param nanoseconds  nanoseconds besides them
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_builder_append_month_day_nano(
    builder: *mut nock_array_builder_t,
    months: i32,
    days: i32,
    nanoseconds: i64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_native(MonthDayNano {
            months,
            days,
            nanoseconds,
        })
    })
}
