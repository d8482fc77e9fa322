//! Single values as text.

use super::calendar::{write_date, write_instant, write_time};
use super::decimal::write_decimal;
use crate::array::{ArrayData, DayTime, Half, MonthDayNano};
use crate::error::Result;
use crate::schema::{DataType, IntervalUnit, TimeUnit};
use std::fmt::{self, Write};

/// Longer values are cut, so that one value cannot make the text arbitrarily long.
const MAX_BYTES: usize = 256;

/// Write a value. One that lies outside the buffers of an unchecked array shows as a mark.
pub(super) fn write(out: &mut impl Write, array: &ArrayData, index: usize) -> fmt::Result {
    if array.is_null(index) {
        return out.write_str("null");
    }
    match known(out, array, index) {
        Ok(written) => written,
        Err(_) => out.write_str("<unreadable>"),
    }
}

/// The outer result is whether the value can be read.
fn known(out: &mut impl Write, array: &ArrayData, index: usize) -> Result<fmt::Result> {
    use DataType as T;
    Ok(match array.data_type() {
        T::Boolean => write!(out, "{}", array.bit(index)?),
        T::Int8 => write!(out, "{}", array.native::<i8>(index)?),
        T::Int16 => write!(out, "{}", array.native::<i16>(index)?),
        T::Int32 => write!(out, "{}", array.native::<i32>(index)?),
        T::Int64 => write!(out, "{}", array.native::<i64>(index)?),
        T::UInt8 => write!(out, "{}", array.native::<u8>(index)?),
        T::UInt16 => write!(out, "{}", array.native::<u16>(index)?),
        T::UInt32 => write!(out, "{}", array.native::<u32>(index)?),
        T::UInt64 => write!(out, "{}", array.native::<u64>(index)?),
        T::Float16 => write_float(out, array.native::<Half>(index)?.to_f32()),
        T::Float32 => write_float(out, array.native::<f32>(index)?),
        T::Float64 => write_float(out, array.native::<f64>(index)?),
        T::Decimal { scale, .. } => {
            write_decimal(out, array.value_bytes(index)?, i64::from(*scale))
        }
        T::Date32 => write_date(out, array.native::<i32>(index)?.into()),
        T::Date64 => {
            let days = array.native::<i64>(index)?.div_euclid(86_400_000);
            write_date(out, days)
        }
        T::Time32(unit) => write_day_time(out, array.native::<i32>(index)?.into(), digits(*unit)),
        T::Time64(unit) => write_day_time(out, array.native::<i64>(index)?, digits(*unit)),
        T::Timestamp(unit, zone) => {
            let value = array.native::<i64>(index)?;
            // With a time zone the value is an instant in UTC, which is how it is shown.
            let mark = if zone.is_some() { "Z" } else { "" };
            write_instant(out, value, digits(*unit)).and_then(|()| out.write_str(mark))
        }
        T::Duration(_) => write!(out, "{}", array.native::<i64>(index)?),
        T::Interval(IntervalUnit::YearMonth) => write!(out, "{}M", array.native::<i32>(index)?),
        T::Interval(IntervalUnit::DayTime) => {
            let value = array.native::<DayTime>(index)?;
            write!(out, "{}d{}ms", value.days, value.milliseconds)
        }
        T::Interval(IntervalUnit::MonthDayNano) => {
            let value = array.native::<MonthDayNano>(index)?;
            write!(
                out,
                "{}M{}d{}ns",
                value.months, value.days, value.nanoseconds
            )
        }
        T::Utf8 | T::LargeUtf8 => write_text(out, array.value_bytes(index)?),
        _ => write_hex(out, array.value_bytes(index)?),
    })
}

/// The decimal digits of a unit's fraction of a second.
const fn digits(unit: TimeUnit) -> usize {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    }
}

fn write_float(out: &mut impl Write, value: impl Into<f64> + fmt::Debug + Copy) -> fmt::Result {
    let wide: f64 = value.into();
    if wide.is_nan() {
        return out.write_str("nan");
    }
    write!(out, "{value:?}")
}

/// A time of day; a number that is none shows as a number.
fn write_day_time(out: &mut impl Write, value: i64, digits: usize) -> fmt::Result {
    if (0..86_400 * 10_i64.pow(digits as u32)).contains(&value) {
        write_time(out, value, digits)
    } else {
        write!(out, "<{value}>")
    }
}

/// Text in quotes. Control characters are escaped: what is shown may come from anywhere and end up on a terminal.
fn write_text(out: &mut impl Write, bytes: &[u8]) -> fmt::Result {
    let kept = bytes.get(..MAX_BYTES).unwrap_or(bytes);
    out.write_char('"')?;
    for chunk in kept.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' => write!(out, "\\{character}")?,
                _ if character.is_control() => write!(out, "{}", character.escape_default())?,
                _ => out.write_char(character)?,
            }
        }
        // Where the cut falls inside a character its rest is dropped; elsewhere such bytes are not text.
        if !chunk.invalid().is_empty() && kept.len() == bytes.len() {
            out.write_char('\u{FFFD}')?;
        }
    }
    out.write_char('"')?;
    write_cut(out, bytes.len(), kept.len())
}

fn write_hex(out: &mut impl Write, bytes: &[u8]) -> fmt::Result {
    let kept = bytes.get(..MAX_BYTES).unwrap_or(bytes);
    out.write_str("x\"")?;
    for byte in kept {
        write!(out, "{byte:02X}")?;
    }
    out.write_char('"')?;
    write_cut(out, bytes.len(), kept.len())
}

fn write_cut(out: &mut impl Write, len: usize, kept: usize) -> fmt::Result {
    if len > kept {
        write!(out, "... ({len} bytes)")?;
    }
    Ok(())
}
