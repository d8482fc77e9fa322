//! Single messages that lie in a buffer: prefix, metadata, body.

use super::batch::{Head, Window, record_batch};
use super::source::{Prefix, cut, in_memory, prefix_of};
use super::{ReadOptions, Shared};
use crate::array::BatchRef;
use crate::buffer::BufferRef;
use crate::err;
use crate::error::Result;
use crate::ipc::message::{Kind, Message};
use crate::ipc::schema::decode_schema;
use crate::pool::PoolRef;
use crate::schema::SchemaRef;
use std::ops::Range;

/// Where the metadata lies.
fn metadata_range(bytes: &[u8], options: &ReadOptions) -> Result<Range<usize>> {
    crate::ipc::check_nesting(options.max_nesting)?;
    let (prefix, start) = prefix_of(bytes)?;
    let Prefix::Metadata(length) = prefix else {
        return Err(err!(
            Corrupt,
            "the mark for the end of a stream where a message is expected"
        ));
    };
    options.check_metadata(length as u64)?;
    let end = start.saturating_add(length);
    if end > bytes.len() {
        return Err(cut("the metadata of a message", bytes.len(), end));
    }
    Ok(start..end)
}

fn expect(message: &Message<'_>, kind: Kind) -> Result<()> {
    if message.kind == kind {
        return Ok(());
    }
    Err(err!(
        Corrupt,
        "a {} where a {} is expected",
        message.kind.name(),
        kind.name()
    ))
}

/// Read the batch that a buffer begins with; its columns are parts of the buffer.
pub fn read_batch(
    buffer: &BufferRef,
    schema: &SchemaRef,
    pool: &PoolRef,
    options: ReadOptions,
) -> Result<BatchRef> {
    let bytes = buffer.bytes()?;
    let range = metadata_range(&bytes, &options)?;
    let metadata = Window::part(buffer, range.clone());
    let (head, length) = {
        let message = Message::parse(metadata.bytes(), options.max_nesting)?;
        expect(&message, Kind::RecordBatch)?;
        (Head::of(&message)?, message.body_length)
    };
    options.check_body(length)?;
    let end = range.end.saturating_add(in_memory(length)?);
    if end > bytes.len() {
        return Err(cut("the body of a message", bytes.len(), end));
    }
    let shared = Shared::new(schema.clone(), options, pool)?;
    record_batch(
        &shared,
        metadata,
        Window::part(buffer, range.end..end),
        head,
    )
}

/// Read the schema that a buffer begins with.
pub fn read_schema(buffer: &BufferRef, options: ReadOptions) -> Result<SchemaRef> {
    let bytes = buffer.bytes()?;
    let range = metadata_range(&bytes, &options)?;
    let metadata = bytes.get(range).unwrap_or_default();
    let message = Message::parse(metadata, options.max_nesting)?;
    expect(&message, Kind::Schema)?;
    decode_schema(&message.header, options.max_nesting)
}
