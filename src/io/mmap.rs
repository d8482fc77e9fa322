//! Memory maps of files.
//!
//! Only `read_buffer` uses the map. Reads into the caller's memory and all writes go through the descriptor: the system keeps
//! both views the same, and a truncated file or a full disk is then an error instead of a signal that kills the host. Mapped
//! buffers cannot be guarded like that. The file's size is checked before one is returned, but whoever truncates a file while
//! a program reads mapped buffers of it still kills that program.
#![forbid(unsafe_code)]

use super::backend::Backend;
use super::bounds::{part_of, total};
use super::mode::Mode;
use super::open::{OpenOptions, check_for_path, open_descriptor};
use super::stream::{Capabilities, Stream, StreamRef};
use super::stream_name::StreamName;
use super::sys::{self, Descriptor, FileType};
use crate::alloc::TryArc;
use crate::buffer::{self, BufferRef};
use crate::err;
use crate::error::{Error, Result, Value};
use crate::pool::PoolRef;
use std::ffi::CStr;

/// Which part of a file is mapped.
#[derive(Clone, Copy, Debug, Default)]
pub struct MapOptions {
    /// Where the part starts; a multiple of the page size.
    pub offset: u64,
    /// Its bytes; 0 means up to the end of the file.
    pub length: u64,
    /// Refuse a path that ends in a symbolic link.
    pub no_follow: bool,
}

#[derive(Debug)]
struct Map {
    name: StreamName,
    /// `None` once closed.
    descriptor: Option<Descriptor>,
    /// Where the map starts in the file.
    offset: u64,
    /// Bytes that the map has.
    size: usize,
    /// Whether it was opened as a part of the file.
    partial: bool,
    /// The whole map as a buffer, of which `read_buffer` returns slices; `None` when not open for reading, or closed.
    mapping: Option<BufferRef>,
}

/// Map a file. `Write` and `ReadWrite` need a file that exists and keep what is in it; `Append` is not for maps.
pub fn open_mmap(path: &CStr, mode: Mode, options: MapOptions) -> Result<StreamRef> {
    let flags = match mode {
        Mode::Read => libc::O_RDONLY,
        Mode::Write | Mode::ReadWrite => libc::O_RDWR,
        Mode::Append => {
            return Err(err!(
                InvalidArgument,
                "a memory map cannot be open for appending"
            ));
        }
    };
    let name = StreamName::of_path(path)?;
    let open_options = OpenOptions {
        no_follow: options.no_follow,
        ..OpenOptions::default()
    };
    // Without O_NONBLOCK, opening a pipe waits for its other end.
    let descriptor = open_descriptor(path, &name, flags | libc::O_NONBLOCK, open_options)?;
    let file_size = mappable_size(&descriptor, &name)?;
    let size = check_part(&name, file_size, options)?;
    let partial = options.offset != 0 || options.length != 0;
    start(name, mode, descriptor, options.offset, size, partial)
}

/// Create a file of `size` zero bytes with its disk space allocated, or replace what the file had, and map it for reading
/// and writing.
pub fn create_mmap(path: &CStr, size: u64, options: OpenOptions) -> Result<StreamRef> {
    check_for_path(options)?;
    let name = StreamName::of_path(path)?;
    let bytes = in_memory(&name, size)?;
    let flags = libc::O_RDWR | libc::O_CREAT | libc::O_NONBLOCK;
    let descriptor = open_descriptor(path, &name, flags, options)?;
    mappable_size(&descriptor, &name)?;
    let result = sys::truncate(&descriptor, 0).and_then(|()| sys::allocate(&descriptor, 0, size));
    if let Err(code) = result {
        // Only the space is given back: the file may have existed before, so it is not removed.
        let _ = sys::truncate(&descriptor, 0);
        return Err(Error::os("create", name.value(), code).context("{} bytes", [size.into()]));
    }
    start(name, Mode::ReadWrite, descriptor, 0, bytes, false)
}

