//! Schemas as metadata, both ways.
//!
//! The one invariant: what is read is written back the same, metadata bytes included, and nothing in it is interpreted.

mod decode;
mod encode;
mod types;

pub(crate) use decode::corrupt;
pub use decode::{decode_pairs, decode_schema};
pub use encode::{encode_schema, encode_some_pairs, schema_message};
