//! Reading single values: every range is checked, so no array can be read out of bounds through here.
#![forbid(unsafe_code)]

use super::{ArrayData, Element, Physical};
use crate::array::type_name;
use crate::buffer::bitmap;
use crate::err;
use crate::error::{Error, Result};

/// A value of fixed width as it lies in memory.
pub trait Native: Copy + Default + PartialEq {
    /// What arrays of it hold.
    const ELEMENT: Element;
    /// Its size in bytes.
    const WIDTH: usize = size_of::<Self>();
    /// Its bytes in memory.
    type Bytes: AsRef<[u8]>;
    /// Read it; `None` unless there are exactly `WIDTH` bytes.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
    /// Its bytes.
    fn to_bytes(self) -> Self::Bytes;
}

macro_rules! native {
    ($($type:ty => $element:ident),* $(,)?) => {
        $(impl Native for $type {
            const ELEMENT: Element = Element::$element;
            type Bytes = [u8; size_of::<$type>()];
            #[inline]
            fn from_bytes(bytes: &[u8]) -> Option<Self> {
                Some(<$type>::from_ne_bytes(bytes.try_into().ok()?))
            }
            #[inline]
            fn to_bytes(self) -> Self::Bytes {
                self.to_ne_bytes()
            }
        })*
    };
}
native!(i8 => I8, i16 => I16, i32 => I32, i64 => I64, u8 => U8, u16 => U16, u32 => U32, u64 => U64, f32 => F32, f64 => F64);

/// The bits of a half-precision number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Half(pub u16);

impl Half {
    /// The number, which every wider format can represent.
    pub fn to_f32(self) -> f32 {
        let sign = u32::from(self.0 & 0x8000) << 16;
        let exponent = u32::from(self.0 >> 10 & 0x1F);
        let fraction = u32::from(self.0 & 0x3FF);
        match (exponent, fraction) {
            // A subnormal number is its fraction in units of 2^-24.
            (0, _) => {
                let magnitude = fraction as f32 * f32::from_bits(0x3380_0000);
                f32::from_bits(magnitude.to_bits() | sign)
            }
            (0x1F, _) => f32::from_bits(sign | 0x7F80_0000 | fraction << 13),
            _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
        }
    }
}

impl Native for Half {
    const ELEMENT: Element = Element::F16;
    type Bytes = [u8; 2];
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        u16::from_bytes(bytes).map(Half)
    }
    fn to_bytes(self) -> [u8; 2] {
        self.0.to_ne_bytes()
    }
}

/// An interval of days and milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayTime {
    /// Whole days.
    pub days: i32,
    /// Milliseconds besides them.
    pub milliseconds: i32,
}

impl Native for DayTime {
    const ELEMENT: Element = Element::DayTime;
    type Bytes = [u8; 8];
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (days, milliseconds) = bytes.split_at_checked(4)?;
        Some(DayTime {
            days: i32::from_bytes(days)?,
            milliseconds: i32::from_bytes(milliseconds)?,
        })
    }
    fn to_bytes(self) -> [u8; 8] {
        let mut bytes = [0; 8];
        let (days, milliseconds) = bytes.split_at_mut(4);
        days.copy_from_slice(&self.days.to_ne_bytes());
        milliseconds.copy_from_slice(&self.milliseconds.to_ne_bytes());
        bytes
    }
}

/// An interval of months, days and nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthDayNano {
    /// Whole months.
    pub months: i32,
    /// Days besides them.
    pub days: i32,
    /// Nanoseconds besides them.
    pub nanoseconds: i64,
}

impl Native for MonthDayNano {
    const ELEMENT: Element = Element::MonthDayNano;
    type Bytes = [u8; 16];
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (months, rest) = bytes.split_at_checked(4)?;
        let (days, nanoseconds) = rest.split_at_checked(4)?;
        Some(MonthDayNano {
            months: i32::from_bytes(months)?,
            days: i32::from_bytes(days)?,
            nanoseconds: i64::from_bytes(nanoseconds)?,
        })
    }
    fn to_bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        let (months, rest) = bytes.split_at_mut(4);
        let (days, nanoseconds) = rest.split_at_mut(4);
        months.copy_from_slice(&self.months.to_ne_bytes());
        days.copy_from_slice(&self.days.to_ne_bytes());
        nanoseconds.copy_from_slice(&self.nanoseconds.to_ne_bytes());
        bytes
    }
}

