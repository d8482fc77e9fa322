//! How IPC is written.

use super::options::{self, Options};
use crate::error::Result;
use crate::ipc::write::WriteOptions;

/// How messages are laid out. Start from NOCK_IPC_WRITE_OPTIONS_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_ipc_write_options_t {
    /// sizeof the struct in the caller's header.
    pub struct_size: u32,
    /// None yet: 0.
    pub flags: u32,
    /// Messages and buffers start at multiples of this many bytes: 8, 16, 32 or 64; 0: 64.
    pub alignment: u32,
    /// The most levels of a nested type, the innermost included; 0: 64, which is also the maximum.
    pub max_nesting: u32,
}

const _: () = {
    assert!(size_of::<nock_ipc_write_options_t>() == 16);
    assert!(std::mem::offset_of!(nock_ipc_write_options_t, alignment) == 8);
    assert!(std::mem::offset_of!(nock_ipc_write_options_t, max_nesting) == 12);
};

// SAFETY: integers only, no padding, size and flags first.
unsafe impl Options for nock_ipc_write_options_t {
    const MINIMUM: usize = 16;
    const FLAGS: u32 = 0;
}

/// Read the caller's options.
///
/// # Safety
/// - `options` is NULL, or its first four bytes are readable and say how many are.
pub(super) unsafe fn read(options: *const nock_ipc_write_options_t) -> Result<WriteOptions> {
    // SAFETY: same contract.
    let given = unsafe { options::read(options) }?;
    let mut options = WriteOptions::default();
    if given.alignment > 0 {
        options.alignment = given.alignment as usize;
    }
    if given.max_nesting > 0 {
        options.max_nesting = given.max_nesting as usize;
    }
    Ok(options)
}
