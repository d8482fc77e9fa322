//! What columns are: types, fields, schemas and their metadata.
//!
//! The one invariant: what exists here was checked when it was made (parameters in range, children complete, depth and size
//! bounded) and never changes, so it may be shared and every walk over it ends. Types are compared, written as text and
//! dropped in loops, not by recursion.
//!
//! ```text
//! data_type   types, fields and what they refer to    unit, type_id    units of time and such; numbers of types
//! check       the rules of each type                  limits           how large a type may be
//! checked     making a type that can be shared        drop             its end, in a loop
//! children    what is below a type                    parameter        making types and asking for their parameters
//! layout      the buffers of its arrays               format           its string in the C data interface
//! field       name, type, metadata                    record           the fields of a batch
//! text        pyarrow's notation                      rendered         text that an object keeps
//! ```
#![forbid(unsafe_code)]

mod check;
mod checked;
mod children;
mod data_type;
mod drop;
mod equal;
mod field;
mod format;
mod layout;
mod limits;
mod metadata;
mod name;
mod parameter;
mod record;
mod rendered;
mod text;
mod type_id;
mod unit;
mod walk;

pub use data_type::{CheckedType, DataType, DictionaryType, Field, FieldRef, TypeRef, UnionType};
pub use field::{EXTENSION_METADATA, EXTENSION_NAME};
pub use layout::BufferKind;
pub use limits::{MAX_DEPTH, MAX_TYPES};
pub use metadata::{Metadata, MetadataRef, Pair};
pub use record::{Endianness, Schema, SchemaRef};
pub use type_id::TypeId;
pub use unit::{IntervalUnit, TimeUnit, UnionMode};

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]
mod tests;
