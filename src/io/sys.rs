//! The calls of the operating system that streams make, one small wrapper for each.
//!
//! The one invariant: an interrupted call is made again, offsets have 64 bits, and a failure is the plain error number.
//! std's forms are not used because they allocate infallibly. This file and `signals` hold all unsafe code of OS files.

use super::signals::guarded;
use std::ffi::CStr;
use std::io::IoSlice;
use std::mem::MaybeUninit;

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
use libc::{
    fstat, fstatvfs, ftruncate, lseek, off_t, open, posix_fallocate, pread, pwritev, stat, statvfs,
};
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use libc::{
    fstat64 as fstat, fstatvfs64 as fstatvfs, ftruncate64 as ftruncate, lseek64 as lseek,
    off64_t as off_t, open64 as open, posix_fallocate64 as posix_fallocate, pread64 as pread,
    pwritev64 as pwritev, stat64 as stat, statvfs64 as statvfs,
};

/// A result whose failure is an errno.
pub(super) type Os<T> = std::result::Result<T, i32>;

/// The most bytes that one call moves on every system.
const MAX_TRANSFER: usize = 0x7FFF_F000;

/// The runs that one gather write takes; below every system's IOV_MAX, and small on the stack.
const MAX_RUNS: usize = 256;

fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn file_offset(offset: u64) -> Os<off_t> {
    off_t::try_from(offset).map_err(|_| libc::EOVERFLOW)
}

/// What a descriptor refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Regular,
    Directory,
    Pipe,
    Socket,
    Other,
}

/// A file descriptor.
#[derive(Debug)]
pub(super) struct Descriptor {
    raw: i32,
    owned: bool,
}

impl Descriptor {
    /// Wrap a descriptor; an owned one is closed on drop.
    pub(super) fn new(raw: i32, owned: bool) -> Self {
        Descriptor { raw, owned }
    }

    /// Leave the descriptor open on drop, or not.
    pub(super) fn set_owned(&mut self, owned: bool) {
        self.owned = owned;
    }

    /// Open a path; children of the process do not inherit the descriptor.
    pub(super) fn open(path: &CStr, flags: i32, permissions: u32) -> Os<Self> {
        loop {
            // SAFETY: the path is NUL-terminated.
            let raw = unsafe { open(path.as_ptr(), flags | libc::O_CLOEXEC, permissions) };
            if raw >= 0 {
                return Ok(Descriptor::new(raw, true));
            }
            match errno() {
                libc::EINTR => {}
                code => return Err(code),
            }
        }
    }

    /// The number.
    pub(super) fn raw(&self) -> i32 {
        self.raw
    }

    /// Close now, to learn whether that fails. A descriptor that is not owned stays open.
    pub(super) fn close(mut self) -> Os<()> {
        if !std::mem::replace(&mut self.owned, false) {
            return Ok(());
        }
        // SAFETY: an owned descriptor that nobody uses afterwards.
        if unsafe { libc::close(self.raw) } == 0 {
            return Ok(());
        }
        match errno() {
            // The descriptor is gone; calling again could close somebody else's.
            libc::EINTR => Ok(()),
            code => Err(code),
        }
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        if self.owned {
            // SAFETY: an owned descriptor that nobody uses afterwards.
            unsafe { libc::close(self.raw) };
        }
    }
}

/// Kind and size of what a descriptor refers to.
pub(super) fn status(fd: &Descriptor) -> Os<(Kind, u64)> {
    let mut status = MaybeUninit::<stat>::zeroed();
    // SAFETY: the struct is writable.
    if unsafe { fstat(fd.raw, status.as_mut_ptr()) } != 0 {
        return Err(errno());
    }
    // SAFETY: zeroed bytes are a valid stat, and the call succeeded.
    let status = unsafe { status.assume_init() };
    let kind = match status.st_mode & libc::S_IFMT {
        libc::S_IFREG => Kind::Regular,
        libc::S_IFDIR => Kind::Directory,
        libc::S_IFIFO => Kind::Pipe,
        libc::S_IFSOCK => Kind::Socket,
        _ => Kind::Other,
    };
    Ok((kind, u64::try_from(status.st_size).unwrap_or(0)))
}

/// The status flags that the descriptor was opened with.
pub(super) fn flags(fd: &Descriptor) -> Os<i32> {
    // SAFETY: no memory is passed.
    let flags = unsafe { libc::fcntl(fd.raw, libc::F_GETFL) };
    if flags < 0 { Err(errno()) } else { Ok(flags) }
}

/// Where to seek from.
#[derive(Clone, Copy, Debug)]
pub(super) enum From {
    Start(u64),
    Current(i64),
    End,
}

