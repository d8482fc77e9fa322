//! SIGPIPE and SIGXFSZ are blocked while a write runs, so that a failing write does not kill the host.
//!
//! Writing to a closed pipe raises SIGPIPE, writing beyond the process's file size limit SIGXFSZ. The signal goes to the
//! thread that writes, so it is blocked there during the call. If the call fails with the errno of the signal, the pending
//! signal is consumed; then the old mask is restored. A signal that was pending before the call stays pending. No handler
//! is installed.

use super::errno::SysResult;
use super::stat::FileType;
use std::mem::MaybeUninit;

fn set_of(signal: i32) -> libc::sigset_t {
    let mut set = MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: the set is writable.
    unsafe { libc::sigemptyset(set.as_mut_ptr()) };
    // SAFETY: the set is writable and was emptied.
    unsafe { libc::sigaddset(set.as_mut_ptr(), signal) };
    // SAFETY: zeroed memory is a valid set, and it was filled above.
    unsafe { set.assume_init() }
}

fn has(set: &libc::sigset_t, signal: i32) -> bool {
    // SAFETY: the set is initialised.
    unsafe { libc::sigismember(set, signal) == 1 }
}

fn is_pending(signal: i32) -> bool {
    let mut set = MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: the set is writable.
    unsafe { libc::sigpending(set.as_mut_ptr()) };
    // SAFETY: zeroed memory is a valid set.
    has(&unsafe { set.assume_init() }, signal)
}

/// Remove a pending signal.
fn consume(set: &libc::sigset_t, signal: i32) {
    #[cfg(not(any(target_vendor = "apple", target_os = "openbsd")))]
    {
        let _ = signal;
        let now = libc::timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        loop {
            // SAFETY: both structs are initialised; NULL says that no details are wanted.
            let taken = unsafe { libc::sigtimedwait(set, std::ptr::null_mut(), &raw const now) };
            let interrupted = std::io::Error::last_os_error().raw_os_error() == Some(libc::EINTR);
            if taken >= 0 || !interrupted {
                return;
            }
        }
    }
    #[cfg(any(target_vendor = "apple", target_os = "openbsd"))]
    if is_pending(signal) {
        let mut taken = 0;
        // SAFETY: the set is initialised and the number writable; the signal is pending, so this returns at once.
        unsafe { libc::sigwait(set, &raw mut taken) };
    }
}

/// The signal that a failing write to this type of file raises, and the errno of the failure. Sockets have MSG_NOSIGNAL.
pub(in crate::io) fn signal_of(kind: FileType) -> Option<(i32, i32)> {
    match kind {
        FileType::Pipe => Some((libc::SIGPIPE, libc::EPIPE)),
        FileType::Regular if has_size_limit() => Some((libc::SIGXFSZ, libc::EFBIG)),
        _ => None,
    }
}

/// Whether the process has a limit on the size of files.
fn has_size_limit() -> bool {
    let mut limit = libc::rlimit {
        rlim_cur: libc::RLIM_INFINITY,
        rlim_max: libc::RLIM_INFINITY,
    };
    // SAFETY: the struct is writable.
    let failed = unsafe { libc::getrlimit(libc::RLIMIT_FSIZE, &raw mut limit) } != 0;
    failed || limit.rlim_cur != libc::RLIM_INFINITY
}

/// Make a call with a signal blocked; `signal` is the signal and the errno with which the call fails when it is raised.
pub(in crate::io) fn guarded<T>(
    signal: Option<(i32, i32)>,
    call: impl FnOnce() -> SysResult<T>,
) -> SysResult<T> {
    let Some((signal, code)) = signal else {
        return call();
    };
    let set = set_of(signal);
    let mut old = set_of(signal);
    // SAFETY: both sets are initialised.
    let failed = unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, &raw mut old) };
    if failed != 0 {
        return Err(failed);
    }
    // A signal can only be pending if the thread had blocked it before.
    let was_pending = has(&old, signal) && is_pending(signal);
    let result = call();
    if !was_pending && matches!(result, Err(found) if found == code) {
        consume(&set, signal);
    }
    // SAFETY: the set is what the first call gave.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const old, std::ptr::null_mut()) };
    result
}
