//! One type at a time: the code and the table that stand for it.

use crate::alloc::{Text, VecExt, vec_with_capacity};
use crate::err;
use crate::error::Result;
use crate::ipc::format::generated as fb;
use crate::ipc::format::{Builder, Offset, Table};
use crate::schema::{DataType, FieldRef, IntervalUnit, TimeUnit, UnionMode, UnionType};

fn decode_int(table: &Table<'_>) -> Result<DataType> {
    let bits = table.i32_or(fb::Int::VT_BIT_WIDTH, 0)?;
    let signed = table.bool(fb::Int::VT_IS_SIGNED)?;
    Ok(match (bits, signed) {
        (8, true) => DataType::Int8,
        (16, true) => DataType::Int16,
        (32, true) => DataType::Int32,
        (64, true) => DataType::Int64,
        (8, false) => DataType::UInt8,
        (16, false) => DataType::UInt16,
        (32, false) => DataType::UInt32,
        (64, false) => DataType::UInt64,
        _ => return Err(err!(Corrupt, "integers of {} bits", bits)),
    })
}

/// The type of a dictionary's indices; 32-bit integers when nothing is said.
pub(super) fn decode_index_type(table: Option<Table<'_>>) -> Result<DataType> {
    table.map_or(Ok(DataType::Int32), |table| decode_int(&table))
}

fn decode_unit(table: &Table<'_>, vt: u16, default: fb::TimeUnit) -> Result<TimeUnit> {
    Ok(match fb::TimeUnit(table.i16_or(vt, default.0)?) {
        fb::TimeUnit::Second => TimeUnit::Second,
        fb::TimeUnit::Millisecond => TimeUnit::Millisecond,
        fb::TimeUnit::Microsecond => TimeUnit::Microsecond,
        fb::TimeUnit::Nanosecond => TimeUnit::Nanosecond,
        other => return Err(err!(Corrupt, "time unit number {}", other.0)),
    })
}

fn decode_float(table: &Table<'_>) -> Result<DataType> {
    Ok(
        match fb::FloatPrecision(table.i16_or(fb::FloatingPoint::VT_PRECISION, 0)?) {
            fb::FloatPrecision::Half => DataType::Float16,
            fb::FloatPrecision::Single => DataType::Float32,
            fb::FloatPrecision::Double => DataType::Float64,
            other => return Err(err!(Corrupt, "floating-point precision number {}", other.0)),
        },
    )
}

fn decode_decimal(table: &Table<'_>) -> Result<DataType> {
    let precision = table.i32_or(fb::Decimal::VT_PRECISION, 0)?;
    let bits = table.i32_or(fb::Decimal::VT_BIT_WIDTH, 128)?;
    match (u16::try_from(bits), u8::try_from(precision)) {
        (Ok(bit_width), Ok(precision)) => Ok(DataType::Decimal {
            bit_width,
            precision,
            scale: table.i32_or(fb::Decimal::VT_SCALE, 0)?,
        }),
        _ => Err(err!(
            Corrupt,
            "a decimal of {} bits and {} digits",
            bits,
            precision
        )),
    }
}

fn decode_date(table: &Table<'_>) -> Result<DataType> {
    Ok(
        match fb::DateUnit(table.i16_or(fb::Date::VT_UNIT, fb::DateUnit::Millisecond.0)?) {
            fb::DateUnit::Day => DataType::Date32,
            fb::DateUnit::Millisecond => DataType::Date64,
            other => return Err(err!(Corrupt, "date unit number {}", other.0)),
        },
    )
}

fn decode_time(table: &Table<'_>) -> Result<DataType> {
    let unit = decode_unit(table, fb::Time::VT_UNIT, fb::TimeUnit::Millisecond)?;
    match table.i32_or(fb::Time::VT_BIT_WIDTH, 32)? {
        32 => Ok(DataType::Time32(unit)),
        64 => Ok(DataType::Time64(unit)),
        bits => Err(err!(Corrupt, "times of {} bits", bits)),
    }
}