#[cold]
fn unreadable(index: usize) -> Error {
    err!(
        Corrupt,
        "value {} lies outside the buffers of the array",
        index
    )
}

impl ArrayData {
    fn check_index(&self, index: usize) -> Result<usize> {
        if index >= self.len() {
            return Err(err!(
                OutOfRange,
                "index {} of an array of {} values",
                index,
                self.len()
            ));
        }
        Ok(self.offset() + index)
    }

    #[cold]
    fn holds_no(&self, what: &'static str) -> Error {
        err!(
            InvalidArgument,
            "an array of type {} holds no {}",
            type_name(self.data_type()),
            what
        )
    }

    /// A value of fixed width, whether it is null or not.
    pub fn native<T: Native>(&self, index: usize) -> Result<T> {
        if self.element() != T::ELEMENT {
            return Err(self.holds_no(T::ELEMENT.name()));
        }
        T::from_bytes(self.value_bytes(index)?).ok_or_else(|| unreadable(index))
    }

    /// A value of a boolean array, whether it is null or not.
    pub fn bit(&self, index: usize) -> Result<bool> {
        if self.physical() != Physical::Bits {
            return Err(self.holds_no(Element::Bool.name()));
        }
        let at = self.check_index(index)?;
        let bits = self.bytes(1);
        if at / 8 >= bits.len() {
            return Err(unreadable(index));
        }
        Ok(bitmap::get(bits, at))
    }

    /// The bytes of a value of fixed or variable width, whether it is null or not.
    pub fn value_bytes(&self, index: usize) -> Result<&[u8]> {
        let bytes = match self.physical() {
            Physical::Null | Physical::Bits => return Err(self.holds_no(Element::Bytes.name())),
            Physical::Fixed(width) => {
                let start = self.check_index(index)?.checked_mul(width);
                start.and_then(|start| self.bytes(1).get(start..start.checked_add(width)?))
            }
            Physical::Binary | Physical::LargeBinary => {
                self.check_index(index)?;
                let ends = self.offset_at(index).zip(self.offset_at(index + 1));
                ends.and_then(|(start, end)| self.bytes(2).get(start..end))
            }
        };
        bytes.ok_or_else(|| unreadable(index))
    }

    /// Where the value at `index` starts in the bytes of a binary array; for the array's length, where the last one ends.
    #[inline]
    pub(super) fn offset_at(&self, index: usize) -> Option<usize> {
        let at = self.offset().checked_add(index)?;
        let width = self.physical().offset_width()?;
        let start = at.checked_mul(width)?;
        let bytes = self.bytes(1).get(start..start.checked_add(width)?)?;
        let offset = match width {
            4 => i64::from(i32::from_bytes(bytes)?),
            _ => i64::from_bytes(bytes)?,
        };
        usize::try_from(offset).ok()
    }

    /// The bytes of `length` values of fixed width from `start` on.
    #[inline]
    pub(super) fn fixed_run(&self, start: usize, length: usize, width: usize) -> Option<&[u8]> {
        let from = self.offset().checked_add(start)?.checked_mul(width)?;
        self.bytes(1)
            .get(from..from.checked_add(length.checked_mul(width)?)?)
    }

    /// The offsets of `length` values of variable width from `start` on, with the end of the last.
    #[inline]
    pub(super) fn offset_run<const N: usize>(
        &self,
        start: usize,
        length: usize,
    ) -> Option<&[[u8; N]]> {
        let (all, _) = self.bytes(1).as_chunks::<N>();
        let from = self.offset().checked_add(start)?;
        all.get(from..from.checked_add(length)?.checked_add(1)?)
    }

    /// A value of fixed width; the default value for a null.
    pub fn native_or_default<T: Native>(&self, index: usize) -> Result<T> {
        let value = self.native(index)?;
        Ok(if self.is_valid(index) {
            value
        } else {
            T::default()
        })
    }

    /// A value of a boolean array; false for a null.
    pub fn bit_or_default(&self, index: usize) -> Result<bool> {
        Ok(self.bit(index)? && self.is_valid(index))
    }

    /// The bytes of a value; none for a null.
    pub fn bytes_or_default(&self, index: usize) -> Result<&[u8]> {
        let value = self.value_bytes(index)?;
        Ok(if self.is_valid(index) { value } else { &[] })
    }
}
