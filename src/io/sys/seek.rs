//! The system's file position.

use super::descriptor::Descriptor;
use super::errno::{SysResult, errno};
use super::large_file::{file_offset, lseek, off_t};

/// Where to seek from.
#[derive(Clone, Copy, Debug)]
pub(in crate::io) enum Whence {
    Start(u64),
    Current(i64),
    End,
}

/// Move the system's position of a descriptor and return it.
pub(in crate::io) fn seek(fd: &Descriptor, to: Whence) -> SysResult<u64> {
    let (offset, whence) = match to {
        Whence::Start(offset) => (file_offset(offset)?, libc::SEEK_SET),
        Whence::Current(delta) => (delta as off_t, libc::SEEK_CUR),
        Whence::End => (0, libc::SEEK_END),
    };
    // SAFETY: no memory is passed.
    let position = unsafe { lseek(fd.raw(), offset, whence) };
    u64::try_from(position).map_err(|_| errno())
}
