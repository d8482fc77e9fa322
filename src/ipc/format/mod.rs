//! Arrow's IPC metadata as Flatbuffers: the text, the code that flatc made from it, and our own ways in and out.
//!
//! The one invariant: bytes from outside are read only through `Table`, whose every access is checked, and only after
//! `verify` accepted them. Of the generated code the library uses slots, codes and enum values; its accessors, which trust
//! their input, and the crate's verifier serve the tests as a second opinion. The crate's verifier and builder also
//! grow vectors in ways that abort when memory runs out, which ours do not.

#![forbid(unsafe_op_in_unsafe_fn)]

pub mod build;
pub mod spec;
pub mod table;
pub mod verify;

/// What flatc made from format.fbs.
#[rustfmt::skip]
#[allow(warnings, missing_docs, clippy::all, clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block, clippy::disallowed_methods, clippy::disallowed_macros, clippy::restriction, reason = "generated")]
pub mod generated;

pub use build::{Builder, Offset};
pub use table::Table;
pub use verify::{Limits, verify};

#[cfg(test)]
mod tests;
