//! The calls whose file offsets have 64 bits on every system (large file support).

use super::errno::SysResult;

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(in crate::io) use libc::{
    fstat, fstatvfs, ftruncate, lseek, off_t, open, posix_fallocate, pread, pwritev, stat, statvfs,
};
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(in crate::io) use libc::{
    fstat64 as fstat, fstatvfs64 as fstatvfs, ftruncate64 as ftruncate, lseek64 as lseek,
    off64_t as off_t, open64 as open, posix_fallocate64 as posix_fallocate, pread64 as pread,
    pwritev64 as pwritev, stat64 as stat, statvfs64 as statvfs,
};

/// An offset as the system takes it.
pub(in crate::io) fn file_offset(offset: u64) -> SysResult<off_t> {
    off_t::try_from(offset).map_err(|_| libc::EOVERFLOW)
}
