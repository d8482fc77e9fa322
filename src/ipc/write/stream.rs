//! The stream format: the schema, batches, a mark for the end.

use super::sink::Sink;
use super::{BatchWriter, WriteOptions, WriteStats};
use crate::array::RecordBatch;
use crate::error::Result;
use crate::io::StreamRef;
use crate::ipc::message::{END_OF_STREAM, PREFIX};
use crate::pool::PoolRef;
use crate::schema::{Metadata, SchemaRef};

/// Writes a stream.
#[derive(Debug)]
pub struct StreamWriter {
    writer: BatchWriter,
}

impl StreamWriter {
    /// Begin a stream: the schema is written at once.
    pub fn open(
        stream: &StreamRef,
        schema: &SchemaRef,
        pool: &PoolRef,
        options: WriteOptions,
    ) -> Result<StreamWriter> {
        let mut writer = BatchWriter::new(Sink::new(stream.clone())?, schema, pool, options)?;
        writer.write_schema(&[])?;
        Ok(StreamWriter { writer })
    }

    /// Write a batch with these key and value pairs, or with the batch's own.
    pub fn write_batch(&mut self, batch: &RecordBatch, metadata: Option<&Metadata>) -> Result<()> {
        self.writer.write_batch(batch, metadata).map(|_| ())
    }

    /// What was written so far.
    pub fn stats(&self) -> WriteStats {
        self.writer.stats
    }

    /// The schema of all batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.writer.schema
    }

    /// Write the end mark and flush. Closing again does nothing.
    pub fn close(&mut self) -> Result<()> {
        if self.writer.sink.is_closed() {
            return Ok(());
        }
        self.writer.sink.check()?;
        self.writer.sink.write(&[&END_OF_STREAM], PREFIX as u64)?;
        self.writer.sink.end()
    }
}
