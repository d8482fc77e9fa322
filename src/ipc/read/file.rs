//! Reads the file format: the footer when it is opened, and of the rest only what is asked for.

use super::batch::{Head, Window, record_batch};
use super::source::{Prefix, in_memory, prefix_of, run_at};
use super::{ReadOptions, ReadStats, Shared};
use crate::alloc::TryArc;
use crate::array::BatchRef;
use crate::buffer::BufferRef;
use crate::err;
use crate::error::{Error, Result};
use crate::io::StreamRef;
use crate::ipc::format::generated as fb;
use crate::ipc::format::spec::{BLOCK_BYTES, FOOTER};
use crate::ipc::format::{Limits, Table, verify};
use crate::ipc::message::{Kind, Message, check_version, natural};
use crate::ipc::schema::{decode_pairs, decode_schema};
use crate::ipc::{FILE_START, MAGIC};
use crate::pool::PoolRef;
use crate::schema::{MetadataRef, SchemaRef};
use std::ops::Range;

/// The footer's length and the magic word behind it.
const TAIL: usize = 10;

/// Reads the batches of a file in any order, from any number of threads at once.
#[derive(Debug)]
pub struct FileReader {
    stream: StreamRef,
    shared: TryArc<Shared>,
    footer: BufferRef,
    /// Where the blocks of the record batches stand in the footer.
    blocks: Range<usize>,
    num_dictionaries: usize,
    /// Blocks must end before this.
    footer_start: u64,
    version: fb::MetadataVersion,
    metadata: MetadataRef,
}

/// Where a message lies in the file.
#[derive(Clone, Copy, Debug)]
struct Block {
    offset: u64,
    metadata_length: usize,
    body_length: u64,
}

/// What the footer says.
struct Footer {
    schema: SchemaRef,
    blocks: Range<usize>,
    num_dictionaries: usize,
    version: fb::MetadataVersion,
    metadata: MetadataRef,
}

fn read_footer(bytes: &[u8], options: &ReadOptions) -> Result<Footer> {
    verify(bytes, &FOOTER, Limits::of(bytes.len(), options.max_nesting))?;
    let root = Table::root(bytes)?;
    let version = fb::MetadataVersion(root.i16_or(fb::Footer::VT_VERSION, 0)?);
    // Writers before Arrow 0.15 left the field empty, which reads as V1; every message says its own version.
    if version > fb::MetadataVersion::V5 {
        check_version(version)?;
    }
    let Some(schema) = root.table(fb::Footer::VT_SCHEMA)? else {
        return Err(err!(Corrupt, "the footer has no schema"));
    };
    let blocks = |vt| root.vector(vt, BLOCK_BYTES).map(Option::unwrap_or_default);
    Ok(Footer {
        schema: decode_schema(&schema, options.max_nesting)?,
        blocks: blocks(fb::Footer::VT_RECORD_BATCHES)?,
        num_dictionaries: blocks(fb::Footer::VT_DICTIONARIES)?.len() / BLOCK_BYTES,
        version,
        metadata: decode_pairs(root.tables(fb::Footer::VT_CUSTOM_METADATA)?)?.into_ref()?,
    })
}

impl FileReader {
    /// Read the footer.
    pub fn open(stream: &StreamRef, pool: &PoolRef, options: ReadOptions) -> Result<FileReader> {
        crate::ipc::check_nesting(options.max_nesting)?;
        let size = stream.size()?;
        let least = (FILE_START.len().saturating_add(TAIL)) as u64;
        if size < least {
            return Err(err!(
                Corrupt,
                "a file of {} bytes is not an Arrow file",
                size
            ));
        }
        let mut tail = [0; TAIL];
        let tail_start = size.saturating_sub(TAIL as u64);
        let read = stream.read_at(tail_start, &mut tail)?;
        if read < TAIL {
            return Err(err!(
                Corrupt,
                "the file ends at {} of {} bytes",
                tail_start.saturating_add(read as u64),
                size
            ));
        }
        let [a, b, c, d, magic @ ..] = tail;
        if magic != MAGIC {
            return Err(err!(
                Corrupt,
                "not an Arrow file: it does not end in ARROW1"
            ));
        }
        let length = i32::from_le_bytes([a, b, c, d]);
        let length = match u64::try_from(length) {
            Ok(length) if length > 0 && length <= tail_start => length,
            _ => {
                return Err(err!(
                    Corrupt,
                    "a footer of {} bytes in a file of {}",
                    length,
                    size
                ));
            }
        };
        options.check_metadata(length)?;
        let footer_start = tail_start.saturating_sub(length);
        let bytes = run_at(stream, footer_start, in_memory(length)?, "the footer", pool)?;
        let footer = read_footer(bytes.as_slice(), &options)?;
        Ok(FileReader {
            stream: stream.clone(),
            shared: Shared::new(footer.schema, options, pool)?,
            footer: bytes,
            blocks: footer.blocks,
            num_dictionaries: footer.num_dictionaries,
            footer_start,
            version: footer.version,
            metadata: footer.metadata,
        })
    }

