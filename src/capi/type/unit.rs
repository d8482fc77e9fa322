//! Units of time.

use crate::err;
use crate::error::Result;
use crate::schema::TimeUnit;

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

/// The unit that the caller means.
pub(super) fn unit_of(unit: nock_time_unit_t) -> Result<TimeUnit> {
    match unit {
        1 => Ok(TimeUnit::Second),
        2 => Ok(TimeUnit::Millisecond),
        3 => Ok(TimeUnit::Microsecond),
        4 => Ok(TimeUnit::Nanosecond),
        _ => Err(err!(InvalidArgument, "unit {} is no NOCK_TIME_UNIT", unit)),
    }
}

/// The number of a unit.
pub(super) fn number_of(unit: Option<TimeUnit>) -> nock_time_unit_t {
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
