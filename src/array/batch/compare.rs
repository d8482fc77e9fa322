//! Equality of batches.
#![forbid(unsafe_code)]

use super::RecordBatch;
use crate::array::{self, Equality};
use crate::error::Result;

impl RecordBatch {
    /// Whether two batches have equal fields, as many rows, and equal columns. Metadata makes a difference only if asked for.
    pub fn equals(&self, other: &RecordBatch, equality: &Equality, metadata: bool) -> Result<bool> {
        if self.num_rows() != other.num_rows() || self.num_columns() != other.num_columns() {
            return Ok(false);
        }
        if metadata && !self.metadata().same_entries(other.metadata()) {
            return Ok(false);
        }
        if !self.schema.equals(&other.schema, metadata) {
            return Ok(false);
        }
        for index in 0..self.num_columns() {
            let (a, b) = (self.column(index)?, other.column(index)?);
            if !array::equal(&a, &b, equality) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