fn decode_timestamp(table: &Table<'_>) -> Result<DataType> {
    let unit = decode_unit(table, fb::Timestamp::VT_UNIT, fb::TimeUnit::Second)?;
    let zone = match table.text(fb::Timestamp::VT_TIMEZONE)? {
        // Some writers spell "no time zone" as an empty one.
        None | Some("") => None,
        Some(zone) => Some(Text::try_from_str(zone)?),
    };
    Ok(DataType::Timestamp(unit, zone))
}

fn decode_interval(table: &Table<'_>) -> Result<DataType> {
    let unit = fb::IntervalUnit(table.i16_or(fb::Interval::VT_UNIT, 0)?);
    Ok(DataType::Interval(match unit {
        fb::IntervalUnit::YearMonth => IntervalUnit::YearMonth,
        fb::IntervalUnit::DayTime => IntervalUnit::DayTime,
        fb::IntervalUnit::MonthDayNano => IntervalUnit::MonthDayNano,
        other => return Err(err!(Corrupt, "interval unit number {}", other.0)),
    }))
}

fn decode_union(table: &Table<'_>, fields: Vec<FieldRef>) -> Result<DataType> {
    let mode = match fb::UnionMode(table.i16_or(fb::Union::VT_MODE, 0)?) {
        fb::UnionMode::Sparse => UnionMode::Sparse,
        fb::UnionMode::Dense => UnionMode::Dense,
        other => return Err(err!(Corrupt, "union mode number {}", other.0)),
    };
    let mut type_ids = vec_with_capacity(fields.len())?;
    let narrow = |id: i32| i8::try_from(id).map_err(|_| err!(Corrupt, "union type id {}", id));
    match table.bytes(fb::Union::VT_TYPE_IDS, 4)? {
        Some(bytes) => {
            for id in bytes.as_chunks::<4>().0 {
                type_ids.try_push(narrow(i32::from_le_bytes(*id))?)?;
            }
        }
        None => {
            for id in 0..fields.len() {
                type_ids.try_push(narrow(i32::try_from(id).unwrap_or(i32::MAX))?)?;
            }
        }
    }
    Ok(DataType::Union(UnionType {
        mode,
        fields,
        type_ids,
    }))
}

/// Exactly `N` children.
fn exactly<const N: usize>(children: Vec<FieldRef>) -> Result<[FieldRef; N]> {
    let found = children.len();
    children
        .try_into()
        .map_err(|_| err!(Corrupt, "{} children where the type has {}", found, N))
}

fn one(children: Vec<FieldRef>) -> Result<FieldRef> {
    exactly(children).map(|[child]| child)
}

/// The type with this code; its children were read before.
pub(super) fn decode_type(
    code: u8,
    table: &Table<'_>,
    children: Vec<FieldRef>,
) -> Result<DataType> {
    let type_ = match fb::Type(code) {
        fb::Type::List => return Ok(DataType::List(one(children)?)),
        fb::Type::LargeList => return Ok(DataType::LargeList(one(children)?)),
        fb::Type::ListView => return Ok(DataType::ListView(one(children)?)),
        fb::Type::LargeListView => return Ok(DataType::LargeListView(one(children)?)),
        fb::Type::FixedSizeList => {
            let size = table.i32_or(fb::FixedSizeList::VT_LIST_SIZE, 0)?;
            return Ok(DataType::FixedSizeList(one(children)?, size));
        }
        fb::Type::Map => {
            let keys_sorted = table.bool(fb::Map::VT_KEYS_SORTED)?;
            let entries = one(children)?;
            return Ok(DataType::Map {
                entries,
                keys_sorted,
            });
        }
        fb::Type::RunEndEncoded => {
            let [run_ends, values] = exactly(children)?;
            return Ok(DataType::RunEndEncoded { run_ends, values });
        }
        fb::Type::StructType => return Ok(DataType::Struct(children)),
        fb::Type::Union => return decode_union(table, children),
        fb::Type::Null => DataType::Null,
        fb::Type::Int => decode_int(table)?,
        fb::Type::FloatingPoint => decode_float(table)?,
        fb::Type::Binary => DataType::Binary,
        fb::Type::Utf8 => DataType::Utf8,
        fb::Type::Bool => DataType::Boolean,
        fb::Type::Decimal => decode_decimal(table)?,
        fb::Type::Date => decode_date(table)?,
        fb::Type::Time => decode_time(table)?,
        fb::Type::Timestamp => decode_timestamp(table)?,
        fb::Type::Interval => decode_interval(table)?,
        fb::Type::FixedSizeBinary => {
            DataType::FixedSizeBinary(table.i32_or(fb::FixedSizeBinary::VT_BYTE_WIDTH, 0)?)
        }
        fb::Type::Duration => DataType::Duration(decode_unit(
            table,
            fb::Duration::VT_UNIT,
            fb::TimeUnit::Millisecond,
        )?),
        fb::Type::LargeBinary => DataType::LargeBinary,
        fb::Type::LargeUtf8 => DataType::LargeUtf8,
        fb::Type::BinaryView => DataType::BinaryView,
        fb::Type::Utf8View => DataType::Utf8View,
        fb::Type::NONE => return Err(err!(Corrupt, "no type")),
        _ => return Err(err!(Unsupported, "a type with the unknown code {}", code)),
    };
    // Children of a type that has none are passed over, as other readers do.
    Ok(type_)
}

