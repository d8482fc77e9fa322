//! Gather writes of all bytes of a list of slices, and fsync.

use super::descriptor::Descriptor;
use super::errno::{SysResult, errno};
use super::large_file::{file_offset, pwritev};
use super::retry::{MAX_TRANSFER, transfer, until_uninterrupted};
use super::signals::{guarded, signal_of};
use super::stat::FileType;
use std::io::IoSlice;

/// The slices that one gather write takes; below every system's IOV_MAX, and small on the stack.
const MAX_IOVECS: usize = 256;

/// The part of a list of slices that was not written yet.
struct Unwritten<'a> {
    bufs: &'a [&'a [u8]],
    /// Bytes of the first slice that are written.
    done: usize,
}

impl<'a> Unwritten<'a> {
    /// Fill `iovecs` with what comes next, up to what one call takes, and return how many were used.
    fn next(&self, iovecs: &mut [IoSlice<'a>; MAX_IOVECS]) -> usize {
        let mut room = MAX_TRANSFER;
        let mut used = 0;
        let mut skip = self.done;
        for buf in self.bufs {
            let rest = buf.get(skip..).unwrap_or_default();
            skip = 0;
            let rest = rest.get(..room).unwrap_or(rest);
            if rest.is_empty() {
                continue;
            }
            let Some(slot) = iovecs.get_mut(used) else {
                break;
            };
            *slot = IoSlice::new(rest);
            used += 1;
            room -= rest.len();
            if room == 0 {
                break;
            }
        }
        used
    }

    /// Count bytes as written.
    fn advance(&mut self, mut bytes: usize) {
        while let Some((first, others)) = self.bufs.split_first() {
            let rest = first.len() - self.done;
            if bytes < rest {
                self.done += bytes;
                return;
            }
            bytes -= rest;
            self.done = 0;
            self.bufs = others;
        }
    }
}

/// What a failed write had done before, and why it failed.
#[derive(Debug)]
pub(in crate::io) struct WriteError {
    pub(in crate::io) written: u64,
    pub(in crate::io) code: i32,
}

fn send(fd: i32, iovecs: &[IoSlice<'_>]) -> isize {
    // SAFETY: all members of a msghdr may be zero.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = iovecs.as_ptr().cast_mut().cast();
    message.msg_iovlen = iovecs.len() as _;
    #[cfg(not(target_vendor = "apple"))]
    let flags = libc::MSG_NOSIGNAL;
    #[cfg(target_vendor = "apple")]
    let flags = 0;
    // SAFETY: IoSlice has the layout of iovec, and the slices behind it are readable; sendmsg does not write to them.
    unsafe { libc::sendmsg(fd, &raw const message, flags) }
}

/// Write all slices, at the system's position or at an offset. Raises neither SIGPIPE nor SIGXFSZ.
pub(in crate::io) fn write_all(
    fd: &Descriptor,
    kind: FileType,
    at: Option<u64>,
    bufs: &[&[u8]],
) -> Result<u64, WriteError> {
    let mut written: u64 = 0;
    let mut rest = Unwritten { bufs, done: 0 };
    let mut iovecs = [IoSlice::new(&[]); MAX_IOVECS];
    let result = guarded(signal_of(kind), || {
        loop {
            let used = rest.next(&mut iovecs);
            if used == 0 {
                return Ok(());
            }
            let iovecs = iovecs.get(..used).unwrap_or_default();
            let offset = at
                .map(|at| file_offset(at.saturating_add(written)))
                .transpose()?;
            let moved = transfer(fd, libc::POLLOUT, || match (offset, kind) {
                (Some(offset), _) => {
                    let start = iovecs.as_ptr().cast();
                    // SAFETY: IoSlice has the layout of iovec, and the slices behind it are readable.
                    unsafe { pwritev(fd.raw(), start, iovecs.len() as _, offset) }
                }
                (None, FileType::Socket) => send(fd.raw(), iovecs),
                (None, _) => {
                    let start = iovecs.as_ptr().cast();
                    // SAFETY: IoSlice has the layout of iovec, and the slices behind it are readable.
                    unsafe { libc::writev(fd.raw(), start, iovecs.len() as _) }
                }
            })?;
            if moved == 0 {
                // No system does this for a slice that is not empty; trying again could go on for ever.
                return Err(libc::EIO);
            }
            written += moved as u64;
            rest.advance(moved);
        }
    });
    match result {
        Ok(()) => Ok(written),
        Err(code) => Err(WriteError { written, code }),
    }
}

/// Put everything that was written on the storage device (fsync).
pub(in crate::io) fn sync(fd: &Descriptor) -> SysResult<()> {
    until_uninterrupted(|| {
        // SAFETY: no memory is passed.
        let failed = unsafe { libc::fsync(fd.raw()) } != 0;
        if failed { errno() } else { 0 }
    })
}
