//! Single messages in a buffer of their own: prefix, metadata, body, nothing else.

use super::sink::Sink;
use super::template::frame;
use super::{BatchWriter, WriteOptions};
use crate::array::RecordBatch;
use crate::buffer::{Buffer, BufferRef};
use crate::error::Result;
use crate::io;
use crate::ipc::format::Builder;
use crate::ipc::schema::schema_message;
use crate::pool::PoolRef;
use crate::schema::Schema;

/// A batch as a message; the schema must be known to whoever reads it.
pub fn serialize_batch(
    batch: &RecordBatch,
    pool: &PoolRef,
    options: WriteOptions,
) -> Result<BufferRef> {
    let stream = io::new_buffer_writer(pool, 0)?;
    let sink = Sink::new(stream.clone())?;
    BatchWriter::new(sink, batch.schema(), pool, options)?.write_batch(batch, None)?;
    stream.finish_buffer()
}

/// The bytes that `serialize_batch` gives, and that the batch adds to a stream.
pub fn batch_size(batch: &RecordBatch, pool: &PoolRef, options: WriteOptions) -> Result<u64> {
    let mut writer = BatchWriter::new(Sink::counting(), batch.schema(), pool, options)?;
    writer.write_batch(batch, None)?;
    Ok(writer.sink.position())
}

/// A schema as a message.
pub fn serialize_schema(
    schema: &Schema,
    pool: &PoolRef,
    options: WriteOptions,
) -> Result<BufferRef> {
    options.check()?;
    let mut builder = Builder::new();
    schema_message(&mut builder, schema)?;
    let mut bytes = Vec::new();
    frame(builder.finished(), 0, options.alignment, &mut bytes)?;
    Buffer::copy_of(&bytes, pool)
}
