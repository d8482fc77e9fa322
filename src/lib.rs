//! nock: Apache Arrow's memory, devices, IO streams and IPC behind a plain C ABI.
//!
//! The library is meant to be used through `include/nock/nock.h`; the Rust items are public for its own tests and benches
//! and carry no promise of stability. docs/architecture.md describes the layers; imports between them point one way:
//! `alloc, error <- pool <- device <- buffer <- io`, `error <- schema`, `buffer, schema <- array`, all of them `<- ipc`,
//! everything `<- capi`.

pub mod alloc;
pub mod error;
pub mod pool;
pub mod buffer;
pub mod io;
pub mod schema;
pub mod array;
pub mod ipc;
pub mod capi;
