//! Types, fields and schemas as text, in pyarrow's notation.

use super::data_type::{DataType, IntervalUnit, TimeUnit, UnionMode};
use super::{Field, FieldRef, Metadata, Schema};
use std::fmt::{self, Display, Formatter};

impl TimeUnit {
    /// The word for the unit.
    pub fn name(self) -> &'static str {
        match self {
            TimeUnit::Second => "seconds",
            TimeUnit::Millisecond => "milliseconds",
            TimeUnit::Microsecond => "microseconds",
            TimeUnit::Nanosecond => "nanoseconds",
        }
    }

    /// The abbreviation of the unit.
    pub fn short(self) -> &'static str {
        match self {
            TimeUnit::Second => "s",
            TimeUnit::Millisecond => "ms",
            TimeUnit::Microsecond => "us",
            TimeUnit::Nanosecond => "ns",
        }
    }
}

fn list(f: &mut Formatter<'_>, fields: &[FieldRef]) -> fmt::Result {
    for (index, field) in fields.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(f, "{separator}{field}")?;
    }
    Ok(())
}

impl DataType {
    /// The name of types without parameters.
    fn simple_name(&self) -> &'static str {
        match self {
            DataType::Null => "null",
            DataType::Boolean => "bool",
            DataType::Int8 => "int8",
            DataType::Int16 => "int16",
            DataType::Int32 => "int32",
            DataType::Int64 => "int64",
            DataType::UInt8 => "uint8",
            DataType::UInt16 => "uint16",
            DataType::UInt32 => "uint32",
            DataType::UInt64 => "uint64",
            DataType::Float16 => "halffloat",
            DataType::Float32 => "float",
            DataType::Float64 => "double",
            DataType::Date32 => "date32[day]",
            DataType::Date64 => "date64[ms]",
            DataType::Interval(IntervalUnit::YearMonth) => "month_interval",
            DataType::Interval(IntervalUnit::DayTime) => "day_time_interval",
            DataType::Interval(IntervalUnit::MonthDayNano) => "month_day_nano_interval",
            DataType::Binary => "binary",
            DataType::LargeBinary => "large_binary",
            DataType::Utf8 => "string",
            DataType::LargeUtf8 => "large_string",
            DataType::BinaryView => "binary_view",
            DataType::Utf8View => "string_view",
            _ => "nested",
        }
    }
}

impl Display for DataType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            DataType::Decimal {
                bit_width,
                precision,
                scale,
            } => write!(f, "decimal{bit_width}({precision}, {scale})"),
            DataType::Time32(unit) => write!(f, "time32[{}]", unit.short()),
            DataType::Time64(unit) => write!(f, "time64[{}]", unit.short()),
            DataType::Timestamp(unit, None) => write!(f, "timestamp[{}]", unit.short()),
            DataType::Timestamp(unit, Some(zone)) => {
                write!(f, "timestamp[{}, tz={zone}]", unit.short())
            }
            DataType::Duration(unit) => write!(f, "duration[{}]", unit.short()),
            DataType::FixedSizeBinary(width) => write!(f, "fixed_size_binary[{width}]"),
            DataType::List(field) => write!(f, "list<{field}>"),
            DataType::LargeList(field) => write!(f, "large_list<{field}>"),
            DataType::ListView(field) => write!(f, "list_view<{field}>"),
            DataType::LargeListView(field) => write!(f, "large_list_view<{field}>"),
            DataType::FixedSizeList(field, size) => write!(f, "fixed_size_list<{field}>[{size}]"),
            DataType::Struct(fields) => {
                f.write_str("struct<")?;
                list(f, fields)?;
                f.write_str(">")
            }
            DataType::Union(union) => {
                f.write_str(match union.mode {
                    UnionMode::Sparse => "sparse_union<",
                    UnionMode::Dense => "dense_union<",
                })?;
                for (index, (field, id)) in union.fields.iter().zip(&union.type_ids).enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{field}={id}")?;
                }
                f.write_str(">")
            }
            DataType::Map {
                entries,
                keys_sorted,
            } => {
                f.write_str("map<")?;
                let mut separator = "";
                for field in entries.data_type().children() {
                    write!(f, "{separator}{}", field.data_type())?;
                    separator = ", ";
                }
                f.write_str(if *keys_sorted { ", keys_sorted>" } else { ">" })
            }
            DataType::Dictionary(dictionary) => write!(
                f,
                "dictionary<values={}, indices={}, ordered={}>",
                *dictionary.value,
                *dictionary.index,
                u8::from(dictionary.ordered)
            ),
            DataType::RunEndEncoded { run_ends, values } => {
                write!(
                    f,
                    "run_end_encoded<run_ends: {}, values: {}>",
                    run_ends.data_type(),
                    values.data_type()
                )
            }
            _ => f.write_str(self.simple_name()),
        }
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let nullability = if self.is_nullable() { "" } else { " not null" };
        write!(f, "{}: {}{nullability}", self.name(), self.data_type())
    }
}

impl<T: Display> Display for crate::alloc::TryArc<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Values longer than this are cut in text output.
const MAX_SHOWN_BYTES: usize = 80;

fn shown(f: &mut Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    let kept = bytes.get(..MAX_SHOWN_BYTES).unwrap_or(bytes);
    for chunk in kept.utf8_chunks() {
        write!(f, "{}", chunk.valid().escape_debug())?;
        for byte in chunk.invalid() {
            write!(f, "\\x{byte:02x}")?;
        }
    }
    match bytes.len().checked_sub(kept.len()) {
        Some(more) if more > 0 => write!(f, "' + {more}"),
        _ => f.write_str("'"),
    }
}

fn metadata_lines(f: &mut Formatter<'_>, metadata: &Metadata, indent: &str) -> fmt::Result {
    for pair in metadata {
        write!(f, "\n{indent}'")?;
        shown(f, &pair.key)?;
        f.write_str(": '")?;
        shown(f, &pair.value)?;
    }
    Ok(())
}

/// One line a field; metadata in lines of its own.
impl Display for Schema {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, field) in self.fields().iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{field}")?;
            if !field.metadata().is_empty() {
                f.write_str("\n  -- field metadata --")?;
                metadata_lines(f, field.metadata(), "  ")?;
            }
        }
        if !self.metadata().is_empty() {
            f.write_str(if self.is_empty() {
                "-- schema metadata --"
            } else {
                "\n-- schema metadata --"
            })?;
            metadata_lines(f, self.metadata(), "")?;
        }
        Ok(())
    }
}
