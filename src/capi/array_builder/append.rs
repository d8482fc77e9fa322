//! Single values for array builders.
//!
//! Every call appends one value or, when it fails, none.

use super::nock_array_builder_t;
use crate::array::{ArrayBuilder, DayTime, Half, MonthDayNano};
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::error::Result;

fn append_byte_as_bool(builder: &mut ArrayBuilder, value: u8) -> Result<()> {
    builder.append_bool(value != 0)
}

fn append_bits_as_half(builder: &mut ArrayBuilder, bits: u16) -> Result<()> {
    builder.append_native(Half(bits))
}

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

family! {
    /// Append one value.
    ///
    /// @param builder  borrowed; of a type named beside the function
    /// @param value    the value
    /// @param error    receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_INVALID_ARGUMENT when the builder has another type, or is NULL
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
    ///         NOCK_ERR_LIMIT when an array cannot have as many values, or the pool's limit would be exceeded
    ///         NOCK_ERR_BUSY when another call is using the builder
    for ($name:ident, $value:ty, $append:expr, $note:literal) in [
        (nock_array_builder_append_bool, u8, append_byte_as_bool, "bool: 0 is false, all else true"),
        (nock_array_builder_append_i8, i8, ArrayBuilder::append_native, "int8"),
        (nock_array_builder_append_i16, i16, ArrayBuilder::append_native, "int16"),
        (nock_array_builder_append_i32, i32, ArrayBuilder::append_native, "int32, date32, time32, month interval"),
        (nock_array_builder_append_i64, i64, ArrayBuilder::append_native, "int64, date64, time64, timestamp, duration"),
        (nock_array_builder_append_u8, u8, ArrayBuilder::append_native, "uint8"),
        (nock_array_builder_append_u16, u16, ArrayBuilder::append_native, "uint16"),
        (nock_array_builder_append_u32, u32, ArrayBuilder::append_native, "uint32"),
        (nock_array_builder_append_u64, u64, ArrayBuilder::append_native, "uint64"),
        (nock_array_builder_append_f16_bits, u16, append_bits_as_half, "halffloat, given as its bits"),
        (nock_array_builder_append_f32, f32, ArrayBuilder::append_native, "float"),
        (nock_array_builder_append_f64, f64, ArrayBuilder::append_native, "double"),
    ]
    pub unsafe extern "C" fn $name(
        builder: *mut nock_array_builder_t,
        value: $value,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let mut builder = arg!(exclusive(builder))?;
            $append(&mut builder, value)
        })
    }
}

/// Append an interval of days and milliseconds.
///
/// @param builder       borrowed; of type day_time_interval
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
/// @param builder      borrowed; of type month_day_nano_interval
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
