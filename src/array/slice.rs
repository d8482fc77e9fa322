//! Parts of arrays without a copy.
#![forbid(unsafe_code)]

use super::{ArrayData, ArrayRef, Storage, UNKNOWN};
use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use std::sync::atomic::AtomicI64;

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
    let root = match &array.storage {
        Storage::Own(_) => array,
        // Slices of slices refer to the root, so that no chain of them can build up.
        Storage::Part(root) => root,
    };
    let null_count = match array.known_null_count() {
        Some(0) => 0,
        Some(nulls) if nulls >= array.len() => length as i64,
        Some(nulls) if length == array.len() => nulls as i64,
        _ => UNKNOWN,
    };
    Ok(TryArc::try_new(ArrayData {
        length,
        offset: array.offset + offset,
        null_count: AtomicI64::new(null_count),
        storage: Storage::Part(root.clone()),
    })?)
}
