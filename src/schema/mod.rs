//! What columns are: types, fields, schemas and their metadata.
//!
//! The one invariant: what exists here was checked when it was made (parameters in range, children complete, depth and size
//! bounded) and never changes, so it may be shared and every walk over it ends. Types are compared, written as text and
//! dropped in loops, not by recursion.
//!
//! ```text
//! data_type   the description of a type      check, checked   what makes it a type that exists
//! layout      the buffers of its arrays      format           its string in the C data interface
//! field       name, type, metadata           record           the fields of a batch
//! text        pyarrow's notation             rendered         text that an object keeps
//! ```
#![forbid(unsafe_code)]

mod check;
mod checked;
mod data_type;
mod equal;
mod field;
mod format;
mod layout;
mod metadata;
mod name;
mod parameter;
mod record;
mod rendered;
mod text;
mod type_id;
mod walk;

pub use check::{MAX_DEPTH, MAX_TYPES};
pub use checked::{CheckedType, TypeRef};
pub use data_type::{DataType, DictionaryType, IntervalUnit, TimeUnit, UnionMode, UnionType};
pub use field::{EXTENSION_METADATA, EXTENSION_NAME, Field, FieldRef};
pub use layout::BufferKind;
pub use metadata::{Metadata, MetadataRef, Pair};
pub use record::{Endianness, Schema, SchemaRef};
pub use type_id::TypeId;

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]
mod tests;