fn encode_unit(unit: TimeUnit) -> i16 {
    match unit {
        TimeUnit::Second => fb::TimeUnit::Second.0,
        TimeUnit::Millisecond => fb::TimeUnit::Millisecond.0,
        TimeUnit::Microsecond => fb::TimeUnit::Microsecond.0,
        TimeUnit::Nanosecond => fb::TimeUnit::Nanosecond.0,
    }
}

/// Write the table of an integer type.
pub(super) fn encode_int(builder: &mut Builder, type_: &DataType) -> Result<Offset> {
    let (bits, signed) = match type_ {
        DataType::Int8 => (8, true),
        DataType::Int16 => (16, true),
        DataType::Int32 => (32, true),
        DataType::Int64 => (64, true),
        DataType::UInt8 => (8, false),
        DataType::UInt16 => (16, false),
        DataType::UInt32 => (32, false),
        DataType::UInt64 => (64, false),
        _ => return Err(err!(Internal, "not an integer type")),
    };
    builder.start_table();
    builder.add_i32(fb::Int::VT_BIT_WIDTH, bits)?;
    builder.add_bool(fb::Int::VT_IS_SIGNED, signed)?;
    builder.end_table()
}

fn encode_timestamp(builder: &mut Builder, unit: TimeUnit, zone: Option<&Text>) -> Result<Offset> {
    let zone = match zone {
        Some(zone) => Some(builder.bytes(zone.as_bytes())?),
        None => None,
    };
    builder.start_table();
    builder.add_some(fb::Timestamp::VT_TIMEZONE, zone)?;
    builder.add_i16(fb::Timestamp::VT_UNIT, encode_unit(unit))?;
    builder.end_table()
}

fn encode_union(builder: &mut Builder, union: &UnionType) -> Result<Offset> {
    let mut ids = vec_with_capacity(union.type_ids.len().saturating_mul(4))?;
    for id in &union.type_ids {
        ids.try_extend_from_slice(&i32::from(*id).to_le_bytes())?;
    }
    let ids = builder.elements(&ids, union.type_ids.len(), 4)?;
    let mode = match union.mode {
        UnionMode::Sparse => fb::UnionMode::Sparse,
        UnionMode::Dense => fb::UnionMode::Dense,
    };
    builder.start_table();
    builder.add_offset(fb::Union::VT_TYPE_IDS, ids)?;
    builder.add_i16(fb::Union::VT_MODE, mode.0)?;
    builder.end_table()
}

/// Write a type's table and say its code. A dictionary type is written as the type of its values.
pub(super) fn encode_type(builder: &mut Builder, type_: &DataType) -> Result<(u8, Offset)> {
    let (code, table) = match type_ {
        DataType::Dictionary(dictionary) => match &**dictionary.value {
            DataType::Dictionary(_) => {
                return Err(err!(
                    Unsupported,
                    "a dictionary of indices into another dictionary"
                ));
            }
            value => return encode_type(builder, value),
        },
        DataType::Timestamp(unit, zone) => (
            fb::Type::Timestamp,
            encode_timestamp(builder, *unit, zone.as_ref())?,
        ),
        DataType::Union(union) => (fb::Type::Union, encode_union(builder, union)?),
        type_ if type_.is_integer() => (fb::Type::Int, encode_int(builder, type_)?),
        type_ => {
            builder.start_table();
            let code = encode_parameters(builder, type_)?;
            (code, builder.end_table()?)
        }
    };
    Ok((code.0, table))
}

