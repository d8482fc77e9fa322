//! Joining arrays into one.
#![forbid(unsafe_code)]

use super::{ArrayBuilder, ArrayRef, slice};
use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use crate::pool::PoolRef;

/// The values of all arrays, one after the other, in new buffers; a single array is shared instead.
pub fn concat(arrays: &[ArrayRef], pool: &PoolRef) -> Result<ArrayRef> {
    let Some((first, rest)) = arrays.split_first() else {
        return Err(err!(InvalidArgument, "there are no arrays to join"));
    };
    if rest.is_empty() {
        return slice(first, 0, first.len());
    }
    let mut builder = ArrayBuilder::new(TryArc::clone(first.type_ref()), pool)?;
    let (mut values, mut bytes) = (0_usize, 0_usize);
    for array in arrays {
        values = values.saturating_add(array.len());
        let ends = array.offset_at(0).zip(array.offset_at(array.len()));
        let (start, end) = ends.unwrap_or_default();
        let present = array.bytes(2).len();
        bytes = bytes.saturating_add(end.saturating_sub(start).min(present));
    }
    builder.reserve(values, bytes)?;
    for (index, array) in arrays.iter().enumerate() {
        builder
            .append_array(array)
            .map_err(|error| error.context("array {}", [index.into()]))?;
    }
    builder.finish()
}
