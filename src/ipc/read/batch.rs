//! A record batch that was read: verified metadata, a body, and columns that are built when they are asked for.

use super::Shared;
use crate::alloc::{TryArc, try_box};
use crate::array::{ArrayData, ArrayParts, ArrayRef, BatchRef, ColumnSource, RecordBatch};
use crate::buffer::{self, Buffer, BufferRef};
use crate::err;
use crate::error::{Error, Result, Value};
use crate::ipc::format::generated as fb;
use crate::ipc::message::{BatchFacts, Message};
use crate::ipc::plan::ColumnPlan;
use crate::ipc::schema::{corrupt, decode_pairs};
use crate::schema::{BufferKind, DataType, Metadata};
use std::ops::Range;

/// Bytes inside a buffer, without an allocation of their own.
#[derive(Clone, Debug)]
pub(super) struct Window {
    buffer: BufferRef,
    range: Range<usize>,
}

impl Window {
    /// All of a buffer.
    pub(super) fn all(buffer: BufferRef) -> Window {
        let range = 0..buffer.len();
        Window { buffer, range }
    }

    /// A part of a buffer; what lies outside is left out.
    pub(super) fn part(buffer: &BufferRef, range: Range<usize>) -> Window {
        let end = range.end.min(buffer.len());
        Window {
            buffer: buffer.clone(),
            range: range.start.min(end)..end,
        }
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer
            .as_slice()
            .get(self.range.clone())
            .unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.range.len()
    }

    /// A buffer of a part of the bytes.
    fn slice(&self, range: &Range<usize>) -> Result<BufferRef> {
        buffer::slice(
            &self.buffer,
            self.range.start.saturating_add(range.start),
            range.len(),
        )
    }
}

/// Where the columns of a batch come from.
#[derive(Debug)]
struct BatchSource {
    shared: TryArc<Shared>,
    metadata: Window,
    body: Window,
    facts: BatchFacts,
    /// Version 4 of the format gives unions a validity bitmap.
    old_unions: bool,
}

/// The key under which Arrow 0.17 named the codec of a batch, before metadata had a place for it.
const OLD_COMPRESSION: &[u8] = b"ARROW:experimental_compression";

/// What the metadata of a record batch says.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) facts: BatchFacts,
    old_version: bool,
    pairs: Metadata,
}

impl Head {
    /// Read the header of a record batch.
    pub(super) fn of(message: &Message<'_>) -> Result<Head> {
        Ok(Head {
            facts: BatchFacts::read(&message.header)?,
            old_version: message.version == fb::MetadataVersion::V4,
            pairs: decode_pairs(message.custom_metadata.clone())?,
        })
    }

    fn check_compression(&self) -> Result<()> {
        let Some((codec, _)) = self.facts.compression else {
            if self.old_version && self.pairs.find(OLD_COMPRESSION).is_some() {
                return Err(err!(Unsupported, "a batch compressed as Arrow 0.17 did it"));
            }
            return Ok(());
        };
        Err(match fb::CompressionCodec(codec) {
            fb::CompressionCodec::Lz4Frame => err!(Unsupported, "a batch compressed with lz4"),
            fb::CompressionCodec::Zstd => err!(Unsupported, "a batch compressed with zstd"),
            _ => err!(
                Unsupported,
                "a batch compressed with codec number {}",
                codec
            ),
        })
    }
}

/// Make a batch of a message whose metadata and body were read.
pub(super) fn record_batch(
    shared: &TryArc<Shared>,
    metadata: Window,
    body: Window,
    head: Head,
) -> Result<BatchRef> {
    head.check_compression()?;
    let plan = &shared.plan;
    if head.facts.num_nodes() < plan.num_nodes() {
        return Err(err!(
            Corrupt,
            "the batch has {} field nodes, but its schema needs {}",
            head.facts.num_nodes(),
            plan.num_nodes()
        ));
    }
    let length = head.facts.length;
    let source = BatchSource {
        shared: shared.clone(),
        metadata,
        body,
        facts: head.facts,
        old_unions: head.old_version,
    };
    let batch =
        RecordBatch::try_new_lazy(shared.schema.clone(), length, try_box(source)?, head.pairs)
            .map_err(corrupt)?;
    shared.record_batches.add_one();
    Ok(batch)
}

impl BatchSource {
    /// The bytes of a buffer by its number in the message.
    fn buffer(&self, index: usize) -> Result<Range<usize>> {
        self.facts
            .buffer(self.metadata.bytes(), index, self.body.len())
    }

    /// The validity bitmap; none without nulls.
    fn validity(&self, index: usize, null_count: usize) -> Result<Option<BufferRef>> {
        if null_count == 0 {
            return Ok(None);
        }
        let range = self.buffer(index)?;
        if range.is_empty() {
            return Err(err!(
                Corrupt,
                "{} nulls without a validity bitmap",
                null_count
            ));
        }
        self.body.slice(&range).map(Some)
    }

    /// A buffer of values that are read with this alignment.
    fn values(&self, index: usize, align: usize) -> Result<Option<BufferRef>> {
        let range = self.buffer(index)?;
        if range.is_empty() {
            return Ok(None);
        }
        let slice = self.body.slice(&range)?;
        if slice.as_ptr().addr() & align.saturating_sub(1) == 0 {
            return Ok(Some(slice));
        }
        self.shared.copied_buffers.add_one();
        Buffer::copy_of(slice.as_slice(), &self.shared.pool).map(Some)
    }

    /// Where the buffers of a column begin in this message.
    fn first_buffer(&self, column: &ColumnPlan) -> Result<usize> {
        let mut first = column.first_buffer;
        if self.old_unions {
            first = first.saturating_add(column.unions_before);
        }
        for view in 0..column.views_before {
            let buffers = self.facts.variadic(self.metadata.bytes(), view)?;
            first = first.saturating_add(buffers);
        }
        Ok(first)
    }

    fn build(&self, index: usize) -> Result<ArrayRef> {
        let shared = &*self.shared;
        let column = shared.plan.column(index)?;
        column.check()?;
        let node = self.facts.node(self.metadata.bytes(), column.first_node)?;
        if node.length != self.facts.length {
            return Err(err!(
                Corrupt,
                "{} values in a batch of {} rows",
                node.length,
                self.facts.length
            ));
        }
        let type_ = &column.type_;
        let mut parts = ArrayParts::default();
        let mut place = self.first_buffer(column)?;
        for (part, kind) in parts.buffers.iter_mut().zip(type_.buffers()) {
            *part = match kind {
                BufferKind::Validity => self.validity(place, node.null_count)?,
                BufferKind::Values => self.values(place, type_.value_alignment().min(8))?,
                BufferKind::Offsets32 => self.values(place, 4)?,
                BufferKind::Offsets64 => self.values(place, 8)?,
                _ => self.values(place, 1)?,
            };
            place = place.saturating_add(1);
        }
        let null_count = match ***type_ {
            DataType::Null => node.length,
            _ => node.null_count,
        };
        let array = ArrayData::try_new(
            type_.clone(),
            node.length,
            Some(null_count),
            0,
            parts,
            shared.options.validation,
        )
        .map_err(corrupt)?;
        shared.columns.add_one();
        Ok(array)
    }

    #[cold]
    fn locate(&self, index: usize, error: Error) -> Error {
        let name = self
            .shared
            .schema
            .field(index)
            .map_or("?", |field| field.name());
        error.context("column {} ({})", [index.into(), Value::quoted(name)])
    }
}

impl ColumnSource for BatchSource {
    fn column(&self, index: usize) -> Result<ArrayRef> {
        self.build(index).map_err(|error| self.locate(index, error))
    }
}
