//! What an array is: a range of values over buffers, children and a dictionary.
//!
//! A root array holds them itself, a slice refers to its root.
#![forbid(unsafe_code)]

use super::physical::{self, Element, Physical};
use super::type_name;
use crate::alloc::{Counted, TryArc};
use crate::buffer::{BufferRef, bitmap};
use crate::err;
use crate::error::Result;
use crate::schema::{DataType, TypeRef};
use std::sync::atomic::{AtomicI64, Ordering};

/// Shared ownership of an array.
pub type ArrayRef = TryArc<ArrayData>;

/// Lengths and offsets stay below this, as Arrow's own are 64-bit signed.
pub const MAX_LENGTH: usize = isize::MAX as usize;

/// The most buffers that any type has besides its variadic ones.
pub const MAX_BUFFERS: usize = 3;

/// The null count of an array that nobody counted yet.
const UNKNOWN: i64 = -1;

/// What an array is made of, in the order of the columnar format: the validity bitmap first, where the type has one.
#[derive(Debug, Default)]
pub struct ArrayParts {
    /// The buffers of the type; those that the type does not have stay `None`.
    pub buffers: [Option<BufferRef>; MAX_BUFFERS],
    /// The data buffers of view types.
    pub variadic: Vec<BufferRef>,
    /// The arrays of nested types.
    pub children: Vec<ArrayRef>,
    /// The values that the indices of a dictionary type stand for.
    pub dictionary: Option<ArrayRef>,
}

impl ArrayParts {
    /// Parts without anything in them, for a caller that has `count` buffers of a type.
    pub fn for_buffers(data_type: &DataType, count: usize) -> Result<Self> {
        let (physical, _) = physical::of(data_type)?;
        if count != physical.num_buffers() {
            return Err(err!(
                InvalidArgument,
                "type {} has {} buffers, found {}",
                type_name(data_type),
                physical.num_buffers(),
                count
            ));
        }
        Ok(ArrayParts::default())
    }

    /// The parts of a type with one buffer of values.
    pub fn fixed(validity: Option<BufferRef>, values: Option<BufferRef>) -> Self {
        ArrayParts {
            buffers: [validity, values, None],
            ..ArrayParts::default()
        }
    }

    /// The parts of a type with offsets into a buffer of bytes.
    pub fn binary(
        validity: Option<BufferRef>,
        offsets: Option<BufferRef>,
        data: Option<BufferRef>,
    ) -> Self {
        ArrayParts {
            buffers: [validity, offsets, data],
            ..ArrayParts::default()
        }
    }
}

fn cached(null_count: Option<usize>) -> AtomicI64 {
    AtomicI64::new(null_count.map_or(UNKNOWN, |count| i64::try_from(count).unwrap_or(i64::MAX)))
}

#[derive(Debug)]
struct Body {
    type_: TypeRef,
    physical: Physical,
    element: Element,
    parts: ArrayParts,
}

#[derive(Debug)]
enum Storage {
    Own(Body),
    /// A slice; the array it refers to has a body of its own.
    Part(ArrayRef),
}

/// A run of values of one type.
#[derive(Debug)]
pub struct ArrayData {
    length: usize,
    offset: usize,
    /// Counted when it is first asked for.
    null_count: AtomicI64,
    storage: Storage,
}

impl Counted for ArrayData {}

impl ArrayData {
    /// The same as `try_new`, with nothing checked.
    #[inline]
    pub(super) fn new_unchecked(
        type_: TypeRef,
        (physical, element): (Physical, Element),
        length: usize,
        null_count: Option<usize>,
        offset: usize,
        parts: ArrayParts,
    ) -> Self {
        ArrayData {
            length,
            offset,
            null_count: cached(null_count),
            storage: Storage::Own(Body {
                type_,
                physical,
                element,
                parts,
            }),
        }
    }

    /// `length` values from `offset` on in the buffers of an array, with nothing checked.
    #[inline]
    pub(super) fn slice_unchecked(
        array: &ArrayRef,
        offset: usize,
        length: usize,
        null_count: Option<usize>,
    ) -> Self {
        let root = match &array.storage {
            Storage::Own(_) => array,
            // Slices of slices refer to the root, so that no chain of them can build up.
            Storage::Part(root) => root,
        };
        ArrayData {
            length,
            offset,
            null_count: cached(null_count),
            storage: Storage::Part(root.clone()),
        }
    }

