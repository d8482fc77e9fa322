//! Types that exist: checked, counted, shared.
//!
//! The one invariant: a `CheckedType` is at most `MAX_DEPTH` levels deep and `MAX_TYPES` types large, so that every walk
//! over it ends. Sharing makes small descriptions of huge trees possible (a struct whose two children are one type, and so
//! on), which is why the size is counted and bounded as well as the depth.

use super::check::check;
use super::data_type::{CheckedType, DataType, TypeRef};
use super::limits::{MAX_DEPTH, MAX_TYPES};
use super::rendered::Rendered;
use super::type_id::TypeId;
use super::unit::{IntervalUnit, TimeUnit};
use crate::alloc::{Counted, StaticArc, Text, TryArc, VecExt, vec_with_capacity};
use crate::err;
use crate::error::Result;
use std::ops::Deref;

impl Counted for CheckedType {}

impl Deref for CheckedType {
    type Target = DataType;
    #[inline]
    fn deref(&self) -> &DataType {
        &self.data_type
    }
}

/// Types that few parameters describe exist once, so that a column of one costs no allocation.
macro_rules! statics {
    ($($name:ident { $($data_type:tt)+ })*) => {
        $(static $name: StaticArc<CheckedType> = StaticArc::new(CheckedType::leaf($($data_type)+));)*

        fn shared_static(data_type: &DataType) -> Option<TypeRef> {
            Some(match data_type {
                $($($data_type)+ => $name.get(),)*
                _ => return None,
            })
        }
    };
}
statics! {
    NULL { DataType::Null }
    BOOLEAN { DataType::Boolean }
    INT8 { DataType::Int8 }
    INT16 { DataType::Int16 }
    INT32 { DataType::Int32 }
    INT64 { DataType::Int64 }
    UINT8 { DataType::UInt8 }
    UINT16 { DataType::UInt16 }
    UINT32 { DataType::UInt32 }
    UINT64 { DataType::UInt64 }
    FLOAT16 { DataType::Float16 }
    FLOAT32 { DataType::Float32 }
    FLOAT64 { DataType::Float64 }
    DATE32 { DataType::Date32 }
    DATE64 { DataType::Date64 }
    INTERVAL_YEAR_MONTH { DataType::Interval(IntervalUnit::YearMonth) }
    INTERVAL_DAY_TIME { DataType::Interval(IntervalUnit::DayTime) }
    INTERVAL_MONTH_DAY_NANO { DataType::Interval(IntervalUnit::MonthDayNano) }
    BINARY { DataType::Binary }
    LARGE_BINARY { DataType::LargeBinary }
    BINARY_VIEW { DataType::BinaryView }
    UTF8 { DataType::Utf8 }
    LARGE_UTF8 { DataType::LargeUtf8 }
    UTF8_VIEW { DataType::Utf8View }
    TIME32_SECOND { DataType::Time32(TimeUnit::Second) }
    TIME32_MILLISECOND { DataType::Time32(TimeUnit::Millisecond) }
    TIME64_MICROSECOND { DataType::Time64(TimeUnit::Microsecond) }
    TIME64_NANOSECOND { DataType::Time64(TimeUnit::Nanosecond) }
    TIMESTAMP_SECOND { DataType::Timestamp(TimeUnit::Second, None) }
    TIMESTAMP_MILLISECOND { DataType::Timestamp(TimeUnit::Millisecond, None) }
    TIMESTAMP_MICROSECOND { DataType::Timestamp(TimeUnit::Microsecond, None) }
    TIMESTAMP_NANOSECOND { DataType::Timestamp(TimeUnit::Nanosecond, None) }
    DURATION_SECOND { DataType::Duration(TimeUnit::Second) }
    DURATION_MILLISECOND { DataType::Duration(TimeUnit::Millisecond) }
    DURATION_MICROSECOND { DataType::Duration(TimeUnit::Microsecond) }
    DURATION_NANOSECOND { DataType::Duration(TimeUnit::Nanosecond) }
}

