//! The file format: a stream between two magic words, and a footer that says where every batch lies.
//!
//! ```text
//! ARROW1 00 00 | schema | batches | end of stream | footer | i32 footer length | ARROW1
//! ```

use super::sink::Sink;
use super::{BatchWriter, Block, WriteOptions, WriteStats};
use crate::alloc::{VecExt, vec_with_capacity};
use crate::array::RecordBatch;
use crate::err;
use crate::error::Result;
use crate::io::StreamRef;
use crate::ipc::format::generated as fb;
use crate::ipc::format::spec::BLOCK_BYTES;
use crate::ipc::message::END_OF_STREAM;
use crate::ipc::schema::{encode_schema, encode_some_pairs};
use crate::ipc::{FILE_START, MAGIC};
use crate::pool::PoolRef;
use crate::schema::{Metadata, MetadataRef, SchemaRef};

/// Writes a file.
#[derive(Debug)]
pub struct FileWriter {
    writer: BatchWriter,
    blocks: Vec<Block>,
    footer_metadata: MetadataRef,
}

impl FileWriter {
    /// Begin a file: the magic word and the schema are written at once.
    ///
    /// A sink that already holds something gets zeros up to the next multiple of eight; offsets count from the start of the
    /// sink.
    pub fn open(
        stream: &StreamRef,
        schema: &SchemaRef,
        pool: &PoolRef,
        options: WriteOptions,
    ) -> Result<FileWriter> {
        let mut writer = BatchWriter::new(Sink::new(stream.clone())?, schema, pool, options)?;
        let padding = writer.sink.position().wrapping_neg() & 7;
        let mut lead = [0; 16];
        let padding = usize::try_from(padding).unwrap_or(0);
        let end = padding.saturating_add(FILE_START.len());
        if let Some(place) = lead.get_mut(padding..end) {
            place.copy_from_slice(&FILE_START);
        }
        writer.write_schema(lead.get(..end).unwrap_or_default())?;
        Ok(FileWriter {
            writer,
            blocks: Vec::new(),
            footer_metadata: Metadata::new().into_ref()?,
        })
    }

    /// Write a batch with these key and value pairs, or with the batch's own.
    pub fn write_batch(&mut self, batch: &RecordBatch, metadata: Option<&Metadata>) -> Result<()> {
        // Room for the block first: a batch that was written must be in the footer.
        self.blocks
            .try_reserve(1)
            .map_err(|_| err!(OutOfMemory, "no memory for another block"))?;
        let block = self.writer.write_batch(batch, metadata)?;
        Ok(self.blocks.try_push(block)?)
    }

    /// Set the key and value pairs of the footer.
    pub fn set_footer_metadata(&mut self, metadata: MetadataRef) -> Result<()> {
        self.writer.sink.check()?;
        self.footer_metadata = metadata;
        Ok(())
    }

    /// What was written so far.
    pub fn stats(&self) -> WriteStats {
        self.writer.stats
    }

    /// The schema of all batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.writer.schema
    }

    /// Write the footer and flush. Closing again does nothing.
    pub fn close(&mut self) -> Result<()> {
        if self.writer.sink.is_closed() {
            return Ok(());
        }
        self.writer.sink.check()?;
        self.build_footer()?;
        let sink = &mut self.writer.sink;
        let footer = self.writer.builder.finished();
        let Ok(length) = i32::try_from(footer.len()) else {
            return Err(err!(Limit, "a footer of {} bytes", footer.len()));
        };
        let length = length.to_le_bytes();
        let parts = [END_OF_STREAM.as_slice(), footer, &length, &MAGIC];
        let total = parts
            .iter()
            .fold(0_u64, |total, part| total.saturating_add(part.len() as u64));
        sink.write(&parts, total)?;
        sink.end()
    }

    fn build_footer(&mut self) -> Result<()> {
        let builder = &mut self.writer.builder;
        builder.clear();
        let metadata = encode_some_pairs(builder, &self.footer_metadata)?;
        let mut bytes = vec_with_capacity(self.blocks.len().saturating_mul(BLOCK_BYTES))?;
        for block in &self.blocks {
            bytes.try_extend_from_slice(&encode_block(block)?)?;
        }
        let blocks = builder.elements(&bytes, self.blocks.len(), 8)?;
        let dictionaries = builder.zeros(0, BLOCK_BYTES)?;
        let schema = encode_schema(builder, &self.writer.schema)?;
        builder.start_table();
        builder.add_some(fb::Footer::VT_CUSTOM_METADATA, metadata)?;
        builder.add_offset(fb::Footer::VT_RECORD_BATCHES, blocks)?;
        builder.add_offset(fb::Footer::VT_DICTIONARIES, dictionaries)?;
        builder.add_offset(fb::Footer::VT_SCHEMA, schema)?;
        builder.add_i16(fb::Footer::VT_VERSION, fb::MetadataVersion::V5.0)?;
        let root = builder.end_table()?;
        builder.finish(root)
    }
}

fn encode_block(block: &Block) -> Result<[u8; BLOCK_BYTES]> {
    let too_large = || err!(Limit, "a file of more than {} bytes", i64::MAX);
    let offset = i64::try_from(block.offset).map_err(|_| too_large())?;
    let metadata = i32::try_from(block.metadata_length).map_err(|_| too_large())?;
    let body = i64::try_from(block.body_length).map_err(|_| too_large())?;
    Ok(fb::Block::new(offset, metadata, body).0)
}
