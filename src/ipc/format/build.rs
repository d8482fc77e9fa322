//! Writes Flatbuffers into memory that is kept from one message to the next, and reports when there is none.
//!
//! A message grows from its end to its front, because everything must lie behind what refers to it:
//!
//! ```text
//! storage: [ free ........ | root offset | ... tables, vtables, vectors ... ]
//!                          ^ storage.len() - used
//! ```
//!
//! An `Offset` is the distance of an object's first byte from the end, so it stays right when the front grows.

use crate::alloc::{VecExt, vec_zeroed};
use crate::err;
use crate::error::{Error, Result};

/// A finished object in the message under construction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset(usize);

/// A message under construction.
#[derive(Debug, Default)]
pub struct Builder {
    storage: Vec<u8>,
    used: usize,
    table_start: usize,
    slots: Vec<(u16, usize)>,
    vtables: Vec<usize>,
    vtable: Vec<u8>,
}

/// The strictest alignment inside a message.
const MAX_ALIGN: usize = 8;
const FIRST_STORAGE: usize = 1024;
/// How many of the latest vtables are compared before a new one is written: real messages have about a dozen.
const VTABLES_COMPARED: usize = 32;

#[cold]
fn too_large() -> Error {
    err!(
        Limit,
        "metadata of a message cannot exceed {} bytes",
        i32::MAX
    )
}

impl Builder {
    /// An empty message, without an allocation.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Forget the message and keep its memory.
    pub fn clear(&mut self) {
        self.used = 0;
        self.slots.clear();
        self.vtables.clear();
    }

    /// The finished message.
    pub fn finished(&self) -> &[u8] {
        self.storage.get(self.front()..).unwrap_or_default()
    }

    /// Where an object begins in the finished message.
    pub fn position(&self, object: Offset) -> usize {
        self.used.saturating_sub(object.0)
    }

    fn front(&self) -> usize {
        self.storage.len().saturating_sub(self.used)
    }

    /// Make room for `len` more bytes in front.
    fn room(&mut self, len: usize) -> Result<()> {
        if len <= self.front() {
            return Ok(());
        }
        let needed = self.used.saturating_add(len);
        if needed > i32::MAX as usize {
            return Err(too_large());
        }
        let size = needed.saturating_mul(2).max(FIRST_STORAGE);
        let mut larger = vec_zeroed(size)?;
        let front = size.saturating_sub(self.used);
        if let Some(place) = larger.get_mut(front..) {
            place.copy_from_slice(self.finished());
        }
        self.storage = larger;
        Ok(())
    }

