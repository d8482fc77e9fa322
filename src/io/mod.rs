//! Streams: where bytes are read from and written to.
//!
//! The one invariant: a call moves everything it was asked to move or says why not, and two calls at once never mix: calls
//! that use the position give `Busy` instead, positional calls run side by side.
//!
//! Layout: a `Stream` keeps the position, the "in use" state and the checks that are the same for all; behind it stands one
//! `Medium`: an OS file, a memory map, a buffer that is read, a buffer that grows, a mutable buffer of fixed size.

mod file;
mod fill;
mod medium;
mod memmove;
mod memory;
mod mmap;
mod name;
mod pool_log;
mod stream;
mod sys;
mod writer;

pub use file::{OpenOptions, open_fd, open_path};
pub use medium::Mode;
pub use memory::{new_fixed_writer, open_buffer};
pub use mmap::{MapOptions, create_mmap, open_mmap};
pub use pool_log::StreamLog;
pub use stream::{Stream, StreamRef};
pub use writer::new_buffer_writer;

#[cfg(test)]
mod tests;
