//! Types as format strings of the C Data Interface ("Data type description -- format strings").

use super::data_type::DataType;
use super::unit::{IntervalUnit, TimeUnit, UnionMode};
use crate::alloc::Text;
use crate::err;
use crate::error::{Error, Result, Value};
use std::fmt::{self, Display, Write as _};
use std::str::FromStr;

fn unit_of(letter: &str) -> Option<TimeUnit> {
    Some(match letter {
        "s" => TimeUnit::Second,
        "m" => TimeUnit::Millisecond,
        "u" => TimeUnit::Microsecond,
        "n" => TimeUnit::Nanosecond,
        _ => return None,
    })
}

fn letter_of(unit: TimeUnit) -> char {
    match unit {
        TimeUnit::Second => 's',
        TimeUnit::Millisecond => 'm',
        TimeUnit::Microsecond => 'u',
        TimeUnit::Nanosecond => 'n',
    }
}

/// The types whose format string is fixed.
const FIXED: [(&str, DataType); 27] = [
    ("n", DataType::Null),
    ("b", DataType::Boolean),
    ("c", DataType::Int8),
    ("s", DataType::Int16),
    ("i", DataType::Int32),
    ("l", DataType::Int64),
    ("C", DataType::UInt8),
    ("S", DataType::UInt16),
    ("I", DataType::UInt32),
    ("L", DataType::UInt64),
    ("e", DataType::Float16),
    ("f", DataType::Float32),
    ("g", DataType::Float64),
    ("z", DataType::Binary),
    ("Z", DataType::LargeBinary),
    ("vz", DataType::BinaryView),
    ("u", DataType::Utf8),
    ("U", DataType::LargeUtf8),
    ("vu", DataType::Utf8View),
    ("tdD", DataType::Date32),
    ("tdm", DataType::Date64),
    ("tiM", DataType::Interval(IntervalUnit::YearMonth)),
    ("tiD", DataType::Interval(IntervalUnit::DayTime)),
    ("tin", DataType::Interval(IntervalUnit::MonthDayNano)),
    ("tts", DataType::Time32(TimeUnit::Second)),
    ("ttm", DataType::Time32(TimeUnit::Millisecond)),
    ("ttu", DataType::Time64(TimeUnit::Microsecond)),
];

/// A decimal number without a plus sign.
fn number<T: FromStr>(text: &str) -> Option<T> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn parse_decimal(parameters: &str) -> Option<DataType> {
    let mut parts = parameters.split(',');
    let precision = number(parts.next()?)?;
    let scale = number(parts.next()?)?;
    let bit_width = match parts.next() {
        Some(width) => number(width)?,
        None => 128,
    };
    parts.next().is_none().then_some(DataType::Decimal {
        bit_width,
        precision,
        scale,
    })
}

fn parse_timestamp(rest: &str) -> Option<Result<DataType>> {
    let (unit, zone) = rest.split_once(':')?;
    let unit = unit_of(unit)?;
    if zone.is_empty() {
        return Some(Ok(DataType::Timestamp(unit, None)));
    }
    Some(
        Text::try_from_str(zone)
            .map(|zone| DataType::Timestamp(unit, Some(zone)))
            .map_err(Into::into),
    )
}

fn parse(format: &str) -> Option<Result<DataType>> {
    for (text, data_type) in FIXED {
        if text == format {
            return Some(Ok(data_type));
        }
    }
    if format == "ttn" {
        return Some(Ok(DataType::Time64(TimeUnit::Nanosecond)));
    }
    if let Some(parameters) = format.strip_prefix("d:") {
        return parse_decimal(parameters).map(Ok);
    }
    if let Some(width) = format.strip_prefix("w:") {
        return Some(Ok(DataType::FixedSizeBinary(number(width)?)));
    }
    if let Some(unit) = format.strip_prefix("tD") {
        return Some(Ok(DataType::Duration(unit_of(unit)?)));
    }
    parse_timestamp(format.strip_prefix("ts")?)
}

impl DataType {
    /// The type of a format string. Nested types need their children besides the string: `Unsupported`.
    pub fn from_format(format: &str) -> Result<DataType> {
        if format.starts_with('+') {
            return Err(err!(
                Unsupported,
                "format {} is nested and says nothing about its children",
                Value::quoted(format)
            ));
        }
        let unknown = || {
            err!(
                InvalidArgument,
                "{} is not a format string of the C data interface",
                Value::quoted(format)
            )
        };
        let data_type = parse(format).ok_or_else(unknown)??;
        super::check::check(&data_type)?;
        Ok(data_type)
    }

    /// The format string of the type; for a dictionary type that of its indices.
    pub fn to_format(&self) -> Result<Text> {
        let mut text = Text::new();
        write!(text, "{}", self.format()).map_err(|_| Error::OUT_OF_MEMORY)?;
        Ok(text)
    }

    /// The same, to be written elsewhere.
    pub(super) fn format(&self) -> impl Display {
        Format(self)
    }
}

struct Format<'a>(&'a DataType);

impl Display for Format<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            DataType::Decimal {
                bit_width: 128,
                precision,
                scale,
            } => write!(out, "d:{precision},{scale}"),
            DataType::Decimal {
                bit_width,
                precision,
                scale,
            } => write!(out, "d:{precision},{scale},{bit_width}"),
            DataType::Time32(unit) | DataType::Time64(unit) => {
                write!(out, "tt{}", letter_of(*unit))
            }
            DataType::Timestamp(unit, None) => write!(out, "ts{}:", letter_of(*unit)),
            DataType::Timestamp(unit, Some(zone)) => write!(out, "ts{}:{zone}", letter_of(*unit)),
            DataType::Duration(unit) => write!(out, "tD{}", letter_of(*unit)),
            DataType::FixedSizeBinary(width) => write!(out, "w:{width}"),
            DataType::List(_) => out.write_str("+l"),
            DataType::LargeList(_) => out.write_str("+L"),
            DataType::ListView(_) => out.write_str("+vl"),
            DataType::LargeListView(_) => out.write_str("+vL"),
            DataType::FixedSizeList(_, size) => write!(out, "+w:{size}"),
            DataType::Struct(_) => out.write_str("+s"),
            DataType::Map { .. } => out.write_str("+m"),
            DataType::RunEndEncoded { .. } => out.write_str("+r"),
            DataType::Union(union) => {
                out.write_str(match union.mode {
                    UnionMode::Sparse => "+us:",
                    UnionMode::Dense => "+ud:",
                })?;
                for (index, id) in union.type_ids.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "," };
                    write!(out, "{separator}{id}")?;
                }
                Ok(())
            }
            DataType::Dictionary(dictionary) => Format(&dictionary.index).fmt(out),
            _ => {
                let fixed = FIXED
                    .iter()
                    .find(|(_, data_type)| data_type.equals(self.0, false));
                out.write_str(fixed.map_or("", |(text, _)| text))
            }
        }
    }
}
