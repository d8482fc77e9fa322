//! The parts of an array as runs of bytes that begin at its first value, for code that reads them without a check for each value.
#![forbid(unsafe_code)]

use super::{ArrayData, Physical};
use crate::buffer::bitmap;
use crate::err;
use crate::error::Result;

/// Offsets of an array of no values whose buffer is absent.
static NO_OFFSETS: [u8; 8] = [0; 8];

/// What lies in the buffers for exactly the values of an array.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawParts<'a> {
    /// The validity bitmap; `None` when no value is null, and for the null type.
    pub validity: Option<&'a [u8]>,
    /// The bit of the first value in `validity`, 0 to 7.
    pub validity_bit: usize,
    /// Values of fixed width, or bits.
    pub values: &'a [u8],
    /// The bit of the first value in `values`, 0 to 7.
    pub values_bit: usize,
    /// One more offset than values.
    pub offsets: &'a [u8],
    /// All bytes that the offsets point into.
    pub data: &'a [u8],
}

impl ArrayData {
    /// The parts of the array. The ranges are checked, whatever the array was validated for; the offsets are not.
    pub fn raw_parts(&self) -> Result<RawParts<'_>> {
        let mut parts = RawParts::default();
        if self.physical() == Physical::Null {
            return Ok(parts);
        }
        let (offset, length) = (self.offset(), self.len());
        let bits = |index: usize| {
            let from = offset / 8;
            let to = bitmap::bytes_for(offset + length).max(from);
            self.bytes(index).get(from..to)
        };
        let run = |index: usize, count: usize, width: usize| {
            let from = offset.checked_mul(width)?;
            let to = from.checked_add(count.checked_mul(width)?)?;
            self.bytes(index).get(from..to)
        };
        let found = (|| {
            if self.validity().is_some() && self.null_count() > 0 {
                parts.validity = Some(bits(0)?);
                parts.validity_bit = offset % 8;
            }
            match self.physical() {
                Physical::Null => {}
                Physical::Bits => {
                    parts.values = bits(1)?;
                    parts.values_bit = offset % 8;
                }
                Physical::Fixed(width) => parts.values = run(1, length, width)?,
                Physical::Binary | Physical::LargeBinary => {
                    let width = self.physical().offset_width()?;
                    parts.offsets = match run(1, length.checked_add(1)?, width) {
                        Some(offsets) => offsets,
                        None if length == 0 => NO_OFFSETS.get(..width)?,
                        None => return None,
                    };
                    parts.data = self.bytes(2);
                }
            }
            Some(())
        })();
        match found {
            Some(()) => Ok(parts),
            None => Err(err!(
                Corrupt,
                "{} values from offset {} lie outside the buffers of the array",
                length,
                offset
            )),
        }
    }

    /// The bytes that the values take in the buffers. Shared buffers count with the part that this array refers to.
    pub fn num_bytes(&self) -> u64 {
        let bitmap = |present: bool| match (present, self.len()) {
            (false, _) | (_, 0) => 0,
            (true, length) => bitmap::bytes_for(self.offset() % 8 + length),
        };
        let width = match self.physical() {
            Physical::Null => return 0,
            Physical::Bits => return (bitmap(self.validity().is_some()) + bitmap(true)) as u64,
            Physical::Fixed(width) => width,
            Physical::Binary => 4,
            Physical::LargeBinary => 8,
        };
        let ends = self.offset_at(0).zip(self.offset_at(self.len()));
        let (data, extra) = match ends {
            Some((start, end)) => (end.saturating_sub(start), 1),
            None => (0, 0),
        };
        let values = self.len().saturating_add(extra).saturating_mul(width);
        let buffers = bitmap(self.validity().is_some()).saturating_add(values);
        buffers.saturating_add(data) as u64
    }
}
