//! Everything that decides where an accessor reads: offsets start at 0 or later, never fall, and end inside the data.

use crate::array::access::Native;
use crate::array::{ArrayData, Physical};
use crate::err;
use crate::error::Result;

/// Offsets looked at between two looks at the outcome: long enough that the loop runs at full speed, short enough that a
/// bad array of gigabytes is refused early.
const BLOCK: usize = 4096;

pub(super) fn check(array: &ArrayData) -> Result<()> {
    match array.physical() {
        Physical::Null | Physical::Bits | Physical::Fixed(_) => Ok(()),
        Physical::Binary => check_offsets::<i32, 4>(array),
        Physical::LargeBinary => check_offsets::<i64, 8>(array),
    }
}

fn check_offsets<T: Native + PartialOrd + Into<i64>, const N: usize>(
    array: &ArrayData,
) -> Result<()> {
    let end = array.offset() + array.len();
    if end == 0 {
        // The buffer may be absent altogether.
        return Ok(());
    }
    let (all, _) = array.bytes(1).as_chunks::<N>();
    // The structure check saw to it that the range exists.
    let offsets = all.get(array.offset()..=end).unwrap_or_default();
    let read = |bytes: &[u8; N]| T::from_bytes(bytes).unwrap_or_default();
    let (Some(first), Some(last)) = (offsets.first(), offsets.last()) else {
        return Err(err!(Corrupt, "there are no offsets"));
    };
    let first: i64 = read(first).into();
    if first < 0 {
        return Err(err!(Corrupt, "the first offset is {}", first));
    }
    let last: i64 = read(last).into();
    let size = array.bytes(2).len();
    if usize::try_from(last).is_ok_and(|last| last > size) {
        return Err(err!(
            Corrupt,
            "the last offset is {} but there are {} bytes of data",
            last,
            size
        ));
    }
    let next = offsets.get(1..).unwrap_or_default();
    for (block, (from, to)) in offsets.chunks(BLOCK).zip(next.chunks(BLOCK)).enumerate() {
        let mut falls = false;
        for (from, to) in from.iter().zip(to) {
            falls |= read(to) < read(from);
        }
        if falls {
            return Err(first_fall(from, to, block * BLOCK, read));
        }
    }
    Ok(())
}

#[cold]
fn first_fall<T: PartialOrd + Into<i64>, const N: usize>(
    from: &[[u8; N]],
    to: &[[u8; N]],
    base: usize,
    read: impl Fn(&[u8; N]) -> T,
) -> crate::error::Error {
    for (index, (from, to)) in from.iter().zip(to).enumerate() {
        let (from, to): (i64, i64) = (read(from).into(), read(to).into());
        if to < from {
            return err!(
                Corrupt,
                "value {} ends at offset {} before it starts at {}",
                base + index,
                to,
                from
            );
        }
    }
    err!(Internal, "offsets fall and do not fall")
}
