//! Files of the operating system, by path or by descriptor.
//!
//! The position is the system's own, so that a descriptor can be shared with other programs; positional calls do not touch
//! it. Nothing is buffered here: what was written is with the system when the call returns.
#![forbid(unsafe_code)]

use super::backend::Backend;
use super::mode::Mode;
use super::read_buffer::read_to_buffer;
use super::stream::{Capabilities, Stream, StreamRef};
use super::stream_name::StreamName;
use super::sys::{self, Descriptor, FileType, Whence};
use crate::buffer::BufferRef;
use crate::err;
use crate::error::{Error, Result, Value};
use crate::pool::PoolRef;

/// Up to this size a read allocates its buffer without a look at the file's size.
const SMALL: usize = 64 << 10;

/// An open file.
#[derive(Debug)]
struct File {
    name: StreamName,
    /// `None` once closed.
    descriptor: Option<Descriptor>,
    kind: FileType,
    /// Whether it was opened with O_APPEND: every write goes to the end, whatever its offset.
    appends: bool,
    /// Whether it has a position, as files have and pipes have not.
    positioned: bool,
}

/// A stream over an open descriptor; a folder is an error.
pub(super) fn open_file(
    name: StreamName,
    descriptor: Descriptor,
    mode: Mode,
    appends: bool,
) -> Result<StreamRef> {
    let (kind, _) =
        sys::status(&descriptor).map_err(|code| Error::os("open", name.value(), code))?;
    if kind == FileType::Directory {
        return Err(Error::os("open", name.value(), libc::EISDIR));
    }
    let start = if mode == Mode::Append {
        Whence::End
    } else {
        Whence::Current(0)
    };
    let positioned = match sys::seek(&descriptor, start) {
        Ok(_) => true,
        Err(code) if kind == FileType::Regular => {
            return Err(Error::os("open", name.value(), code));
        }
        Err(_) => false,
    };
    let capabilities = Capabilities {
        mode,
        seekable: positioned && mode.is_readable(),
        zero_copy: false,
    };
    let file = File {
        name,
        descriptor: Some(descriptor),
        kind,
        appends,
        positioned,
    };
    Stream::new(file, capabilities, 0)
}

impl File {
    fn descriptor(&self) -> Result<&Descriptor> {
        self.descriptor
            .as_ref()
            .ok_or_else(|| err!(Closed, "{} was closed", self.name.value()))
    }

    fn failure(&self, operation: &'static str, code: i32) -> Error {
        Error::os(operation, self.name.value(), code)
    }

    /// An error with the offset, if that is known.
    fn failure_at(&self, operation: &'static str, code: i32, offset: Option<u64>) -> Error {
        let error = self.failure(operation, code);
        match offset {
            Some(offset) => error.context("offset {}", [offset.into()]),
            None => error,
        }
    }

    /// Reads that move the system's position; if one fails, the position is set back.
    fn all_or_nothing<T>(
        &self,
        position: &mut u64,
        read: impl FnOnce(&Descriptor, &mut u64) -> Result<T>,
    ) -> Result<T> {
        let descriptor = self.descriptor()?;
        let mut moved = 0;
        let result = read(descriptor, &mut moved);
        if result.is_ok() || !self.positioned {
            *position += moved;
        } else if let Ok(back) = i64::try_from(moved) {
            let _ = sys::seek(descriptor, Whence::Current(-back));
        }
        result
    }

    /// One read at the system's position.
    fn read_once(&self, descriptor: &Descriptor, moved: &mut u64, dst: &mut [u8]) -> Result<usize> {
        let got = sys::read(descriptor, dst).map_err(|code| {
            let at = sys::seek(descriptor, Whence::Current(0)).ok();
            self.failure_at("read", code, at)
        })?;
        *moved += got as u64;
        Ok(got)
    }

