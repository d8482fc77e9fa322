//! Appending single values.

use super::ArrayBuilder;
use crate::array::access::Native;
use crate::array::type_name;
use crate::array::{Element, Physical};
use crate::err;
use crate::error::Result;

impl ArrayBuilder {
    /// Append `count` nulls.
    pub fn append_nulls(&mut self, count: usize) -> Result<()> {
        self.prepare(count, 0, count > 0)?;
        match self.physical {
            Physical::Null => {}
            Physical::Bits => self.bits.append_fill(false, count)?,
            Physical::Fixed(width) => self.values.append_fill(0, width * count)?,
            Physical::Binary | Physical::LargeBinary => {
                let end = self.data.len();
                for _ in 0..count {
                    self.append_offset(end)?;
                }
            }
        }
        self.mark(count, false)
    }

    /// Append a boolean.
    pub fn append_bool(&mut self, value: bool) -> Result<()> {
        if self.physical != Physical::Bits {
            return Err(self.takes_no(Element::Bool));
        }
        self.prepare(1, 0, self.nulls > 0)?;
        self.bits.append_fill(value, 1)?;
        self.mark(1, true)
    }

    /// Append a number or interval.
    #[inline]
    pub fn append_native<T: Native>(&mut self, value: T) -> Result<()> {
        if self.element != T::ELEMENT {
            return Err(self.takes_no(T::ELEMENT));
        }
        self.append_fixed(value.to_bytes().as_ref())
    }

    /// Append bytes: text or bytes of any length, or a value of fixed width as it lies in memory.
    pub fn append_bytes(&mut self, value: &[u8]) -> Result<()> {
        match self.physical {
            Physical::Null | Physical::Bits => Err(self.takes_no(Element::Bytes)),
            Physical::Fixed(width) if value.len() != width => Err(err!(
                InvalidArgument,
                "a value of type {} has {} bytes, found {}",
                type_name(&self.type_),
                width,
                value.len()
            )),
            Physical::Fixed(_) => self.append_fixed(value),
            Physical::Binary | Physical::LargeBinary => self.append_variable(value),
        }
    }

    #[inline]
    fn append_fixed(&mut self, value: &[u8]) -> Result<()> {
        self.prepare(1, 0, self.nulls > 0)?;
        self.values.append(value)?;
        self.mark(1, true)
    }

    fn append_variable(&mut self, value: &[u8]) -> Result<()> {
        if self.element == Element::Text
            && let Err(error) = std::str::from_utf8(value)
        {
            return Err(err!(
                InvalidArgument,
                "text is not UTF-8 after byte {}",
                error.valid_up_to()
            ));
        }
        self.prepare(1, value.len(), self.nulls > 0)?;
        self.data.append(value)?;
        self.append_offset(self.data.len())?;
        self.mark(1, true)
    }
}
