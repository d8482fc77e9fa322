//! Readers of streams and files.
//!
//! The one invariant: a batch is metadata that was verified and a body of the announced length; its columns are built when
//! somebody asks for them, and checked then. So an untouched column costs nothing, and its pages of a mapped file stay unread.

mod batch;
mod file;
mod once;
mod source;
mod stream;

pub use file::FileReader;
pub use once::{read_batch, read_schema};
pub use stream::StreamReader;

use crate::alloc::{Counted, TryArc};
use crate::array::Validation;
use crate::err;
use crate::error::Result;
use crate::ipc::plan::Plan;
use crate::pool::PoolRef;
use crate::schema::SchemaRef;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much a reader believes.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// How far a column is checked when it is built.
    pub validation: Validation,
    /// The largest metadata of one message, and the largest footer.
    pub max_metadata_bytes: u64,
    /// The largest body of one message.
    pub max_body_bytes: u64,
    /// Types nested deeper than this are refused.
    pub max_nesting: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            validation: Validation::Memory,
            max_metadata_bytes: 256 << 20,
            max_body_bytes: 1 << 40,
            max_nesting: super::DEFAULT_MAX_NESTING,
        }
    }
}

impl ReadOptions {
    fn check_metadata(&self, len: u64) -> Result<()> {
        if len > self.max_metadata_bytes {
            return Err(err!(
                Limit,
                "metadata of {} bytes; the limit is {}",
                len,
                self.max_metadata_bytes
            ));
        }
        Ok(())
    }

    fn check_body(&self, len: u64) -> Result<()> {
        if len > self.max_body_bytes {
            return Err(err!(
                Limit,
                "a body of {} bytes; the limit is {}",
                len,
                self.max_body_bytes
            ));
        }
        Ok(())
    }
}

/// What a reader has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadStats {
    /// Messages, the schema included.
    pub messages: u64,
    /// Record batches.
    pub record_batches: u64,
    /// Dictionary batches.
    pub dictionary_batches: u64,
    /// Columns that were built.
    pub columns: u64,
    /// Buffers that had to be copied because their values were not aligned.
    pub copied_buffers: u64,
}

/// Counts events from any thread.
#[derive(Debug, Default)]
struct Counter(AtomicU64);

impl Counter {
    fn add_one(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What all batches of a reader share, and what outlives the reader with them.
#[derive(Debug)]
struct Shared {
    schema: SchemaRef,
    plan: Plan,
    options: ReadOptions,
    pool: PoolRef,
    messages: Counter,
    record_batches: Counter,
    dictionary_batches: Counter,
    columns: Counter,
    copied_buffers: Counter,
}

impl Counted for Shared {}

impl Shared {
    fn new(schema: SchemaRef, options: ReadOptions, pool: &PoolRef) -> Result<TryArc<Shared>> {
        super::check_byte_order(&schema)?;
        let plan = Plan::new(&schema, options.max_nesting)?;
        Ok(TryArc::try_new(Shared {
            schema,
            plan,
            options,
            pool: pool.clone(),
            messages: Counter::default(),
            record_batches: Counter::default(),
            dictionary_batches: Counter::default(),
            columns: Counter::default(),
            copied_buffers: Counter::default(),
        })?)
    }

    fn stats(&self) -> ReadStats {
        ReadStats {
            messages: self.messages.get(),
            record_batches: self.record_batches.get(),
            dictionary_batches: self.dictionary_batches.get(),
            columns: self.columns.get(),
            copied_buffers: self.copied_buffers.get(),
        }
    }
}
