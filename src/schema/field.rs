//! A named column, or a child of a nested type.

use super::{DataType, Metadata, TypeRef};
use crate::alloc::{Text, TryArc};
use crate::error::Result;

/// Shared ownership of a field.
pub type FieldRef = TryArc<Field>;

/// A name, a type, whether values may be null, and metadata.
#[derive(Debug)]
pub struct Field {
    name: Text,
    data_type: TypeRef,
    nullable: bool,
    metadata: Metadata,
    /// Levels of the type, so that checking a parent does not walk the whole tree.
    depth: usize,
}

impl Field {
    /// A field. The name may be any UTF-8, empty and inner NUL included.
    pub fn try_new(
        name: &str,
        data_type: TypeRef,
        nullable: bool,
        metadata: Metadata,
    ) -> Result<FieldRef> {
        let depth = data_type.depth();
        let name = Text::try_from_str(name)?;
        Ok(TryArc::try_new(Field {
            name,
            data_type,
            nullable,
            metadata,
            depth,
        })?)
    }

    /// A field without metadata over a type that is not shared yet.
    pub fn of(name: &str, data_type: DataType, nullable: bool) -> Result<FieldRef> {
        Field::try_new(name, data_type.into_ref()?, nullable, Metadata::new())
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The type.
    pub fn data_type(&self) -> &DataType {
        &self.data_type
    }

    /// The type, to be shared.
    pub fn type_ref(&self) -> &TypeRef {
        &self.data_type
    }

    /// Whether values may be null.
    pub fn is_nullable(&self) -> bool {
        self.nullable
    }

    /// The metadata.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Levels of the type.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The same field with other metadata.
    pub fn with_metadata(&self, metadata: Metadata) -> Result<FieldRef> {
        Field::try_new(self.name(), self.data_type.clone(), self.nullable, metadata)
    }
}
