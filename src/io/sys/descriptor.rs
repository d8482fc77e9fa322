//! File descriptors: opened, owned or borrowed, closed.

use super::errno::{SysResult, errno};
use super::large_file::open;
use std::ffi::CStr;

/// A file descriptor.
#[derive(Debug)]
pub(in crate::io) struct Descriptor {
    raw: i32,
    owned: bool,
}

impl Descriptor {
    /// Wrap a descriptor; an owned one is closed on drop.
    pub(in crate::io) fn new(raw: i32, owned: bool) -> Self {
        Descriptor { raw, owned }
    }

    /// Leave the descriptor open on drop, or not.
    pub(in crate::io) fn set_owned(&mut self, owned: bool) {
        self.owned = owned;
    }

    /// Open a path, with O_CLOEXEC.
    pub(in crate::io) fn open(path: &CStr, flags: i32, permissions: u32) -> SysResult<Self> {
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
    pub(in crate::io) fn raw(&self) -> i32 {
        self.raw
    }

    /// Close now, to learn whether that fails. A descriptor that is not owned stays open.
    pub(in crate::io) fn close(mut self) -> SysResult<()> {
        if !std::mem::replace(&mut self.owned, false) {
            return Ok(());
        }
        // SAFETY: an owned descriptor that nobody uses afterwards.
        if unsafe { libc::close(self.raw) } == 0 {
            return Ok(());
        }
        match errno() {
            // The descriptor is closed already; a second call could close another thread's new one.
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