/// Move the system's position of a descriptor and say where it is.
pub(super) fn seek(fd: &Descriptor, to: From) -> Os<u64> {
    let (offset, whence) = match to {
        From::Start(offset) => (file_offset(offset)?, libc::SEEK_SET),
        From::Current(delta) => (delta as off_t, libc::SEEK_CUR),
        From::End => (0, libc::SEEK_END),
    };
    // SAFETY: no memory is passed.
    let position = unsafe { lseek(fd.raw, offset, whence) };
    u64::try_from(position).map_err(|_| errno())
}

/// Wait until a descriptor that was opened without blocking can go on.
fn wait(fd: i32, events: i16) -> Os<()> {
    let mut poll = libc::pollfd {
        fd,
        events,
        revents: 0,
    };
    loop {
        // SAFETY: one writable pollfd.
        if unsafe { libc::poll(&raw mut poll, 1, -1) } >= 0 {
            return Ok(());
        }
        match errno() {
            libc::EINTR => {}
            code => return Err(code),
        }
    }
}

/// Make a transfer until it was not interrupted; on a descriptor without blocking, until it moved something.
fn transfer(fd: &Descriptor, events: i16, mut call: impl FnMut() -> isize) -> Os<usize> {
    loop {
        if let Ok(moved) = usize::try_from(call()) {
            return Ok(moved);
        }
        let code = errno();
        if code == libc::EINTR {
            continue;
        }
        let would_block = code == libc::EAGAIN || code == libc::EWOULDBLOCK;
        if !would_block || flags(fd)? & libc::O_NONBLOCK == 0 {
            return Err(code);
        }
        wait(fd.raw, events)?;
    }
}

/// Read at the system's position: as much as one call gives, 0 only at the end or for no room.
pub(super) fn read(fd: &Descriptor, dst: &mut [u8]) -> Os<usize> {
    let room = dst.len().min(MAX_TRANSFER);
    let start = dst.as_mut_ptr().cast();
    transfer(fd, libc::POLLIN, || {
        // SAFETY: `room` bytes from `start` on are writable.
        unsafe { libc::read(fd.raw, start, room) }
    })
}

/// Read at an offset, without touching the system's position.
pub(super) fn read_at(fd: &Descriptor, offset: u64, dst: &mut [u8]) -> Os<usize> {
    let offset = file_offset(offset)?;
    let room = dst.len().min(MAX_TRANSFER);
    let start = dst.as_mut_ptr().cast();
    transfer(fd, libc::POLLIN, || {
        // SAFETY: `room` bytes from `start` on are writable.
        unsafe { pread(fd.raw, start, room, offset) }
    })
}

/// The part of a list of runs that was not written yet.
struct Rest<'a> {
    runs: &'a [&'a [u8]],
    /// Bytes of the first run that are done.
    done: usize,
}

