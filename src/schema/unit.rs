//! The parameters of types that are a choice among few (Schema.fbs).

/// The unit of times, timestamps and durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Milliseconds.
    Millisecond,
    /// Microseconds.
    Microsecond,
    /// Nanoseconds.
    Nanosecond,
}

/// What an interval counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalUnit {
    /// Months, as a 32-bit integer.
    YearMonth,
    /// Days and milliseconds, 32 bits each.
    DayTime,
    /// Months and days with 32 bits each, and nanoseconds with 64.
    MonthDayNano,
}

/// How a union lays out its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnionMode {
    /// Every child has as many values as the union.
    Sparse,
    /// Offsets say where in its child a value lies.
    Dense,
}
