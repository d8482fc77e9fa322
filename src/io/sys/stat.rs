//! What the system knows about an open file.

use super::descriptor::Descriptor;
use super::errno::{SysResult, errno};
use super::large_file::{fstat, stat};
use std::mem::MaybeUninit;

/// What a descriptor refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io) enum FileType {
    Regular,
    Directory,
    Pipe,
    Socket,
    Other,
}

/// Type and size of what a descriptor refers to.
pub(in crate::io) fn status(fd: &Descriptor) -> SysResult<(FileType, u64)> {
    let mut status = MaybeUninit::<stat>::zeroed();
    // SAFETY: the struct is writable.
    if unsafe { fstat(fd.raw(), status.as_mut_ptr()) } != 0 {
        return Err(errno());
    }
    // SAFETY: zeroed bytes are a valid stat, and the call succeeded.
    let status = unsafe { status.assume_init() };
    let kind = match status.st_mode & libc::S_IFMT {
        libc::S_IFREG => FileType::Regular,
        libc::S_IFDIR => FileType::Directory,
        libc::S_IFIFO => FileType::Pipe,
        libc::S_IFSOCK => FileType::Socket,
        _ => FileType::Other,
    };
    Ok((kind, u64::try_from(status.st_size).unwrap_or(0)))
}

/// The status flags that the descriptor was opened with.
pub(in crate::io) fn flags(fd: &Descriptor) -> SysResult<i32> {
    // SAFETY: no memory is passed.
    let flags = unsafe { libc::fcntl(fd.raw(), libc::F_GETFL) };
    if flags < 0 { Err(errno()) } else { Ok(flags) }
}
