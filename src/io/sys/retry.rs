//! Calls are repeated after a signal interrupted them (EINTR), and once a descriptor with O_NONBLOCK is ready (EAGAIN).

use super::descriptor::Descriptor;
use super::errno::{SysResult, errno};
use super::stat::flags;

/// The most bytes that one call moves on every system.
pub(in crate::io) const MAX_TRANSFER: usize = 0x7FFF_F000;

/// Wait until a descriptor with O_NONBLOCK is ready.
fn wait(fd: i32, events: i16) -> SysResult<()> {
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

/// Repeat a read or write while it is interrupted and, on a descriptor with O_NONBLOCK, while it would block.
pub(in crate::io) fn transfer(
    fd: &Descriptor,
    events: i16,
    mut call: impl FnMut() -> isize,
) -> SysResult<usize> {
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
        wait(fd.raw(), events)?;
    }
}

/// Repeat a call, which returns an errno, while it is interrupted.
pub(in crate::io) fn until_uninterrupted(mut call: impl FnMut() -> i32) -> SysResult<()> {
    loop {
        match call() {
            0 => return Ok(()),
            libc::EINTR => {}
            code => return Err(code),
        }
    }
}
