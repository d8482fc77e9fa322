//! The fields of a record batch.

use super::limits::MAX_TYPES;
use super::rendered::Rendered;
use super::{FieldRef, Metadata, MetadataRef};
use crate::alloc::{Counted, TryArc, VecExt, vec_with_capacity};
use crate::err;
use crate::error::Result;
use std::sync::OnceLock;

/// Shared ownership of a schema.
pub type SchemaRef = TryArc<Schema>;

/// The order of the bytes in the numbers of a schema's arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endianness {
    /// The least significant byte first.
    Little,
    /// The most significant byte first.
    Big,
}

impl Endianness {
    /// That of this machine.
    pub const NATIVE: Endianness = if cfg!(target_endian = "big") {
        Endianness::Big
    } else {
        Endianness::Little
    };
}

/// Looking through this many names one by one is quicker than making an index.
const MAX_SCANNED: usize = 16;

/// Fields in order, and metadata. Names may be empty and may repeat.
#[derive(Debug)]
pub struct Schema {
    fields: Vec<FieldRef>,
    metadata: MetadataRef,
    endianness: Endianness,
    /// Indices of fields, by name and then by index; made when a name is first looked for.
    by_name: OnceLock<Vec<u32>>,
    text: Rendered,
}

impl Counted for Schema {}

impl Schema {
    /// A schema of arrays in this machine's byte order.
    pub fn try_new(fields: Vec<FieldRef>, metadata: Metadata) -> Result<SchemaRef> {
        Schema::try_share(fields, metadata.into_ref()?, Endianness::NATIVE)
    }

    /// A schema with metadata that is shared already.
    pub fn try_share(
        fields: Vec<FieldRef>,
        metadata: MetadataRef,
        endianness: Endianness,
    ) -> Result<SchemaRef> {
        let types = fields.iter().fold(0, |sum: usize, field| {
            sum.saturating_add(field.type_ref().types())
        });
        if types > MAX_TYPES {
            return Err(err!(
                Limit,
                "a schema made of {} types, but at most {} are possible",
                types,
                MAX_TYPES
            ));
        }
        Ok(TryArc::try_new(Schema {
            fields,
            metadata,
            endianness,
            by_name: OnceLock::new(),
            text: Rendered::new(),
        })?)
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

    /// The metadata, to be shared.
    pub fn metadata_ref(&self) -> &MetadataRef {
        &self.metadata
    }

    /// The byte order of the arrays.
    pub fn endianness(&self) -> Endianness {
        self.endianness
    }

    /// The first field with a name, from an index on.
    ///
    /// Cost: looking into a wide schema for the first time sorts its names, in memory of its own; later calls search the
    /// sorted names. If there is no memory for them, every name is compared.
    pub fn find(&self, name: &str, from: usize) -> Option<usize> {
        let name = name.as_bytes();
        let Some(sorted) = self.sorted() else {
            let rest = self.fields.get(from..)?;
            let at = rest.iter().position(|field| field.name_bytes() == name)?;
            return at.checked_add(from);
        };
        let place = sorted.partition_point(|&index| {
            let index = index as usize;
            (self.name_at(index), index) < (name, from)
        });
        let index = *sorted.get(place)? as usize;
        (self.name_at(index) == name).then_some(index)
    }

    /// How many fields have a name.
    pub fn count(&self, name: &str) -> usize {
        let name = name.as_bytes();
        let Some(sorted) = self.sorted() else {
            let same = |field: &&FieldRef| field.name_bytes() == name;
            return self.fields.iter().filter(same).count();
        };
        let start = sorted.partition_point(|&index| self.name_at(index as usize) < name);
        let end = sorted.partition_point(|&index| self.name_at(index as usize) <= name);
        end.saturating_sub(start)
    }

    fn name_at(&self, index: usize) -> &[u8] {
        self.fields
            .get(index)
            .map_or(&[], |field| field.name_bytes())
    }

    fn sorted(&self) -> Option<&[u32]> {
        if self.fields.len() <= MAX_SCANNED {
            return None;
        }
        if let Some(sorted) = self.by_name.get() {
            return Some(sorted);
        }
        let mut sorted = vec_with_capacity(self.fields.len()).ok()?;
        for index in 0..self.fields.len() {
            sorted.try_push(u32::try_from(index).ok()?).ok()?;
        }
        sorted.sort_unstable_by_key(|&index| (self.name_at(index as usize), index));
        Some(self.by_name.get_or_init(|| sorted))
    }

    /// Fields and metadata as lines, ended by a NUL. Rendered once.
    pub fn text_with_nul(&self) -> Result<&[u8]> {
        self.text.of(self)
    }
}