impl DataType {
    /// Check the parameters and make the type shareable. A timestamp with an empty time zone becomes one without.
    pub fn into_ref(self) -> Result<TypeRef> {
        if let Some(shared) = shared_static(&self) {
            return Ok(shared);
        }
        check(&self)?;
        let (depth, types) = (self.depth(), self.types());
        if depth > MAX_DEPTH {
            return Err(err!(
                Limit,
                "a type of {} levels, but at most {} are possible",
                depth,
                MAX_DEPTH
            ));
        }
        if types > MAX_TYPES {
            return Err(err!(
                Limit,
                "a type made of {} types, but at most {} are possible",
                types,
                MAX_TYPES
            ));
        }
        let (data_type, zone) = match self {
            DataType::Timestamp(unit, Some(zone)) if zone.is_empty() => {
                (DataType::Timestamp(unit, None), Vec::new())
            }
            DataType::Timestamp(unit, Some(zone)) => {
                let with_nul = terminated(&zone)?;
                (DataType::Timestamp(unit, Some(zone)), with_nul)
            }
            other => (other, Vec::new()),
        };
        Ok(TryArc::try_new(CheckedType {
            data_type,
            depth,
            types,
            zone,
            text: Rendered::new(),
            format: Rendered::new(),
        })?)
    }

    /// The levels of the type tree from here down; a type without children has one.
    pub fn depth(&self) -> usize {
        let below = match self {
            DataType::Dictionary(dictionary) => dictionary.value.depth(),
            _ => self
                .children()
                .map(|field| field.depth())
                .max()
                .unwrap_or(0),
        };
        below.saturating_add(1)
    }

    /// The types in the type tree, this one included, as often as they occur.
    pub fn types(&self) -> usize {
        let below = match self {
            DataType::Dictionary(dictionary) => dictionary.value.types(),
            _ => self.children().fold(0, |sum: usize, field| {
                sum.saturating_add(field.type_ref().types())
            }),
        };
        below.saturating_add(1)
    }
}

fn terminated(text: &Text) -> Result<Vec<u8>> {
    let bytes = text.as_bytes();
    let mut with_nul = vec_with_capacity(bytes.len().saturating_add(1))?;
    with_nul.try_extend_from_slice(bytes)?;
    with_nul.try_push(0)?;
    Ok(with_nul)
}

impl CheckedType {
    const fn leaf(data_type: DataType) -> Self {
        CheckedType {
            data_type,
            depth: 1,
            types: 1,
            zone: Vec::new(),
            text: Rendered::new(),
            format: Rendered::new(),
        }
    }

    /// The type of a number that stands for one without parameters.
    pub fn simple(id: TypeId) -> Option<TypeRef> {
        shared_static(&match id {
            TypeId::Null => DataType::Null,
            TypeId::Boolean => DataType::Boolean,
            TypeId::Int8 => DataType::Int8,
            TypeId::Int16 => DataType::Int16,
            TypeId::Int32 => DataType::Int32,
            TypeId::Int64 => DataType::Int64,
            TypeId::UInt8 => DataType::UInt8,
            TypeId::UInt16 => DataType::UInt16,
            TypeId::UInt32 => DataType::UInt32,
            TypeId::UInt64 => DataType::UInt64,
            TypeId::Float16 => DataType::Float16,
            TypeId::Float32 => DataType::Float32,
            TypeId::Float64 => DataType::Float64,
            TypeId::Date32 => DataType::Date32,
            TypeId::Date64 => DataType::Date64,
            TypeId::IntervalYearMonth => DataType::Interval(IntervalUnit::YearMonth),
            TypeId::IntervalDayTime => DataType::Interval(IntervalUnit::DayTime),
            TypeId::IntervalMonthDayNano => DataType::Interval(IntervalUnit::MonthDayNano),
            TypeId::Binary => DataType::Binary,
            TypeId::LargeBinary => DataType::LargeBinary,
            TypeId::BinaryView => DataType::BinaryView,
            TypeId::Utf8 => DataType::Utf8,
            TypeId::LargeUtf8 => DataType::LargeUtf8,
            TypeId::Utf8View => DataType::Utf8View,
            _ => return None,
        })
    }

    /// The type itself.
    pub fn data_type(&self) -> &DataType {
        &self.data_type
    }

    /// The levels of the type tree from here down, without walking it.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The types in the type tree, this one included, without walking it.
    pub fn types(&self) -> usize {
        self.types
    }

    /// The time zone of a timestamp, ended by a NUL.
    pub fn zone_with_nul(&self) -> Option<&[u8]> {
        (!self.zone.is_empty()).then_some(&self.zone)
    }

    /// The type in pyarrow's notation, ended by a NUL. Rendered once.
    pub fn text_with_nul(&self) -> Result<&[u8]> {
        self.text.of(&self.data_type)
    }

    /// The format string of the C data interface, ended by a NUL. Rendered once.
    pub fn format_with_nul(&self) -> Result<&[u8]> {
        self.format.of(&self.data_type.format())
    }
}
