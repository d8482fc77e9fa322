//! Arrow's IPC format: streams and files of record batches.
//!
//! The one invariant: nothing from outside is believed before it was compared with what is there. Counts and lengths are
//! limits to check, not sizes to reserve.
//!
//! ```text
//! format   metadata as Flatbuffers: text, generated code, verifier, reader, builder
//! ```
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unimplemented,
    clippy::arithmetic_side_effects
)]

pub mod format;
