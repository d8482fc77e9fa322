//! Reads the parts of a Flatbuffer, checking every access.
//!
//! After `verify` no access fails, unless somebody rewrites a mapped file in the meantime: then it is an error as well.

use crate::err;
use crate::error::{Error, Result};
use std::ops::Range;

/// One table inside a message.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bytes: &'a [u8],
    position: usize,
    vtable: usize,
    vtable_len: usize,
}

#[cold]
fn outside(at: usize) -> Error {
    err!(
        Corrupt,
        "metadata refers to byte {}, which it does not have",
        at
    )
}

fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N]> {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<N>) {
        Some(chunk) => Ok(*chunk),
        None => Err(outside(at)),
    }
}

/// Where the offset at `at` leads.
fn follow(bytes: &[u8], at: usize) -> Result<usize> {
    let offset = u32::from_le_bytes(chunk(bytes, at)?);
    Ok(at.saturating_add(offset as usize))
}

impl<'a> Table<'a> {
    /// The table at the root of a message or footer.
    pub fn root(bytes: &'a [u8]) -> Result<Table<'a>> {
        Self::at(bytes, follow(bytes, 0)?)
    }

    fn at(bytes: &'a [u8], position: usize) -> Result<Table<'a>> {
        let back = i32::from_le_bytes(chunk(bytes, position)?);
        let vtable = i64::try_from(position)
            .unwrap_or(i64::MAX)
            .saturating_sub(i64::from(back));
        let vtable = usize::try_from(vtable).map_err(|_| outside(position))?;
        let vtable_len = usize::from(u16::from_le_bytes(chunk(bytes, vtable)?));
        Ok(Table {
            bytes,
            position,
            vtable,
            vtable_len,
        })
    }

    fn find(&self, vt: u16) -> Result<Option<usize>> {
        let vt = usize::from(vt);
        if vt >= self.vtable_len {
            return Ok(None);
        }
        match u16::from_le_bytes(chunk(self.bytes, self.vtable.saturating_add(vt))?) {
            0 => Ok(None),
            offset => Ok(Some(self.position.saturating_add(usize::from(offset)))),
        }
    }

    fn scalar<const N: usize>(&self, vt: u16) -> Result<Option<[u8; N]>> {
        match self.find(vt)? {
            Some(at) => Ok(Some(chunk(self.bytes, at)?)),
            None => Ok(None),
        }
    }

    /// A bool; false when absent.
    pub fn bool(&self, vt: u16) -> Result<bool> {
        Ok(self.scalar::<1>(vt)?.is_some_and(|byte| byte != [0]))
    }

    /// A number of one byte, or its default.
    pub fn i8_or(&self, vt: u16, default: i8) -> Result<i8> {
        Ok(self.scalar(vt)?.map_or(default, i8::from_le_bytes))
    }

    /// A number of two bytes, or its default.
    pub fn i16_or(&self, vt: u16, default: i16) -> Result<i16> {
        Ok(self.scalar(vt)?.map_or(default, i16::from_le_bytes))
    }

    /// A number of four bytes, or its default.
    pub fn i32_or(&self, vt: u16, default: i32) -> Result<i32> {
        Ok(self.scalar(vt)?.map_or(default, i32::from_le_bytes))
    }

    /// A number of eight bytes; 0 when absent.
    pub fn i64(&self, vt: u16) -> Result<i64> {
        Ok(self.scalar(vt)?.map_or(0, i64::from_le_bytes))
    }

    /// A table.
    pub fn table(&self, vt: u16) -> Result<Option<Table<'a>>> {
        match self.find(vt)? {
            Some(at) => Ok(Some(Self::at(self.bytes, follow(self.bytes, at)?)?)),
            None => Ok(None),
        }
    }

    /// The code of a union whose value has this slot; 0 when there is none.
    pub fn union_code(&self, vt: u16) -> Result<u8> {
        Ok(self
            .scalar::<1>(vt.saturating_sub(2))?
            .map_or(0, u8::from_le_bytes))
    }

    /// Where the elements of a vector lie in the message.
    pub fn vector(&self, vt: u16, element: usize) -> Result<Option<Range<usize>>> {
        let Some(at) = self.find(vt)? else {
            return Ok(None);
        };
        let position = follow(self.bytes, at)?;
        let count = u32::from_le_bytes(chunk(self.bytes, position)?) as usize;
        let start = position.saturating_add(4);
        let end = start.saturating_add(count.saturating_mul(element));
        if end > self.bytes.len() {
            return Err(outside(end));
        }
        Ok(Some(start..end))
    }

    /// The bytes of a vector, or of text without its NUL byte.
    pub fn bytes(&self, vt: u16, element: usize) -> Result<Option<&'a [u8]>> {
        match self.vector(vt, element)? {
            Some(range) => Ok(self.bytes.get(range)),
            None => Ok(None),
        }
    }

    /// Text.
    pub fn text(&self, vt: u16) -> Result<Option<&'a str>> {
        match self.bytes(vt, 1)? {
            None => Ok(None),
            Some(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(error) => Err(err!(
                    Corrupt,
                    "text in the metadata is not UTF-8 after byte {}",
                    error.valid_up_to()
                )),
            },
        }
    }

    /// A vector of tables; absent is the same as empty.
    pub fn tables(&self, vt: u16) -> Result<Tables<'a>> {
        Ok(Tables {
            bytes: self.bytes,
            range: self.vector(vt, 4)?.unwrap_or(0..0),
        })
    }
}

/// The tables of a vector, in order.
#[derive(Clone, Debug)]
pub struct Tables<'a> {
    bytes: &'a [u8],
    range: Range<usize>,
}

impl<'a> Tables<'a> {
    /// How many are left.
    pub fn len(&self) -> usize {
        self.range.len() >> 2
    }

    /// Whether none is left.
    pub fn is_empty(&self) -> bool {
        self.range.len() < 4
    }

    fn follow_next(&mut self) -> Result<Table<'a>> {
        let at = self.range.start;
        self.range.start = at.saturating_add(4);
        Table::at(self.bytes, follow(self.bytes, at)?)
    }
}

impl<'a> Iterator for Tables<'a> {
    type Item = Result<Table<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_empty() {
            return None;
        }
        Some(self.follow_next())
    }
}
