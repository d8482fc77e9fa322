//! Writers of streams and files.
//!
//! The one invariant: after a failed write nothing more is written, so that what the sink holds is a prefix of a valid
//! stream. A batch that cannot be written (another schema, a type without support) fails before its first byte.

mod body;
mod file;
mod once;
mod sink;
mod stream;
mod template;

pub use file::FileWriter;
pub use once::{batch_size, serialize_batch, serialize_schema};
pub use stream::StreamWriter;

use crate::alloc::VecExt;
use crate::array::{ArrayRef, RecordBatch};
use crate::buffer::BufferBuilder;
use crate::err;
use crate::error::Result;
use crate::ipc::format::Builder;
use crate::ipc::plan::Plan;
use crate::ipc::schema::schema_message;
use crate::pool::PoolRef;
use crate::schema::{Metadata, SchemaRef};
use body::{Body, Made, Parts, resolve};
use sink::Sink;
use template::{Shape, Template, frame};

/// Scratch memory beyond this is given back after the batch that needed it.
const SCRATCH_KEPT: usize = 1 << 20;

/// How messages are laid out.
#[derive(Clone, Copy, Debug)]
pub struct WriteOptions {
    /// Messages and buffers start at multiples of this: 8, 16, 32 or 64.
    pub alignment: usize,
    /// Types nested deeper than this are refused.
    pub max_nesting: usize,
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions {
            alignment: 64,
            max_nesting: super::DEFAULT_MAX_NESTING,
        }
    }
}

impl WriteOptions {
    fn check(&self) -> Result<()> {
        match self.alignment {
            8 | 16 | 32 | 64 => super::check_nesting(self.max_nesting),
            other => Err(err!(
                InvalidArgument,
                "alignment {}; it must be 8, 16, 32 or 64",
                other
            )),
        }
    }
}

/// What a writer has written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteStats {
    /// Messages, the schema included.
    pub messages: u64,
    /// Record batches.
    pub record_batches: u64,
    /// Bytes of the batches' buffers without padding.
    pub raw_body_bytes: u64,
    /// Bytes of the batches' bodies as written.
    pub body_bytes: u64,
}

/// Where a message lies in its sink.
#[derive(Clone, Copy, Debug)]
struct Block {
    offset: u64,
    metadata_length: usize,
    body_length: usize,
}

/// What stream and file writers share.
#[derive(Debug)]
struct BatchWriter {
    sink: Sink,
    schema: SchemaRef,
    options: WriteOptions,
    shape: Shape,
    builder: Builder,
    /// For batches without metadata of their own.
    plain: Template,
    /// For the others; its memory is kept, not its content.
    special: Template,
    scratch: BufferBuilder,
    made: Vec<Made>,
    /// The columns of the batch that is being written.
    columns: Vec<ArrayRef>,
    /// The memory of the list of slices between two batches.
    parked: Vec<&'static [u8]>,
    stats: WriteStats,
}

impl BatchWriter {
    fn new(
        sink: Sink,
        schema: &SchemaRef,
        pool: &PoolRef,
        options: WriteOptions,
    ) -> Result<BatchWriter> {
        options.check()?;
        super::check_byte_order(schema)?;
        let counts = Plan::new(schema, options.max_nesting)?.writable(schema)?;
        let mut builder = Builder::new();
        let mut plain = Template::default();
        let shape = Shape {
            nodes: counts.nodes,
            buffers: counts.buffers,
        };
        plain.build(&mut builder, shape, &Metadata::new(), options.alignment)?;
        Ok(BatchWriter {
            sink,
            schema: schema.clone(),
            options,
            shape,
            builder,
            plain,
            special: Template::default(),
            scratch: BufferBuilder::new(pool),
            made: Vec::new(),
            columns: Vec::new(),
            parked: Vec::new(),
            stats: WriteStats::default(),
        })
    }

    /// Write the schema, behind `lead`.
    fn write_schema(&mut self, lead: &[u8]) -> Result<()> {
        schema_message(&mut self.builder, &self.schema)?;
        let mut bytes = Vec::new();
        let position = self.sink.position().saturating_add(lead.len() as u64);
        frame(
            self.builder.finished(),
            position,
            self.options.alignment,
            &mut bytes,
        )?;
        let total = (lead.len() as u64).saturating_add(bytes.len() as u64);
        self.sink.write(&[lead, &bytes], total)?;
        self.stats.messages = self.stats.messages.saturating_add(1);
        Ok(())
    }

    fn check_schema(&self, batch: &RecordBatch) -> Result<()> {
        if self.schema.equals(batch.schema(), false) {
            return Ok(());
        }
        Err(err!(
            InvalidArgument,
            "the batch has another schema than the writer"
        ))
    }

    /// Write a batch with these key and value pairs, or with the batch's own.
    fn write_batch(&mut self, batch: &RecordBatch, metadata: Option<&Metadata>) -> Result<Block> {
        self.sink.check()?;
        self.check_schema(batch)?;
        self.columns.clear();
        for index in 0..batch.num_columns() {
            self.columns.try_push(batch.column(index)?)?;
        }
        let written = self.write_columns(batch.num_rows(), metadata.unwrap_or(batch.metadata()));
        self.columns.clear();
        written
    }

    fn write_columns(&mut self, rows: usize, metadata: &Metadata) -> Result<Block> {
        let plain = metadata.is_empty();
        if !plain {
            let alignment = self.options.alignment;
            self.special
                .build(&mut self.builder, self.shape, metadata, alignment)?;
        }
        self.made.clear();
        self.scratch.rewind(0)?;
        let template = if plain {
            &mut self.plain
        } else {
            &mut self.special
        };
        template.set_length(rows)?;
        let mut body = Body::new(
            std::mem::take(&mut self.parked),
            template,
            &mut self.scratch,
            &mut self.made,
            self.options.alignment,
        )?;
        for column in &self.columns {
            body.column(column)?;
        }
        let Parts {
            mut slices,
            length,
            raw,
        } = body.finish()?;
        resolve(&mut slices, &self.made, self.scratch.as_slice())?;
        let head = if plain {
            self.plain.bytes()
        } else {
            self.special.bytes()
        };
        if let Some(first) = slices.first_mut() {
            *first = head;
        }
        let block = Block {
            offset: self.sink.position(),
            metadata_length: head.len(),
            body_length: length,
        };
        let total = (head.len() as u64).saturating_add(length as u64);
        let done = self.sink.write(&slices, total);
        self.parked = park(slices);
        if self.scratch.capacity() > SCRATCH_KEPT {
            self.scratch.reset();
        }
        done?;
        self.stats.messages = self.stats.messages.saturating_add(1);
        self.stats.record_batches = self.stats.record_batches.saturating_add(1);
        self.stats.raw_body_bytes = self.stats.raw_body_bytes.saturating_add(raw as u64);
        self.stats.body_bytes = self.stats.body_bytes.saturating_add(length as u64);
        Ok(block)
    }
}

/// Keep the memory of a list of slices without its content.
#[expect(
    clippy::disallowed_methods,
    reason = "an empty iterator: nothing is allocated, and the old memory is used again"
)]
fn park(mut slices: Vec<&[u8]>) -> Vec<&'static [u8]> {
    slices.clear();
    slices.into_iter().map(|_| &[] as &'static [u8]).collect()
}
