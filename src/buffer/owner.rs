//! Who keeps the memory of a buffer alive.

use super::BufferRef;
use crate::pool::PoolKeepAlive;
use std::ffi::c_void;
use std::fmt;

/// A value whose drop ends the memory of a buffer: a memory map, an imported array, ...
pub trait BufferOwner: Send + Sync + 'static {}

/// Ends foreign memory. Called once, on any thread.
pub type ForeignRelease = unsafe extern "C" fn(user_data: *mut c_void);

pub(super) enum Owner {
    /// A block of a pool.
    Pool {
        pool: PoolKeepAlive,
        alignment: usize,
    },
    /// In one block with the buffer's object, counted by a pool.
    Together { pool: PoolKeepAlive },
    /// Memory of the caller.
    Foreign {
        release: Option<ForeignRelease>,
        user_data: *mut c_void,
    },
    /// Memory that lives while the value does.
    Kept(#[expect(dead_code, reason = "held for its drop")] Box<dyn BufferOwner>),
    /// A part of another buffer.
    Parent(BufferRef),
    /// Memory that lives as long as the process.
    Static,
}

// SAFETY: user_data only travels back to the release callback, which the creator allowed on any thread.
unsafe impl Send for Owner {}
// SAFETY: as above; nothing reads user_data through a shared reference.
unsafe impl Sync for Owner {}

impl fmt::Debug for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Owner::Pool { .. } => "pool",
            Owner::Together { .. } => "together",
            Owner::Foreign { .. } => "foreign",
            Owner::Kept(_) => "kept",
            Owner::Parent(_) => "parent",
            Owner::Static => "static",
        })
    }
}
