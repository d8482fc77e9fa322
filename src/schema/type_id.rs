//! The types by number.

use super::data_type::{DataType, IntervalUnit, UnionMode};

/// Which type it is, without its parameters. The numbers are those of Arrow C++'s `Type::type` plus one, so that 0 is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
#[expect(missing_docs, reason = "the names are Arrow's own")]
pub enum TypeId {
    Null = 1,
    Boolean = 2,
    UInt8 = 3,
    Int8 = 4,
    UInt16 = 5,
    Int16 = 6,
    UInt32 = 7,
    Int32 = 8,
    UInt64 = 9,
    Int64 = 10,
    Float16 = 11,
    Float32 = 12,
    Float64 = 13,
    Utf8 = 14,
    Binary = 15,
    FixedSizeBinary = 16,
    Date32 = 17,
    Date64 = 18,
    Timestamp = 19,
    Time32 = 20,
    Time64 = 21,
    IntervalYearMonth = 22,
    IntervalDayTime = 23,
    Decimal128 = 24,
    Decimal256 = 25,
    List = 26,
    Struct = 27,
    SparseUnion = 28,
    DenseUnion = 29,
    Dictionary = 30,
    Map = 31,
    // 32 is the extension type of C++; here an extension is metadata of a field.
    FixedSizeList = 33,
    Duration = 34,
    LargeUtf8 = 35,
    LargeBinary = 36,
    LargeList = 37,
    IntervalMonthDayNano = 38,
    RunEndEncoded = 39,
    Utf8View = 40,
    BinaryView = 41,
    ListView = 42,
    LargeListView = 43,
    Decimal32 = 44,
    Decimal64 = 45,
}

impl DataType {
    /// Which type it is.
    pub fn id(&self) -> TypeId {
        match self {
            DataType::Null => TypeId::Null,
            DataType::Boolean => TypeId::Boolean,
            DataType::Int8 => TypeId::Int8,
            DataType::Int16 => TypeId::Int16,
            DataType::Int32 => TypeId::Int32,
            DataType::Int64 => TypeId::Int64,
            DataType::UInt8 => TypeId::UInt8,
            DataType::UInt16 => TypeId::UInt16,
            DataType::UInt32 => TypeId::UInt32,
            DataType::UInt64 => TypeId::UInt64,
            DataType::Float16 => TypeId::Float16,
            DataType::Float32 => TypeId::Float32,
            DataType::Float64 => TypeId::Float64,
            DataType::Decimal { bit_width, .. } => match bit_width {
                32 => TypeId::Decimal32,
                64 => TypeId::Decimal64,
                256 => TypeId::Decimal256,
                _ => TypeId::Decimal128,
            },
            DataType::Date32 => TypeId::Date32,
            DataType::Date64 => TypeId::Date64,
            DataType::Time32(_) => TypeId::Time32,
            DataType::Time64(_) => TypeId::Time64,
            DataType::Timestamp(..) => TypeId::Timestamp,
            DataType::Duration(_) => TypeId::Duration,
            DataType::Interval(IntervalUnit::YearMonth) => TypeId::IntervalYearMonth,
            DataType::Interval(IntervalUnit::DayTime) => TypeId::IntervalDayTime,
            DataType::Interval(IntervalUnit::MonthDayNano) => TypeId::IntervalMonthDayNano,
            DataType::Binary => TypeId::Binary,
            DataType::LargeBinary => TypeId::LargeBinary,
            DataType::Utf8 => TypeId::Utf8,
            DataType::LargeUtf8 => TypeId::LargeUtf8,
            DataType::BinaryView => TypeId::BinaryView,
            DataType::Utf8View => TypeId::Utf8View,
            DataType::FixedSizeBinary(_) => TypeId::FixedSizeBinary,
            DataType::List(_) => TypeId::List,
            DataType::LargeList(_) => TypeId::LargeList,
            DataType::ListView(_) => TypeId::ListView,
            DataType::LargeListView(_) => TypeId::LargeListView,
            DataType::FixedSizeList(..) => TypeId::FixedSizeList,
            DataType::Struct(_) => TypeId::Struct,
            DataType::Union(union) => match union.mode {
                UnionMode::Sparse => TypeId::SparseUnion,
                UnionMode::Dense => TypeId::DenseUnion,
            },
            DataType::Map { .. } => TypeId::Map,
            DataType::Dictionary(_) => TypeId::Dictionary,
            DataType::RunEndEncoded { .. } => TypeId::RunEndEncoded,
        }
    }

    /// The bits of one value in an array's own buffers; `None` when values have different sizes or lie in children.
    pub fn bit_width(&self) -> Option<usize> {
        match self {
            DataType::Boolean => Some(1),
            DataType::BinaryView | DataType::Utf8View => None,
            _ => self.value_width()?.checked_mul(8),
        }
    }
}
