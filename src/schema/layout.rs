//! The buffers that arrays of a type have (Arrow columnar format, "Buffer Listing for Each Layout").

use super::data_type::DataType;
use super::unit::{IntervalUnit, UnionMode};

/// What a buffer of an array holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BufferKind {
    /// One bit a value: whether it is there.
    Validity,
    /// One bit a value.
    Bits,
    /// A value of `DataType::value_width` bytes each.
    Values,
    /// 32-bit offsets, one more than values.
    Offsets32,
    /// 64-bit offsets, one more than values.
    Offsets64,
    /// The bytes that offsets point into.
    Bytes,
    /// 16-byte views; the buffers that they point into follow as variadic buffers.
    Views,
    /// 32-bit offsets of list views, as many as values.
    ViewOffsets32,
    /// 64-bit offsets of list views, as many as values.
    ViewOffsets64,
    /// 32-bit sizes of list views.
    Sizes32,
    /// 64-bit sizes of list views.
    Sizes64,
    /// One byte a value: which child of a union it is in.
    TypeIds,
    /// 32-bit offsets into the children of a dense union, as many as values.
    UnionOffsets,
}

use BufferKind::*;

impl DataType {
    /// The buffers of the type in order; variadic buffers and those of children come on top. A dictionary type has the
    /// buffers of its indices. (Before metadata version V5 unions had a validity bitmap too.)
    pub fn buffers(&self) -> &'static [BufferKind] {
        match self {
            DataType::Null | DataType::RunEndEncoded { .. } => &[],
            DataType::Boolean => &[Validity, Bits],
            DataType::Binary | DataType::Utf8 => &[Validity, Offsets32, Bytes],
            DataType::LargeBinary | DataType::LargeUtf8 => &[Validity, Offsets64, Bytes],
            DataType::BinaryView | DataType::Utf8View => &[Validity, Views],
            DataType::List(_) | DataType::Map { .. } => &[Validity, Offsets32],
            DataType::LargeList(_) => &[Validity, Offsets64],
            DataType::ListView(_) => &[Validity, ViewOffsets32, Sizes32],
            DataType::LargeListView(_) => &[Validity, ViewOffsets64, Sizes64],
            DataType::FixedSizeList(..) | DataType::Struct(_) => &[Validity],
            DataType::Union(union) => match union.mode {
                UnionMode::Sparse => &[TypeIds],
                UnionMode::Dense => &[TypeIds, UnionOffsets],
            },
            _ => &[Validity, Values],
        }
    }

    /// Whether arrays of the type have any number of further buffers, which views point into.
    pub fn is_variadic(&self) -> bool {
        matches!(self, DataType::BinaryView | DataType::Utf8View)
    }

    /// The bytes of one value in the buffer of kind `Values` or `Views`; `None` for types without such a buffer. For a
    /// dictionary type that is the width of an index.
    pub fn value_width(&self) -> Option<usize> {
        Some(match self {
            DataType::Int8 | DataType::UInt8 => 1,
            DataType::Int16 | DataType::UInt16 | DataType::Float16 => 2,
            DataType::Int32
            | DataType::UInt32
            | DataType::Float32
            | DataType::Date32
            | DataType::Time32(_)
            | DataType::Interval(IntervalUnit::YearMonth) => 4,
            DataType::Int64
            | DataType::UInt64
            | DataType::Float64
            | DataType::Date64
            | DataType::Time64(_)
            | DataType::Timestamp(..)
            | DataType::Duration(_)
            | DataType::Interval(IntervalUnit::DayTime) => 8,
            DataType::Interval(IntervalUnit::MonthDayNano)
            | DataType::BinaryView
            | DataType::Utf8View => 16,
            DataType::Decimal { bit_width, .. } => usize::from(*bit_width) / 8,
            DataType::FixedSizeBinary(width) => usize::try_from(*width).ok()?,
            DataType::Dictionary(dictionary) => return dictionary.index.value_width(),
            _ => return None,
        })
    }

    /// The alignment that reading single values in place needs: that of the widest number in a value.
    pub fn value_alignment(&self) -> usize {
        match self {
            DataType::Interval(IntervalUnit::DayTime) => 4,
            DataType::Interval(IntervalUnit::MonthDayNano) => 8,
            DataType::FixedSizeBinary(_) => 1,
            DataType::Decimal { bit_width, .. } => (usize::from(*bit_width) / 8).min(16),
            DataType::BinaryView | DataType::Utf8View => 8,
            _ => self.value_width().unwrap_or(1),
        }
    }
}
