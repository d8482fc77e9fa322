//! Types, fields and schemas as text, in pyarrow's notation.

use super::data_type::DataType;
use super::unit::{IntervalUnit, TimeUnit, UnionMode};
use super::walk::Stack;
use super::{CheckedType, Field, Metadata, Schema};
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

/// A name or time zone from outside: control characters are escaped, so that nothing in it passes for another line.
struct Shown<'a>(&'a str);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for part in self.0.split_inclusive(char::is_control) {
            let plain = part.trim_end_matches(char::is_control);
            f.write_str(plain)?;
            if let Some(control) = part.get(plain.len()..) {
                write!(f, "{}", control.escape_debug())?;
            }
        }
        Ok(())
    }
}

/// A nested type that is being written, and which of its children comes next.
struct Place<'a> {
    parent: &'a DataType,
    next: usize,
}

impl Display for DataType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write_start(f)?;
        if !self.has_end() {
            return Ok(());
        }
        let mut stack = Stack::new();
        stack.push(Place {
            parent: self,
            next: 0,
        });
        while let Some(place) = stack.top() {
            let (parent, index) = (place.parent, place.next);
            place.next += 1;
            if let Some(before) = index.checked_sub(1) {
                parent.write_child_end(f, before)?;
            }
            let Some(child) = parent.write_child_start(f, index)? else {
                parent.write_end(f)?;
                stack.pop();
                continue;
            };
            child.write_start(f)?;
            if child.has_end() {
                stack.push(Place {
                    parent: child,
                    next: 0,
                });
            }
        }
        Ok(())
    }
}

/// The parts of a type's text: start, then for each child its start, the child and its end, then the end.
impl DataType {
    /// Whether the text has children and an end.
    fn has_end(&self) -> bool {
        self.is_nested() || matches!(self, DataType::Dictionary(_))
    }

    fn write_start(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DataType::Decimal {
                bit_width,
                precision,
                scale,
            } => return write!(f, "decimal{bit_width}({precision}, {scale})"),
            DataType::Time32(unit) => return write!(f, "time32[{}]", unit.short()),
            DataType::Time64(unit) => return write!(f, "time64[{}]", unit.short()),
            DataType::Timestamp(unit, None) => return write!(f, "timestamp[{}]", unit.short()),
            DataType::Timestamp(unit, Some(zone)) => {
                let zone = Shown(zone.as_str());
                return write!(f, "timestamp[{}, tz={zone}]", unit.short());
            }
            DataType::Duration(unit) => return write!(f, "duration[{}]", unit.short()),
            DataType::FixedSizeBinary(width) => return write!(f, "fixed_size_binary[{width}]"),
            DataType::List(_) => "list<",
            DataType::LargeList(_) => "large_list<",
            DataType::ListView(_) => "list_view<",
            DataType::LargeListView(_) => "large_list_view<",
            DataType::FixedSizeList(..) => "fixed_size_list<",
            DataType::Struct(_) => "struct<",
            DataType::Union(union) => match union.mode {
                UnionMode::Sparse => "sparse_union<",
                UnionMode::Dense => "dense_union<",
            },
            DataType::Map { .. } => "map<",
            DataType::Dictionary(_) => "dictionary<values=",
            DataType::RunEndEncoded { .. } => "run_end_encoded<run_ends: ",
            _ => self.simple_name(),
        })
    }

    /// Write what stands before a child and find the child.
    fn write_child_start(
        &self,
        f: &mut Formatter<'_>,
        index: usize,
    ) -> Result<Option<&DataType>, fmt::Error> {
        if let DataType::Dictionary(dictionary) = self {
            return Ok((index == 0).then_some(&*dictionary.value));
        }
        let child = match self {
            DataType::Map { entries, .. } => entries.data_type().child(index),
            _ => self.child(index),
        };
        let Some(child) = child else {
            return Ok(None);
        };
        if index > 0 {
            f.write_str(", ")?;
        }
        match self {
            DataType::Map { .. } => {}
            DataType::RunEndEncoded { .. } if index == 0 => {}
            DataType::RunEndEncoded { .. } => f.write_str("values: ")?,
            _ => write!(f, "{}: ", Shown(child.name()))?,
        }
        Ok(Some(child.data_type()))
    }

    /// Write what stands behind a child.
    fn write_child_end(&self, f: &mut Formatter<'_>, index: usize) -> fmt::Result {
        let unmarked = match self {
            // Keys and run ends are never null.
            DataType::Map { .. } | DataType::RunEndEncoded { .. } => index == 0,
            DataType::Dictionary(_) => true,
            _ => false,
        };
        let child = match self {
            DataType::Map { entries, .. } => entries.data_type().child(index),
            _ => self.child(index),
        };
        if !unmarked && child.is_some_and(|child| !child.is_nullable()) {
            f.write_str(" not null")?;
        }
        match self {
            DataType::Union(union) => match union.type_ids.get(index) {
                Some(id) => write!(f, "={id}"),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn write_end(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DataType::FixedSizeList(_, size) => return write!(f, ">[{size}]"),
            DataType::Dictionary(dictionary) => {
                let ordered = u8::from(dictionary.ordered);
                let indices = dictionary.index.simple_name();
                return write!(f, ", indices={indices}, ordered={ordered}>");
            }
            DataType::Map {
                keys_sorted: true, ..
            } => ", keys_sorted>",
            _ => ">",
        })
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let nullability = if self.is_nullable() { "" } else { " not null" };
        let name = Shown(self.name());
        write!(f, "{name}: {}{nullability}", self.data_type())
    }
}

impl Display for CheckedType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.data_type().fmt(f)
    }
}

impl<T: crate::alloc::Counted + Display> Display for crate::alloc::TryArc<T> {
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
