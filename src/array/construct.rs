//! Arrays are made here, and checked on the way.
#![forbid(unsafe_code)]

use super::{ArrayData, ArrayParts, ArrayRef, MAX_LENGTH, Validation, physical, validate};
use crate::alloc::TryArc;
use crate::err;
use crate::error::Result;
use crate::schema::TypeRef;

impl ArrayData {
    /// An array of `length` values from `offset` on in the buffers, checked as far as `validation` says.
    ///
    /// `null_count` is `None` when it is not known. Whatever the level, the type must be one that the library has arrays for,
    /// and `offset + length` must be representable.
    pub fn try_new(
        type_: TypeRef,
        length: usize,
        null_count: Option<usize>,
        offset: usize,
        parts: ArrayParts,
        validation: Validation,
    ) -> Result<ArrayRef> {
        let layout = physical::of(&type_)?;
        if offset
            .checked_add(length)
            .is_none_or(|end| end > MAX_LENGTH)
        {
            return Err(err!(
                InvalidArgument,
                "an array of {} values at offset {} is longer than any can be",
                length,
                offset
            ));
        }
        let mut array = ArrayData::new_unchecked(type_, layout, length, null_count, offset, parts);
        validate(&array, validation)?;
        array.drop_pointless_validity();
        Ok(TryArc::try_new(array)?)
    }
}
