//! The body of a record batch as a list of slices: nothing is copied that can be written from where it lies.
//!
//! A slice of an array is written as if it were alone: values and bits from its first to its last, offsets counted from 0,
//! no validity without nulls, of no rows at most an offset of 0. What has to change on the way (bits that do not start at
//! a byte, offsets that do not start at 0) is made in scratch memory that the writer keeps.

use super::template::{Shape, Template};
use crate::alloc::{AllocError, VecExt};
use crate::array::ArrayData;
use crate::buffer::{BufferBuilder, BufferRef, bitmap};
use crate::err;
use crate::error::{Error, Result};
use crate::schema::BufferKind;
use std::ops::Range;

/// Between a buffer and the next one.
pub(super) static ZEROS: [u8; 64] = [0; 64];

/// A part of the body that is made in the scratch memory: its place among the slices, and where it will lie.
#[derive(Clone, Debug)]
pub(super) struct Made {
    slice: usize,
    range: Range<usize>,
}

/// A body under construction.
#[derive(Debug)]
pub(super) struct Body<'a, 'w> {
    slices: Vec<&'a [u8]>,
    template: &'w mut Template,
    scratch: &'w mut BufferBuilder,
    made: &'w mut Vec<Made>,
    alignment: usize,
    length: usize,
    raw: usize,
    shape: Shape,
}

/// A finished body.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// A place for the metadata, then the body in order; what is made in scratch memory stands empty until `resolve`.
    pub(super) slices: Vec<&'a [u8]>,
    /// Bytes of the body, padding included.
    pub(super) length: usize,
    /// Bytes of the body without padding.
    pub(super) raw: usize,
}

/// Put what was made into its places.
pub(super) fn resolve<'a>(slices: &mut [&'a [u8]], made: &[Made], scratch: &'a [u8]) -> Result<()> {
    for part in made {
        match (slices.get_mut(part.slice), scratch.get(part.range.clone())) {
            (Some(slice), Some(bytes)) => *slice = bytes,
            _ => {
                return Err(err!(
                    Internal,
                    "no scratch bytes from {} to {}",
                    part.range.start,
                    part.range.end
                ));
            }
        }
    }
    Ok(())
}

#[cold]
fn short(what: &'static str, buffer: &[u8], needed: usize) -> Error {
    err!(
        InvalidArgument,
        "the {} buffer has {} bytes where {} are needed",
        what,
        buffer.len(),
        needed
    )
}

fn bytes_of(buffer: Option<&BufferRef>) -> &[u8] {
    buffer.map_or(&[], |buffer| buffer.as_slice())
}

/// Elements `offset..offset + len` of a buffer with `width` bytes each.
fn elements<'a>(
    bytes: &'a [u8],
    what: &'static str,
    offset: usize,
    len: usize,
    width: usize,
) -> Result<&'a [u8]> {
    let start = offset.checked_mul(width);
    let end = offset
        .checked_add(len)
        .and_then(|end| end.checked_mul(width));
    match (start, end) {
        (Some(start), Some(end)) => bytes.get(start..end).ok_or_else(|| short(what, bytes, end)),
        _ => Err(short(what, bytes, usize::MAX)),
    }
}

impl<'a, 'w> Body<'a, 'w> {
    /// An empty body; `slices` is an empty list whose memory is used again.
    pub(super) fn new(
        mut slices: Vec<&'a [u8]>,
        template: &'w mut Template,
        scratch: &'w mut BufferBuilder,
        made: &'w mut Vec<Made>,
        alignment: usize,
    ) -> Result<Self> {
        slices.try_push(&[])?;
        Ok(Body {
            slices,
            template,
            scratch,
            made,
            alignment,
            length: 0,
            raw: 0,
            shape: Shape::default(),
        })
    }

