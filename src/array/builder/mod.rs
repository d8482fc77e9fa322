//! Making arrays value by value or run by run.
//!
//! The one invariant: a call either appends everything it was given or, when it fails, nothing. So every call makes room
//! first, in all buffers, and writes only when nothing can fail any more.
//!
//! Layout: validity bits (none until the first null), then either value bits, or values of fixed width, or offsets and
//! bytes. The buffers that a type does not use stay empty and cost nothing.
#![forbid(unsafe_code)]

mod append;
mod bits;
mod run;

use super::{
    ArrayData, ArrayParts, ArrayRef, Element, MAX_LENGTH, Physical, Validation, physical, type_name,
};
use crate::buffer::{Buffer, BufferBuilder};
use crate::err;
use crate::error::{Error, Result};
use crate::pool::PoolRef;
use crate::schema::{DataType, TypeRef};
use bits::BitsBuilder;
pub use run::RunValidity;

/// Collects values of one type. An error leaves it as it was.
#[derive(Debug)]
pub struct ArrayBuilder {
    type_: TypeRef,
    physical: Physical,
    element: Element,
    length: usize,
    nulls: usize,
    /// As long as the array once there was a null, and empty before.
    validity: BitsBuilder,
    bits: BitsBuilder,
    /// Values of fixed width, or offsets: none before the first value, then one more than values.
    values: BufferBuilder,
    data: BufferBuilder,
}

impl ArrayBuilder {
    /// An empty builder; nothing is allocated yet.
    pub fn new(type_: TypeRef, pool: &PoolRef) -> Result<Self> {
        let (physical, element) = physical::of(&type_)?;
        Ok(ArrayBuilder {
            type_,
            physical,
            element,
            length: 0,
            nulls: 0,
            validity: BitsBuilder::new(pool),
            bits: BitsBuilder::new(pool),
            values: BufferBuilder::new(pool),
            data: BufferBuilder::new(pool),
        })
    }

    /// The type of the array to be.
    pub fn data_type(&self) -> &DataType {
        &self.type_
    }

    /// Values appended, nulls included.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing was appended.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Nulls appended.
    pub fn null_count(&self) -> usize {
        self.nulls
    }

    /// Make room for `values` more values, for types of variable width with `bytes` bytes in all. Appending that much
    /// cannot run out of memory afterwards, unless it brings the first null.
    pub fn reserve(&mut self, values: usize, bytes: usize) -> Result<()> {
        self.prepare(values, bytes, self.nulls > 0)
    }

    /// The same, with room in the validity bitmap if there is to be one.
    fn prepare(&mut self, values: usize, bytes: usize, nulls: bool) -> Result<()> {
        let length = self.length.checked_add(values);
        let Some(length) = length.filter(|length| *length <= MAX_LENGTH) else {
            return Err(err!(
                Limit,
                "{} values after {} are more than an array can have",
                values,
                self.length
            ));
        };
        if nulls && self.physical.has_validity() {
            self.validity.reserve(length - self.validity.len())?;
        }
        match self.physical {
            Physical::Null => {}
            Physical::Bits => self.bits.reserve(values)?,
            Physical::Fixed(width) => {
                self.values.reserve(total(values, width)?)?;
            }
            Physical::Binary => self.prepare_bytes::<4>(values, bytes, i32::MAX as usize)?,
            Physical::LargeBinary => self.prepare_bytes::<8>(values, bytes, i64::MAX as usize)?,
        }
        Ok(())
    }

    /// Make room for offsets and bytes; `limit` is the largest offset.
    fn prepare_bytes<const N: usize>(
        &mut self,
        values: usize,
        bytes: usize,
        limit: usize,
    ) -> Result<()> {
        if bytes > limit.saturating_sub(self.data.len()) {
            return Err(err!(
                Limit,
                "{} bytes after {} are more than {}-bit offsets can reach",
                bytes,
                self.data.len(),
                N * 8
            ));
        }
        // The first offset comes with the first value.
        let first = usize::from(self.values.is_empty());
        self.values
            .reserve(total(values.saturating_add(first), N)?)?;
        self.data.reserve(bytes)?;
        Ok(())
    }

    /// Count `count` values that were appended, all valid or all null. Room for their bits was made before.
    fn mark(&mut self, count: usize, valid: bool) -> Result<()> {
        if self.begin_validity(!valid)? {
            self.validity.append_fill(valid, count)?;
        }
        self.count(count, if valid { 0 } else { count });
        Ok(())
    }

    /// Whether values must be marked in the bitmap; the first null marks all values so far as valid.
    fn begin_validity(&mut self, nulls: bool) -> Result<bool> {
        if !self.physical.has_validity() || !(nulls || self.nulls > 0) {
            return Ok(false);
        }
        let missing = self.length - self.validity.len();
        self.validity.append_fill(true, missing)?;
        Ok(true)
    }

    fn count(&mut self, values: usize, nulls: usize) {
        self.length += values;
        self.nulls += nulls;
    }

    /// Append an offset; before the first one also the 0 that all offsets start with.
    fn append_offset(&mut self, offset: usize) -> Result<()> {
        let wide = (offset as u64).to_ne_bytes();
        let narrow = (offset as u32).to_ne_bytes();
        let bytes: &[u8] = match self.physical {
            Physical::Binary => &narrow,
            _ => &wide,
        };
        if self.values.is_empty() {
            self.values.append_fill(0, bytes.len())?;
        }
        self.values.append(bytes)
    }

    #[cold]
    fn takes_no(&self, what: Element) -> Error {
        err!(
            InvalidArgument,
            "a builder of type {} takes no {}",
            type_name(&self.type_),
            what.name()
        )
    }

    /// The array.
    pub fn finish(mut self) -> Result<ArrayRef> {
        let validity = match self.nulls {
            0 => None,
            _ if !self.physical.has_validity() => None,
            _ => Some(self.validity.finish()?),
        };
        let parts = match self.physical {
            Physical::Null => ArrayParts::default(),
            Physical::Bits => ArrayParts::fixed(validity, Some(self.bits.finish()?)),
            Physical::Fixed(_) => ArrayParts::fixed(validity, Some(self.values.finish(true)?)),
            Physical::Binary | Physical::LargeBinary => {
                if self.values.is_empty() {
                    let width = self.physical.offset_width().unwrap_or_default();
                    self.values.append_fill(0, width)?;
                }
                let offsets = self.values.finish(true)?;
                ArrayParts::binary(validity, Some(offsets), Some(self.data.finish(true)?))
            }
        };
        for buffer in parts.buffers.iter().flatten() {
            Buffer::freeze(buffer);
        }
        ArrayData::try_new(
            self.type_,
            self.length,
            Some(self.nulls),
            0,
            parts,
            Validation::None,
        )
    }
}

/// `count` values of `width` bytes.
fn total(count: usize, width: usize) -> Result<usize> {
    count.checked_mul(width).ok_or_else(|| {
        err!(
            OutOfMemory,
            "no memory for {} values of {} bytes: more than an address space can hold",
            count,
            width
        )
    })
}