    /// The bytes of a regular file from an offset on.
    fn rest(&self, descriptor: &Descriptor, offset: u64) -> Option<u64> {
        match sys::status(descriptor) {
            Ok((FileType::Regular, size)) => Some(size.saturating_sub(offset)),
            _ => None,
        }
    }

    fn check_positional(&self) -> Result<&Descriptor> {
        if !self.positioned {
            return Err(err!(
                Unsupported,
                "{} has no offsets to read or write at",
                self.name.value()
            ));
        }
        self.descriptor()
    }
}

impl Backend for File {
    fn name(&self) -> Value {
        self.name.value()
    }

    fn read_at(&self, offset: u64, dst: &mut [u8]) -> Result<usize> {
        let descriptor = self.check_positional()?;
        let mut done = 0;
        while let Some(rest) = dst.get_mut(done..)
            && !rest.is_empty()
        {
            let at = offset.saturating_add(done as u64);
            let got = sys::read_at(descriptor, at, rest)
                .map_err(|code| self.failure_at("read", code, Some(at)))?;
            if got == 0 {
                break;
            }
            done += got;
        }
        Ok(done)
    }

    fn read_buffer_at(&self, offset: u64, len: usize, pool: &PoolRef) -> Result<BufferRef> {
        let descriptor = self.check_positional()?;
        let expected = match len {
            0..=SMALL => Some(SMALL as u64),
            _ => self.rest(descriptor, offset),
        };
        let mut at = offset;
        read_to_buffer(len, expected, pool, |dst| {
            let got = sys::read_at(descriptor, at, dst)
                .map_err(|code| self.failure_at("read", code, Some(at)))?;
            at = at.saturating_add(got as u64);
            Ok(got)
        })
    }

    fn read(&self, position: &mut u64, dst: &mut [u8]) -> Result<usize> {
        self.all_or_nothing(position, |descriptor, moved| {
            let mut done = 0;
            while let Some(rest) = dst.get_mut(done..)
                && !rest.is_empty()
            {
                let got = self.read_once(descriptor, moved, rest)?;
                done += got;
                if got == 0 || self.kind != FileType::Regular {
                    break;
                }
            }
            Ok(done)
        })
    }

    fn read_buffer(&self, position: &mut u64, len: usize, pool: &PoolRef) -> Result<BufferRef> {
        self.all_or_nothing(position, |descriptor, moved| {
            let expected = match len {
                0..=SMALL => Some(SMALL as u64),
                _ => sys::seek(descriptor, Whence::Current(0))
                    .ok()
                    .and_then(|at| self.rest(descriptor, at)),
            };
            read_to_buffer(len, expected, pool, |dst| {
                self.read_once(descriptor, moved, dst)
            })
        })
    }

    fn skip(&self, position: &mut u64, len: u64) -> Result<u64> {
        let descriptor = self.descriptor()?;
        if self.positioned
            && let Ok(at) = sys::seek(descriptor, Whence::Current(0))
            && let Some(rest) = self.rest(descriptor, at)
            && rest > 0
        {
            let to = at.saturating_add(len.min(rest));
            return match sys::seek(descriptor, Whence::Start(to)) {
                Ok(now) => Ok(now - at),
                Err(code) => Err(self.failure("seek in", code)),
            };
        }
        self.all_or_nothing(position, |descriptor, moved| {
            let mut scratch = [0; 4096];
            while *moved < len {
                let room = usize::try_from(len - *moved).unwrap_or(usize::MAX);
                let dst = match scratch.get_mut(..room) {
                    Some(dst) => dst,
                    None => &mut scratch,
                };
                if self.read_once(descriptor, moved, dst)? == 0 {
                    break;
                }
            }
            Ok(*moved)
        })
    }