impl<'a> Rest<'a> {
    /// Fill `slices` with what comes next, up to what one call takes, and say how many were used.
    fn next(&self, slices: &mut [IoSlice<'a>; MAX_RUNS]) -> usize {
        let mut room = MAX_TRANSFER;
        let mut used = 0;
        let mut skip = self.done;
        for run in self.runs {
            let rest = run.get(skip..).unwrap_or_default();
            skip = 0;
            let rest = rest.get(..room).unwrap_or(rest);
            if rest.is_empty() {
                continue;
            }
            let Some(slot) = slices.get_mut(used) else {
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
        while let Some((first, others)) = self.runs.split_first() {
            let rest = first.len() - self.done;
            if bytes < rest {
                self.done += bytes;
                return;
            }
            bytes -= rest;
            self.done = 0;
            self.runs = others;
        }
    }
}

/// What a failed write had done before, and why it failed.
#[derive(Debug)]
pub(super) struct WriteError {
    pub(super) written: u64,
    pub(super) code: i32,
}

/// The signal that a failing write to this kind of file raises, with the error that goes with it. Sockets have a flag.
fn signal_of(kind: Kind) -> Option<(i32, i32)> {
    match kind {
        Kind::Pipe => Some((libc::SIGPIPE, libc::EPIPE)),
        Kind::Regular if has_size_limit() => Some((libc::SIGXFSZ, libc::EFBIG)),
        _ => None,
    }
}

/// Whether the process may not make files of any size.
fn has_size_limit() -> bool {
    let mut limit = libc::rlimit {
        rlim_cur: libc::RLIM_INFINITY,
        rlim_max: libc::RLIM_INFINITY,
    };
    // SAFETY: the struct is writable.
    let failed = unsafe { libc::getrlimit(libc::RLIMIT_FSIZE, &raw mut limit) } != 0;
    failed || limit.rlim_cur != libc::RLIM_INFINITY
}

fn send(fd: i32, slices: &[IoSlice<'_>]) -> isize {
    // SAFETY: all members of a msghdr may be zero.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = slices.as_ptr().cast_mut().cast();
    message.msg_iovlen = slices.len() as _;
    #[cfg(not(target_vendor = "apple"))]
    let flags = libc::MSG_NOSIGNAL;
    #[cfg(target_vendor = "apple")]
    let flags = 0;
    // SAFETY: IoSlice has the layout of iovec, and the runs behind it are readable; sendmsg does not write to them.
    unsafe { libc::sendmsg(fd, &raw const message, flags) }
}

/// Write all runs, at the system's position or at an offset. The host gets no SIGPIPE and no SIGXFSZ from it.
pub(super) fn write_all(
    fd: &Descriptor,
    kind: Kind,
    at: Option<u64>,
    runs: &[&[u8]],
) -> Result<u64, WriteError> {
    let mut written: u64 = 0;
    let mut rest = Rest { runs, done: 0 };
    let mut slices = [IoSlice::new(&[]); MAX_RUNS];
    let result = guarded(signal_of(kind), || {
        loop {
            let used = rest.next(&mut slices);
            if used == 0 {
                return Ok(());
            }
            let slices = slices.get(..used).unwrap_or_default();
            let offset = at
                .map(|at| file_offset(at.saturating_add(written)))
                .transpose()?;
            let moved = transfer(fd, libc::POLLOUT, || match (offset, kind) {
                (Some(offset), _) => {
                    let start = slices.as_ptr().cast();
                    // SAFETY: IoSlice has the layout of iovec, and the runs behind it are readable.
                    unsafe { pwritev(fd.raw, start, slices.len() as _, offset) }
                }
                (None, Kind::Socket) => send(fd.raw, slices),
                (None, _) => {
                    let start = slices.as_ptr().cast();
                    // SAFETY: IoSlice has the layout of iovec, and the runs behind it are readable.
                    unsafe { libc::writev(fd.raw, start, slices.len() as _) }
                }
            })?;
            if moved == 0 {
                // No system does this for a run that is not empty; going round again could be for ever.
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

fn until_uninterrupted(mut call: impl FnMut() -> i32) -> Os<()> {
    loop {
        match call() {
            0 => return Ok(()),
            libc::EINTR => {}
            code => return Err(code),
        }
    }
}

/// Put everything that was written on the storage device.
pub(super) fn sync(fd: &Descriptor) -> Os<()> {
    until_uninterrupted(|| {
        // SAFETY: no memory is passed.
        let failed = unsafe { libc::fsync(fd.raw) } != 0;
        if failed { errno() } else { 0 }
    })
}

/// Cut a file, or extend it with zeros that take no space.
pub(super) fn truncate(fd: &Descriptor, size: u64) -> Os<()> {
    let size = file_offset(size)?;
    guarded(signal_of(Kind::Regular), || {
        until_uninterrupted(|| {
            // SAFETY: no memory is passed.
            let failed = unsafe { ftruncate(fd.raw, size) } != 0;
            if failed { errno() } else { 0 }
        })
    })
}

/// Whether the file system says that it has not so much space. One without a size says nothing.
fn lacks_space(fd: &Descriptor, wanted: u64) -> bool {
    let mut system = MaybeUninit::<statvfs>::zeroed();
    // SAFETY: the struct is writable.
    if unsafe { fstatvfs(fd.raw, system.as_mut_ptr()) } != 0 {
        return false;
    }
    // SAFETY: zeroed bytes are a valid statvfs, and the call succeeded.
    let system = unsafe { system.assume_init() };
    let free = u128::from(system.f_bavail) * u128::from(system.f_frsize);
    system.f_blocks > 0 && free < u128::from(wanted)
}

/// Take disk space for a range at the end of a file, extending the file if it is shorter.
///
/// A size that the file or the disk cannot have is found before the first byte is taken: other programs shall not meet a
/// disk that is full for a moment. The range goes in pieces: a file system may undo an interrupted piece, and a host with a fast timer would then never
/// see the end of a large one.
pub(super) fn allocate(fd: &Descriptor, from: u64, to: u64) -> Os<()> {
    const LARGEST: u64 = 64 << 20;
    const SMALLEST: u64 = 1 << 20;
    let (_, size) = status(fd)?;
    if size < to {
        truncate(fd, to)?;
    }
    if lacks_space(fd, to.saturating_sub(from)) {
        return Err(libc::ENOSPC);
    }
    guarded(signal_of(Kind::Regular), || {
        let mut done = from;
        let mut piece = LARGEST;
        while done < to {
            let len = piece.min(to - done);
            // SAFETY: no memory is passed. Both numbers are at most `to`, which fits.
            match unsafe { posix_fallocate(fd.raw, done as off_t, len as off_t) } {
                0 => done += len,
                libc::EINTR => piece = (piece / 2).max(SMALLEST),
                code => return Err(code),
            }
        }
        Ok(())
    })
}

/// The size of a page, which offsets of memory maps must be multiples of.
pub(super) fn page_size() -> u64 {
    // SAFETY: no memory is passed.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    u64::try_from(size).unwrap_or(4096).max(1)
}
