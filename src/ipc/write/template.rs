//! The metadata of a record batch, built once for a schema and patched for every batch.
//!
//! Two batches of one schema differ only in numbers, so the Flatbuffer is made once with room for all of them, and writing
//! a batch fills them in. Only a batch with metadata of its own, or with another number of variadic buffers, is built anew,
//! in the same memory.

use crate::alloc::VecExt;
use crate::err;
use crate::error::Result;
use crate::ipc::format::generated as fb;
use crate::ipc::format::spec::{BUFFER_BYTES, NODE_BYTES};
use crate::ipc::format::{Builder, Offset};
use crate::ipc::message::{CONTINUATION, PREFIX};
use crate::ipc::schema::encode_some_pairs;
use crate::schema::Metadata;

/// How many numbers of each kind the metadata has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// Field nodes.
    pub(super) nodes: usize,
    /// Buffers.
    pub(super) buffers: usize,
}

/// The metadata of a record batch with its frame.
#[derive(Debug, Default)]
pub(super) struct Template {
    bytes: Vec<u8>,
    shape: Shape,
    length_at: usize,
    body_length_at: usize,
    nodes_at: usize,
    buffers_at: usize,
}

/// Put a finished message into its frame, padded so that what follows it is aligned.
///
/// `position` is where the frame starts in the sink.
pub(super) fn frame(
    message: &[u8],
    position: u64,
    alignment: usize,
    out: &mut Vec<u8>,
) -> Result<()> {
    let start = usize::try_from(position & (alignment as u64).saturating_sub(1)).unwrap_or(0);
    let end = start.saturating_add(PREFIX).saturating_add(message.len());
    let padding = end.next_multiple_of(alignment).saturating_sub(end);
    let len = message.len().saturating_add(padding);
    let Ok(len) = i32::try_from(len) else {
        return Err(err!(
            Limit,
            "metadata of {} bytes; a message can have {}",
            len,
            i32::MAX
        ));
    };
    out.clear();
    out.try_extend_from_slice(&CONTINUATION)?;
    out.try_extend_from_slice(&len.to_le_bytes())?;
    out.try_extend_from_slice(message)?;
    out.try_resize(out.len().saturating_add(padding), 0)?;
    Ok(())
}

impl Template {
    /// Build the metadata with all numbers 0.
    pub(super) fn build(
        &mut self,
        builder: &mut Builder,
        shape: Shape,
        metadata: &Metadata,
        alignment: usize,
    ) -> Result<()> {
        builder.clear();
        let metadata = encode_some_pairs(builder, metadata)?;
        let buffers = builder.zeros(shape.buffers, BUFFER_BYTES)?;
        let nodes = builder.zeros(shape.nodes, NODE_BYTES)?;
        builder.start_table();
        let length = builder.add_i64(fb::RecordBatch::VT_LENGTH, 0)?;
        builder.add_offset(fb::RecordBatch::VT_BUFFERS, buffers)?;
        builder.add_offset(fb::RecordBatch::VT_NODES, nodes)?;
        let header = builder.end_table()?;
        builder.start_table();
        let body_length = builder.add_i64(fb::Message::VT_BODY_LENGTH, 0)?;
        builder.add_some(fb::Message::VT_CUSTOM_METADATA, metadata)?;
        builder.add_union(
            fb::Message::VT_HEADER,
            fb::MessageHeader::RecordBatch.0,
            header,
        )?;
        builder.add_i16(fb::Message::VT_VERSION, fb::MetadataVersion::V5.0)?;
        let root = builder.end_table()?;
        builder.finish(root)?;
        frame(builder.finished(), 0, alignment, &mut self.bytes)?;
        let at = |object: Offset| builder.position(object).saturating_add(PREFIX);
        self.shape = shape;
        self.length_at = at(length);
        self.body_length_at = at(body_length);
        self.nodes_at = at(nodes).saturating_add(4);
        self.buffers_at = at(buffers).saturating_add(4);
        Ok(())
    }

    /// The framed metadata.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn set(&mut self, at: usize, value: usize) -> Result<()> {
        let value =
            i64::try_from(value).map_err(|_| err!(Limit, "{} is not a length in IPC", value))?;
        match self
            .bytes
            .get_mut(at..)
            .and_then(<[u8]>::first_chunk_mut::<8>)
        {
            Some(place) => *place = value.to_le_bytes(),
            None => return Err(err!(Internal, "no place for a number at byte {}", at)),
        }
        Ok(())
    }

    pub(super) fn set_length(&mut self, rows: usize) -> Result<()> {
        self.set(self.length_at, rows)
    }

    pub(super) fn set_body_length(&mut self, bytes: usize) -> Result<()> {
        self.set(self.body_length_at, bytes)
    }

    pub(super) fn set_node(
        &mut self,
        index: usize,
        length: usize,
        null_count: usize,
    ) -> Result<()> {
        if index >= self.shape.nodes {
            return Err(err!(
                Internal,
                "field node {} of {}",
                index,
                self.shape.nodes
            ));
        }
        let at = self
            .nodes_at
            .saturating_add(index.saturating_mul(NODE_BYTES));
        self.set(at, length)?;
        self.set(at.saturating_add(8), null_count)
    }

    pub(super) fn set_buffer(&mut self, index: usize, offset: usize, length: usize) -> Result<()> {
        if index >= self.shape.buffers {
            return Err(err!(Internal, "buffer {} of {}", index, self.shape.buffers));
        }
        let at = self
            .buffers_at
            .saturating_add(index.saturating_mul(BUFFER_BYTES));
        self.set(at, offset)?;
        self.set(at.saturating_add(8), length)
    }

    pub(super) fn shape(&self) -> Shape {
        self.shape
    }
}
