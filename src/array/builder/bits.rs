//! Growing a bitmap.

use crate::buffer::{BufferBuilder, BufferRef, bitmap};
use crate::err;
use crate::error::Result;
use crate::pool::PoolRef;

/// Collects bits. An error leaves it as it was. Bits of the last byte that were not appended are 0.
#[derive(Debug)]
pub(super) struct BitsBuilder {
    bytes: BufferBuilder,
    len: usize,
}

impl BitsBuilder {
    pub(super) fn new(pool: &PoolRef) -> Self {
        BitsBuilder {
            bytes: BufferBuilder::new(pool),
            len: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Make room, so that appending that many bits cannot fail.
    pub(super) fn reserve(&mut self, additional: usize) -> Result<()> {
        let Some(len) = self.len.checked_add(additional) else {
            return Err(err!(
                OutOfMemory,
                "no memory for {} bits after {}: more than an address space can hold",
                additional,
                self.len
            ));
        };
        let more = bitmap::bytes_for(len) - self.bytes.len();
        self.bytes.reserve(more)?;
        Ok(())
    }

    /// Append `count` equal bits.
    pub(super) fn append_fill(&mut self, bit: bool, count: usize) -> Result<()> {
        self.reserve(count)?;
        let (old, new) = (self.len, self.len + count);
        let byte = if bit { 0xFF } else { 0 };
        let free = bitmap::bytes_for(old) * 8 - old;
        if bit && free > 0 {
            for index in old..old + free.min(count) {
                bitmap::set(self.bytes.as_mut_slice(), index, true);
            }
        }
        self.bytes
            .append_fill(byte, bitmap::bytes_for(new) - self.bytes.len())?;
        self.len = new;
        self.clear_tail();
        Ok(())
    }

    /// Append `count` bits from bit `offset` of `source` on.
    pub(super) fn append_bits(&mut self, source: &[u8], offset: usize, count: usize) -> Result<()> {
        self.reserve(count)?;
        let old = self.len;
        self.len += count;
        self.bytes
            .append_fill(0, bitmap::bytes_for(self.len) - self.bytes.len())?;
        let (first, shift) = (old / 8, old % 8);
        let target = self.bytes.as_mut_slice().get_mut(first..);
        let target = target.unwrap_or_default();
        // The bits that share a byte with what was there before, then whole words.
        let head = if shift == 0 {
            0
        } else {
            (8 - shift).min(count)
        };
        if let Some(byte) = target.first_mut().filter(|_| head > 0) {
            *byte |= (bitmap::word(source, offset, head) as u8) << shift;
        }
        let rest = target.get_mut(usize::from(shift > 0)..).unwrap_or_default();
        bitmap::copy_to_start(source, offset + head, count - head, rest);
        Ok(())
    }

    /// Clear the bits of the last byte that do not count.
    fn clear_tail(&mut self) {
        let used = self.len % 8;
        if let Some(last) = self.bytes.as_mut_slice().last_mut().filter(|_| used > 0) {
            *last &= (1 << used) - 1;
        }
    }

    pub(super) fn finish(&mut self) -> Result<BufferRef> {
        let buffer = self.bytes.finish(true)?;
        self.len = 0;
        Ok(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::BitsBuilder;
    use crate::buffer::bitmap;
    use crate::pool::Pool;

    #[test]
    fn every_mix_of_runs_agrees_with_single_bits() {
        let source: [u8; 64] = std::array::from_fn(|i| (i as u8).wrapping_mul(73) ^ 0x35);
        for first in 0..17 {
            for offset in [0, 1, 7, 9] {
                for count in [0, 1, 5, 8, 64, 65, 300] {
                    let mut bits = BitsBuilder::new(&Pool::default_pool());
                    bits.append_fill(true, first).expect("memory");
                    bits.append_bits(&source, offset, count).expect("memory");
                    bits.append_fill(false, 3).expect("memory");
                    bits.append_fill(true, 11).expect("memory");
                    let len = bits.len();
                    let buffer = bits.finish().expect("memory");
                    let bytes = buffer.as_slice();
                    assert_eq!(bytes.len(), bitmap::bytes_for(len));
                    for i in 0..bytes.len() * 8 {
                        let expected = if i < first {
                            true
                        } else if i < first + count {
                            bitmap::get(&source, offset + i - first)
                        } else {
                            (first + count + 3..len).contains(&i)
                        };
                        assert_eq!(bitmap::get(bytes, i), expected, "bit {i}");
                    }
                }
            }
        }
    }
}
