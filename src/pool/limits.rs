//! Which sizes and alignments a pool can be asked for.
#![forbid(unsafe_code)]

use crate::err;
use crate::error::Result;

/// The alignment of every data allocation unless the caller asks for another, and the unit that sizes are rounded up to.
pub const ALIGNMENT: usize = 64;

/// The largest alignment that may be asked for.
pub const MAX_ALIGNMENT: usize = 2 << 20;

/// Nothing larger than this can be allocated; rounding up to `ALIGNMENT` and adding offsets cannot overflow below it. It is all
/// that a process has of a usual address space, and half of what the accounting of a pool can count.
pub const MAX_SIZE: usize = if usize::BITS >= 64 {
    1 << (usize::BITS - 17)
} else {
    isize::MAX as usize - (MAX_ALIGNMENT - 1)
};

/// What the caller asks for, where 0 stands for `ALIGNMENT`.
pub fn alignment_or_default(alignment: usize) -> usize {
    if alignment == 0 { ALIGNMENT } else { alignment }
}

/// Refuse what is no alignment.
#[inline]
pub fn check_alignment(alignment: usize) -> Result<()> {
    if alignment.is_power_of_two() && alignment <= MAX_ALIGNMENT {
        return Ok(());
    }
    Err(err!(
        InvalidArgument,
        "alignment {} is not a power of two from 1 to {}",
        alignment,
        MAX_ALIGNMENT
    ))
}

/// Refuse what no memory is large enough for.
#[inline]
pub fn check_size(size: usize) -> Result<()> {
    if size <= MAX_SIZE {
        return Ok(());
    }
    Err(err!(
        OutOfMemory,
        "no memory for {} bytes: more than an address space can hold",
        size
    ))
}
