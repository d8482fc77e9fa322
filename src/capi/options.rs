//! How sized structs come in: the caller may have been built with an older or a newer header.
//!
//! NULL gives the defaults. A shorter struct gets defaults for what it lacks; a longer one is accepted when what this
//! library does not know is zero. Every default is 0, so both rules are one copy over zeros.

use crate::err;
use crate::error::{Error, Result};

/// No sized struct will ever be longer; a larger number is an uninitialised `struct_size`.
const MAX_SIZE: usize = 4096;

/// A sized struct of the interface.
///
/// # Safety
/// - It is `repr(C)`, has no padding, and consists of integers, or after the two first fields of pointers and optional
///   functions, so that every bit pattern that a C program may write is a value, zero included.
/// - Its first field is `struct_size: u32`, its second `flags: u32`.
pub(super) unsafe trait Options: Copy {
    /// The end of the last field of the first release that had the struct: a literal number, never `size_of`.
    const MINIMUM: usize;
    /// Every flag that this library knows.
    const FLAGS: u32;
}

/// Read the caller's options.
///
/// # Safety
/// - `options` is NULL, or its first four bytes are readable and say how many are.
pub(super) unsafe fn read<T: Options>(options: *const T) -> Result<T> {
    const { assert!(T::MINIMUM >= 8 && T::MINIMUM <= size_of::<T>() && size_of::<T>() <= MAX_SIZE) };
    // SAFETY: zero is a value of every integer (contract of Options).
    let mut known = unsafe { std::mem::zeroed::<T>() };
    if options.is_null() {
        return Ok(known);
    }
    // SAFETY: readable (contract); the caller's memory may have any alignment.
    let size = unsafe { options.cast::<u32>().read_unaligned() } as usize;
    if size < T::MINIMUM || size > MAX_SIZE {
        return Err(bad_size(size, T::MINIMUM));
    }
    // SAFETY: the struct has `size` readable bytes (contract).
    let given = unsafe { std::slice::from_raw_parts(options.cast::<u8>(), size) };
    let (given, extra) = given.split_at(size.min(size_of::<T>()));
    if let Some(at) = extra.iter().position(|byte| *byte != 0) {
        return Err(err!(
            Unsupported,
            "options set a field at byte {} that this library does not know: it knows {} bytes",
            given.len() + at,
            size_of::<T>()
        ));
    }
    // SAFETY: `given` has at most the size of T, the target is T itself, and they do not overlap.
    unsafe {
        std::ptr::copy_nonoverlapping(given.as_ptr(), (&raw mut known).cast::<u8>(), given.len())
    };
    // SAFETY: the second field of every Options is `flags: u32` (contract of Options), so it lies at byte 4.
    let flags_at = unsafe { (&raw const known).cast::<u32>().add(1) };
    // SAFETY: as above.
    check_flags(unsafe { flags_at.read() }, T::FLAGS)?;
    Ok(known)
}

/// Read a sized struct that has no defaults, such as a set of callbacks.
///
/// # Safety
/// - `options` is NULL, or its first four bytes are readable and say how many are.
pub(super) unsafe fn read_required<T: Options>(options: *const T, name: &'static str) -> Result<T> {
    if options.is_null() {
        return Err(err!(InvalidArgument, "{} must not be NULL", name));
    }
    // SAFETY: same contract.
    unsafe { read(options) }
}

/// Refuse flags that this library does not know.
pub(super) fn check_flags(flags: u32, known: u32) -> Result<()> {
    match flags & !known {
        0 => Ok(()),
        unknown => Err(err!(
            Unsupported,
            "flags {} are not known to this library",
            unknown
        )),
    }
}

/// Refuse a value in a field that this library has no use for.
pub(super) fn check_reserved(value: u32) -> Result<()> {
    match value {
        0 => Ok(()),
        found => Err(err!(
            Unsupported,
            "a reserved field of the options is {} instead of 0",
            found
        )),
    }
}

/// A sized struct of the caller's that a call fills in.
pub(super) struct SizedOut<T> {
    slot: *mut T,
    size: usize,
}

