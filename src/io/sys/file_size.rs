//! The size of a file and the disk space behind it.

use super::descriptor::Descriptor;
use super::errno::{SysResult, errno};
use super::large_file::{file_offset, fstatvfs, ftruncate, off_t, posix_fallocate, statvfs};
use super::retry::until_uninterrupted;
use super::signals::{guarded, signal_of};
use super::stat::{FileType, status};
use std::mem::MaybeUninit;

/// Truncate a file, or extend it with zeros that take no disk space.
pub(in crate::io) fn truncate(fd: &Descriptor, size: u64) -> SysResult<()> {
    let size = file_offset(size)?;
    guarded(signal_of(FileType::Regular), || {
        until_uninterrupted(|| {
            // SAFETY: no memory is passed.
            let failed = unsafe { ftruncate(fd.raw(), size) } != 0;
            if failed { errno() } else { 0 }
        })
    })
}

/// Whether the file system reports less free space than `wanted`. One that reports no size is taken to have enough.
fn lacks_space(fd: &Descriptor, wanted: u64) -> bool {
    let mut system = MaybeUninit::<statvfs>::zeroed();
    // SAFETY: the struct is writable.
    if unsafe { fstatvfs(fd.raw(), system.as_mut_ptr()) } != 0 {
        return false;
    }
    // SAFETY: zeroed bytes are a valid statvfs, and the call succeeded.
    let system = unsafe { system.assume_init() };
    let free = u128::from(system.f_bavail) * u128::from(system.f_frsize);
    system.f_blocks > 0 && free < u128::from(wanted)
}

/// Allocate disk space for a range at the end of a file, extending the file if it is shorter.
///
/// A size that the file or the disk cannot have fails before anything is allocated, so that other programs do not find the
/// disk full for a moment. The range is allocated in pieces: a file system may undo an interrupted call, and with a fast
/// timer a large one would never end.
pub(in crate::io) fn allocate(fd: &Descriptor, from: u64, to: u64) -> SysResult<()> {
    const LARGEST: u64 = 64 << 20;
    const SMALLEST: u64 = 1 << 20;
    let (_, size) = status(fd)?;
    if size < to {
        truncate(fd, to)?;
    }
    if lacks_space(fd, to.saturating_sub(from)) {
        return Err(libc::ENOSPC);
    }
    guarded(signal_of(FileType::Regular), || {
        let mut done = from;
        let mut piece = LARGEST;
        while done < to {
            let len = piece.min(to - done);
            // SAFETY: no memory is passed. Both numbers are at most `to`, which fits.
            match unsafe { posix_fallocate(fd.raw(), done as off_t, len as off_t) } {
                0 => done += len,
                libc::EINTR => piece = (piece / 2).max(SMALLEST),
                code => return Err(code),
            }
        }
        Ok(())
    })
}