    /// Without nulls a bitmap says nothing, and one that says otherwise must not disagree with the null count.
    pub(super) fn drop_pointless_validity(&mut self) {
        if self.known_null_count() == Some(0)
            && self.physical().has_validity()
            && let Storage::Own(body) = &mut self.storage
        {
            body.parts.buffers[0] = None;
        }
    }

    #[inline]
    fn body(&self) -> &Body {
        match &self.storage {
            Storage::Own(body) => body,
            Storage::Part(root) => root.body(),
        }
    }

    /// The type.
    #[inline]
    pub fn type_ref(&self) -> &TypeRef {
        &self.body().type_
    }

    /// The type.
    #[inline]
    pub fn data_type(&self) -> &DataType {
        &self.body().type_
    }

    /// How the values lie in memory.
    #[inline]
    pub fn physical(&self) -> Physical {
        self.body().physical
    }

    /// What a single value is.
    #[inline]
    pub fn element(&self) -> Element {
        self.body().element
    }

    /// The number of values.
    #[inline]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Where in the buffers the first value is, counted in values.
    #[inline]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Everything that the array refers to, as it was given to the constructor.
    pub fn parts(&self) -> &ArrayParts {
        &self.body().parts
    }

    /// A buffer by its place in the columnar format; variadic buffers follow those of the type.
    pub fn buffer(&self, index: usize) -> Option<&BufferRef> {
        let fixed = self.physical().num_buffers();
        match index.checked_sub(fixed) {
            None => self.parts().buffers.get(index)?.as_ref(),
            Some(variadic) => self.parts().variadic.get(variadic),
        }
    }

    /// The number of buffers, variadic ones included.
    pub fn num_buffers(&self) -> usize {
        self.physical().num_buffers() + self.parts().variadic.len()
    }

    /// The arrays of a nested type.
    pub fn children(&self) -> &[ArrayRef] {
        &self.parts().children
    }

    /// The values of a dictionary type.
    pub fn dictionary(&self) -> Option<&ArrayRef> {
        self.parts().dictionary.as_ref()
    }

    /// The validity bitmap; without one every value is valid, save in an array of the null type.
    #[inline]
    pub fn validity(&self) -> Option<&BufferRef> {
        if self.physical().has_validity() {
            self.parts().buffers[0].as_ref()
        } else {
            None
        }
    }

    /// The bytes of a buffer; none when it is absent.
    #[inline]
    pub(super) fn bytes(&self, index: usize) -> &[u8] {
        match self.parts().buffers.get(index) {
            Some(Some(buffer)) => buffer.as_slice(),
            _ => &[],
        }
    }

    /// The null count, if it is known without counting.
    pub fn known_null_count(&self) -> Option<usize> {
        usize::try_from(self.null_count.load(Ordering::Relaxed)).ok()
    }

    /// The number of nulls. The first call counts them, unless the number was known when the array was made.
    pub fn null_count(&self) -> usize {
        if let Some(count) = self.known_null_count() {
            return count;
        }
        let count = self.count_nulls();
        // Counting twice at once gives the same number twice.
        let cached = i64::try_from(count).unwrap_or(UNKNOWN);
        self.null_count.store(cached, Ordering::Relaxed);
        count
    }

    /// Count the nulls in the bitmap, whatever was said about their number.
    pub(super) fn count_nulls(&self) -> usize {
        if self.physical() == Physical::Null {
            return self.length;
        }
        match self.validity() {
            None => 0,
            Some(validity) => {
                let bits = validity.as_slice();
                // Bits beyond the bitmap read as 0, so counting stops at its end.
                let present = (bits.len().saturating_mul(8)).saturating_sub(self.offset);
                self.length - bitmap::count_set(bits, self.offset, self.length.min(present))
            }
        }
    }

    /// Whether the value at `index` is there and not null.
    #[inline]
    pub fn is_valid(&self, index: usize) -> bool {
        if index >= self.length || self.physical() == Physical::Null {
            return false;
        }
        match self.validity() {
            None => true,
            Some(validity) => bitmap::get(validity.as_slice(), self.offset + index),
        }
    }

    /// Whether the value at `index` is there and null.
    #[inline]
    pub fn is_null(&self, index: usize) -> bool {
        index < self.length && !self.is_valid(index)
    }
}
