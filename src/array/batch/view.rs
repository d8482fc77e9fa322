//! Slices and selections of batches, which build no column before it is asked for.
#![forbid(unsafe_code)]

use super::{BatchRef, RecordBatch, Source, View};
use crate::alloc::{TryArc, VecExt, vec_with_capacity};
use crate::err;
use crate::error::Result;
use crate::schema::{Metadata, Schema};

/// The root of a batch, and where in it the batch begins.
fn root_of(batch: &BatchRef) -> (&BatchRef, usize) {
    match &batch.source {
        Source::View(view) => (&view.root, view.offset),
        Source::Kept | Source::Lazy(_) => (batch, 0),
    }
}

/// `length` rows from `offset` on. The batch's own metadata stays with the whole batch.
pub fn slice(batch: &BatchRef, offset: usize, length: usize) -> Result<BatchRef> {
    if offset > batch.num_rows() || length > batch.num_rows() - offset {
        return Err(err!(
            OutOfRange,
            "{} rows at offset {} exceed a batch of {} rows",
            length,
            offset,
            batch.num_rows()
        ));
    }
    let (root, start) = root_of(batch);
    let columns = match &batch.source {
        Source::View(View {
            columns: Some(columns),
            ..
        }) => Some(crate::alloc::vec_from_slice(columns)?),
        _ => None,
    };
    let view = View {
        root: root.clone(),
        offset: start + offset,
        columns,
    };
    let part = RecordBatch::from_source(
        batch.schema().clone(),
        length,
        Source::View(view),
        Metadata::default(),
    )?;
    Ok(TryArc::try_new(part)?)
}

/// The columns at `indices`, in that order; a column may be taken more than once.
pub fn select(batch: &BatchRef, indices: &[usize]) -> Result<BatchRef> {
    let fields = batch.schema().fields();
    let mut kept = vec_with_capacity(indices.len())?;
    let mut columns = vec_with_capacity(indices.len())?;
    for index in indices {
        let Some(field) = fields.get(*index) else {
            return Err(err!(
                OutOfRange,
                "column {} of a batch of {} columns",
                *index,
                fields.len()
            ));
        };
        kept.try_push(field.clone())?;
        columns.try_push(match &batch.source {
            Source::View(view) => view.root_column(*index),
            Source::Kept | Source::Lazy(_) => *index,
        })?;
    }
    let (root, offset) = root_of(batch);
    let schema = Schema::try_share(
        kept,
        batch.schema().metadata_ref().clone(),
        batch.schema().endianness(),
    )?;
    let view = View {
        root: root.clone(),
        offset,
        columns: Some(columns),
    };
    let part = RecordBatch::from_source(
        schema,
        batch.num_rows(),
        Source::View(view),
        Metadata::default(),
    )?;
    Ok(TryArc::try_new(part)?)
}