/// Write the parameters of a type into the table that was begun.
fn encode_parameters(builder: &mut Builder, type_: &DataType) -> Result<fb::Type> {
    Ok(match type_ {
        DataType::Null => fb::Type::Null,
        DataType::Boolean => fb::Type::Bool,
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let precision = match type_ {
                DataType::Float16 => fb::FloatPrecision::Half,
                DataType::Float32 => fb::FloatPrecision::Single,
                _ => fb::FloatPrecision::Double,
            };
            builder.add_i16(fb::FloatingPoint::VT_PRECISION, precision.0)?;
            fb::Type::FloatingPoint
        }
        DataType::Decimal {
            bit_width,
            precision,
            scale,
        } => {
            builder.add_i32(fb::Decimal::VT_BIT_WIDTH, i32::from(*bit_width))?;
            builder.add_i32(fb::Decimal::VT_SCALE, *scale)?;
            builder.add_i32(fb::Decimal::VT_PRECISION, i32::from(*precision))?;
            fb::Type::Decimal
        }
        DataType::Date32 | DataType::Date64 => {
            let unit = if matches!(type_, DataType::Date32) {
                fb::DateUnit::Day
            } else {
                fb::DateUnit::Millisecond
            };
            builder.add_i16(fb::Date::VT_UNIT, unit.0)?;
            fb::Type::Date
        }
        DataType::Time32(unit) | DataType::Time64(unit) => {
            let bits = if matches!(type_, DataType::Time32(_)) {
                32
            } else {
                64
            };
            builder.add_i32(fb::Time::VT_BIT_WIDTH, bits)?;
            builder.add_i16(fb::Time::VT_UNIT, encode_unit(*unit))?;
            fb::Type::Time
        }
        DataType::Duration(unit) => {
            builder.add_i16(fb::Duration::VT_UNIT, encode_unit(*unit))?;
            fb::Type::Duration
        }
        DataType::Interval(unit) => {
            let unit = match unit {
                IntervalUnit::YearMonth => fb::IntervalUnit::YearMonth,
                IntervalUnit::DayTime => fb::IntervalUnit::DayTime,
                IntervalUnit::MonthDayNano => fb::IntervalUnit::MonthDayNano,
            };
            builder.add_i16(fb::Interval::VT_UNIT, unit.0)?;
            fb::Type::Interval
        }
        DataType::Binary => fb::Type::Binary,
        DataType::LargeBinary => fb::Type::LargeBinary,
        DataType::Utf8 => fb::Type::Utf8,
        DataType::LargeUtf8 => fb::Type::LargeUtf8,
        DataType::BinaryView => fb::Type::BinaryView,
        DataType::Utf8View => fb::Type::Utf8View,
        DataType::FixedSizeBinary(width) => {
            builder.add_i32(fb::FixedSizeBinary::VT_BYTE_WIDTH, *width)?;
            fb::Type::FixedSizeBinary
        }
        DataType::FixedSizeList(_, size) => {
            builder.add_i32(fb::FixedSizeList::VT_LIST_SIZE, *size)?;
            fb::Type::FixedSizeList
        }
        DataType::List(_) => fb::Type::List,
        DataType::LargeList(_) => fb::Type::LargeList,
        DataType::ListView(_) => fb::Type::ListView,
        DataType::LargeListView(_) => fb::Type::LargeListView,
        DataType::Struct(_) => fb::Type::StructType,
        DataType::Map { keys_sorted, .. } => {
            builder.add_bool(fb::Map::VT_KEYS_SORTED, *keys_sorted)?;
            fb::Type::Map
        }
        DataType::RunEndEncoded { .. } => fb::Type::RunEndEncoded,
        _ => return Err(err!(Internal, "a type without a code")),
    })
}
