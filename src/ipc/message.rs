//! One message: its frame, what its metadata says, and how the metadata of a batch is laid out.
//!
//! ```text
//! FF FF FF FF | i32 length | Flatbuffer, padding | body
//! ```
//! The length covers the Flatbuffer and its padding. Writers before Arrow 0.15 left the first four bytes out; readers take
//! both. A length of 0 ends the stream.

use super::format::generated as fb;
use super::format::spec::{BUFFER_BYTES, MESSAGE, NODE_BYTES};
use super::format::table::Tables;
use super::format::{Limits, Table, verify};
use crate::err;
use crate::error::Result;
use std::ops::Range;

/// What stands before the length.
pub const CONTINUATION: [u8; 4] = [0xFF; 4];

/// Bytes before the metadata.
pub const PREFIX: usize = 8;

/// What ends a stream.
pub const END_OF_STREAM: [u8; PREFIX] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

/// What a message carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The schema.
    Schema,
    /// Values for dictionary-encoded columns.
    DictionaryBatch,
    /// Rows.
    RecordBatch,
    /// A dense tensor.
    Tensor,
    /// A sparse tensor.
    SparseTensor,
}

impl Kind {
    fn of(code: u8) -> Result<Kind> {
        match fb::MessageHeader(code) {
            fb::MessageHeader::Schema => Ok(Kind::Schema),
            fb::MessageHeader::DictionaryBatch => Ok(Kind::DictionaryBatch),
            fb::MessageHeader::RecordBatch => Ok(Kind::RecordBatch),
            fb::MessageHeader::Tensor => Ok(Kind::Tensor),
            fb::MessageHeader::SparseTensor => Ok(Kind::SparseTensor),
            fb::MessageHeader::NONE => Err(err!(Corrupt, "a message without a header")),
            _ => Err(err!(
                Unsupported,
                "a message with a header of unknown kind {}",
                code
            )),
        }
    }

    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Schema => "schema",
            Kind::DictionaryBatch => "dictionary batch",
            Kind::RecordBatch => "record batch",
            Kind::Tensor => "tensor",
            Kind::SparseTensor => "sparse tensor",
        }
    }
}

/// The verified metadata of a message.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// The revision of the format, as its enum says.
    pub version: fb::MetadataVersion,
    /// What it carries.
    pub kind: Kind,
    /// The table that says more.
    pub header: Table<'a>,
    /// Bytes that follow the metadata.
    pub body_length: u64,
    /// Key and value pairs of the message itself.
    pub custom_metadata: Tables<'a>,
}

/// Check that the library knows a version of the format: V4 and V5 differ only in unions.
pub fn check_version(version: fb::MetadataVersion) -> Result<()> {
    match version {
        fb::MetadataVersion::V4 | fb::MetadataVersion::V5 => Ok(()),
        fb::MetadataVersion::V1 | fb::MetadataVersion::V2 | fb::MetadataVersion::V3 => Err(err!(
            Unsupported,
            "metadata version V{}; the oldest that can be read is V4",
            version.0.wrapping_add(1)
        )),
        _ => Err(err!(
            Unsupported,
            "metadata version number {}; the newest that can be read is V5, number 4",
            version.0
        )),
    }
}

/// A length or count that must not be negative.
pub fn natural(value: i64, what: &'static str) -> Result<u64> {
    u64::try_from(value).map_err(|_| err!(Corrupt, "{} is {}", what, value))
}

impl<'a> Message<'a> {
    /// Verify and read the metadata of a message.
    pub fn parse(bytes: &'a [u8], max_nesting: usize) -> Result<Message<'a>> {
        verify(bytes, &MESSAGE, Limits::of(bytes.len(), max_nesting))?;
        let root = Table::root(bytes)?;
        let version = fb::MetadataVersion(root.i16_or(fb::Message::VT_VERSION, 0)?);
        check_version(version)?;
        let kind = Kind::of(root.union_code(fb::Message::VT_HEADER)?)?;
        let Some(header) = root.table(fb::Message::VT_HEADER)? else {
            return Err(err!(
                Corrupt,
                "a {} message without its header",
                kind.name()
            ));
        };
        if kind == Kind::DictionaryBatch && header.table(fb::DictionaryBatch::VT_DATA)?.is_none() {
            return Err(err!(Corrupt, "a dictionary batch without data"));
        }
        Ok(Message {
            version,
            kind,
            header,
            body_length: natural(
                root.i64(fb::Message::VT_BODY_LENGTH)?,
                "the length of a message's body",
            )?,
            custom_metadata: root.tables(fb::Message::VT_CUSTOM_METADATA)?,
        })
    }
}

/// Where the parts of a record batch stand in its metadata.
#[derive(Clone, Debug)]
pub struct BatchFacts {
    /// Rows.
    pub length: usize,
    nodes: Range<usize>,
    buffers: Range<usize>,
    variadic: Range<usize>,
    /// The codec of the body's buffers and the way they were compressed, as numbers.
    pub compression: Option<(i8, i8)>,
}

/// A field node: the length and null count of one array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Values.
    pub length: usize,
    /// Nulls among them.
    pub null_count: usize,
}

