//! How the values of a type lie in memory, and what a single one is.
#![forbid(unsafe_code)]

use crate::array::type_name;
use crate::err;
use crate::error::Result;
use crate::schema::{DataType, IntervalUnit};

/// The memory layouts that arrays exist for. Types with the same layout share all code that does not look at a value's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Physical {
    /// No buffers; every value is null.
    Null,
    /// Validity bitmap; one bit for each value.
    Bits,
    /// Validity bitmap; this many bytes for each value, which may be none.
    Fixed(usize),
    /// Validity bitmap; 32-bit offsets, one more than values; bytes.
    Binary,
    /// Validity bitmap; 64-bit offsets, one more than values; bytes.
    LargeBinary,
}

impl Physical {
    /// The number of buffers, variadic ones not counted.
    pub const fn num_buffers(self) -> usize {
        match self {
            Physical::Null => 0,
            Physical::Bits | Physical::Fixed(_) => 2,
            Physical::Binary | Physical::LargeBinary => 3,
        }
    }

    /// Whether the first buffer is a validity bitmap.
    pub const fn has_validity(self) -> bool {
        !matches!(self, Physical::Null)
    }

    /// The bytes of one offset, for layouts with offsets.
    pub const fn offset_width(self) -> Option<usize> {
        match self {
            Physical::Binary => Some(4),
            Physical::LargeBinary => Some(8),
            Physical::Null | Physical::Bits | Physical::Fixed(_) => None,
        }
    }
}

/// What a single value is to a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Nothing: every value is null.
    Null,
    /// True or false.
    Bool,
    /// A signed 8-bit integer.
    I8,
    /// A signed 16-bit integer.
    I16,
    /// A signed 32-bit integer.
    I32,
    /// A signed 64-bit integer.
    I64,
    /// An unsigned 8-bit integer.
    U8,
    /// An unsigned 16-bit integer.
    U16,
    /// An unsigned 32-bit integer.
    U32,
    /// An unsigned 64-bit integer.
    U64,
    /// A half-precision number.
    F16,
    /// A single-precision number.
    F32,
    /// A double-precision number.
    F64,
    /// Days and milliseconds.
    DayTime,
    /// Months, days and nanoseconds.
    MonthDayNano,
    /// Bytes.
    Bytes,
    /// UTF-8 text.
    Text,
}

impl Element {
    /// For messages: "an array of type x holds no ...".
    pub const fn name(self) -> &'static str {
        match self {
            Element::Null => "nulls",
            Element::Bool => "booleans",
            Element::I8 => "8-bit integers",
            Element::I16 => "16-bit integers",
            Element::I32 => "32-bit integers",
            Element::I64 => "64-bit integers",
            Element::U8 => "unsigned 8-bit integers",
            Element::U16 => "unsigned 16-bit integers",
            Element::U32 => "unsigned 32-bit integers",
            Element::U64 => "unsigned 64-bit integers",
            Element::F16 => "half-precision numbers",
            Element::F32 => "single-precision numbers",
            Element::F64 => "double-precision numbers",
            Element::DayTime => "intervals of days and milliseconds",
            Element::MonthDayNano => "intervals of months, days and nanoseconds",
            Element::Bytes => "bytes",
            Element::Text => "text",
        }
    }
}

/// The layout and the element of a type; an error that names it when there are no arrays of it yet.
pub(super) fn of(data_type: &DataType) -> Result<(Physical, Element)> {
    use DataType as T;
    Ok(match data_type {
        T::Null => (Physical::Null, Element::Null),
        T::Boolean => (Physical::Bits, Element::Bool),
        T::Int8 => (Physical::Fixed(1), Element::I8),
        T::Int16 => (Physical::Fixed(2), Element::I16),
        T::Int32 | T::Date32 | T::Time32(_) | T::Interval(IntervalUnit::YearMonth) => {
            (Physical::Fixed(4), Element::I32)
        }
        T::Int64 | T::Date64 | T::Time64(_) | T::Timestamp(..) | T::Duration(_) => {
            (Physical::Fixed(8), Element::I64)
        }
        T::UInt8 => (Physical::Fixed(1), Element::U8),
        T::UInt16 => (Physical::Fixed(2), Element::U16),
        T::UInt32 => (Physical::Fixed(4), Element::U32),
        T::UInt64 => (Physical::Fixed(8), Element::U64),
        T::Float16 => (Physical::Fixed(2), Element::F16),
        T::Float32 => (Physical::Fixed(4), Element::F32),
        T::Float64 => (Physical::Fixed(8), Element::F64),
        T::Decimal { bit_width, .. } => {
            (Physical::Fixed(usize::from(*bit_width) / 8), Element::Bytes)
        }
        T::Interval(IntervalUnit::DayTime) => (Physical::Fixed(8), Element::DayTime),
        T::Interval(IntervalUnit::MonthDayNano) => (Physical::Fixed(16), Element::MonthDayNano),
        T::FixedSizeBinary(width) => (Physical::Fixed(width_of(*width)?), Element::Bytes),
        T::Binary => (Physical::Binary, Element::Bytes),
        T::Utf8 => (Physical::Binary, Element::Text),
        T::LargeBinary => (Physical::LargeBinary, Element::Bytes),
        T::LargeUtf8 => (Physical::LargeBinary, Element::Text),
        other => {
            return Err(err!(
                Unsupported,
                "there are no arrays of type {} in this version",
                type_name(other)
            ));
        }
    })
}

fn width_of(width: i32) -> Result<usize> {
    usize::try_from(width).map_err(|_| err!(InvalidArgument, "values of {} bytes", width))
}
