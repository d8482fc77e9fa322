//! Tests of streams: what they share is here, each kind has a file.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]

mod file;
mod memory;
mod mmap;
mod sources;

use super::*;
use crate::buffer::{Buffer, BufferRef};
use crate::error::{Error, ErrorKind};
use crate::pool::{Pool, PoolRef};
use std::ffi::{CStr, CString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

fn pool() -> PoolRef {
    Pool::default_pool()
}

/// A path of its own that is removed at the end.
struct Temp {
    path: PathBuf,
    text: CString,
}

impl Temp {
    fn new() -> Temp {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("nock-io-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let text = CString::new(path.as_os_str().as_bytes()).expect("no NUL");
        Temp { path, text }
    }

    fn with(bytes: &[u8]) -> Temp {
        let temp = Temp::new();
        std::fs::write(&temp.path, bytes).expect("written");
        temp
    }

    fn c(&self) -> &CStr {
        &self.text
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("readable")
    }

    fn open(&self, mode: Mode) -> StreamRef {
        open_path(self.c(), mode, OpenOptions::default()).expect("opens")
    }

    fn map(&self, mode: Mode) -> StreamRef {
        open_mmap(self.c(), mode, MapOptions::default()).expect("maps")
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn kind<T>(result: crate::error::Result<T>) -> ErrorKind {
    error(result).kind()
}

fn error<T>(result: crate::error::Result<T>) -> Error {
    match result {
        Ok(_) => panic!("should have failed"),
        Err(error) => error,
    }
}

fn buffer(bytes: &[u8]) -> BufferRef {
    Buffer::copy_of(bytes, &pool()).expect("memory")
}

/// Every way to read `bytes`.
fn sources(bytes: &[u8]) -> (Temp, Vec<StreamRef>) {
    let temp = Temp::with(bytes);
    let streams = vec![
        temp.open(Mode::Read),
        temp.open(Mode::ReadWrite),
        temp.map(Mode::Read),
        temp.map(Mode::ReadWrite),
        open_buffer(buffer(bytes)).expect("opens"),
    ];
    (temp, streams)
}
