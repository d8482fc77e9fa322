//! Where messages go: a stream, how far it was written, and whether that worked.

use crate::err;
use crate::error::{Error, ErrorKind, Result};
use crate::io::StreamRef;

/// The position in a stream that only one writer uses.
#[derive(Debug)]
pub(super) struct Sink {
    /// None only counts.
    stream: Option<StreamRef>,
    position: u64,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Open,
    Closed,
    /// A write failed, so that nobody knows where the stream stands.
    Broken(ErrorKind),
}

impl Sink {
    /// A sink that begins where the stream is now; a stream without a position counts from 0.
    pub(super) fn new(stream: StreamRef) -> Result<Sink> {
        let position = match stream.tell() {
            Ok(position) => position,
            Err(error) if error.kind() == ErrorKind::Unsupported => 0,
            Err(error) => return Err(error),
        };
        Ok(Sink {
            stream: Some(stream),
            position,
            state: State::Open,
        })
    }

    /// A sink that counts bytes and forgets them.
    pub(super) fn counting() -> Sink {
        Sink {
            stream: None,
            position: 0,
            state: State::Open,
        }
    }

    /// How many bytes of the stream lie before what is written next.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Refuse to go on after a failed write or after the end.
    pub(super) fn check(&self) -> Result<()> {
        match self.state {
            State::Open => Ok(()),
            State::Closed => Err(err!(Closed, "the writer is closed")),
            State::Broken(kind) => Err(Error::new(
                kind,
                "an earlier write failed, so the output is incomplete",
                [],
            )),
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed)
    }

    /// Write `total` bytes in several parts.
    pub(super) fn write(&mut self, parts: &[&[u8]], total: u64) -> Result<()> {
        if let Some(stream) = &self.stream {
            // A sink without room says so before anything is written.
            stream.reserve(total)?;
            let done = stream.write_vectored(parts);
            self.note(done)?;
        }
        self.position = self.position.saturating_add(total);
        Ok(())
    }

    /// Hand everything to whoever is behind the stream; nothing can be written afterwards.
    pub(super) fn end(&mut self) -> Result<()> {
        if let Some(stream) = &self.stream {
            let done = stream.flush();
            self.note(done)?;
        }
        self.state = State::Closed;
        Ok(())
    }

    fn note(&mut self, done: Result<()>) -> Result<()> {
        if let Err(error) = &done {
            self.state = State::Broken(error.kind());
        }
        done
    }
}