/// The size of a file that can be mapped.
fn mappable_size(descriptor: &Descriptor, name: &StreamName) -> Result<u64> {
    let (kind, size) =
        sys::status(descriptor).map_err(|code| Error::os("map", name.value(), code))?;
    match kind {
        FileType::Regular => {}
        FileType::Directory => return Err(Error::os("map", name.value(), libc::EISDIR)),
        _ => return Err(err!(Unsupported, "{} is no regular file", name.value())),
    }
    // Files such as those in /proc have contents but report size 0.
    let mut first = [0];
    if size == 0 && matches!(sys::read_at(descriptor, 0, &mut first), Ok(1)) {
        return Err(err!(
            Unsupported,
            "{} has bytes but no size, so it cannot be mapped",
            name.value()
        ));
    }
    Ok(size)
}

fn in_memory(name: &StreamName, size: u64) -> Result<usize> {
    match isize::try_from(size) {
        Ok(size) => Ok(size as usize),
        Err(_) => Err(err!(
            OutOfRange,
            "{} bytes of {} are more than memory can hold",
            size,
            name.value()
        )),
    }
}

fn check_part(name: &StreamName, file_size: u64, options: MapOptions) -> Result<usize> {
    let page = sys::page_size();
    if !options.offset.is_multiple_of(page) {
        return Err(err!(
            InvalidArgument,
            "offset {} is not a multiple of the page size {}",
            options.offset,
            page
        ));
    }
    let rest = file_size.checked_sub(options.offset);
    match rest {
        Some(rest) if options.length <= rest => {
            let length = if options.length == 0 {
                rest
            } else {
                options.length
            };
            in_memory(name, length)
        }
        _ => Err(err!(
            OutOfRange,
            "{} bytes at offset {} are beyond the {} bytes of {}",
            options.length,
            options.offset,
            file_size,
            name.value()
        )),
    }
}

fn start(
    name: StreamName,
    mode: Mode,
    descriptor: Descriptor,
    offset: u64,
    size: usize,
    partial: bool,
) -> Result<StreamRef> {
    let mapping = if mode.is_readable() {
        Some(map(&name, &descriptor, offset, size)?)
    } else {
        None
    };
    let capabilities = Capabilities {
        mode,
        seekable: true,
        zero_copy: mode.is_readable(),
    };
    let map = Map {
        name,
        descriptor: Some(descriptor),
        offset,
        size,
        partial,
        mapping,
    };
    Stream::new(map, capabilities, 0)
}

fn map(name: &StreamName, descriptor: &Descriptor, offset: u64, size: usize) -> Result<BufferRef> {
    match sys::map_file(descriptor, offset, size)? {
        Ok(mapping) => Ok(mapping),
        Err(code) => Err(Error::os("map", name.value(), code)
            .context("{} bytes at offset {}", [size.into(), offset.into()])),
    }
}

impl Map {
    fn descriptor(&self) -> Result<&Descriptor> {
        self.descriptor
            .as_ref()
            .ok_or_else(|| err!(Closed, "{} was closed", self.name.value()))
    }

    /// Check that the file still has `len` bytes from `start` of the map on.
    fn check_covered(&self, start: usize, len: usize) -> Result<&Descriptor> {
        let descriptor = self.descriptor()?;
        let (_, found) = sys::status(descriptor)
            .map_err(|code| Error::os("tell the size of", self.name.value(), code))?;
        // Both ends were inside the file when it was mapped.
        let needed = self.offset + start as u64 + len as u64;
        if len > 0 && found < needed {
            return Err(self.cut(needed, found));
        }
        Ok(descriptor)
    }

    fn cut(&self, needed: u64, found: u64) -> Error {
        err!(
            Io,
            "{} was cut while it was mapped: {} bytes expected, {} found",
            self.name.value(),
            needed,
            found
        )
    }

    /// Where to write, if all bytes fit.
    fn room(&self, position: u64, len: u64) -> Result<(usize, u64)> {
        let size = self.size as u64;
        if position > size || len > size - position {
            return Err(err!(
                OutOfRange,
                "{} bytes at offset {} are beyond the {} bytes of {}",
                len,
                position,
                size,
                self.name.value()
            ));
        }
        Ok((position as usize, self.offset + position))
    }

