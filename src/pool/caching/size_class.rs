//! Size classes of blocks that are kept for reuse.

#![forbid(unsafe_code)]

/// A size that small blocks are rounded up to: multiples of 64 bytes up to 256, then four for each power of two. mimalloc and
/// jemalloc have the same ones, so the rounding costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SmallClass(usize);

impl SmallClass {
    /// The largest size in a class.
    pub(super) const MAX_BYTES: usize = 64 << 10;
    /// How many classes there are.
    pub(super) const COUNT: usize = 36;
    const UNIT: usize = 64;

    /// For each number of whole units less than the size, the index of the class.
    const INDEXES: [u8; Self::MAX_BYTES / Self::UNIT] = {
        let mut indexes = [0; Self::MAX_BYTES / Self::UNIT];
        let mut units = 0;
        while units < indexes.len() {
            let shift = (units | 4).ilog2() - 2;
            indexes[units] = (units >> shift) as u8 + 4 * shift as u8;
            units += 1;
        }
        indexes
    };

    /// The smallest class that holds `size` bytes, from 1 to `MAX_BYTES`.
    #[inline(always)]
    pub(super) fn of(size: usize) -> Self {
        static INDEXES: [u8; SmallClass::INDEXES.len()] = SmallClass::INDEXES;
        let units = size.wrapping_sub(1) / Self::UNIT;
        SmallClass(usize::from(INDEXES[units % INDEXES.len()]))
    }

    /// The class with an index.
    pub(super) fn of_index(index: usize) -> Self {
        SmallClass(index)
    }

    /// From 0 to `COUNT`.
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0
    }

    /// What a block of this class has.
    #[inline]
    pub(super) fn bytes(self) -> usize {
        let shift = (self.0 / 4).saturating_sub(1);
        ((self.0 - 4 * shift + 1) << shift) * Self::UNIT
    }
}

/// A size that large blocks are rounded up to, at most an eighth more than asked: eight for each power of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SizeClass(usize);

/// No large block is smaller. Every class is a multiple of the page size.
pub(crate) const MIN_LARGE_BYTES: usize = 1 << MIN_SHIFT;
const MIN_SHIFT: u32 = 18;
/// Each power of two has `1 << STEPS` classes.
const STEPS: u32 = 3;

impl SizeClass {
    /// The smallest class that holds `size` bytes, which are at most `pool::MAX_SIZE`.
    pub(super) fn of(size: usize) -> Self {
        let size = size.max(MIN_LARGE_BYTES);
        let step = 1_usize << (size.ilog2() - STEPS);
        SizeClass(size.next_multiple_of(step))
    }

    /// What a block of this class has.
    pub(super) fn bytes(self) -> usize {
        self.0
    }

    /// A number that fits into the low bits of the address of a page.
    pub(super) fn number(self) -> usize {
        let shift = self.0.ilog2();
        let step = (self.0 >> (shift - STEPS)) - (1 << STEPS);
        ((shift - MIN_SHIFT) as usize) << STEPS | step
    }

    /// The class with a number.
    pub(super) fn of_number(number: usize) -> Self {
        let shift = (number >> STEPS) as u32 + MIN_SHIFT;
        let step = number & ((1 << STEPS) - 1);
        SizeClass((step | 1 << STEPS) << (shift - STEPS))
    }
}

#[cfg(test)]
mod tests {
    use super::{MIN_LARGE_BYTES, SizeClass, SmallClass};
    use crate::pool::MAX_SIZE;

    #[test]
    fn small_classes_hold_their_sizes() {
        let mut last = SmallClass::of_index(0);
        for size in 1..=SmallClass::MAX_BYTES {
            let class = SmallClass::of(size);
            assert!(class.bytes() >= size && class.bytes() - size < 64.max(size / 4));
            assert!(class.index() < SmallClass::COUNT && class.index() - last.index() <= 1);
            assert_eq!(SmallClass::of(class.bytes()), class);
            last = class;
        }
        assert_eq!(last.index(), SmallClass::COUNT - 1);
    }

    #[test]
    fn classes_hold_their_sizes_and_keep_their_numbers() {
        let mut size = MIN_LARGE_BYTES;
        while size < MAX_SIZE / 2 {
            for near in [
                size - 1,
                size,
                size + 1,
                size + size / 8,
                size + size / 8 + 1,
            ] {
                let class = SizeClass::of(near);
                assert!(class.bytes() >= near && class.bytes().is_multiple_of(4096));
                assert!(class.bytes() - near <= near.max(MIN_LARGE_BYTES) / 8 + 1);
                assert!(class.number() < 4096);
                assert_eq!(SizeClass::of_number(class.number()), class);
                assert_eq!(SizeClass::of(class.bytes()), class);
            }
            size *= 2;
        }
        assert!(SizeClass::of(MAX_SIZE).bytes() >= MAX_SIZE);
    }
}
