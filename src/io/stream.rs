//! The stream object: position, locks and checks over a backend.
//!
//! Both locks are taken with `try_lock` only, so no call ever waits. `position` is held by the one call that reads or writes
//! at the position. `backend` is locked for reading by all calls, and for writing by those that replace what others use
//! (close, resize), so that a descriptor or a map never disappears under a call on another thread.
#![forbid(unsafe_code)]

use super::backend::Backend;
use super::mode::Mode;
use crate::alloc::{Counted, TryArc, try_box};
use crate::buffer::BufferRef;
use crate::err;
use crate::error::{Error, Result};
use crate::pool::PoolRef;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, RwLock, RwLockReadGuard, TryLockError};

/// Shared ownership of a stream.
pub type StreamRef = TryArc<Stream>;

/// What a stream can do, decided when it is opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Capabilities {
    pub(super) mode: Mode,
    pub(super) seekable: bool,
    pub(super) zero_copy: bool,
}

/// A source or sink of bytes.
pub struct Stream {
    capabilities: Capabilities,
    closed: AtomicBool,
    position: Mutex<u64>,
    backend: RwLock<Box<dyn Backend>>,
}

impl Counted for Stream {}

/// Held by the one call that moves the position.
struct PositionGuard<'a> {
    position: MutexGuard<'a, u64>,
    backend: RwLockReadGuard<'a, Box<dyn Backend>>,
}

fn busy() -> Error {
    err!(Busy, "another call is using the stream")
}

fn lock_failure<T>(failure: TryLockError<T>) -> Error {
    match failure {
        TryLockError::WouldBlock => busy(),
        TryLockError::Poisoned(_) => {
            err!(
                Internal,
                "a bug in the library made an earlier call on the stream fail"
            )
        }
    }
}

impl Stream {
    pub(super) fn new(
        backend: impl Backend + 'static,
        capabilities: Capabilities,
        position: u64,
    ) -> Result<StreamRef> {
        let backend: Box<dyn Backend> = try_box(backend)?;
        Ok(TryArc::try_new(Stream {
            capabilities,
            closed: AtomicBool::new(false),
            position: Mutex::new(position),
            backend: RwLock::new(backend),
        })?)
    }

    /// Make a new stream the owner of its descriptor.
    pub(super) fn own_descriptor(this: &mut StreamRef) {
        if let Some(stream) = TryArc::get_mut(this)
            && let Ok(backend) = stream.backend.get_mut()
        {
            backend.own_descriptor();
        }
    }

    fn check_open(&self, backend: &dyn Backend) -> Result<()> {
        if self.is_closed() {
            return Err(err!(Closed, "{} was closed", backend.name()));
        }
        Ok(())
    }

