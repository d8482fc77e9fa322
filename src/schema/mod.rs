//! What columns are: types, fields, schemas and their metadata.
//!
//! The one invariant: what exists here was checked when it was made (parameters in range, children complete, depth bounded)
//! and never changes. Type trees are at most `MAX_DEPTH` deep, so walking and dropping them recursively is bounded.
#![forbid(unsafe_code)]

mod check;
mod data_type;
mod equal;
mod field;
mod format;
mod layout;
mod metadata;
mod record;
mod text;

pub use check::MAX_DEPTH;
pub use data_type::{
    DataType, DictionaryType, IntervalUnit, TimeUnit, TypeRef, UnionMode, UnionType,
};
pub use field::{Field, FieldRef};
pub use layout::BufferKind;
pub use metadata::{Metadata, Pair};
pub use record::{Schema, SchemaRef};

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]
mod tests;
