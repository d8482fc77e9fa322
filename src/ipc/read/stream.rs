//! Reads the stream format.

use super::batch::{Head, Window, record_batch};
use super::source::{Prefix, Source, in_memory};
use super::{ReadOptions, ReadStats, Shared};
use crate::alloc::TryArc;
use crate::array::BatchRef;
use crate::buffer::BufferRef;
use crate::err;
use crate::error::{Error, ErrorKind, Result};
use crate::io::StreamRef;
use crate::ipc::message::{Kind, Message};
use crate::ipc::schema::decode_schema;
use crate::pool::PoolRef;
use crate::schema::SchemaRef;

/// Where a stream stands.
#[derive(Clone, Copy, Debug)]
enum State {
    /// Before a message.
    Open,
    /// After the last one; whether a mark said so.
    Ended { marked: bool },
    /// Somewhere inside a message.
    Lost(ErrorKind),
}

/// Reads the batches of a stream in order.
#[derive(Debug)]
pub struct StreamReader {
    source: Source,
    shared: TryArc<Shared>,
    state: State,
    batches: u64,
}

/// A message whose metadata and body were read.
struct Read {
    metadata: BufferRef,
    body: BufferRef,
    kind: Kind,
    /// Of a record batch.
    head: Option<Result<Head>>,
}

fn read_message(
    source: &mut Source,
    options: &ReadOptions,
    pool: &PoolRef,
) -> Result<Result<Read, Prefix>> {
    let length = match source.prefix()? {
        Prefix::Metadata(length) => length,
        end => return Ok(Err(end)),
    };
    options.check_metadata(length as u64)?;
    let metadata = source.run(length, "the metadata of a message", pool)?;
    let message = Message::parse(metadata.as_slice(), options.max_nesting)?;
    let (kind, body_length) = (message.kind, message.body_length);
    // A batch that cannot be used is skipped like any other: its body is read first.
    let head = (kind == Kind::RecordBatch).then(|| Head::of(&message));
    options.check_body(body_length)?;
    let body = source.run(in_memory(body_length)?, "the body of a message", pool)?;
    Ok(Ok(Read {
        metadata,
        body,
        kind,
        head,
    }))
}

impl StreamReader {
    /// Read up to the schema.
    pub fn open(stream: &StreamRef, pool: &PoolRef, options: ReadOptions) -> Result<StreamReader> {
        crate::ipc::check_nesting(options.max_nesting)?;
        let mut source = Source::new(stream.clone());
        let first = read_message(&mut source, &options, pool);
        let read = match first.map_err(|error| source.explain(error))? {
            Ok(read) => read,
            Err(_) => return Err(err!(Corrupt, "the input ends before a schema")),
        };
        if read.kind != Kind::Schema {
            return Err(err!(
                Corrupt,
                "a {} where a schema is expected",
                read.kind.name()
            ));
        }
        let message = Message::parse(read.metadata.as_slice(), options.max_nesting)?;
        let schema = decode_schema(&message.header, options.max_nesting)?;
        let shared = Shared::new(schema, options, pool)?;
        shared.messages.add_one();
        Ok(StreamReader {
            source,
            shared,
            state: State::Open,
            batches: 0,
        })
    }

    /// The schema of all batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.shared.schema
    }

    /// Whether the stream said that it ended; a stream that just stops may have lost its tail.
    pub fn end_mark_seen(&self) -> bool {
        matches!(self.state, State::Ended { marked: true })
    }

    /// What was read so far.
    pub fn stats(&self) -> ReadStats {
        self.shared.stats()
    }

    /// The next batch; none at the end.
    pub fn next_batch(&mut self) -> Result<Option<BatchRef>> {
        match self.state {
            State::Open => {}
            State::Ended { .. } => return Ok(None),
            State::Lost(kind) => {
                return Err(Error::new(
                    kind,
                    "an earlier read failed inside a message",
                    [],
                ));
            }
        }
        let number = self.batches;
        self.advance()
            .map_err(|error| error.context("batch {}", [number.into()]))
    }

    fn advance(&mut self) -> Result<Option<BatchRef>> {
        loop {
            let read = match read_message(&mut self.source, &self.shared.options, &self.shared.pool)
            {
                Ok(Ok(read)) => read,
                Ok(Err(end)) => {
                    self.state = State::Ended {
                        marked: end == Prefix::EndMark,
                    };
                    return Ok(None);
                }
                Err(error) => {
                    self.state = State::Lost(error.kind());
                    return Err(error);
                }
            };
            self.shared.messages.add_one();
            if let Some(head) = read.head {
                let (metadata, body) = (Window::all(read.metadata), Window::all(read.body));
                // A batch that cannot be used counts like any other.
                self.batches = self.batches.saturating_add(1);
                return head
                    .and_then(|head| record_batch(&self.shared, metadata, body, head))
                    .map(Some);
            }
            match read.kind {
                // Columns that need it are refused when they are asked for.
                Kind::DictionaryBatch => self.shared.dictionary_batches.add_one(),
                _ => {
                    return Err(err!(
                        Corrupt,
                        "a {} where a record batch is expected",
                        read.kind.name()
                    ));
                }
            }
        }
    }
}