    /// Fill in the length of the whole.
    pub(super) fn finish(self) -> Result<Parts<'a>> {
        if self.template.shape() != self.shape {
            let Shape { nodes, buffers } = self.shape;
            return Err(err!(Internal, "{} nodes and {} buffers", nodes, buffers));
        }
        self.template.set_body_length(self.length)?;
        Ok(Parts {
            slices: self.slices,
            length: self.length,
            raw: self.raw,
        })
    }

    /// Add a column.
    pub(super) fn column(&mut self, array: &'a ArrayData) -> Result<()> {
        let (offset, len) = (array.offset(), array.len());
        let null_count = array.null_count();
        self.template.set_node(self.shape.nodes, len, null_count)?;
        self.shape.nodes = self.shape.nodes.saturating_add(1);
        for (index, kind) in array.data_type().buffers().iter().enumerate() {
            let bytes = bytes_of(array.buffer(index));
            match kind {
                BufferKind::Validity if null_count > 0 => {
                    self.bits(bytes, "validity", offset, len)?
                }
                BufferKind::Validity => self.put(&[])?,
                BufferKind::Bits => self.bits(bytes, "values", offset, len)?,
                BufferKind::Values => {
                    let width = array.data_type().value_width().unwrap_or(0);
                    self.put(elements(bytes, "values", offset, len, width)?)?;
                }
                BufferKind::Offsets32 => {
                    let offsets = Offsets::of(bytes, 4, offset, len)?;
                    self.runs(offsets, bytes_of(array.buffer(index.saturating_add(1))))?;
                }
                BufferKind::Offsets64 => {
                    let offsets = Offsets::of(bytes, 8, offset, len)?;
                    self.runs(offsets, bytes_of(array.buffer(index.saturating_add(1))))?;
                }
                // Written with the offsets before it.
                BufferKind::Bytes => {}
                _ => return Err(err!(Internal, "a buffer of a type that cannot be written")),
            }
        }
        Ok(())
    }

    /// Count a buffer of `len` bytes and say how much padding it needs.
    fn place(&mut self, len: usize) -> Result<usize> {
        self.template
            .set_buffer(self.shape.buffers, self.length, len)?;
        self.shape.buffers = self.shape.buffers.saturating_add(1);
        // The alignment is a power of two.
        let mask = self.alignment.saturating_sub(1);
        let end = self.length.checked_add(len);
        let Some(padded) = end
            .and_then(|end| end.checked_add(mask))
            .map(|end| end & !mask)
        else {
            return Err(err!(Limit, "a batch of more than {} bytes", i64::MAX));
        };
        self.raw = self.raw.saturating_add(len);
        let padding = padded.saturating_sub(self.length).saturating_sub(len);
        self.length = padded;
        Ok(padding)
    }

    fn pad(&mut self, padding: usize) -> Result<(), AllocError> {
        match ZEROS.get(..padding) {
            Some(zeros) if padding > 0 => self.slices.try_push(zeros),
            _ => Ok(()),
        }
    }

    /// Add a buffer as it lies.
    fn put(&mut self, bytes: &'a [u8]) -> Result<()> {
        let padding = self.place(bytes.len())?;
        if !bytes.is_empty() {
            self.slices.try_push(bytes)?;
            self.pad(padding)?;
        }
        Ok(())
    }

    /// Take scratch memory for the next part.
    fn make(&mut self, len: usize) -> Result<&mut [u8]> {
        let start = self.scratch.len();
        self.scratch.append_fill(0, len)?;
        self.made.try_push(Made {
            slice: self.slices.len(),
            range: start..start.saturating_add(len),
        })?;
        self.slices.try_push(&[])?;
        Ok(self
            .scratch
            .as_mut_slice()
            .get_mut(start..)
            .unwrap_or_default())
    }

    /// Add bits `offset..offset + len`, with zeros after the last.
    fn bits(
        &mut self,
        bytes: &'a [u8],
        what: &'static str,
        offset: usize,
        len: usize,
    ) -> Result<()> {
        let Some(end) = offset.checked_add(len) else {
            return Err(short(what, bytes, usize::MAX));
        };
        if bitmap::bytes_for(end) > bytes.len() {
            return Err(short(what, bytes, bitmap::bytes_for(end)));
        }
        let padding = self.place(bitmap::bytes_for(len))?;
        if len == 0 {
            return Ok(());
        }
        if offset & 7 != 0 {
            let target = self.make(bitmap::bytes_for(len))?;
            bitmap::copy_to_start(bytes, offset, len, target);
            return Ok(self.pad(padding)?);
        }
        let rest = len & 7;
        let first = offset >> 3;
        let whole = bytes
            .get(first..first.saturating_add(len >> 3))
            .unwrap_or_default();
        if !whole.is_empty() {
            self.slices.try_push(whole)?;
        }
        if rest > 0 {
            let last = bitmap::word(bytes, end.saturating_sub(rest), rest);
            for place in self.make(1)? {
                *place = last.to_le_bytes()[0];
            }
        }
        Ok(self.pad(padding)?)
    }

    /// Add offsets and the bytes between the first and the last.
    fn runs(&mut self, offsets: Offsets<'a>, data: &'a [u8]) -> Result<()> {
        let needed = offsets.range.end;
        let data = data
            .get(offsets.range.clone())
            .ok_or_else(|| short("data", data, needed))?;
        if offsets.range.start == 0 {
            self.put(offsets.bytes)?;
        } else {
            let padding = self.place(offsets.bytes.len())?;
            let target = self.make(offsets.bytes.len())?;
            offsets.rebase(target);
            self.pad(padding)?;
        }
        self.put(data)
    }
}

