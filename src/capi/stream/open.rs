//! Opening files.

use super::nock_stream_t;
use crate::capi::error::nock_error_t;
use crate::capi::options::{self, Options};
use crate::capi::status::nock_status_t;
use crate::err;
use crate::error::Result;
use crate::io::{self, Mode, OpenOptions};
use std::ffi::c_char;

/// What a stream is opened for: one of the NOCK_OPEN_ values.
pub type nock_open_mode_t = i32;

/// The modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_open_mode_values {
    /// Reading for a path; for a descriptor, what it allows.
    NOCK_OPEN_DEFAULT = 0,
    /// Reading.
    NOCK_OPEN_READ = 1,
    /// Writing from the start. A file is created or truncated; a memory map keeps its contents.
    NOCK_OPEN_WRITE = 2,
    /// Writing at the end. A file is created if there is none.
    NOCK_OPEN_APPEND = 3,
    /// Reading and writing. The file must exist and keeps its contents, unless flags say otherwise.
    NOCK_OPEN_READ_WRITE = 4,
}

/// The flags of nock_stream_open_options_t.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_open_flag_values {
    /// Create the file if there is none, in mode NOCK_OPEN_READ_WRITE too.
    NOCK_OPEN_FLAG_CREATE = 1,
    /// Create the file; fail if it exists.
    NOCK_OPEN_FLAG_EXCLUSIVE = 2,
    /// Truncate the file, in mode NOCK_OPEN_READ_WRITE too.
    NOCK_OPEN_FLAG_TRUNCATE = 4,
    /// Refuse a path that ends in a symbolic link.
    NOCK_OPEN_FLAG_NO_FOLLOW = 8,
    /// Leave the caller's descriptor open when the stream is closed; for nock_stream_open_fd.
    NOCK_OPEN_FLAG_KEEP_DESCRIPTOR = 16,
}

/// How files are opened. Start from NOCK_STREAM_OPEN_OPTIONS_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_stream_open_options_t {
    /// sizeof the struct in the caller's header.
    pub struct_size: u32,
    /// NOCK_OPEN_FLAG_ bits.
    pub flags: u32,
    /// Permissions of a new file, before the umask; 0: 0666.
    pub permissions: u32,
    /// 0.
    pub reserved: u32,
}

const _: () = {
    assert!(size_of::<nock_stream_open_options_t>() == 16);
    assert!(std::mem::offset_of!(nock_stream_open_options_t, permissions) == 8);
    assert!(std::mem::offset_of!(nock_stream_open_options_t, reserved) == 12);
};

// SAFETY: integers only, no padding, size and flags first.
unsafe impl Options for nock_stream_open_options_t {
    const MINIMUM: usize = 16;
    const FLAGS: u32 = 31;
}

pub(super) const DEFAULT: nock_open_mode_t =
    nock_open_mode_values::NOCK_OPEN_DEFAULT as nock_open_mode_t;

/// The mode behind a number; the default is `None`.
pub(super) fn mode_of(number: nock_open_mode_t) -> Result<Option<Mode>> {
    match number {
        0 => Ok(None),
        1 => Ok(Some(Mode::Read)),
        2 => Ok(Some(Mode::Write)),
        3 => Ok(Some(Mode::Append)),
        4 => Ok(Some(Mode::ReadWrite)),
        _ => Err(err!(InvalidArgument, "mode {} is not known", number)),
    }
}

pub(super) fn number_of(mode: Mode) -> nock_open_mode_t {
    use nock_open_mode_values::*;
    let number = match mode {
        Mode::Read => NOCK_OPEN_READ,
        Mode::Write => NOCK_OPEN_WRITE,
        Mode::Append => NOCK_OPEN_APPEND,
        Mode::ReadWrite => NOCK_OPEN_READ_WRITE,
    };
    number as nock_open_mode_t
}

pub(super) fn open_options(options: nock_stream_open_options_t) -> Result<OpenOptions> {
    use nock_open_flag_values::*;
    options::check_reserved(options.reserved)?;
    let has = |flag| options.flags & flag as u32 != 0;
    Ok(OpenOptions {
        create: has(NOCK_OPEN_FLAG_CREATE),
        exclusive: has(NOCK_OPEN_FLAG_EXCLUSIVE),
        truncate: has(NOCK_OPEN_FLAG_TRUNCATE),
        no_follow: has(NOCK_OPEN_FLAG_NO_FOLLOW),
        keep_descriptor: has(NOCK_OPEN_FLAG_KEEP_DESCRIPTOR),
        permissions: options.permissions,
    })
}

/// Open a file.
///
/// Children of the process do not inherit the descriptor. Streams that are only written or appended to cannot seek;
/// NOCK_OPEN_READ_WRITE can. Opening a named pipe waits for its other end.
///
/// Cost: opens the file; three allocations.
///
/// @param path     borrowed; NUL-terminated; passed to the operating system as it is
/// @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is NOCK_OPEN_READ
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the stream, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when there is no such file or folder
///         NOCK_ERR_IO when the operating system refuses, for example for a directory or for lack of permission
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
///         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, mode or the size of options is not valid, or the flags are
///         not allowed with the mode
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_open_path(
    path: *const c_char,
    mode: nock_open_mode_t,
    options: *const nock_stream_open_options_t,
    out: *mut *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let path = arg!(c_text(path))?;
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { options::read(options) }?;
        let mode = mode_of(mode)?.unwrap_or(Mode::Read);
        out.put_shared(io::open_path(path, mode, open_options(options)?)?);
        Ok(())
    })
}

/// Open what a descriptor refers to.
///
/// On success the descriptor belongs to the stream, which closes it; with NOCK_OPEN_FLAG_KEEP_DESCRIPTOR, and on failure, it
/// stays the caller's. Reading and writing start at the descriptor's position and move it. The file is never truncated. A
/// read or write on a non-blocking descriptor waits.
///
/// Cost: three allocations.
///
/// @param fd       a descriptor of the process: a file, a pipe, a socket, a terminal
/// @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is what the descriptor allows
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the stream, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system refuses, for example because nothing is open under fd
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_UNSUPPORTED when options has bits or fields that this library does not know
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, fd is negative or not open for mode, mode or the size of options is
///         not valid, or options has another flag than NOCK_OPEN_FLAG_KEEP_DESCRIPTOR
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_open_fd(
    fd: i32,
    mode: nock_open_mode_t,
    options: *const nock_stream_open_options_t,
    out: *mut *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { options::read(options) }?;
        let mode = mode_of(mode)?;
        out.put_shared(io::open_fd(fd, mode, open_options(options)?)?);
        Ok(())
    })
}
