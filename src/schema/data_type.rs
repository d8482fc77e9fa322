//! The types of the Arrow columnar format (Schema.fbs, union Type).

use super::FieldRef;
use super::checked::TypeRef;
use crate::alloc::Text;

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

/// The children of a union and the ids that choose among them.
#[derive(Debug)]
pub struct UnionType {
    /// The layout.
    pub mode: UnionMode,
    /// The children.
    pub fields: Vec<FieldRef>,
    /// The id of each child, 0 to 127, no two the same.
    pub type_ids: Vec<i8>,
}

/// Indices into a dictionary of values.
#[derive(Debug)]
pub struct DictionaryType {
    /// An integer type.
    pub index: TypeRef,
    /// The type of the values.
    pub value: TypeRef,
    /// Whether the order of the dictionary means something.
    pub ordered: bool,
}

/// A type. Make one into a `TypeRef` with `into_ref`, which checks it.
#[derive(Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are Arrow's own")]
pub enum DataType {
    Null,
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float16,
    Float32,
    Float64,
    /// `bit_width` is 32, 64, 128 or 256.
    Decimal {
        bit_width: u16,
        precision: u8,
        scale: i32,
    },
    Date32,
    Date64,
    /// In seconds or milliseconds.
    Time32(TimeUnit),
    /// In microseconds or nanoseconds.
    Time64(TimeUnit),
    /// With a time zone, instants; without, wall-clock times.
    Timestamp(TimeUnit, Option<Text>),
    Duration(TimeUnit),
    Interval(IntervalUnit),
    Binary,
    LargeBinary,
    Utf8,
    LargeUtf8,
    BinaryView,
    Utf8View,
    /// Bytes in each value.
    FixedSizeBinary(i32),
    List(FieldRef),
    LargeList(FieldRef),
    ListView(FieldRef),
    LargeListView(FieldRef),
    /// Items in each value.
    FixedSizeList(FieldRef, i32),
    Struct(Vec<FieldRef>),
    Union(UnionType),
    /// A list of entries, structs of key and value.
    Map {
        entries: FieldRef,
        keys_sorted: bool,
    },
    Dictionary(DictionaryType),
    RunEndEncoded {
        run_ends: FieldRef,
        values: FieldRef,
    },
}

impl DataType {
    /// How many fields the type has below it. The value type of a dictionary is not a field.
    pub fn num_children(&self) -> usize {
        match self {
            DataType::List(_)
            | DataType::LargeList(_)
            | DataType::ListView(_)
            | DataType::LargeListView(_)
            | DataType::FixedSizeList(..)
            | DataType::Map { .. } => 1,
            DataType::RunEndEncoded { .. } => 2,
            DataType::Struct(fields) => fields.len(),
            DataType::Union(union) => union.fields.len(),
            _ => 0,
        }
    }

    /// A field below the type.
    pub fn child(&self, index: usize) -> Option<&FieldRef> {
        match self {
            DataType::List(field)
            | DataType::LargeList(field)
            | DataType::ListView(field)
            | DataType::LargeListView(field)
            | DataType::FixedSizeList(field, _)
            | DataType::Map { entries: field, .. } => (index == 0).then_some(field),
            DataType::RunEndEncoded { run_ends, values } => match index {
                0 => Some(run_ends),
                1 => Some(values),
                _ => None,
            },
            DataType::Struct(fields) => fields.get(index),
            DataType::Union(union) => union.fields.get(index),
            _ => None,
        }
    }

    /// The fields below the type.
    pub fn children(&self) -> impl Iterator<Item = &FieldRef> {
        (0..self.num_children()).filter_map(|index| self.child(index))
    }

    /// Whether arrays of the type consist of other arrays.
    pub fn is_nested(&self) -> bool {
        matches!(
            self,
            DataType::List(_)
                | DataType::LargeList(_)
                | DataType::ListView(_)
                | DataType::LargeListView(_)
                | DataType::FixedSizeList(..)
                | DataType::Map { .. }
                | DataType::RunEndEncoded { .. }
                | DataType::Struct(_)
                | DataType::Union(_)
        )
    }

    /// Whether the values are integers.
    pub fn is_integer(&self) -> bool {
        matches!(
            self,
            DataType::Int8
                | DataType::Int16
                | DataType::Int32
                | DataType::Int64
                | DataType::UInt8
                | DataType::UInt16
                | DataType::UInt32
                | DataType::UInt64
        )
    }
}
