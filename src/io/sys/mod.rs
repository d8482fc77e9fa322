//! The system calls that streams make, one small wrapper for each.
//!
//! The one invariant: an interrupted call is made again, offsets have 64 bits, and a failure is the plain errno. std's forms
//! are not used because they allocate infallibly. All unsafe code for files of the system is here.

mod descriptor;
mod errno;
mod file_size;
mod large_file;
mod mmap;
mod read;
mod retry;
mod seek;
mod signals;
mod stat;
mod write;

pub(super) use descriptor::Descriptor;
pub(super) use file_size::{allocate, truncate};
pub(super) use mmap::{map_file, page_size};
pub(super) use read::{read, read_at};
pub(super) use seek::{Whence, seek};
pub(super) use stat::{FileType, flags, status};
pub(super) use write::{sync, write_all};
