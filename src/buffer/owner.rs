//! Memory that is not of a pool.

use std::ffi::c_void;

/// A value whose drop ends the memory of a buffer: a memory map, an imported array, ...
pub trait BufferOwner: Send + Sync + 'static {}

/// Ends foreign memory. Called once, on any thread.
pub type ForeignRelease = unsafe extern "C" fn(user_data: *mut c_void);
