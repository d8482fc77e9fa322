//! How IPC is read.

use super::options::{self, Options};
use super::validation::{self, nock_validation_t};
use crate::err;
use crate::error::Result;
use crate::ipc::read::ReadOptions;

/// Limits of a reader, and how far it checks what it reads. Start from NOCK_IPC_READ_OPTIONS_INIT.
///
/// Lengths in the input are always compared with the size of the input before memory is allocated; these limits apply
/// besides.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_ipc_read_options_t {
    /// sizeof the struct in the caller's header.
    pub struct_size: u32,
    /// None yet: 0.
    pub flags: u32,
    /// The largest metadata of one message, and the largest footer; 0: 256 MiB. It cannot exceed 2 GiB.
    pub max_metadata_bytes: u64,
    /// The largest body of one message; 0: 1 TiB.
    pub max_body_bytes: u64,
    /// The most levels of a nested type, the innermost included; 0: 64, which is also the maximum.
    pub max_nesting: u32,
    /// A NOCK_VALIDATE_ value: how far a column is checked when it is built; 0: MEMORY.
    pub validation: nock_validation_t,
}

const _: () = {
    assert!(size_of::<nock_ipc_read_options_t>() == 32);
    assert!(std::mem::offset_of!(nock_ipc_read_options_t, max_metadata_bytes) == 8);
    assert!(std::mem::offset_of!(nock_ipc_read_options_t, max_body_bytes) == 16);
    assert!(std::mem::offset_of!(nock_ipc_read_options_t, max_nesting) == 24);
    assert!(std::mem::offset_of!(nock_ipc_read_options_t, validation) == 28);
};

// SAFETY: integers only, no padding, size and flags first.
unsafe impl Options for nock_ipc_read_options_t {
    const MINIMUM: usize = 32;
    const FLAGS: u32 = 0;
}

/// Read the caller's options.
///
/// # Safety
/// - `options` is NULL, or its first four bytes are readable and say how many are.
pub(super) unsafe fn read(options: *const nock_ipc_read_options_t) -> Result<ReadOptions> {
    // SAFETY: same contract.
    let given = unsafe { options::read(options) }?;
    let mut options = ReadOptions {
        validation: validation::level(given.validation)?,
        ..ReadOptions::default()
    };
    if given.max_metadata_bytes > 1 << 31 {
        return Err(err!(
            InvalidArgument,
            "max_metadata_bytes is {}, more than any message can have",
            given.max_metadata_bytes
        ));
    }
    if given.max_metadata_bytes > 0 {
        options.max_metadata_bytes = given.max_metadata_bytes;
    }
    if given.max_body_bytes > 0 {
        options.max_body_bytes = given.max_body_bytes;
    }
    if given.max_nesting > 0 {
        options.max_nesting = given.max_nesting as usize;
    }
    Ok(options)
}
