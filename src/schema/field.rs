//! A named column, or a child of a nested type.

use super::name::Name;
use super::rendered::Rendered;
use super::{DataType, Field, FieldRef, Metadata, MetadataRef, TypeRef};
use crate::alloc::{Counted, TryArc};
use crate::error::Result;

/// The metadata key of an extension type's name.
pub const EXTENSION_NAME: &[u8] = b"ARROW:extension:name";
/// The metadata key of an extension type's parameters.
pub const EXTENSION_METADATA: &[u8] = b"ARROW:extension:metadata";

impl Counted for Field {}

impl Field {
    /// A field. The name may be any UTF-8, empty and inner NUL included.
    pub fn try_new(
        name: &str,
        data_type: TypeRef,
        nullable: bool,
        metadata: Metadata,
    ) -> Result<FieldRef> {
        Field::try_share(name, data_type, nullable, metadata.into_ref()?)
    }

    /// The same with metadata that is shared already.
    pub fn try_share(
        name: &str,
        data_type: TypeRef,
        nullable: bool,
        metadata: MetadataRef,
    ) -> Result<FieldRef> {
        let name = Name::try_new(name)?;
        Ok(TryArc::try_new(Field {
            name,
            data_type,
            nullable,
            metadata,
            text: Rendered::new(),
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

    /// The name's bytes, which is what to compare names by; a NUL follows them in memory.
    pub fn name_bytes(&self) -> &[u8] {
        self.name.as_bytes()
    }

    /// The type.
    pub fn data_type(&self) -> &DataType {
        &self.data_type
    }

    /// The type, to be shared.
    pub fn type_ref(&self) -> &TypeRef {
        &self.data_type
    }

    /// The type, taken out.
    pub(super) fn into_type(self) -> TypeRef {
        self.data_type
    }

    /// Whether values may be null.
    pub fn is_nullable(&self) -> bool {
        self.nullable
    }

    /// The metadata.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The metadata, to be shared.
    pub fn metadata_ref(&self) -> &MetadataRef {
        &self.metadata
    }

    /// The name of the extension type that the values have; `None` for plain types.
    pub fn extension_name(&self) -> Option<&[u8]> {
        self.metadata.value_of(EXTENSION_NAME)
    }

    /// The parameters of the extension type, in the form that the extension defines.
    pub fn extension_metadata(&self) -> Option<&[u8]> {
        self.metadata.value_of(EXTENSION_METADATA)
    }

    /// Levels of the type.
    pub fn depth(&self) -> usize {
        self.data_type.depth()
    }

    /// The same field with other metadata.
    pub fn with_metadata(&self, metadata: Metadata) -> Result<FieldRef> {
        Field::try_new(self.name(), self.data_type.clone(), self.nullable, metadata)
    }

    /// Name, type and nullability in pyarrow's notation, ended by a NUL. Rendered once.
    pub fn text_with_nul(&self) -> Result<&[u8]> {
        self.text.of(self)
    }
}