/// The offsets of a slice: `width` bytes each, one more than values.
struct Offsets<'a> {
    bytes: &'a [u8],
    width: usize,
    range: Range<usize>,
}

/// The number in the bytes of an offset.
fn number(bytes: &[u8]) -> i64 {
    if let Ok(bytes) = bytes.try_into() {
        i64::from(i32::from_le_bytes(bytes))
    } else {
        bytes.try_into().map_or(-1, i64::from_le_bytes)
    }
}

impl<'a> Offsets<'a> {
    fn of(bytes: &'a [u8], width: usize, offset: usize, len: usize) -> Result<Self> {
        if len == 0 {
            // An array of no values may come without offsets, but some readers look at the first one.
            return Ok(Offsets {
                bytes: ZEROS.get(..width).unwrap_or_default(),
                width,
                range: 0..0,
            });
        }
        let bytes = elements(bytes, "offsets", offset, len.saturating_add(1), width)?;
        let first = number(bytes.get(..width).unwrap_or_default());
        let last = bytes.len().saturating_sub(width);
        let last = number(bytes.get(last..).unwrap_or_default());
        match (usize::try_from(first), usize::try_from(last)) {
            (Ok(start), Ok(end)) if start <= end => Ok(Offsets {
                bytes,
                width,
                range: start..end,
            }),
            _ => Err(err!(
                InvalidArgument,
                "offsets run from {} to {}",
                first,
                last
            )),
        }
    }

    /// Write the offsets with the first as 0.
    fn rebase(&self, target: &mut [u8]) {
        if self.width == 4 {
            let from = self.bytes.as_chunks::<4>().0;
            let first = from.first().map_or(0, |first| i32::from_le_bytes(*first));
            for (to, from) in target.as_chunks_mut::<4>().0.iter_mut().zip(from) {
                *to = i32::from_le_bytes(*from).wrapping_sub(first).to_le_bytes();
            }
        } else {
            let from = self.bytes.as_chunks::<8>().0;
            let first = from.first().map_or(0, |first| i64::from_le_bytes(*first));
            for (to, from) in target.as_chunks_mut::<8>().0.iter_mut().zip(from) {
                *to = i64::from_le_bytes(*from).wrapping_sub(first).to_le_bytes();
            }
        }
    }
}
