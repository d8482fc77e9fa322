//! Mapping files into memory.

use super::nock_stream_t;
use super::open::{mode_of, nock_open_mode_t, nock_stream_open_options_t, open_options};
use crate::capi::error::nock_error_t;
use crate::capi::options::{self, Options};
use crate::capi::status::nock_status_t;
use crate::io::{self, MapOptions, Mode};
use std::ffi::c_char;

/// The flags of nock_stream_map_options_t.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_map_flag_values {
    /// Refuse a path that ends in a symbolic link.
    NOCK_MAP_FLAG_NO_FOLLOW = 1,
}

/// Which part of a file is mapped. Start from NOCK_STREAM_MAP_OPTIONS_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_stream_map_options_t {
    /// sizeof the struct in the caller's header.
    pub struct_size: u32,
    /// NOCK_MAP_FLAG_ bits.
    pub flags: u32,
    /// Where the part starts in the file; a multiple of the page size.
    pub offset: u64,
    /// Bytes of the part; 0: up to the end of the file.
    pub length: u64,
}

const _: () = {
    assert!(size_of::<nock_stream_map_options_t>() == 24);
    assert!(std::mem::offset_of!(nock_stream_map_options_t, offset) == 8);
    assert!(std::mem::offset_of!(nock_stream_map_options_t, length) == 16);
};

// SAFETY: integers only, no padding, size and flags first.
unsafe impl Options for nock_stream_map_options_t {
    const MINIMUM: usize = 24;
    const FLAGS: u32 = 1;
}

/// Map a file into memory.
///
/// Buffers read from the stream point into the map: nothing is copied, and they stay valid after the stream is closed. The
/// file must not be truncated while such a buffer is in use: touching bytes that were cut off kills the process (SIGBUS).
/// Reads into the caller's memory and all writes go through the descriptor; on a truncated file they give NOCK_ERR_IO.
/// Writes cannot go beyond the map, and are visible at once to everybody who maps or reads the file.
///
/// Cost: maps without reading; four allocations.
///
/// @param path     borrowed; NUL-terminated; passed to the operating system as it is
/// @param mode     one of the NOCK_OPEN_ values; NOCK_OPEN_DEFAULT is NOCK_OPEN_READ, NOCK_OPEN_APPEND is not allowed
/// @param options  borrowed; may be NULL, then the whole file
/// @param out      receives the stream, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when there is no such file
///         NOCK_ERR_IO when the operating system refuses
///         NOCK_ERR_OUT_OF_RANGE when the part is beyond the end of the file, or larger than the address space
///         NOCK_ERR_UNSUPPORTED when the path is no regular file, or options has bits or fields that this library does
///         not know
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, the offset is no multiple of the page size, or mode or
///         the size of options is not valid
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_open_mmap(
    path: *const c_char,
    mode: nock_open_mode_t,
    options: *const nock_stream_map_options_t,
    out: *mut *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let path = arg!(c_text(path))?;
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { options::read(options) }?;
        let mode = mode_of(mode)?.unwrap_or(Mode::Read);
        let part = MapOptions {
            offset: options.offset,
            length: options.length,
            no_follow: options.flags & nock_map_flag_values::NOCK_MAP_FLAG_NO_FOLLOW as u32 != 0,
        };
        out.put_shared(io::open_mmap(path, mode, part)?);
        Ok(())
    })
}

/// Create a file of a given size and map it.
///
/// The file is created or truncated. Its bytes are zero, and its disk space is allocated at once, so that this call fails if
/// the disk is full. The stream can read and write.
///
/// Cost: allocates the disk space; four allocations of memory.
///
/// @param path     borrowed; NUL-terminated; passed to the operating system as it is
/// @param size     bytes; 0 is allowed
/// @param options  borrowed; may be NULL, then the defaults
/// @param out      receives the stream, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_IO when the operating system refuses, for example for lack of disk space; the file is then empty
///         NOCK_ERR_NOT_FOUND when there is no such folder
///         NOCK_ERR_OUT_OF_RANGE when size is larger than the address space
///         NOCK_ERR_UNSUPPORTED when the path is no regular file, or options has bits or fields that this library does
///         not know
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory
///         NOCK_ERR_INVALID_ARGUMENT when path or out is NULL, the size of options is not valid, or they have
///         NOCK_OPEN_FLAG_KEEP_DESCRIPTOR
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_create_mmap(
    path: *const c_char,
    size: u64,
    options: *const nock_stream_open_options_t,
    out: *mut *mut nock_stream_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let path = arg!(c_text(path))?;
        // SAFETY: `options` is NULL or points to as many bytes as it says (C contract).
        let options = unsafe { options::read(options) }?;
        out.put_shared(io::create_mmap(path, size, open_options(options)?)?);
        Ok(())
    })
}
