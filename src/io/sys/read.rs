//! Reads, at the position or at an offset.

use super::descriptor::Descriptor;
use super::errno::SysResult;
use super::large_file::{file_offset, pread};
use super::retry::{MAX_TRANSFER, transfer};

/// Read at the system's position: as much as one call returns, 0 only at the end or when `dst` is empty.
pub(in crate::io) fn read(fd: &Descriptor, dst: &mut [u8]) -> SysResult<usize> {
    let room = dst.len().min(MAX_TRANSFER);
    let start = dst.as_mut_ptr().cast();
    transfer(fd, libc::POLLIN, || {
        // SAFETY: `room` bytes from `start` on are writable.
        unsafe { libc::read(fd.raw(), start, room) }
    })
}

/// Read at an offset, without touching the system's position.
pub(in crate::io) fn read_at(fd: &Descriptor, offset: u64, dst: &mut [u8]) -> SysResult<usize> {
    let offset = file_offset(offset)?;
    let room = dst.len().min(MAX_TRANSFER);
    let start = dst.as_mut_ptr().cast();
    transfer(fd, libc::POLLIN, || {
        // SAFETY: `room` bytes from `start` on are writable.
        unsafe { pread(fd.raw(), start, room, offset) }
    })
}