    fn write(&self, position: &mut u64, bufs: &[&[u8]]) -> Result<()> {
        let descriptor = self.descriptor()?;
        match sys::write_all(descriptor, self.kind, None, bufs) {
            Ok(written) => {
                *position += written;
                Ok(())
            }
            Err(failure) => {
                *position += failure.written;
                let wanted: u64 = bufs.iter().map(|buf| buf.len() as u64).sum();
                Err(self.failure("write to", failure.code).context(
                    "after {} of {} bytes",
                    [failure.written.into(), wanted.into()],
                ))
            }
        }
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<()> {
        let descriptor = self.check_positional()?;
        if self.appends {
            return Err(self.unsupported("write at an offset to"));
        }
        match sys::write_all(descriptor, self.kind, Some(offset), &[bytes]) {
            Ok(_) => Ok(()),
            Err(failure) => Err(self.failure("write to", failure.code).context(
                "offset {}, after {} of {} bytes",
                [offset.into(), failure.written.into(), bytes.len().into()],
            )),
        }
    }

    fn seek(&self, _position: &mut u64, to: u64) -> Result<()> {
        if i64::try_from(to).is_err() {
            return Err(err!(
                OutOfRange,
                "position {} is beyond what any file can have",
                to
            ));
        }
        match sys::seek(self.descriptor()?, Whence::Start(to)) {
            Ok(_) => Ok(()),
            Err(code) => Err(self
                .failure("seek in", code)
                .context("position {}", [to.into()])),
        }
    }

    fn tell(&self, position: &mut u64) -> Result<u64> {
        if !self.positioned {
            return Ok(*position);
        }
        sys::seek(self.descriptor()?, Whence::Current(0))
            .map_err(|code| self.failure("tell the position of", code))
    }

    fn size(&self) -> Result<u64> {
        match sys::status(self.descriptor()?) {
            Ok((FileType::Regular, size)) => Ok(size),
            Ok(_) => Err(self.unsupported("tell the size of")),
            Err(code) => Err(self.failure("tell the size of", code)),
        }
    }

    fn sync(&self) -> Result<()> {
        match sys::sync(self.descriptor()?) {
            Ok(()) => Ok(()),
            Err(libc::EINVAL | libc::ENOTSUP | libc::EROFS) => {
                Err(self.unsupported("put on a storage device"))
            }
            Err(code) => Err(self.failure("sync", code)),
        }
    }

    fn truncate(&self, size: u64) -> Result<()> {
        let descriptor = self.check_regular("truncate")?;
        sys::truncate(descriptor, size).map_err(|code| {
            self.failure("truncate", code)
                .context("to {} bytes", [size.into()])
        })
    }

    fn resize(&mut self, position: &mut u64, size: u64) -> Result<()> {
        let descriptor = self.check_regular("resize")?;
        let failure = |code| {
            self.failure("resize", code)
                .context("to {} bytes", [size.into()])
        };
        let (_, old) = sys::status(descriptor).map_err(failure)?;
        if size > old
            && let Err(code) = sys::allocate(descriptor, old, size)
        {
            // Give the space back; if that fails too, the file stays longer, with zeros.
            let _ = sys::truncate(descriptor, old);
            return Err(failure(code));
        }
        if size < old {
            sys::truncate(descriptor, size).map_err(failure)?;
            if self.tell(position)? > size {
                sys::seek(descriptor, Whence::Start(size)).map_err(failure)?;
            }
        }
        Ok(())
    }

    fn descriptor(&self) -> Option<i32> {
        self.descriptor.as_ref().map(Descriptor::raw)
    }

    fn own_descriptor(&mut self) {
        if let Some(descriptor) = &mut self.descriptor {
            descriptor.set_owned(true);
        }
    }

    fn close(&mut self) -> Result<()> {
        match self.descriptor.take().map_or(Ok(()), Descriptor::close) {
            Ok(()) => Ok(()),
            Err(code) => Err(self.failure("close", code)),
        }
    }
}

impl File {
    fn check_regular(&self, what: &'static str) -> Result<&Descriptor> {
        if self.kind != FileType::Regular {
            return Err(self.unsupported(what));
        }
        self.descriptor()
    }
}
