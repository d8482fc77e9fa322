//! Growing a run of bits of unknown length.
#![forbid(unsafe_code)]

use super::combine::{copy, fill};
use super::count::count_set;
use super::run::Bits;
use super::words::{bytes_for, get, set};
use crate::buffer::{BufferBuilder, BufferRef};
use crate::err;
use crate::error::Result;
use crate::pool::PoolRef;

/// Collects bits, counts those that are not set, and turns them into a buffer. An error leaves it as it was.
///
/// The bits behind the last one, up to the end of its byte, are zero.
#[derive(Debug)]
pub struct BitmapBuilder {
    bytes: BufferBuilder,
    len: usize,
    zeros: usize,
}

impl BitmapBuilder {
    /// An empty builder; nothing is allocated yet.
    pub fn new(pool: &PoolRef) -> Self {
        BitmapBuilder {
            bytes: BufferBuilder::new(pool),
            len: 0,
            zeros: 0,
        }
    }

    /// Bits collected.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was collected.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Collected bits that are not set.
    pub fn false_count(&self) -> usize {
        self.zeros
    }

    /// Bits that fit without another allocation.
    pub fn capacity(&self) -> usize {
        self.bytes.capacity().saturating_mul(8)
    }

    /// Where the collected bits are; null before memory was first taken.
    pub fn data(&self) -> *const u8 {
        self.bytes.data()
    }

