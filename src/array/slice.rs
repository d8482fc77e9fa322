//! Parts of arrays without a copy.
#![forbid(unsafe_code)]

use super::{ArrayData, ArrayRef};
use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;

/// `length` values from `offset` on.
///
/// The slice shares the buffers; its null count is carried over where it follows from the parent's, and counted when it
/// is asked for otherwise.
pub fn slice(array: &ArrayRef, offset: usize, length: usize) -> Result<ArrayRef> {
    if offset > array.len() || length > array.len() - offset {
        return Err(err!(
            OutOfRange,
            "{} values at offset {} exceed an array of {} values",
            length,
            offset,
            array.len()
        ));
    }
    let null_count = match array.known_null_count() {
        Some(0) => Some(0),
        Some(nulls) if nulls >= array.len() => Some(length),
        Some(nulls) if length == array.len() => Some(nulls),
        _ => None,
    };
    let part = ArrayData::slice_unchecked(array, array.offset() + offset, length, null_count);
    Ok(TryArc::try_new(part)?)
}