fn i64_at(bytes: &[u8], at: usize) -> Result<i64> {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        Some(chunk) => Ok(i64::from_le_bytes(*chunk)),
        None => Err(err!(
            Corrupt,
            "metadata refers to byte {}, which it does not have",
            at
        )),
    }
}

impl BatchFacts {
    /// Read the header of a record batch.
    pub fn read(header: &Table<'_>) -> Result<BatchFacts> {
        let length = natural(
            header.i64(fb::RecordBatch::VT_LENGTH)?,
            "the number of rows",
        )?;
        let compression = match header.table(fb::RecordBatch::VT_COMPRESSION)? {
            Some(compression) => Some((
                compression.i8_or(fb::BodyCompression::VT_CODEC, 0)?,
                compression.i8_or(fb::BodyCompression::VT_METHOD, 0)?,
            )),
            None => None,
        };
        Ok(BatchFacts {
            length: usize::try_from(length)
                .map_err(|_| err!(Limit, "a batch of {} rows", length))?,
            nodes: header
                .vector(fb::RecordBatch::VT_NODES, NODE_BYTES)?
                .unwrap_or(0..0),
            buffers: header
                .vector(fb::RecordBatch::VT_BUFFERS, BUFFER_BYTES)?
                .unwrap_or(0..0),
            variadic: header
                .vector(fb::RecordBatch::VT_VARIADIC_COUNTS, 8)?
                .unwrap_or(0..0),
            compression,
        })
    }

    /// The number of field nodes.
    pub fn num_nodes(&self) -> usize {
        self.nodes.len() / NODE_BYTES
    }

    /// The number of buffers.
    pub fn num_buffers(&self) -> usize {
        self.buffers.len() / BUFFER_BYTES
    }

    /// The numbers of variadic buffers.
    pub fn num_variadic(&self) -> usize {
        self.variadic.len() / 8
    }

    /// A field node.
    pub fn node(&self, metadata: &[u8], index: usize) -> Result<Node> {
        if index >= self.num_nodes() {
            return Err(err!(
                Corrupt,
                "the batch has {} field nodes, but its schema needs more",
                self.num_nodes()
            ));
        }
        let at = self
            .nodes
            .start
            .saturating_add(index.saturating_mul(NODE_BYTES));
        let length = natural(i64_at(metadata, at)?, "the length of a field node")?;
        let null_count = natural(
            i64_at(metadata, at.saturating_add(8))?,
            "the null count of a field node",
        )?;
        if null_count > length {
            return Err(err!(
                Corrupt,
                "a field node counts {} nulls in {} values",
                null_count,
                length
            ));
        }
        match (usize::try_from(length), usize::try_from(null_count)) {
            (Ok(length), Ok(null_count)) => Ok(Node { length, null_count }),
            _ => Err(err!(Limit, "a column of {} values", length)),
        }
    }

    /// Where a buffer lies in a body of `body` bytes.
    pub fn buffer(&self, metadata: &[u8], index: usize, body: usize) -> Result<Range<usize>> {
        if index >= self.num_buffers() {
            return Err(err!(
                Corrupt,
                "the batch has {} buffers, but its schema needs more",
                self.num_buffers()
            ));
        }
        let at = self
            .buffers
            .start
            .saturating_add(index.saturating_mul(BUFFER_BYTES));
        let offset = natural(i64_at(metadata, at)?, "the offset of a buffer")?;
        let length = natural(
            i64_at(metadata, at.saturating_add(8))?,
            "the length of a buffer",
        )?;
        let inside = offset
            .checked_add(length)
            .is_some_and(|end| end <= body as u64);
        match (usize::try_from(offset), usize::try_from(length)) {
            // Some writers give an empty buffer any offset.
            (_, Ok(0)) => Ok(0..0),
            (Ok(start), Ok(length)) if inside => Ok(start..start.saturating_add(length)),
            _ => Err(err!(
                Corrupt,
                "buffer {} has {} bytes at offset {} of a body of {} bytes",
                index,
                length,
                offset,
                body
            )),
        }
    }

    /// The number of variadic buffers of the `index`th view column.
    pub fn variadic(&self, metadata: &[u8], index: usize) -> Result<usize> {
        if index >= self.num_variadic() {
            return Err(err!(
                Corrupt,
                "the batch has {} variadic counts, but its schema needs more",
                self.num_variadic()
            ));
        }
        let at = self.variadic.start.saturating_add(index.saturating_mul(8));
        let count = natural(i64_at(metadata, at)?, "a number of variadic buffers")?;
        match usize::try_from(count) {
            Ok(count) if count <= self.num_buffers() => Ok(count),
            _ => Err(err!(
                Corrupt,
                "{} variadic buffers of {} buffers",
                count,
                self.num_buffers()
            )),
        }
    }
}
