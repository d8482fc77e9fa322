//! Size classes of blocks that are kept for reuse: eight for each power of two.

#![forbid(unsafe_code)]

/// No class is smaller. Everything above it is a multiple of the page size.
pub(crate) const MIN_BYTES: usize = 1 << MIN_SHIFT;
const MIN_SHIFT: u32 = 18;
/// Each power of two has `1 << STEPS` classes.
const STEPS: u32 = 3;

/// A size that blocks are rounded up to, at most an eighth more than asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class(usize);

impl Class {
    /// The smallest class that holds `size` bytes, which are at most `pool::MAX_SIZE`.
    pub(super) fn of(size: usize) -> Self {
        let size = size.max(MIN_BYTES);
        let step = 1_usize << (size.ilog2() - STEPS);
        Class(size.next_multiple_of(step))
    }

    /// What a block of this class has.
    pub(super) fn bytes(self) -> usize {
        self.0
    }

    /// A number from 1 on that fits into the low bits of the address of a page.
    pub(super) fn number(self) -> usize {
        let shift = self.0.ilog2();
        let step = (self.0 >> (shift - STEPS)) - (1 << STEPS);
        ((shift - MIN_SHIFT) as usize) << STEPS | step | 1 << 11
    }

    /// The class with a number.
    pub(super) fn of_number(number: usize) -> Self {
        let number = number & !(1 << 11);
        let shift = (number >> STEPS) as u32 + MIN_SHIFT;
        let step = number & ((1 << STEPS) - 1);
        Class((step | 1 << STEPS) << (shift - STEPS))
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, MIN_BYTES};
    use crate::pool::MAX_SIZE;

    #[test]
    fn classes_hold_their_sizes_and_keep_their_numbers() {
        let mut size = MIN_BYTES;
        while size < MAX_SIZE / 2 {
            for near in [
                size - 1,
                size,
                size + 1,
                size + size / 8,
                size + size / 8 + 1,
            ] {
                let class = Class::of(near);
                assert!(class.bytes() >= near && class.bytes().is_multiple_of(4096));
                assert!(class.bytes() - near <= near.max(MIN_BYTES) / 8 + 1);
                assert!((1..4096).contains(&class.number()));
                assert_eq!(Class::of_number(class.number()), class);
                assert_eq!(Class::of(class.bytes()), class);
            }
            size *= 2;
        }
        assert!(Class::of(MAX_SIZE).bytes() >= MAX_SIZE);
    }
}
