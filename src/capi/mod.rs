//! The C boundary: everything that `include/nock/nock.h` declares.
//!
//! A function here checks its arguments, makes one core call and wraps the result. cbindgen prints the items of these
//! modules into the header in the order of the list below, so the order is the header's table of contents.
//!
//! Glossary of the `SAFETY` comments:
//! - *live handle*: a pointer that a function of this library returned and that was not unref'd or freed yet;
//! - *valid slot*: a pointer to a writable, aligned variable of the pointed-to type;
//! - *readable run*: `len` bytes that may be read for the duration of the call;
//! - *writable run*: `len` bytes that may be written for the duration of the call and that nobody else uses.
#![allow(non_camel_case_types, reason = "the names that C sees")]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::todo,
    clippy::unimplemented
)]

#[macro_use]
mod family;
#[macro_use]
mod arguments;
mod frame;
mod guard;
mod handle;
mod options;

pub mod version;
pub mod status;
pub mod error;
pub mod ownership;
pub mod pool;
pub mod buffer;
pub mod buffer_builder;
pub mod bitmap;
pub mod bitmap_builder;
pub mod stream;
pub mod text;
pub mod metadata;
pub mod r#type;
pub mod field;
pub mod schema;
pub mod validation;
pub mod array;
pub mod array_builder;
pub mod batch;
pub mod ipc_write_options;
pub mod ipc_writer;
pub mod ipc_read_options;
pub mod ipc_stream_reader;
pub mod ipc_file_reader;
pub mod ipc;
#[cfg(feature = "test-hooks")]
pub mod test_hooks;

pub use handle::{Exclusive, Handle, Shared, free, unref};
