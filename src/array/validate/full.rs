//! What values mean: UTF-8, decimal precision, times within a day, whole days, the null count.
//!
//! Null slots may hold anything. So a check first goes over all slots without a look at the nulls, which is right for almost
//! all data and fast, and only when that fails value by value over those that are there.

use crate::array::access::Native;
use crate::array::bits::SetRuns;
use crate::array::{ArrayData, Element, Physical, decimal};
use crate::err;
use crate::error::{Error, Result};
use crate::schema::{DataType, TimeUnit};

const MILLISECONDS_OF_DAY: i64 = 86_400_000;

pub(super) fn check(array: &ArrayData) -> Result<()> {
    check_null_count(array)?;
    if array.element() == Element::Text {
        return check_text(array);
    }
    match array.data_type() {
        DataType::Date64 => check_numbers::<i64, 8>(array, "a whole number of days", |value| {
            value % MILLISECONDS_OF_DAY == 0
        }),
        DataType::Time32(unit) => {
            let end = 86_400 * per_second(*unit);
            check_numbers::<i32, 4>(array, "a time of day", |value| (0..end).contains(&value))
        }
        DataType::Time64(unit) => {
            let end = 86_400 * per_second(*unit);
            check_numbers::<i64, 8>(array, "a time of day", |value| (0..end).contains(&value))
        }
        DataType::Decimal { precision, .. } => check_precision(array, *precision),
        _ => Ok(()),
    }
}

const fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

fn check_null_count(array: &ArrayData) -> Result<()> {
    let counted = array.count_nulls();
    match array.known_null_count() {
        Some(claimed) if claimed != counted => Err(err!(
            Corrupt,
            "null count is {} but the validity bitmap has {} nulls",
            claimed,
            counted
        )),
        _ => Ok(()),
    }
}

/// The values that are there, as runs.
fn valid_runs(array: &ArrayData) -> SetRuns<'_> {
    let bits = array.validity().map(|bits| bits.as_slice());
    SetRuns::new(bits, array.offset(), array.len())
}

/// The values of fixed width, null slots included.
fn fixed<const N: usize>(array: &ArrayData) -> &[[u8; N]] {
    let (all, _) = array.bytes(1).as_chunks::<N>();
    let range = array.offset()..array.offset() + array.len();
    all.get(range).unwrap_or_default()
}

/// Check every value that is there; `good` must not panic on the others.
fn check_fixed<const N: usize>(
    array: &ArrayData,
    good: impl Fn(&[u8; N]) -> bool,
    wrong: impl Fn(usize, &[u8; N]) -> Error,
) -> Result<()> {
    let values = fixed::<N>(array);
    if values.iter().fold(true, |all, value| all & good(value)) {
        return Ok(());
    }
    for (start, len) in valid_runs(array) {
        let run = values.get(start..start + len).unwrap_or_default();
        for (index, value) in run.iter().enumerate() {
            if !good(value) {
                return Err(wrong(start + index, value));
            }
        }
    }
    Ok(())
}

fn check_numbers<T: Native + Into<i64>, const N: usize>(
    array: &ArrayData,
    what: &'static str,
    good: impl Fn(i64) -> bool,
) -> Result<()> {
    let read = |bytes: &[u8; N]| T::from_bytes(bytes).unwrap_or_default().into();
    check_fixed(
        array,
        |bytes| good(read(bytes)),
        |index, bytes| {
            err!(
                Corrupt,
                "value {} is {}, which is not {}",
                index,
                read(bytes),
                what
            )
        },
    )
}

/// Check that decimals have at most `precision` digits.
fn check_precision(array: &ArrayData, precision: u8) -> Result<()> {
    fn wrong<const N: usize>(precision: u8) -> impl Fn(usize, &[u8; N]) -> Error {
        move |index, _| {
            err!(
                Corrupt,
                "value {} has more than {} digits",
                index,
                precision
            )
        }
    }
    let end = decimal::power_of_ten(precision);
    let [low, high, ..] = end;
    match array.physical() {
        Physical::Fixed(4) => check_fixed(
            array,
            |bytes| u64::from(i32::from_ne_bytes(*bytes).unsigned_abs()) < low,
            wrong::<4>(precision),
        ),
        Physical::Fixed(8) => check_fixed(
            array,
            |bytes| i64::from_ne_bytes(*bytes).unsigned_abs() < low,
            wrong::<8>(precision),
        ),
        Physical::Fixed(16) => {
            let end = u128::from(high) << 64 | u128::from(low);
            check_fixed(
                array,
                |bytes| i128::from_ne_bytes(*bytes).unsigned_abs() < end,
                wrong::<16>(precision),
            )
        }
        _ => check_fixed(
            array,
            |bytes| decimal::less(&decimal::magnitude(bytes).0, &end),
            wrong::<32>(precision),
        ),
    }
}

/// Check that every value is UTF-8: all bytes at once, and then that no value begins or ends inside a character.
fn check_text(array: &ArrayData) -> Result<()> {
    let (start, end) = match array.offset_at(0).zip(array.offset_at(array.len())) {
        Some(ends) => ends,
        // No offsets: the array is empty.
        None => return Ok(()),
    };
    let data = array.bytes(2).get(start..end).unwrap_or_default();
    if data.is_ascii() {
        return Ok(());
    }
    if let Ok(text) = std::str::from_utf8(data)
        && ends_at_characters(array, text, start)
    {
        return Ok(());
    }
    for (first, len) in valid_runs(array) {
        for index in first..first + len {
            if let Err(error) = std::str::from_utf8(array.value_bytes(index)?) {
                return Err(err!(
                    Corrupt,
                    "value {} is not UTF-8 after byte {}",
                    index,
                    error.valid_up_to()
                ));
            }
        }
    }
    Ok(())
}

fn ends_at_characters(array: &ArrayData, text: &str, start: usize) -> bool {
    match array.physical() {
        Physical::Binary => all_ends::<i32, 4>(array, text, start),
        _ => all_ends::<i64, 8>(array, text, start),
    }
}

fn all_ends<T: Native + Into<i64>, const N: usize>(
    array: &ArrayData,
    text: &str,
    start: usize,
) -> bool {
    let (all, _) = array.bytes(1).as_chunks::<N>();
    let ends = all.get(array.offset()..array.offset() + array.len());
    ends.unwrap_or_default().iter().all(|end| {
        let end: i64 = T::from_bytes(end).unwrap_or_default().into();
        text.is_char_boundary((end as usize).wrapping_sub(start))
    })
}
