//! Record batches: columns of one length under a schema.
//!
//! The one invariant: every column that the batch hands out has the type of its field and the length of the batch.
//!
//! Layout: a table of slots, filled when the batch is made or when a column is first asked for. A slice or selection of a
//! batch refers to the root batch and asks it for columns, so neither touches a column that nobody wants.

mod compare;
mod slots;
mod view;

pub use view::{select, slice};

use crate::alloc::{Counted, TryArc};
use crate::array::{self, ArrayData, ArrayRef, Validation, type_name, validate};
use crate::err;
use crate::error::{Error, Result, Value};
use crate::schema::{Metadata, MetadataRef, SchemaRef};
use slots::Slots;
use std::fmt;

/// Shared ownership of a record batch.
pub type BatchRef = TryArc<RecordBatch>;

/// Where the columns of a lazy batch come from.
///
/// A column may be asked for more than once, and from several threads at once; the batch keeps the first that succeeded.
pub trait ColumnSource: Send + Sync {
    /// Build a column.
    fn column(&self, index: usize) -> Result<ArrayRef>;
}

/// A part of a root batch.
struct View {
    /// Never a view itself, so that no chain of views can build up.
    root: BatchRef,
    offset: usize,
    /// Which columns of the root; `None`: all of them.
    columns: Option<Vec<usize>>,
}

impl View {
    fn root_column(&self, index: usize) -> usize {
        match &self.columns {
            None => index,
            Some(columns) => columns.get(index).copied().unwrap_or(usize::MAX),
        }
    }

    /// A column of the view.
    fn column(&self, index: usize, num_rows: usize) -> Result<ArrayRef> {
        let column = self.root.column(self.root_column(index))?;
        array::slice(&column, self.offset, num_rows)
    }
}

enum Source {
    /// All columns are in their slots.
    Kept,
    Lazy(Box<dyn ColumnSource>),
    View(View),
}

/// Columns of one length under a schema.
pub struct RecordBatch {
    schema: SchemaRef,
    num_rows: usize,
    slots: Slots,
    source: Source,
    metadata: MetadataRef,
}

impl Counted for RecordBatch {}

impl RecordBatch {
    /// A batch of columns that are there already.
    pub fn try_new(schema: SchemaRef, num_rows: usize, columns: &[ArrayRef]) -> Result<BatchRef> {
        let batch = Self::from_source(schema, num_rows, Source::Kept, Metadata::default())?;
        if columns.len() != batch.num_columns() {
            return Err(err!(
                InvalidArgument,
                "the schema has {} fields, found {} columns",
                batch.num_columns(),
                columns.len()
            ));
        }
        for (index, column) in columns.iter().enumerate() {
            batch.check(index, column)?;
            batch.slots.keep(index, column.clone());
        }
        Ok(TryArc::try_new(batch)?)
    }

    /// A batch whose columns `source` builds when they are asked for.
    pub fn try_new_lazy(
        schema: SchemaRef,
        num_rows: usize,
        source: Box<dyn ColumnSource>,
        metadata: Metadata,
    ) -> Result<BatchRef> {
        let batch = Self::from_source(schema, num_rows, Source::Lazy(source), metadata)?;
        Ok(TryArc::try_new(batch)?)
    }

    fn from_source(
        schema: SchemaRef,
        num_rows: usize,
        source: Source,
        metadata: Metadata,
    ) -> Result<RecordBatch> {
        if num_rows > array::MAX_LENGTH {
            return Err(err!(
                InvalidArgument,
                "{} rows are more than a batch can have",
                num_rows
            ));
        }
        Ok(RecordBatch {
            slots: Slots::new(schema.fields().len())?,
            schema,
            num_rows,
            source,
            metadata: metadata.into_ref()?,
        })
    }

    /// The schema.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The number of rows.
    pub fn num_rows(&self) -> usize {
        self.num_rows
    }

    /// The number of columns.
    pub fn num_columns(&self) -> usize {
        self.slots.len()
    }

    /// The batch's own metadata, apart from the schema's.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The batch's own metadata, to be shared.
    pub fn metadata_ref(&self) -> &MetadataRef {
        &self.metadata
    }

    /// A column. The first call builds it if the batch is lazy; a failure is not kept.
    pub fn column(&self, index: usize) -> Result<ArrayRef> {
        if let Some(column) = self.slots.get(index) {
            return Ok(column);
        }
        if index >= self.num_columns() {
            return Err(err!(
                OutOfRange,
                "column {} of a batch of {} columns",
                index,
                self.num_columns()
            ));
        }
        let column = match &self.source {
            Source::Kept => return Err(err!(Internal, "column {} was never kept", index)),
            Source::Lazy(source) => source.column(index)?,
            Source::View(view) => view.column(index, self.num_rows)?,
        };
        self.check(index, &column)?;
        Ok(self.slots.keep(index, column))
    }

    /// The position of the only column with this name.
    pub fn column_index(&self, name: &str) -> Result<usize> {
        let Some(index) = self.schema.find(name, 0) else {
            return Err(err!(NotFound, "no column is named {}", Value::quoted(name)));
        };
        match self.schema.find(name, index + 1) {
            None => Ok(index),
            Some(second) => Err(err!(
                InvalidArgument,
                "columns {} and {} are both named {}",
                index,
                second,
                Value::quoted(name)
            )),
        }
    }

    fn check(&self, index: usize, column: &ArrayData) -> Result<()> {
        if column.len() != self.num_rows {
            return Err(err!(
                InvalidArgument,
                "column {} has {} values in a batch of {} rows",
                index,
                column.len(),
                self.num_rows
            ));
        }
        let expected = match self.schema.fields().get(index) {
            Some(field) => field.data_type(),
            None => return Err(err!(Internal, "column {} has no field", index)),
        };
        if std::ptr::eq(expected, column.data_type()) || expected.equals(column.data_type(), false)
        {
            return Ok(());
        }
        Err(err!(
            InvalidArgument,
            "column {} is of type {}, found {}",
            index,
            type_name(expected),
            type_name(column.data_type())
        ))
    }

    /// Check all columns up to a level.
    pub fn validate(&self, level: Validation) -> Result<()> {
        for index in 0..self.num_columns() {
            validate(&*self.column(index)?, level).map_err(|error| self.in_column(error, index))?;
        }
        Ok(())
    }

    /// The bytes that the values of all columns take.
    pub fn num_bytes(&self) -> Result<u64> {
        let mut sum = 0_u64;
        for index in 0..self.num_columns() {
            sum = sum.saturating_add(self.column(index)?.num_bytes());
        }
        Ok(sum)
    }

    fn in_column(&self, error: Error, index: usize) -> Error {
        error.context("column {}", [index.into()])
    }
}

impl fmt::Debug for RecordBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "RecordBatch({} rows, {} columns)",
            self.num_rows,
            self.num_columns()
        )
    }
}

#[cfg(test)]
mod tests;
