//! Streams: where bytes are read from and written to.

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
