//! What makes a type acceptable.

use super::data_type::{DataType, DictionaryType, Field, FieldRef, UnionType};
use super::unit::TimeUnit;
use crate::err;
use crate::error::{Result, Value};

/// The digits that a decimal of a width can have.
fn max_precision(bit_width: u16) -> Option<u8> {
    match bit_width {
        32 => Some(9),
        64 => Some(18),
        128 => Some(38),
        256 => Some(76),
        _ => None,
    }
}

pub(super) fn check(data_type: &DataType) -> Result<()> {
    match data_type {
        DataType::Decimal {
            bit_width,
            precision,
            ..
        } => {
            check_precision(*bit_width, i32::from(*precision))?;
        }
        DataType::Time32(unit) if !matches!(unit, TimeUnit::Second | TimeUnit::Millisecond) => {
            return Err(err!(
                InvalidArgument,
                "time32 counts seconds or milliseconds, not {}",
                unit.name()
            ));
        }
        DataType::Time64(unit) if !matches!(unit, TimeUnit::Microsecond | TimeUnit::Nanosecond) => {
            return Err(err!(
                InvalidArgument,
                "time64 counts microseconds or nanoseconds, not {}",
                unit.name()
            ));
        }
        DataType::Timestamp(_, Some(zone)) => check_zone(zone.as_str())?,
        DataType::FixedSizeBinary(width) if *width < 0 => {
            return Err(err!(
                InvalidArgument,
                "a fixed-size binary cannot have {} bytes",
                *width
            ));
        }
        DataType::FixedSizeList(_, size) if *size < 0 => {
            return Err(err!(
                InvalidArgument,
                "a fixed-size list cannot have {} items",
                *size
            ));
        }
        DataType::Union(union) => check_union(union)?,
        DataType::Map { entries, .. } => map(entries)?,
        DataType::Dictionary(dictionary) => check_dictionary(dictionary)?,
        DataType::RunEndEncoded { run_ends, .. } => check_run_ends(run_ends)?,
        _ => {}
    }
    Ok(())
}

fn check_zone(zone: &str) -> Result<()> {
    if zone.contains('\0') {
        return Err(err!(
            InvalidArgument,
            "time zone {} contains a NUL",
            Value::quoted(zone)
        ));
    }
    Ok(())
}

/// Check the digits of a decimal.
pub(super) fn check_precision(bit_width: u16, precision: i32) -> Result<u8> {
    let Some(most) = max_precision(bit_width) else {
        return Err(err!(
            InvalidArgument,
            "a decimal has 32, 64, 128 or 256 bits, not {}",
            bit_width
        ));
    };
    match u8::try_from(precision) {
        Ok(digits) if (1..=most).contains(&digits) => Ok(digits),
        _ => Err(err!(
            InvalidArgument,
            "a decimal of {} bits has a precision from 1 to {}, not {}",
            bit_width,
            most,
            precision
        )),
    }
}

/// Check the number of children of a union: there is an id for each.
pub(super) fn check_union_size(fields: usize) -> Result<()> {
    const MOST: usize = 128;
    if fields > MOST {
        return Err(err!(
            InvalidArgument,
            "a union has {} fields, but at most {} are possible",
            fields,
            MOST
        ));
    }
    Ok(())
}

fn check_union(union: &UnionType) -> Result<()> {
    if union.type_ids.len() != union.fields.len() {
        return Err(err!(
            InvalidArgument,
            "a union has {} children but {} type ids",
            union.fields.len(),
            union.type_ids.len()
        ));
    }
    let mut seen = 0_u128;
    for id in &union.type_ids {
        let Ok(place) = u32::try_from(*id) else {
            return Err(err!(
                InvalidArgument,
                "union type id {} is outside 0 to 127",
                *id
            ));
        };
        let bit = 1_u128 << place;
        if seen & bit != 0 {
            return Err(err!(
                InvalidArgument,
                "union type id {} stands for two children",
                *id
            ));
        }
        seen |= bit;
    }
    Ok(())
}

fn map(entries: &Field) -> Result<()> {
    let DataType::Struct(fields) = entries.data_type() else {
        return Err(err!(
            InvalidArgument,
            "the entries of a map must be a struct"
        ));
    };
    if fields.len() != 2 {
        return Err(err!(
            InvalidArgument,
            "the entries of a map have 2 fields, not {}",
            fields.len()
        ));
    }
    if entries.is_nullable() {
        return Err(err!(
            InvalidArgument,
            "the entries of a map must not be nullable"
        ));
    }
    if fields.first().is_some_and(|key| key.is_nullable()) {
        return Err(err!(
            InvalidArgument,
            "the keys of a map must not be nullable"
        ));
    }
    Ok(())
}

fn check_dictionary(dictionary: &DictionaryType) -> Result<()> {
    if !dictionary.index.is_integer() {
        return Err(err!(
            InvalidArgument,
            "the indices of a dictionary must be integers"
        ));
    }
    Ok(())
}

fn check_run_ends(run_ends: &FieldRef) -> Result<()> {
    if !matches!(
        run_ends.data_type(),
        DataType::Int16 | DataType::Int32 | DataType::Int64
    ) {
        return Err(err!(
            InvalidArgument,
            "run ends must be integers of 16, 32 or 64 bits"
        ));
    }
    if run_ends.is_nullable() {
        return Err(err!(InvalidArgument, "run ends must not be nullable"));
    }
    Ok(())
}
