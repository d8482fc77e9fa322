//! Arrays and batches as text for people, bounded in length whatever the data is.
//!
//! Layout of an array: one value to a line in square brackets; of a batch: the fields, a rule, and each column on a line.
//! Of more rows than asked for the first and the last are shown, with "..." between them.
#![forbid(unsafe_code)]

mod calendar;
mod decimal;
mod value;

use super::{ArrayData, RecordBatch};
use crate::buffer::{self, BufferBuilder, BufferRef};
use crate::err;
use crate::error::{Error, Result};
use crate::pool::PoolRef;
use std::fmt::{self, Write};

/// The rows that are shown when the caller does not say.
const DEFAULT_ROWS: usize = 20;

/// The most columns of a batch that are shown.
const MAX_COLUMNS: usize = 100;

/// Text in a buffer of the pool; keeps the error that `fmt` has no room for.
struct Sink {
    bytes: BufferBuilder,
    error: Option<Error>,
}

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.bytes.append(text.as_bytes()).map_err(|error| {
            self.error = Some(error);
            fmt::Error
        })
    }
}

/// Run `write` and give what it wrote, NUL-terminated; the NUL is not part of the buffer's size.
fn render(pool: &PoolRef, write: impl FnOnce(&mut Sink) -> fmt::Result) -> Result<BufferRef> {
    let mut sink = Sink {
        bytes: BufferBuilder::new(pool),
        error: None,
    };
    if write(&mut sink).is_err() {
        return Err(sink
            .error
            .unwrap_or_else(|| err!(Internal, "a value has no text")));
    }
    let len = sink.bytes.len();
    sink.bytes.append_fill(0, 1)?;
    let text = sink.bytes.finish(true)?;
    text.freeze();
    buffer::slice(&text, 0, len)
}

/// An array as text.
pub fn array_text(array: &ArrayData, max_rows: usize, pool: &PoolRef) -> Result<BufferRef> {
    render(pool, |sink| {
        if array.is_empty() {
            return sink.write_str("[]");
        }
        write_rows(sink, array, max_rows, "[\n  ", ",\n  ", "\n]")
    })
}

/// A batch as text.
pub fn batch_text(batch: &RecordBatch, max_rows: usize, pool: &PoolRef) -> Result<BufferRef> {
    let mut failure = None;
    let text = render(pool, |sink| {
        let shown = batch.num_columns().min(MAX_COLUMNS);
        let more = batch.num_columns() - shown;
        for field in batch.schema().fields().iter().take(shown) {
            writeln!(sink, "{}", &**field)?;
        }
        write_more(sink, more)?;
        write!(sink, "---- {} rows", batch.num_rows())?;
        for (index, field) in batch.schema().fields().iter().take(shown).enumerate() {
            write!(sink, "\n{}: ", field.name())?;
            let column = batch.column(index).map_err(|error| {
                failure = Some(error.context("column {}", [index.into()]));
                fmt::Error
            })?;
            write_rows(sink, &column, max_rows, "[", ",", "]")?;
        }
        if more > 0 {
            sink.write_str("\n")?;
        }
        write_more(sink, more)
    });
    match failure {
        Some(error) => Err(error),
        None => text,
    }
}

fn write_more(sink: &mut Sink, columns: usize) -> fmt::Result {
    match columns {
        0 => Ok(()),
        _ => writeln!(sink, "... {columns} more columns"),
    }
}

fn write_rows(
    sink: &mut Sink,
    array: &ArrayData,
    max_rows: usize,
    open: &str,
    between: &str,
    close: &str,
) -> fmt::Result {
    let max_rows = if max_rows == 0 {
        DEFAULT_ROWS
    } else {
        max_rows
    };
    let (head, tail) = if array.len() <= max_rows {
        (array.len(), array.len())
    } else {
        (max_rows.div_ceil(2), array.len() - max_rows / 2)
    };
    sink.write_str(open)?;
    for index in 0..head {
        if index > 0 {
            sink.write_str(between)?;
        }
        value::write(sink, array, index)?;
    }
    if tail > head {
        sink.write_str(between)?;
        sink.write_str("...")?;
    }
    for index in tail..array.len() {
        sink.write_str(between)?;
        value::write(sink, array, index)?;
    }
    sink.write_str(close)
}

#[cfg(test)]
mod tests;
