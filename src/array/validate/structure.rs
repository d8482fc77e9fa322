//! Counts, bounds and lengths, without a look at the data.

use crate::array::type_name;
use crate::array::{ArrayData, Physical};
use crate::buffer::bitmap;
use crate::err;
use crate::error::{Error, Result};

const NAMES: [&str; 3] = ["first", "second", "third"];

pub(super) fn check(array: &ArrayData) -> Result<()> {
    check_counts(array)?;
    check_null_count(array)?;
    // The constructor saw to it that this cannot overflow.
    let end = array.offset() + array.len();
    if array.validity().is_some() {
        check_size(array, 0, "validity bitmap", Some(bitmap::bytes_for(end)))?;
    }
    match array.physical() {
        Physical::Null => Ok(()),
        Physical::Bits => check_size(array, 1, "values", Some(bitmap::bytes_for(end))),
        Physical::Fixed(width) => check_size(array, 1, "values", end.checked_mul(width)),
        Physical::Binary => check_size(array, 1, "offsets", offsets_size(end, 4)),
        Physical::LargeBinary => check_size(array, 1, "offsets", offsets_size(end, 8)),
    }
}

/// The bytes of the offsets of `end` values. No values need no offsets: that is how some writers send an empty array.
fn offsets_size(end: usize, width: usize) -> Option<usize> {
    match end {
        0 => Some(0),
        _ => end.checked_add(1)?.checked_mul(width),
    }
}

fn check_counts(array: &ArrayData) -> Result<()> {
    let name = || type_name(array.data_type());
    let parts = array.parts();
    let expected = array.physical().num_buffers();
    for (index, buffer) in parts.buffers.iter().enumerate() {
        if index >= expected && buffer.is_some() {
            return Err(err!(
                InvalidArgument,
                "type {} has {} buffers, found a {} one",
                name(),
                expected,
                NAMES.get(index).copied().unwrap_or("further")
            ));
        }
    }
    let counts = [
        ("variadic buffers", parts.variadic.len()),
        ("children", parts.children.len()),
        ("dictionaries", parts.dictionary.iter().count()),
    ];
    for (what, count) in counts {
        if count > 0 {
            return Err(err!(
                InvalidArgument,
                "type {} has no {}, found {}",
                name(),
                what,
                count
            ));
        }
    }
    Ok(())
}

fn check_null_count(array: &ArrayData) -> Result<()> {
    let Some(count) = array.known_null_count() else {
        return Ok(());
    };
    let wrong = |expected: usize| -> Error {
        err!(
            Corrupt,
            "null count is {} in an array of {} values, expected {}",
            count,
            array.len(),
            expected
        )
    };
    if array.physical() == Physical::Null {
        return if count == array.len() {
            Ok(())
        } else {
            Err(wrong(array.len()))
        };
    }
    if array.validity().is_none() && count != 0 {
        return Err(err!(
            Corrupt,
            "null count is {} but there is no validity bitmap",
            count
        ));
    }
    if count > array.len() {
        return Err(err!(
            Corrupt,
            "null count is {} in an array of {} values",
            count,
            array.len()
        ));
    }
    Ok(())
}

/// Check that a buffer has at least `needed` bytes; `None` means more than any buffer can have.
fn check_size(
    array: &ArrayData,
    index: usize,
    what: &'static str,
    needed: Option<usize>,
) -> Result<()> {
    let size = array.bytes(index).len();
    match needed {
        Some(needed) if size >= needed => Ok(()),
        Some(needed) => Err(err!(
            Corrupt,
            "{} of {} values from offset {} need {} bytes, found {}",
            what,
            array.len(),
            array.offset(),
            needed,
            size
        )),
        None => Err(err!(
            Corrupt,
            "{} of {} values from offset {} need more bytes than a buffer can have, found {}",
            what,
            array.len(),
            array.offset(),
            size
        )),
    }
}
