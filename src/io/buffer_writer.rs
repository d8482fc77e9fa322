//! A stream that collects what is written in a buffer that grows.
#![forbid(unsafe_code)]

use super::backend::Backend;
use super::bounds::total;
use super::mode::Mode;
use super::stream::{Capabilities, Stream, StreamRef};
use crate::buffer::{BufferBuilder, BufferRef};
use crate::err;
use crate::error::{Result, Value};
use crate::pool::PoolRef;
use std::sync::{Mutex, MutexGuard, TryLockError};

/// What was collected: growing, then finished for good.
enum Collected {
    Open(BufferBuilder),
    Finished(BufferRef),
}

struct BufferWriter {
    /// Only `size` can run beside another call, and returns `Busy` then.
    collected: Mutex<Collected>,
}

/// A stream that collects what is written; `finish_buffer` returns it. `capacity` bytes are allocated at once.
pub fn new_buffer_writer(pool: &PoolRef, capacity: usize) -> Result<StreamRef> {
    let mut builder = BufferBuilder::new(pool);
    if capacity > 0 {
        builder.reserve(capacity)?;
    }
    let capabilities = Capabilities {
        mode: Mode::Write,
        seekable: false,
        zero_copy: false,
    };
    let writer = BufferWriter {
        collected: Mutex::new(Collected::Open(builder)),
    };
    Stream::new(writer, capabilities, 0)
}

impl BufferWriter {
    fn collected(&self) -> Result<MutexGuard<'_, Collected>> {
        match self.collected.try_lock() {
            Ok(collected) => Ok(collected),
            Err(TryLockError::WouldBlock) => Err(err!(Busy, "another call is using the stream")),
            Err(TryLockError::Poisoned(_)) => Err(err!(
                Internal,
                "a bug in the library made an earlier call on the stream fail"
            )),
        }
    }

    fn grow<T>(&self, change: impl FnOnce(&mut BufferBuilder) -> Result<T>) -> Result<T> {
        match &mut *self.collected()? {
            Collected::Open(builder) => change(builder),
            Collected::Finished(_) => Err(err!(Closed, "{} was closed", self.name())),
        }
    }
}

impl Backend for BufferWriter {
    fn name(&self) -> Value {
        Value::Static("a buffer writer")
    }

    fn write(&self, position: &mut u64, bufs: &[&[u8]]) -> Result<()> {
        let total = total(bufs)?;
        self.grow(|builder| {
            builder.reserve(usize::try_from(total).unwrap_or(usize::MAX))?;
            bufs.iter().try_for_each(|buf| builder.append(buf))
        })?;
        *position += total;
        Ok(())
    }

    fn reserve(&self, additional: u64) -> Result<()> {
        let additional = usize::try_from(additional).unwrap_or(usize::MAX);
        self.grow(|builder| builder.reserve(additional).map(|_| ()))
    }

    fn size(&self) -> Result<u64> {
        let size = match &*self.collected()? {
            Collected::Open(builder) => builder.len(),
            Collected::Finished(buffer) => buffer.len(),
        };
        Ok(size as u64)
    }

    fn finish(&self) -> Result<BufferRef> {
        let mut collected = self.collected()?;
        let buffer = match &mut *collected {
            Collected::Open(builder) => builder.finish(true)?,
            Collected::Finished(buffer) => return Ok(buffer.clone()),
        };
        *collected = Collected::Finished(buffer.clone());
        Ok(buffer)
    }
}
