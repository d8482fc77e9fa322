//! Arrow's IPC format: streams and files of record batches.
//!
//! The one invariant: nothing from outside is believed before it was compared with what is there. Counts and lengths are
//! limits to check, not sizes to reserve.
//!
//! ```text
//! format   metadata as Flatbuffers: text, generated code, verifier, reader, builder
//! message  one message: its frame and what its metadata says
//! schema   schemas as metadata, both ways
//! plan     a schema compiled: which nodes and buffers of a message belong to which column
//! write    stream and file writers: patched metadata, gathered bodies
//! read     stream and file readers: lazy batches over buffers that are not copied
//! ```
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unimplemented,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss
)]

pub mod format;
pub mod message;
pub mod plan;
pub mod read;
pub mod schema;
pub mod write;

use crate::err;
use crate::error::{Error, Result};
use crate::schema::{Endianness, Schema};

/// What a file begins and ends with.
pub const MAGIC: [u8; 6] = *b"ARROW1";

/// The magic word, padded to eight bytes.
pub const FILE_START: [u8; 8] = *b"ARROW1\0\0";

/// How deep types may be nested unless the caller says otherwise: 64 levels, the innermost included.
pub const DEFAULT_MAX_NESTING: usize = 64;

fn check_nesting(max_nesting: usize) -> Result<()> {
    let most = crate::schema::MAX_DEPTH;
    if max_nesting == 0 || max_nesting > most {
        return Err(err!(
            InvalidArgument,
            "a nesting limit of {}; it must be from 1 to {}",
            max_nesting,
            most
        ));
    }
    Ok(())
}

/// Arrays in another byte order than this machine's are neither read nor written.
fn check_byte_order(schema: &Schema) -> Result<()> {
    if schema.endianness() == Endianness::NATIVE {
        return Ok(());
    }
    Err(match schema.endianness() {
        Endianness::Big => err!(Unsupported, "data of a big-endian machine"),
        Endianness::Little => err!(Unsupported, "data of a little-endian machine"),
    })
}

#[cold]
fn too_deep(max_nesting: usize) -> Error {
    err!(Limit, "a type nested deeper than {} levels", max_nesting)
}

#[cfg(test)]
mod tests;