    fn write_bufs(&self, position: u64, bufs: &[&[u8]]) -> Result<u64> {
        let total = total(bufs)?;
        let (start, at) = self.room(position, total)?;
        let descriptor = self.check_covered(start, total as usize)?;
        sys::write_all(descriptor, FileType::Regular, Some(at), bufs).map_err(|failure| {
            Error::os("write to", self.name.value(), failure.code).context(
                "offset {}, after {} of {} bytes",
                [position.into(), failure.written.into(), total.into()],
            )
        })
    }
}

impl Backend for Map {
    fn name(&self) -> Value {
        self.name.value()
    }

    fn read_at(&self, offset: u64, dst: &mut [u8]) -> Result<usize> {
        let descriptor = self.descriptor()?;
        let (start, len) = part_of(self.size, offset, dst.len(), || self.name())?;
        let mut done = 0;
        while let Some(rest) = dst.get_mut(done..len)
            && !rest.is_empty()
        {
            let at = self.offset + start as u64 + done as u64;
            let got = sys::read_at(descriptor, at, rest).map_err(|code| {
                Error::os("read", self.name(), code).context("offset {}", [at.into()])
            })?;
            if got == 0 {
                return Err(self.cut(self.offset + start as u64 + len as u64, at));
            }
            done += got;
        }
        Ok(len)
    }

    fn read_buffer_at(&self, offset: u64, len: usize, _pool: &PoolRef) -> Result<BufferRef> {
        let (start, len) = part_of(self.size, offset, len, || self.name())?;
        self.check_covered(start, len)?;
        match &self.mapping {
            Some(mapping) => buffer::slice(mapping, start, len),
            None => Err(self.unsupported("read")),
        }
    }

    fn write(&self, position: &mut u64, bufs: &[&[u8]]) -> Result<()> {
        *position += self.write_bufs(*position, bufs)?;
        Ok(())
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<()> {
        self.write_bufs(offset, &[bytes])?;
        Ok(())
    }

    fn size(&self) -> Result<u64> {
        Ok(self.size as u64)
    }

    fn sync(&self) -> Result<()> {
        sys::sync(self.descriptor()?).map_err(|code| Error::os("sync", self.name(), code))
    }

    fn resize(&mut self, position: &mut u64, size: u64) -> Result<()> {
        if self.partial {
            return Err(self.unsupported("resize a map of a part of"));
        }
        let old = self.size as u64;
        let bytes = in_memory(&self.name, size)?;
        if self
            .mapping
            .as_ref()
            .is_some_and(|mapping| !TryArc::is_unique(mapping))
        {
            return Err(err!(
                Busy,
                "buffers from the map of {} are still in use",
                self.name.value()
            ));
        }
        let descriptor = self.descriptor()?;
        let failure = |code| {
            Error::os("resize", self.name(), code)
                .context("from {} to {} bytes", [old.into(), size.into()])
        };
        if size > old
            && let Err(code) = sys::allocate(descriptor, old, size)
        {
            let _ = sys::truncate(descriptor, old);
            return Err(failure(code));
        }
        let mapping = match &self.mapping {
            Some(_) => match map(&self.name, descriptor, self.offset, bytes) {
                Ok(mapping) => Some(mapping),
                Err(error) => {
                    if size > old {
                        let _ = sys::truncate(descriptor, old);
                    }
                    return Err(error);
                }
            },
            None => None,
        };
        if size < old {
            sys::truncate(descriptor, size).map_err(failure)?;
        }
        self.mapping = mapping;
        self.size = bytes;
        *position = (*position).min(size);
        Ok(())
    }

    fn descriptor(&self) -> Option<i32> {
        self.descriptor.as_ref().map(Descriptor::raw)
    }

    fn close(&mut self) -> Result<()> {
        self.mapping = None;
        match self.descriptor.take().map_or(Ok(()), Descriptor::close) {
            Ok(()) => Ok(()),
            Err(code) => Err(Error::os("close", self.name(), code)),
        }
    }
}