    /// The backend, for a call that others may run beside.
    fn lock_backend(&self) -> Result<RwLockReadGuard<'_, Box<dyn Backend>>> {
        let backend = self.backend.try_read().map_err(lock_failure)?;
        self.check_open(&**backend)?;
        Ok(backend)
    }

    fn lock_position(&self) -> Result<PositionGuard<'_>> {
        let backend = self.lock_backend()?;
        let position = self.position.try_lock().map_err(lock_failure)?;
        Ok(PositionGuard { position, backend })
    }

    fn check_readable(&self, backend: &dyn Backend) -> Result<()> {
        if self.capabilities.mode.is_readable() {
            return Ok(());
        }
        Err(err!(
            Unsupported,
            "{} is not open for reading",
            backend.name()
        ))
    }

    fn check_writable(&self, backend: &dyn Backend) -> Result<()> {
        if self.capabilities.mode.is_writable() {
            return Ok(());
        }
        Err(err!(
            Unsupported,
            "{} is not open for writing",
            backend.name()
        ))
    }

    fn reading(&self) -> Result<PositionGuard<'_>> {
        let guard = self.lock_position()?;
        self.check_readable(&**guard.backend)?;
        Ok(guard)
    }

    fn writing(&self) -> Result<PositionGuard<'_>> {
        let guard = self.lock_position()?;
        self.check_writable(&**guard.backend)?;
        Ok(guard)
    }

    fn reading_at(&self) -> Result<RwLockReadGuard<'_, Box<dyn Backend>>> {
        let backend = self.lock_backend()?;
        self.check_readable(&**backend)?;
        Ok(backend)
    }

    // ---- reading -------------------------------------------------------------------------------------------------------

    /// Read into `dst` and return how many bytes: 0 only at the end, or when `dst` is empty.
    ///
    /// Files, maps and buffers fill `dst` up to their end; pipes, sockets and terminals return what is there.
    pub fn read(&self, dst: &mut [u8]) -> Result<usize> {
        let mut guard = self.reading()?;
        guard.backend.read(&mut guard.position, dst)
    }

    /// Fill `dst`; `Io` when the stream ends before. What came before the end is then lost.
    pub fn read_exact(&self, dst: &mut [u8]) -> Result<()> {
        let mut guard = self.reading()?;
        let mut done = 0;
        while let Some(rest) = dst.get_mut(done..)
            && !rest.is_empty()
        {
            let got = guard.backend.read(&mut guard.position, rest)?;
            if got == 0 {
                return Err(err!(
                    Io,
                    "{} ends after {} of {} bytes",
                    guard.backend.name(),
                    done,
                    dst.len()
                ));
            }
            done += got;
        }
        Ok(())
    }

    /// `len` bytes from the position on, fewer only at the end. Zero-copy streams return slices of their own memory; others
    /// copy into a buffer from the pool, no larger than the bytes they have.
    pub fn read_buffer(&self, len: usize, pool: &PoolRef) -> Result<BufferRef> {
        let mut guard = self.reading()?;
        guard.backend.read_buffer(&mut guard.position, len, pool)
    }

    /// Everything from the position to the end.
    pub fn read_all(&self, pool: &PoolRef) -> Result<BufferRef> {
        self.read_buffer(usize::MAX, pool)
    }

    /// Fill `dst` from an offset on, up to the end, and return how many bytes. The position stays.
    pub fn read_at(&self, offset: u64, dst: &mut [u8]) -> Result<usize> {
        self.reading_at()?.read_at(offset, dst)
    }

    /// `len` bytes from an offset on, fewer only at the end. The position stays.
    pub fn read_at_buffer(&self, offset: u64, len: usize, pool: &PoolRef) -> Result<BufferRef> {
        self.reading_at()?.read_buffer_at(offset, len, pool)
    }

    /// Move the position forward by `len` bytes, or to the end if that comes first, and return by how much.
    pub fn skip(&self, len: u64) -> Result<u64> {
        let mut guard = self.reading()?;
        guard.backend.skip(&mut guard.position, len)
    }

    // ---- writing -------------------------------------------------------------------------------------------------------

    /// Write all bytes at the position. After a failure a part may have been written; `tell` says how far.
    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        self.write_vectored(&[bytes])
    }

    /// Write all slices, one behind the other, at the position; otherwise like `write`.
    pub fn write_vectored(&self, bufs: &[&[u8]]) -> Result<()> {
        let mut guard = self.writing()?;
        guard.backend.write(&mut guard.position, bufs)
    }

    /// Write all bytes at an offset. The position stays.
    pub fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<()> {
        let backend = self.lock_backend()?;
        self.check_writable(&**backend)?;
        backend.write_at(offset, bytes)
    }

    /// Announce how many bytes will be written soon: backends that collect them in memory allocate now, others do nothing.
    pub fn reserve(&self, additional: u64) -> Result<()> {
        let guard = self.writing()?;
        guard.backend.reserve(additional)
    }

    /// Hand everything that was written to the operating system. Other programs see it then.
    pub fn flush(&self) -> Result<()> {
        let guard = self.lock_position()?;
        guard.backend.flush()
    }

    /// Put everything that was written on the storage device, so that it survives a loss of power.
    pub fn sync(&self) -> Result<()> {
        self.lock_backend()?.sync()
    }

    /// Cut a file to `size` bytes, or extend it with zeros that take no disk space. The position stays.
    pub fn truncate(&self, size: u64) -> Result<()> {
        let guard = self.writing()?;
        guard.backend.truncate(size)
    }

    /// Change the size of a file or a map; growing takes the disk space. A position beyond the new size moves to it.
    /// `Busy` while buffers over a map are alive.
    pub fn resize(&self, size: u64) -> Result<()> {
        let mut position = self.position.try_lock().map_err(lock_failure)?;
        let mut backend = self.backend.try_write().map_err(lock_failure)?;
        self.check_open(&**backend)?;
        self.check_writable(&**backend)?;
        backend.resize(&mut position, size)
    }

    /// Close, and return what a buffer writer collected. Later calls return the same buffer.
    pub fn finish_buffer(&self) -> Result<BufferRef> {
        let _position = self.position.try_lock().map_err(lock_failure)?;
        let backend = self.backend.try_read().map_err(lock_failure)?;
        let buffer = backend.finish()?;
        self.closed.store(true, Ordering::Release);
        Ok(buffer)
    }

    // ---- position and state --------------------------------------------------------------------------------------------

    /// Move the position.
    pub fn seek(&self, to: u64) -> Result<()> {
        let mut guard = self.lock_position()?;
        if !self.capabilities.seekable {
            return Err(guard.backend.unsupported("seek in"));
        }
        guard.backend.seek(&mut guard.position, to)
    }

    /// The position; for streams that cannot seek, the bytes read or written so far.
    pub fn tell(&self) -> Result<u64> {
        let mut guard = self.lock_position()?;
        guard.backend.tell(&mut guard.position)
    }

    /// Bytes in all.
    pub fn size(&self) -> Result<u64> {
        self.lock_backend()?.size()
    }

    /// Close, and report what went wrong with it; the stream is closed in either case. Closing again does nothing.
    /// `Busy`, and not closed, while another call is under way.
    pub fn close(&self) -> Result<()> {
        let _position = self.position.try_lock().map_err(lock_failure)?;
        let mut backend = self.backend.try_write().map_err(lock_failure)?;
        if self.closed.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        backend.close()
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Whether it can be read from now.
    pub fn is_readable(&self) -> bool {
        self.capabilities.mode.is_readable() && !self.is_closed()
    }

    /// Whether it can be written to now.
    pub fn is_writable(&self) -> bool {
        self.capabilities.mode.is_writable() && !self.is_closed()
    }

    /// Whether the position can be moved now.
    pub fn is_seekable(&self) -> bool {
        self.capabilities.seekable && !self.is_closed()
    }

    /// Whether `read_buffer` and `read_at_buffer` return slices of the stream's memory, without a copy.
    pub fn supports_zero_copy(&self) -> bool {
        self.capabilities.zero_copy && !self.is_closed()
    }

    /// What it was opened for.
    pub fn mode(&self) -> Mode {
        self.capabilities.mode
    }

    /// The descriptor behind it, while it is open and has one.
    pub fn descriptor(&self) -> Option<i32> {
        let backend = self.backend.try_read().ok()?;
        if self.is_closed() {
            return None;
        }
        backend.descriptor()
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Stream({:?}, closed: {})",
            self.capabilities,
            self.is_closed()
        )
    }
}