/// Check a sized struct that is to be filled in; `minimum` as in `Options::MINIMUM`.
///
/// # Safety
/// - `slot` is NULL, or its first four bytes are readable and say how many bytes are writable there.
pub(super) unsafe fn sized_out<T: Copy>(
    slot: *mut T,
    minimum: usize,
    name: &'static str,
) -> Result<SizedOut<T>> {
    if slot.is_null() {
        return Err(err!(InvalidArgument, "{} must not be NULL", name));
    }
    // SAFETY: readable (contract); the caller's memory may have any alignment.
    let size = unsafe { slot.cast::<u32>().read_unaligned() } as usize;
    if size < minimum || size > MAX_SIZE {
        return Err(bad_size(size, minimum));
    }
    Ok(SizedOut { slot, size })
}

impl<T: Copy> SizedOut<T> {
    /// Fill in what both sides know, behind the caller's own `struct_size`; what only the caller knows becomes zero.
    ///
    /// # Safety
    /// - `T` is `repr(C)`, has no padding, and begins with `struct_size: u32`.
    pub(super) unsafe fn put(self, value: T) {
        const START: usize = size_of::<u32>();
        let known = self.size.min(size_of::<T>());
        // SAFETY: inside the value, which is larger than its first field.
        let from = unsafe { (&raw const value).cast::<u8>().add(START) };
        // SAFETY: inside the caller's struct, whose size is at least the minimum.
        let to = unsafe { self.slot.cast::<u8>().add(START) };
        // SAFETY: `known` bytes are readable in the value and writable in the caller's struct (contract of sized_out).
        unsafe { std::ptr::copy_nonoverlapping(from, to, known - START) };
        // SAFETY: `known` is at most the size of the caller's struct.
        let rest = unsafe { self.slot.cast::<u8>().add(known) };
        // SAFETY: from there to the end of the caller's struct (contract of sized_out).
        unsafe { rest.write_bytes(0, self.size - known) };
    }
}

#[cold]
fn bad_size(size: usize, minimum: usize) -> Error {
    err!(
        InvalidArgument,
        "struct_size is {} instead of {} to {}: start from the _INIT macro of the struct",
        size,
        minimum,
        MAX_SIZE
    )
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "tests may panic")]
mod tests {
    use super::{Options, read};
    use crate::error::{ErrorKind, Result};

    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(C)]
    struct Sample {
        struct_size: u32,
        flags: u32,
        old: u64,
        new: u64,
    }

    // SAFETY: integers only, no padding, size and flags first.
    unsafe impl Options for Sample {
        const MINIMUM: usize = 16;
        const FLAGS: u32 = 1;
    }

    fn read_words(words: &[u64]) -> Result<Sample> {
        // SAFETY: the first word says how many bytes follow.
        unsafe { read(words.as_ptr().cast()) }
    }

    #[test]
    fn missing_fields_are_zero_and_extra_ones_must_be() {
        let flag = 1 << 32;
        // SAFETY: NULL is allowed.
        let defaults = unsafe { read::<Sample>(std::ptr::null()) }.expect("defaults");
        assert_eq!((defaults.flags, defaults.old, defaults.new), (0, 0, 0));
        let old = read_words(&[16 | flag, 7]).expect("an old struct");
        assert_eq!((old.flags, old.old, old.new), (1, 7, 0));
        let same = read_words(&[24, 7, 8]).expect("this library's struct");
        assert_eq!((same.old, same.new), (7, 8));
        assert_eq!(read_words(&[40, 7, 8, 0, 0]).expect("a new struct").new, 8);
        let kind = |words: &[u64]| read_words(words).expect_err("refused").kind();
        assert_eq!(kind(&[40, 7, 8, 0, 1 << 40]), ErrorKind::Unsupported);
        assert_eq!(kind(&[24 | flag << 1, 7, 8]), ErrorKind::Unsupported);
        assert_eq!(kind(&[8, 0]), ErrorKind::InvalidArgument);
        assert_eq!(kind(&[0, 0]), ErrorKind::InvalidArgument);
        assert_eq!(kind(&[1 << 20, 0]), ErrorKind::InvalidArgument);
    }
}
