//! The buffer itself: address, size, owner.

use super::owner::{BufferOwner, ForeignRelease};
use super::usage::Usage;
use crate::alloc::{Counted, TryArc, try_box};
use crate::error::Result;
use crate::pool::{ALIGNMENT, Pool, PoolKeepAlive, PoolRef, check_size};
use std::ffi::c_void;
use std::fmt;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

/// Shared ownership of a buffer.
pub type BufferRef = TryArc<Buffer>;

/// A run of bytes with an owner.
///
/// Address and size of all buffers but resizable ones never change. They are atomics because a resize, which needs the
/// only reference, must not be undefined behaviour even when a C program breaks that rule on another thread; `usage` keeps
/// it apart from calls that read the bytes.
#[derive(Debug)]
pub struct Buffer {
    pub(super) data: AtomicPtr<u8>,
    pub(super) len: AtomicUsize,
    pub(super) capacity: AtomicUsize,
    pub(super) mutable: AtomicBool,
    pub(super) resizable: bool,
    pub(super) usage: Usage,
    pub(super) owner: ManuallyDrop<Owner>,
}

impl Counted for Buffer {}

/// Who keeps the memory of a buffer alive.
pub(super) enum Owner {
    /// A block of a pool.
    Pool {
        pool: PoolKeepAlive,
        alignment: usize,
    },
    /// In one block with the buffer's object, counted by a pool.
    Inline { pool: PoolKeepAlive },
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
            Owner::Inline { .. } => "inline",
            Owner::Foreign { .. } => "foreign",
            Owner::Kept(_) => "kept",
            Owner::Parent(_) => "parent",
            Owner::Static => "static",
        })
    }
}

/// Round a size up to the padding unit.
#[inline]
pub fn padded(size: usize) -> Result<usize> {
    check_size(size)?;
    Ok(size.next_multiple_of(ALIGNMENT))
}

impl Buffer {
    #[inline]
    pub(super) fn from_parts(
        data: NonNull<u8>,
        len: usize,
        capacity: usize,
        mutable: bool,
        owner: Owner,
    ) -> Buffer {
        Buffer {
            data: AtomicPtr::new(data.as_ptr()),
            len: AtomicUsize::new(len),
            capacity: AtomicUsize::new(capacity),
            mutable: AtomicBool::new(mutable),
            resizable: false,
            usage: Usage::new(),
            owner: ManuallyDrop::new(owner),
        }
    }

    #[inline]
    pub(super) fn with_resizable(mut self, resizable: bool) -> Buffer {
        self.resizable = resizable;
        self
    }

    /// An immutable buffer of no bytes.
    pub fn empty() -> Result<BufferRef> {
        let data = Pool::default_static().allocate(0, ALIGNMENT)?;
        Ok(TryArc::try_new(Buffer::from_parts(
            data,
            0,
            0,
            false,
            Owner::Static,
        ))?)
    }

    /// A buffer over the caller's memory. `release(user_data)` is called once when the last reference goes, and not at all
    /// if this call fails.
    ///
    /// # Safety
    /// - `data` is NULL with `len` 0, or readable, and writable if `mutable`, for `len` bytes until `release` is called.
    /// - `release`, if any, may be called on any thread.
    pub unsafe fn foreign(
        data: *const u8,
        len: usize,
        mutable: bool,
        release: Option<ForeignRelease>,
        user_data: *mut c_void,
    ) -> Result<BufferRef> {
        let data = match NonNull::new(data.cast_mut()) {
            Some(data) => data,
            None => Pool::default_static().allocate(0, ALIGNMENT)?,
        };
        // The release is armed only after the allocation, so that a failure leaves the memory with the caller.
        Ok(TryArc::try_new_with(|| {
            let owner = Owner::Foreign { release, user_data };
            Buffer::from_parts(data, len, len, mutable, owner)
        })?)
    }

    /// A buffer over memory that `owner` keeps valid; dropping the owner ends the memory.
    ///
    /// # Safety
    /// - `data` is readable, and writable if `mutable`, for `len` bytes while `owner` lives.
    pub unsafe fn from_owner(
        data: NonNull<u8>,
        len: usize,
        mutable: bool,
        owner: Box<dyn BufferOwner>,
    ) -> Result<BufferRef> {
        Ok(TryArc::try_new_with(|| {
            Buffer::from_parts(data, len, len, mutable, Owner::Kept(owner))
        })?)
    }

    /// The first byte.
    #[inline]
    pub fn as_ptr(&self) -> *const u8 {
        self.data.load(Ordering::Relaxed)
    }

    /// The first byte, for the CPU to read; null when it cannot.
    #[inline]
    pub fn cpu_data(&self) -> *const u8 {
        if self.is_cpu() {
            self.as_ptr()
        } else {
            std::ptr::null()
        }
    }

    /// The first byte, for the CPU to write; null when it cannot or must not.
    #[inline]
    pub fn cpu_mutable_data(&self) -> *mut u8 {
        if self.is_mutable() {
            self.cpu_data().cast_mut()
        } else {
            std::ptr::null_mut()
        }
    }

    /// Bytes in the buffer.
    #[inline]
    pub fn len(&self) -> usize {
        self.len.load(Ordering::Relaxed)
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that the memory behind the buffer has from its start on.
    pub fn capacity(&self) -> usize {
        self.capacity.load(Ordering::Relaxed)
    }

    /// The bytes.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: the invariant of the type.
        unsafe { std::slice::from_raw_parts(self.as_ptr(), self.len()) }
    }

    /// The bytes for writing, when this is the only reference and the buffer is mutable.
    pub fn get_mut(this: &mut BufferRef) -> Option<&mut [u8]> {
        if !this.is_mutable() || this.parent().is_some() || !TryArc::is_unique(this) {
            return None;
        }
        // SAFETY: mutable memory of a root buffer whose only reference is borrowed mutably.
        Some(unsafe { std::slice::from_raw_parts_mut(this.as_ptr().cast_mut(), this.len()) })
    }

    /// Whether the bytes may be written.
    pub fn is_mutable(&self) -> bool {
        self.mutable.load(Ordering::Relaxed)
    }

    /// Whether the size may change.
    pub fn is_resizable(&self) -> bool {
        self.resizable && self.is_mutable()
    }

    /// Whether the CPU can read the bytes.
    pub fn is_cpu(&self) -> bool {
        true
    }

    /// Make the buffer immutable for good.
    pub fn freeze(&self) {
        self.mutable.store(false, Ordering::Relaxed);
    }

    /// What this buffer is a slice of.
    pub fn parent(&self) -> Option<&BufferRef> {
        match &*self.owner {
            Owner::Parent(parent) => Some(parent),
            _ => None,
        }
    }

    /// The pool that the memory came from, for slices that of the root; `None` for foreign memory.
    pub fn pool(&self) -> Option<PoolRef> {
        let mut buffer = self;
        loop {
            match &*buffer.owner {
                Owner::Parent(parent) => buffer = parent,
                Owner::Pool { pool, .. } | Owner::Inline { pool } => {
                    return Some(pool.to_ref());
                }
                Owner::Foreign { .. } | Owner::Kept(_) | Owner::Static => return None,
            }
        }
    }

    /// A box around a value that keeps memory alive, for `from_owner`.
    pub fn keep<T: BufferOwner>(owner: T) -> Result<Box<dyn BufferOwner>> {
        let owner: Box<dyn BufferOwner> = try_box(owner)?;
        Ok(owner)
    }
}
