//! Streams: where bytes are read from and written to.
//!
//! The one invariant: a call transfers all its bytes or returns why not, and two calls at once never mix: those that use the
//! position return `Busy` instead, those at an offset run side by side.
//!
//! ```text
//! stream     the object that users have: position, locks, and checks that are the same for all
//! backend    the trait behind it, implemented by
//!   file               a file, pipe or socket of the system, opened by `open`
//!   mmap               a memory-mapped file
//!   buffer_reader      a buffer that is read without copies
//!   buffer_writer      a buffer that grows
//!   fixed_size_writer  a mutable buffer of fixed size
//! sys        the system calls
//! ```

mod allocation_log;
mod backend;
mod bounds;
mod buffer_reader;
mod buffer_writer;
mod file;
mod fixed_size_writer;
mod memmove;
mod mmap;
mod mode;
mod open;
mod read_buffer;
mod stream;
mod stream_name;
mod sys;

pub use allocation_log::AllocationLog;
pub use buffer_reader::open_buffer;
pub use buffer_writer::new_buffer_writer;
pub use fixed_size_writer::new_fixed_writer;
pub use mmap::{MapOptions, create_mmap, open_mmap};
pub use mode::Mode;
pub use open::{OpenOptions, open_fd, open_path};
pub use stream::{Stream, StreamRef};

#[cfg(test)]
mod tests;