    /// Whether any of these bytes lie in the builder's own memory, which growing would end under them.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        self.bytes.holds(bytes)
    }

    /// A collected bit; false beyond the end.
    pub fn get(&self, index: usize) -> bool {
        get(self.bytes.as_slice(), index)
    }

    /// Make room for more bits.
    pub fn reserve(&mut self, additional: usize) -> Result<()> {
        let end = self.end_after(additional)?;
        self.bytes.reserve(bytes_for(end) - self.bytes.len())?;
        Ok(())
    }

    fn end_after(&self, additional: usize) -> Result<usize> {
        let (len, more) = (self.len, additional);
        len.checked_add(more).ok_or_else(|| {
            err!(
                OutOfMemory,
                "no memory for {} bits after {}: more than can be counted",
                more,
                len
            )
        })
    }

    /// Append zero bits whose count of zeros the caller sets right.
    fn grow(&mut self, count: usize) -> Result<()> {
        let end = self.end_after(count)?;
        self.bytes
            .append_fill(0, bytes_for(end) - self.bytes.len())?;
        self.len = end;
        Ok(())
    }

    /// Append one bit.
    #[inline]
    pub fn append(&mut self, value: bool) -> Result<()> {
        if self.len.is_multiple_of(8) {
            self.bytes.append(&[u8::from(value)])?;
        } else if value {
            set(self.bytes.as_mut_slice(), self.len, true);
        }
        self.len += 1;
        self.zeros += usize::from(!value);
        Ok(())
    }

    /// Append one bit many times.
    pub fn append_run(&mut self, value: bool, count: usize) -> Result<()> {
        let at = self.len;
        self.grow(count)?;
        if value {
            fill(self.bytes.as_mut_slice(), at, count, true);
        } else {
            self.zeros += count;
        }
        Ok(())
    }

    /// Append `count` bits, all of which `source` has.
    pub fn append_bits(&mut self, source: Bits<'_>, count: usize) -> Result<()> {
        if !source.has(count) {
            return Err(err!(
                OutOfRange,
                "{} bits at bit {} exceed {} bytes",
                count,
                source.offset,
                source.bytes.len()
            ));
        }
        let at = self.len;
        self.grow(count)?;
        copy(source, count, self.bytes.as_mut_slice(), at);
        self.zeros += count - count_set(source.bytes, source.offset, count);
        Ok(())
    }

    /// Append a bit for each byte: set unless the byte is 0.
    pub fn append_bytes(&mut self, values: &[u8]) -> Result<()> {
        let mut at = self.len;
        self.grow(values.len())?;
        let bits = self.bytes.as_mut_slice();
        let mut ones = 0;
        let mut rest = values;
        while let (false, Some((first, behind))) = (at.is_multiple_of(8), rest.split_first()) {
            set(bits, at, *first != 0);
            ones += usize::from(*first != 0);
            (at, rest) = (at + 1, behind);
        }
        for (byte, eight) in bits.iter_mut().skip(at / 8).zip(rest.chunks(8)) {
            for (index, value) in eight.iter().enumerate() {
                *byte |= u8::from(*value != 0) << index;
            }
            ones += byte.count_ones() as usize;
        }
        self.zeros += values.len() - ones;
        Ok(())
    }

    /// Forget everything after the first `len` bits.
    pub fn rewind(&mut self, len: usize) -> Result<()> {
        if len > self.len {
            return Err(err!(
                OutOfRange,
                "cannot go back to {} of {} bits",
                len,
                self.len
            ));
        }
        self.bytes.rewind(bytes_for(len))?;
        let padding = self.bytes.len() * 8 - len;
        fill(self.bytes.as_mut_slice(), len, padding, false);
        self.len = len;
        self.zeros = len - count_set(self.bytes.as_slice(), 0, len);
        Ok(())
    }

    /// Set the room to at least `capacity` bits; with `shrink`, to no more than the padding needs.
    pub fn resize(&mut self, capacity: usize, shrink: bool) -> Result<()> {
        if capacity < self.len {
            return Err(err!(
                OutOfRange,
                "a capacity of {} bits cannot hold the {} collected",
                capacity,
                self.len
            ));
        }
        self.bytes.resize(bytes_for(capacity), shrink)
    }

    /// Forget everything and give the memory back.
    pub fn reset(&mut self) {
        self.bytes.reset();
        self.len = 0;
        self.zeros = 0;
    }

    /// Turn what was collected into a mutable buffer and start anew; `shrink` as for `BufferBuilder::finish`.
    pub fn finish(&mut self, shrink: bool) -> Result<BufferRef> {
        let buffer = self.bytes.finish(shrink)?;
        self.len = 0;
        self.zeros = 0;
        Ok(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::{BitmapBuilder, Bits};
    use crate::error::ErrorKind;
    use crate::pool::Pool;

    #[test]
    fn every_way_to_append_agrees_with_single_bits() {
        let source: [u8; 40] = std::array::from_fn(|i| (i as u8).wrapping_mul(37) ^ 0x5A);
        let values: [u8; 40] = std::array::from_fn(|i| (i % 3) as u8);
        let mut builder = BitmapBuilder::new(&Pool::default_pool());
        let mut expected = [false; 4000];
        let mut len = 0;
        let mut push = |bit: bool| {
            expected[len] = bit;
            len += 1;
        };
        for round in 0..20 {
            builder.append(round % 3 == 0).expect("memory");
            push(round % 3 == 0);
            builder.append_run(round % 2 == 0, round).expect("memory");
            (0..round).for_each(|_| push(round % 2 == 0));
            let bits = Bits {
                bytes: &source,
                offset: round,
            };
            builder.append_bits(bits, 5 * round).expect("memory");
            (0..5 * round).for_each(|i| push(super::get(&source, round + i)));
            builder.append_bytes(&values[..2 * round]).expect("memory");
            (0..2 * round).for_each(|i| push(values[i] != 0));
        }
        assert_eq!(builder.len(), len);
        assert!((0..len).all(|i| builder.get(i) == expected[i]));
        let zeros = |len: usize| expected[..len].iter().filter(|bit| !**bit).count();
        assert_eq!(builder.false_count(), zeros(len));
        for shorter in [len - 1, len - 9, 100, 64, 3] {
            builder.rewind(shorter).expect("shorter");
            assert_eq!(
                (builder.len(), builder.false_count()),
                (shorter, zeros(shorter))
            );
        }
        let buffer = builder.finish(true).expect("memory");
        assert_eq!(buffer.len(), 1);
        assert_eq!(buffer.as_slice()[0] >> 3, 0);
        assert_eq!((builder.len(), builder.false_count()), (0, 0));
    }

    #[test]
    fn what_cannot_be_leaves_the_builder() {
        let mut builder = BitmapBuilder::new(&Pool::default_pool());
        builder.append(true).expect("memory");
        assert_eq!(builder.capacity(), 512);
        let bits = Bits {
            bytes: &[1, 2],
            offset: 3,
        };
        let kind = |result: crate::error::Result<()>| result.expect_err("refused").kind();
        assert_eq!(kind(builder.append_bits(bits, 14)), ErrorKind::OutOfRange);
        assert_eq!(
            kind(builder.append_run(true, usize::MAX)),
            ErrorKind::OutOfMemory
        );
        assert_eq!(
            kind(builder.append_run(true, usize::MAX - 1)),
            ErrorKind::OutOfMemory
        );
        assert_eq!(kind(builder.reserve(usize::MAX)), ErrorKind::OutOfMemory);
        assert_eq!(kind(builder.rewind(2)), ErrorKind::OutOfRange);
        assert_eq!((builder.len(), builder.false_count()), (1, 0));
    }
}
