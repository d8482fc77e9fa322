//! Buffers: windows on memory that knows its owner.
//!
//! The one invariant: `len` bytes at `data` stay valid while any reference to the buffer or to a slice of it lives.
//!
//! Layout: a root buffer owns its memory (from a pool, foreign, or kept alive by another owner); a slice keeps its parent
//! alive and is one small allocation and one counted reference. Memory from a pool is aligned to 64 bytes and padded to a
//! multiple of 64; the padding is zero whenever the size is set.

mod allocate;
pub mod bitmap;
#[expect(
    clippy::module_inception,
    reason = "the type that the module is named after"
)]
mod buffer;
mod builder;
mod content;
mod owner;
mod release;
mod resize;
mod slice;
mod usage;

pub use bitmap::BitmapBuilder;
pub use buffer::{Buffer, BufferRef, padded};
pub use builder::BufferBuilder;
pub use content::{Bytes, concat};
pub use owner::{BufferOwner, ForeignRelease};
pub use resize::{reserve_borrowed, resize, resize_borrowed};
pub use slice::{slice, slice_mutable};

#[cfg(test)]
mod tests;