    /// Put bytes in front.
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.room(bytes.len())?;
        let end = self.front();
        let start = end.saturating_sub(bytes.len());
        if let Some(place) = self.storage.get_mut(start..end) {
            place.copy_from_slice(bytes);
        }
        self.used = self.used.saturating_add(bytes.len());
        Ok(())
    }

    /// Put zero bytes in front.
    fn put_zeros(&mut self, len: usize) -> Result<()> {
        self.room(len)?;
        let end = self.front();
        let start = end.saturating_sub(len);
        if let Some(place) = self.storage.get_mut(start..end) {
            place.fill(0);
        }
        self.used = self.used.saturating_add(len);
        Ok(())
    }

    /// Pad so that what comes after `len` more bytes is aligned.
    fn align(&mut self, align: usize, len: usize) -> Result<()> {
        let rest = self.used.saturating_add(len) & align.saturating_sub(1);
        if rest == 0 {
            return Ok(());
        }
        self.put_zeros(align.saturating_sub(rest))
    }

    fn count(&mut self, count: usize) -> Result<Offset> {
        let count = u32::try_from(count).map_err(|_| too_large())?;
        self.put(&count.to_le_bytes())?;
        Ok(Offset(self.used))
    }

    /// Text, or any bytes, with a NUL byte behind them that does not count.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<Offset> {
        self.align(4, bytes.len().saturating_add(1))?;
        self.put_zeros(1)?;
        self.put(bytes)?;
        self.count(bytes.len())
    }

    /// A vector of numbers or structs whose bytes are given and whose alignment is `align`.
    pub fn elements(&mut self, bytes: &[u8], count: usize, align: usize) -> Result<Offset> {
        self.align(4, bytes.len())?;
        self.align(align, bytes.len())?;
        self.put(bytes)?;
        self.count(count)
    }

    /// A vector of `count` elements of `size` bytes, all zero, to be filled in later.
    pub fn zeros(&mut self, count: usize, size: usize) -> Result<Offset> {
        let len = count.checked_mul(size).ok_or_else(too_large)?;
        self.align(MAX_ALIGN, len)?;
        self.put_zeros(len)?;
        self.count(count)
    }

    /// A vector of objects, of which each becomes an offset.
    pub fn offsets(&mut self, objects: &[Offset]) -> Result<Offset> {
        self.align(4, objects.len().saturating_mul(4))?;
        for object in objects.iter().rev() {
            self.offset(*object)?;
        }
        self.count(objects.len())
    }

    fn offset(&mut self, object: Offset) -> Result<()> {
        let distance = self.used.saturating_add(4).saturating_sub(object.0);
        self.put(
            &u32::try_from(distance)
                .map_err(|_| too_large())?
                .to_le_bytes(),
        )
    }

    /// Begin a table; everything that it refers to must be finished.
    pub fn start_table(&mut self) {
        self.table_start = self.used;
        self.slots.clear();
    }

    fn add(&mut self, vt: u16, bytes: &[u8]) -> Result<()> {
        self.align(bytes.len(), 0)?;
        self.put(bytes)?;
        self.slots.try_push((vt, self.used))?;
        Ok(())
    }

    /// Add a number of one byte.
    pub fn add_u8(&mut self, vt: u16, value: u8) -> Result<()> {
        self.add(vt, &[value])
    }

    /// Add a bool; false is what an absent one means.
    pub fn add_bool(&mut self, vt: u16, value: bool) -> Result<()> {
        if value { self.add(vt, &[1]) } else { Ok(()) }
    }

    /// Add a number of two bytes.
    pub fn add_i16(&mut self, vt: u16, value: i16) -> Result<()> {
        self.add(vt, &value.to_le_bytes())
    }

    /// Add a number of four bytes.
    pub fn add_i32(&mut self, vt: u16, value: i32) -> Result<()> {
        self.add(vt, &value.to_le_bytes())
    }

    /// Add a number of eight bytes and say where it stands.
    pub fn add_i64(&mut self, vt: u16, value: i64) -> Result<Offset> {
        self.add(vt, &value.to_le_bytes())?;
        Ok(Offset(self.used))
    }

    /// Add a reference to a finished object.
    pub fn add_offset(&mut self, vt: u16, object: Offset) -> Result<()> {
        self.align(4, 0)?;
        self.offset(object)?;
        self.slots.try_push((vt, self.used))?;
        Ok(())
    }

    /// Add a reference to an object that may be absent.
    pub fn add_some(&mut self, vt: u16, object: Option<Offset>) -> Result<()> {
        object.map_or(Ok(()), |object| self.add_offset(vt, object))
    }

    /// Add both halves of a union: the slot before the value's has the code.
    pub fn add_union(&mut self, vt: u16, code: u8, value: Offset) -> Result<()> {
        self.add_offset(vt, value)?;
        self.add_u8(vt.saturating_sub(2), code)
    }

    /// Finish the table.
    pub fn end_table(&mut self) -> Result<Offset> {
        self.align(4, 0)?;
        self.put_zeros(4)?;
        let table = self.used;
        self.make_vtable(table)?;
        let vtable = match self.same_vtable() {
            Some(vtable) => vtable,
            None => self.put_vtable()?,
        };
        let back = i64::try_from(vtable)
            .unwrap_or(i64::MAX)
            .saturating_sub(i64::try_from(table).unwrap_or(0));
        let back = i32::try_from(back).map_err(|_| too_large())?;
        let at = self.storage.len().saturating_sub(table);
        if let Some(place) = self.storage.get_mut(at..at.saturating_add(4)) {
            place.copy_from_slice(&back.to_le_bytes());
        }
        Ok(Offset(table))
    }

    fn make_vtable(&mut self, table: usize) -> Result<()> {
        let last = self.slots.iter().map(|(vt, _)| *vt).max().unwrap_or(2);
        let len = last.saturating_add(2);
        self.vtable.clear();
        self.vtable.try_resize(usize::from(len), 0)?;
        let table_len = short(table.saturating_sub(self.table_start))?;
        let head = [(0, len), (2, table_len)];
        for (at, value) in head {
            set_u16(&mut self.vtable, at, value);
        }
        for (vt, used) in &self.slots {
            set_u16(
                &mut self.vtable,
                usize::from(*vt),
                short(table.saturating_sub(*used))?,
            );
        }
        Ok(())
    }

    fn same_vtable(&self) -> Option<usize> {
        let latest = self.vtables.iter().rev().take(VTABLES_COMPARED);
        latest.copied().find(|used| {
            let start = self.storage.len().saturating_sub(*used);
            self.storage
                .get(start..start.saturating_add(self.vtable.len()))
                == Some(self.vtable.as_slice())
        })
    }

    fn put_vtable(&mut self) -> Result<usize> {
        let vtable = std::mem::take(&mut self.vtable);
        let done = self.put(&vtable);
        self.vtable = vtable;
        done?;
        self.vtables.try_push(self.used)?;
        Ok(self.used)
    }

    /// Finish the message, whose length becomes a multiple of eight.
    pub fn finish(&mut self, root: Offset) -> Result<()> {
        self.align(MAX_ALIGN, 4)?;
        self.offset(root)
    }
}

fn short(value: usize) -> Result<u16> {
    u16::try_from(value).map_err(|_| err!(Internal, "a table of {} bytes", value))
}

fn set_u16(bytes: &mut [u8], at: usize, value: u16) {
    if let Some(place) = bytes.get_mut(at..at.saturating_add(2)) {
        place.copy_from_slice(&value.to_le_bytes());
    }
}
