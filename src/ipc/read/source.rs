//! Takes messages from a stream. Streams take memory for no more bytes than they have, so an announced length alone costs
//! nothing.

use crate::alloc::AllocError;
use crate::buffer::{BufferBuilder, BufferRef};
use crate::err;
use crate::error::{Error, ErrorKind, Result};
use crate::io::{Stream, StreamRef};
use crate::ipc::MAGIC;
use crate::ipc::message::{CONTINUATION, PREFIX};
use crate::pool::PoolRef;

/// A source of messages, read from its position on.
#[derive(Debug)]
pub(super) struct Source {
    stream: StreamRef,
    /// Bytes of the next message that came along with a prefix of four bytes.
    ahead: [u8; 4],
    ahead_len: usize,
    /// Whether prefixes of eight bytes were seen, so that eight can be asked for at once.
    modern: bool,
    /// The last prefix of four bytes.
    old_prefix: [u8; 4],
}

/// What begins at a message boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// A message with this many bytes of metadata.
    Metadata(usize),
    /// The mark for the end of the stream.
    EndMark,
    /// No more bytes.
    NoMore,
}

#[cold]
pub(super) fn cut(what: &'static str, have: usize, need: usize) -> Error {
    err!(
        Corrupt,
        "the input ends inside {}: {} of {} bytes",
        what,
        have,
        need
    )
}

/// Read until `target` is full or the stream ends.
fn fill(stream: &Stream, target: &mut [u8]) -> Result<usize> {
    let mut done = 0_usize;
    while let Some(rest) = target.get_mut(done..) {
        if rest.is_empty() {
            break;
        }
        let read = stream.read(rest)?;
        if read == 0 {
            break;
        }
        done = done.saturating_add(read);
    }
    Ok(done)
}

/// A length as it stands before metadata.
fn metadata_length(bytes: [u8; 4]) -> Result<Prefix> {
    let length = i32::from_le_bytes(bytes);
    match usize::try_from(length) {
        Ok(0) => Ok(Prefix::EndMark),
        Ok(length) => Ok(Prefix::Metadata(length)),
        Err(_) => Err(err!(
            Corrupt,
            "the length of a message's metadata is {}",
            length
        )),
    }
}

/// The prefix of the message at the start of `bytes`: what it announces, and where the metadata starts.
pub(super) fn prefix_of(bytes: &[u8]) -> Result<(Prefix, usize)> {
    let cut = || cut("the prefix of a message", bytes.len(), PREFIX);
    let first = *bytes.first_chunk::<4>().ok_or_else(cut)?;
    if first != CONTINUATION {
        return Ok((metadata_length(first)?, 4));
    }
    let [_, _, _, _, second @ ..] = *bytes.first_chunk::<PREFIX>().ok_or_else(cut)?;
    Ok((metadata_length(second)?, PREFIX))
}

impl Source {
    pub(super) fn new(stream: StreamRef) -> Source {
        Source {
            stream,
            ahead: [0; 4],
            ahead_len: 0,
            modern: false,
            old_prefix: [0; 4],
        }
    }

    /// Say more about a failure to read the first message.
    #[cold]
    pub(super) fn explain(&self, error: Error) -> Error {
        match &self.old_prefix {
            _ if error.kind() == ErrorKind::OutOfMemory || error.kind() == ErrorKind::Io => error,
            [0, 0, 0, 0] => error,
            prefix if MAGIC.starts_with(prefix) => {
                err!(Corrupt, "an Arrow file where an Arrow stream is expected")
            }
            _ => error.context("no Arrow stream, or a bad one from before Arrow 0.15", []),
        }
    }

    /// Read up to the metadata of the next message.
    pub(super) fn prefix(&mut self) -> Result<Prefix> {
        let mut bytes = [0; PREFIX];
        // Four bytes may be all that ever comes: an end mark of old.
        let ask = if self.modern { PREFIX } else { 4 };
        let mut have = 0_usize;
        while have < 4 {
            let read = self
                .stream
                .read(bytes.get_mut(have..ask).unwrap_or_default())?;
            if read == 0 {
                break;
            }
            have = have.saturating_add(read);
        }
        if have == 0 {
            return Ok(Prefix::NoMore);
        }
        if have < 4 {
            return Err(cut("the prefix of a message", have, PREFIX));
        }
        let [a, b, c, d, rest @ ..] = bytes;
        if [a, b, c, d] != CONTINUATION {
            self.ahead = rest;
            self.ahead_len = have.saturating_sub(4);
            self.modern = false;
            self.old_prefix = [a, b, c, d];
            let prefix = metadata_length([a, b, c, d])?;
            if prefix == Prefix::EndMark {
                self.give_back();
            }
            return Ok(prefix);
        }
        self.modern = true;
        let more = fill(&self.stream, bytes.get_mut(have..).unwrap_or_default())?;
        if have.saturating_add(more) < PREFIX {
            return Err(cut(
                "the prefix of a message",
                have.saturating_add(more),
                PREFIX,
            ));
        }
        let [_, _, _, _, length @ ..] = bytes;
        metadata_length(length)
    }

    /// What was read behind an old end mark belongs to whoever reads next.
    fn give_back(&mut self) {
        let extra = std::mem::take(&mut self.ahead_len);
        if extra > 0
            && let Ok(position) = self.stream.tell()
        {
            // A stream without seeking keeps the bytes: nothing can be done about it.
            drop(self.stream.seek(position.saturating_sub(extra as u64)));
        }
    }

    /// Read exactly `len` bytes of `what`.
    pub(super) fn run(
        &mut self,
        len: usize,
        what: &'static str,
        pool: &PoolRef,
    ) -> Result<BufferRef> {
        let ahead = std::mem::take(&mut self.ahead_len).min(len);
        let buffer = self.stream.read_buffer(len.saturating_sub(ahead), pool)?;
        let have = buffer.len().saturating_add(ahead);
        if have < len {
            return Err(cut(what, have, len));
        }
        if ahead == 0 {
            return Ok(buffer);
        }
        let mut whole = BufferBuilder::new(pool);
        whole.append(self.ahead.get(..ahead).unwrap_or_default())?;
        whole.append(buffer.as_slice())?;
        whole.finish(true)
    }
}

/// Read exactly `len` bytes at `offset`.
pub(super) fn run_at(
    stream: &Stream,
    offset: u64,
    len: usize,
    what: &'static str,
    pool: &PoolRef,
) -> Result<BufferRef> {
    let buffer = stream.read_at_buffer(offset, len, pool)?;
    if buffer.len() < len {
        return Err(cut(what, buffer.len(), len));
    }
    Ok(buffer)
}

/// A length from a message as a size in memory.
pub(super) fn in_memory(len: u64) -> Result<usize, AllocError> {
    usize::try_from(len).map_err(|_| AllocError { bytes: usize::MAX })
}
