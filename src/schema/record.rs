//! The fields of a record batch.

use super::{FieldRef, Metadata};
use crate::alloc::TryArc;
use crate::error::Result;

/// Shared ownership of a schema.
pub type SchemaRef = TryArc<Schema>;

/// Fields in order, and metadata. Names may be empty and may repeat.
#[derive(Debug)]
pub struct Schema {
    fields: Vec<FieldRef>,
    metadata: Metadata,
}

impl Schema {
    /// A schema.
    pub fn try_new(fields: Vec<FieldRef>, metadata: Metadata) -> Result<SchemaRef> {
        Ok(TryArc::try_new(Schema { fields, metadata })?)
    }

    /// The fields.
    pub fn fields(&self) -> &[FieldRef] {
        &self.fields
    }

    /// A field.
    pub fn field(&self, index: usize) -> Option<&FieldRef> {
        self.fields.get(index)
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The metadata.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The first field with a name, from an index on.
    pub fn find(&self, name: &str, from: usize) -> Option<usize> {
        let rest = self.fields.get(from..)?;
        rest.iter()
            .position(|field| field.name() == name)
            .and_then(|at| at.checked_add(from))
    }
}