    /// The schema of all batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.shared.schema
    }

    /// The number of batches.
    pub fn num_batches(&self) -> usize {
        self.blocks.len() / BLOCK_BYTES
    }

    /// The number of dictionary batches.
    pub fn num_dictionaries(&self) -> usize {
        self.num_dictionaries
    }

    /// Key and value pairs of the footer.
    pub fn metadata(&self) -> &MetadataRef {
        &self.metadata
    }

    /// The version of the format that the footer names, 5 today; old writers left it at 1.
    pub fn version(&self) -> i32 {
        i32::from(self.version.0).saturating_add(1)
    }

    /// What was read so far.
    pub fn stats(&self) -> ReadStats {
        self.shared.stats()
    }

    /// The block of a batch, checked against the file.
    fn block(&self, index: usize) -> Result<Block> {
        if index >= self.num_batches() {
            return Err(err!(
                OutOfRange,
                "batch {} of a file with {}",
                index,
                self.num_batches()
            ));
        }
        let at = self
            .blocks
            .start
            .saturating_add(index.saturating_mul(BLOCK_BYTES));
        let bytes = self
            .footer
            .as_slice()
            .get(at..)
            .and_then(<[u8]>::first_chunk::<BLOCK_BYTES>);
        let raw = fb::Block(
            *bytes.ok_or_else(|| err!(Corrupt, "the footer has no block at byte {}", at))?,
        );
        let offset = natural(raw.offset(), "the offset of a block")?;
        let metadata_length = natural(
            i64::from(raw.metadata_length()),
            "the metadata length of a block",
        )?;
        let body_length = natural(raw.body_length(), "the body length of a block")?;
        if offset & 7 != 0 {
            return Err(err!(
                Corrupt,
                "the block starts at {}, which is not a multiple of 8",
                offset
            ));
        }
        let end = offset
            .checked_add(metadata_length)
            .and_then(|end| end.checked_add(body_length));
        if end.is_none_or(|end| end > self.footer_start) {
            return Err(err!(
                Corrupt,
                "{} + {} bytes at {} reach beyond the footer at {}",
                metadata_length,
                body_length,
                offset,
                self.footer_start
            ));
        }
        self.shared.options.check_metadata(metadata_length)?;
        self.shared.options.check_body(body_length)?;
        Ok(Block {
            offset,
            metadata_length: in_memory(metadata_length)?,
            body_length,
        })
    }

    /// Where the metadata lies in the bytes of a block.
    fn metadata_range(bytes: &[u8], block: &Block) -> Result<Range<usize>> {
        let bytes = bytes.get(..block.metadata_length).unwrap_or(bytes);
        let (prefix, start) = prefix_of(bytes)?;
        let Prefix::Metadata(length) = prefix else {
            return Err(err!(
                Corrupt,
                "the mark for the end of a stream where a message is expected"
            ));
        };
        let end = start.saturating_add(length);
        if end != block.metadata_length {
            return Err(err!(
                Corrupt,
                "a message with {} bytes of metadata in a block with {}",
                end,
                block.metadata_length
            ));
        }
        Ok(start..end)
    }

    /// Read the metadata of a batch.
    fn head(&self, metadata: &[u8], block: &Block) -> Result<Head> {
        let message = Message::parse(metadata, self.shared.options.max_nesting)?;
        if message.kind != Kind::RecordBatch {
            return Err(err!(
                Corrupt,
                "a {} where a record batch is expected",
                message.kind.name()
            ));
        }
        if message.body_length != block.body_length {
            return Err(err!(
                Corrupt,
                "a message with a body of {} bytes in a block with {}",
                message.body_length,
                block.body_length
            ));
        }
        Head::of(&message)
    }

    /// Read a batch.
    pub fn read_batch(&self, index: usize) -> Result<BatchRef> {
        self.try_batch(index).map_err(|error| locate(index, error))
    }

    fn try_batch(&self, index: usize) -> Result<BatchRef> {
        let block = self.block(index)?;
        let length = (block.metadata_length as u64).saturating_add(block.body_length);
        let bytes = run_at(
            &self.stream,
            block.offset,
            in_memory(length)?,
            "a batch",
            &self.shared.pool,
        )?;
        let range = Self::metadata_range(bytes.as_slice(), &block)?;
        let metadata = Window::part(&bytes, range);
        let head = self.head(metadata.bytes(), &block)?;
        let body = Window::part(&bytes, block.metadata_length..bytes.len());
        self.shared.messages.add_one();
        record_batch(&self.shared, metadata, body, head)
    }

    /// Add up the rows of all batches, reading only their metadata.
    pub fn count_rows(&self) -> Result<u64> {
        let mut rows = 0_u64;
        for index in 0..self.num_batches() {
            let length = self
                .batch_rows(index)
                .map_err(|error| locate(index, error))?;
            rows = rows
                .checked_add(length)
                .ok_or_else(|| err!(Limit, "more than {} rows", u64::MAX))?;
        }
        Ok(rows)
    }

    fn batch_rows(&self, index: usize) -> Result<u64> {
        let block = self.block(index)?;
        let bytes = run_at(
            &self.stream,
            block.offset,
            block.metadata_length,
            "a batch",
            &self.shared.pool,
        )?;
        let range = Self::metadata_range(bytes.as_slice(), &block)?;
        let metadata = bytes.as_slice().get(range).unwrap_or_default();
        Ok(self.head(metadata, &block)?.facts.length as u64)
    }
}

#[cold]
fn locate(index: usize, error: Error) -> Error {
    error.context("batch {}", [index.into()])
}
