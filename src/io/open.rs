//! Opening files, by path or by descriptor.
#![forbid(unsafe_code)]

use super::file::open_file;
use super::mode::Mode;
use super::stream::{Stream, StreamRef};
use super::stream_name::StreamName;
use super::sys::{self, Descriptor};
use crate::err;
use crate::error::{Error, Result};
use std::ffi::CStr;

/// How a file is opened, beyond the mode.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenOptions {
    /// For `ReadWrite`: create the file if it does not exist. `Write` and `Append` always do.
    pub create: bool,
    /// Create the file; fail if it exists.
    pub exclusive: bool,
    /// For `ReadWrite`: remove the file's contents. `Write` always does.
    pub truncate: bool,
    /// Refuse a path that ends in a symbolic link.
    pub no_follow: bool,
    /// Leave the descriptor open on close; for `open_fd`.
    pub keep_descriptor: bool,
    /// Permissions of a new file, before the umask; 0 means 0666.
    pub permissions: u32,
}

/// Open the file at a path.
pub fn open_path(path: &CStr, mode: Mode, options: OpenOptions) -> Result<StreamRef> {
    if mode == Mode::Read && (options.create || options.exclusive || options.truncate) {
        return Err(err!(
            InvalidArgument,
            "a file that is only read cannot be made or emptied"
        ));
    }
    if mode == Mode::Append && options.truncate {
        return Err(err!(
            InvalidArgument,
            "a file that is appended to cannot be emptied"
        ));
    }
    check_for_path(options)?;
    let name = StreamName::of_path(path)?;
    let appends = mode == Mode::Append;
    let flags = match mode {
        Mode::Read => libc::O_RDONLY,
        Mode::Write => libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC,
        Mode::Append => libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND,
        Mode::ReadWrite => {
            libc::O_RDWR
                | if options.create { libc::O_CREAT } else { 0 }
                | if options.truncate { libc::O_TRUNC } else { 0 }
        }
    };
    let descriptor = open_descriptor(path, &name, flags, options)?;
    open_file(name, descriptor, mode, appends)
}

/// Refuse what only makes sense for a descriptor.
pub(super) fn check_for_path(options: OpenOptions) -> Result<()> {
    if options.keep_descriptor {
        return Err(err!(
            InvalidArgument,
            "a path has no descriptor that could be kept"
        ));
    }
    Ok(())
}

/// Open a path with the flags of the mode and those of the options.
pub(super) fn open_descriptor(
    path: &CStr,
    name: &StreamName,
    flags: i32,
    options: OpenOptions,
) -> Result<Descriptor> {
    let extra = if options.exclusive {
        libc::O_CREAT | libc::O_EXCL
    } else {
        0
    } | if options.no_follow {
        libc::O_NOFOLLOW
    } else {
        0
    } | libc::O_NOCTTY;
    let permissions = match options.permissions {
        0 => 0o666,
        permissions => permissions & 0o7777,
    };
    Descriptor::open(path, flags | extra, permissions)
        .map_err(|code| Error::os("open", name.value(), code))
}

/// A stream over a descriptor, which it then owns unless the options say otherwise; after a failure the caller still owns
/// it. Without a mode, the stream is open for what the descriptor allows.
pub fn open_fd(fd: i32, mode: Option<Mode>, options: OpenOptions) -> Result<StreamRef> {
    if fd < 0 {
        return Err(err!(InvalidArgument, "{} is no descriptor", fd));
    }
    let for_paths = options.create || options.exclusive || options.truncate || options.no_follow;
    if for_paths || options.permissions != 0 {
        return Err(err!(
            InvalidArgument,
            "a descriptor is open already: only whether to keep it can be chosen"
        ));
    }
    let name = StreamName::of_descriptor(fd)?;
    let descriptor = Descriptor::new(fd, false);
    let flags = sys::flags(&descriptor).map_err(|code| Error::os("open", name.value(), code))?;
    let appends = flags & libc::O_APPEND != 0;
    let allowed = match flags & libc::O_ACCMODE {
        libc::O_RDONLY => Mode::Read,
        libc::O_WRONLY if appends => Mode::Append,
        libc::O_WRONLY => Mode::Write,
        _ => Mode::ReadWrite,
    };
    let mode = mode.unwrap_or(allowed);
    if mode.is_readable() && !allowed.is_readable()
        || mode.is_writable() && !allowed.is_writable()
        || mode == Mode::Append && !appends
    {
        let wanted = match mode {
            Mode::Read => "reading",
            Mode::Write => "writing",
            Mode::Append => "appending",
            Mode::ReadWrite => "reading and writing",
        };
        return Err(err!(
            InvalidArgument,
            "{} is not open for {}",
            name.value(),
            wanted
        ));
    }
    let mut stream = open_file(name, descriptor, mode, appends)?;
    if !options.keep_descriptor {
        // Only now that nothing can fail any more does the stream own the descriptor.
        Stream::own_descriptor(&mut stream);
    }
    Ok(stream)
}
