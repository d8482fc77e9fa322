//! A pool whose memory comes from functions of the caller.
//!
//! What they say is checked: a success without an address and an address with the wrong alignment are failures.

use super::debug::{Action, FaultReport};
use super::fixed_text::FixedText;
use super::memory_pool::MemoryPool;
use super::nested::{Event, EventKind, Log};
use super::pool::{Pool, PoolRef};
use crate::err;
use crate::error::{Error, Result};
use std::ffi::{CStr, c_char, c_void};
use std::fmt;
use std::ptr::NonNull;

/// Ends what `user_data` stands for.
pub type ReleaseFn = unsafe extern "C" fn(user_data: *mut c_void);

/// Functions of the caller. Each gets `user_data` first, and may be called on any thread.
#[derive(Clone, Copy)]
pub struct CallbackPool {
    /// Take a block; a status, 0 for success.
    pub alloc: unsafe extern "C" fn(
        user_data: *mut c_void,
        size: usize,
        alignment: usize,
        out: *mut *mut c_void,
    ) -> i32,
    /// Change the size of a block where it is; any status but 0 means that it cannot.
    pub resize: Option<
        unsafe extern "C" fn(
            user_data: *mut c_void,
            block: *mut c_void,
            old_size: usize,
            new_size: usize,
            alignment: usize,
        ) -> i32,
    >,
    /// Give a block back.
    pub dealloc: unsafe extern "C" fn(
        user_data: *mut c_void,
        block: *mut c_void,
        size: usize,
        alignment: usize,
    ),
    /// Give memory that is held for reuse back to the system.
    pub release_unused: Option<unsafe extern "C" fn(user_data: *mut c_void)>,
    /// Called once, after the last block was freed and the last owner of the pool was dropped.
    pub release: Option<ReleaseFn>,
    /// The first argument of each.
    pub user_data: *mut c_void,
}

impl fmt::Debug for CallbackPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallbackPool")
    }
}

// SAFETY: the caller allows every thread (contract of new_callback).
unsafe impl Send for CallbackPool {}
// SAFETY: as above.
unsafe impl Sync for CallbackPool {}

/// Calls `release` at its end.
struct Owned(CallbackPool);

impl Drop for Owned {
    fn drop(&mut self) {
        if let Some(release) = self.0.release {
            // SAFETY: the pool and with it every block is gone; called once.
            unsafe { release(self.0.user_data) };
        }
    }
}

#[cold]
fn no_address(size: usize) -> Error {
    err!(
        Callback,
        "the alloc callback said that it gave {} bytes, but gave no address",
        size
    )
}

#[cold]
fn misaligned(address: usize, alignment: usize) -> Error {
    err!(
        Callback,
        "the alloc callback gave address {}, which is not aligned to {}",
        address,
        alignment
    )
}

// SAFETY: the callbacks give fresh blocks (contract of new_callback), and alignment is checked.
unsafe impl MemoryPool for Owned {
    fn backend_name(&self) -> &'static CStr {
        c"callback"
    }

    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        let CallbackPool {
            alloc,
            dealloc,
            user_data,
            ..
        } = self.0;
        let mut block = std::ptr::null_mut();
        // SAFETY: `block` is a valid slot; the caller allows the call (contract of new_callback).
        let status = unsafe { alloc(user_data, size, alignment, &raw mut block) };
        if status != 0 {
            return Err(Error::of_callback("alloc", status));
        }
        let Some(found) = NonNull::new(block.cast::<u8>()) else {
            return Err(no_address(size));
        };
        if found.as_ptr().addr() % alignment != 0 {
            // SAFETY: it came from alloc just above.
            unsafe { dealloc(user_data, block, size, alignment) };
            return Err(misaligned(found.as_ptr().addr(), alignment));
        }
        Ok(found)
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        if let Some(resize) = self.0.resize {
            let (user_data, address) = (self.0.user_data, block.as_ptr().cast());
            // SAFETY: the block came from alloc with these (contract).
            let status = unsafe { resize(user_data, address, old_size, new_size, alignment) };
            if status == 0 {
                return Ok(block);
            }
        }
        let moved = self.allocate(new_size, alignment)?;
        let kept = old_size.min(new_size);
        // SAFETY: both blocks have at least `kept` bytes and are different.
        unsafe { std::ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), kept) };
        // SAFETY: same contract; the block is not used afterwards.
        unsafe { self.deallocate(block, old_size, alignment) };
        Ok(moved)
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        let CallbackPool {
            dealloc, user_data, ..
        } = self.0;
        // SAFETY: the block came from alloc with these (contract).
        unsafe { dealloc(user_data, block.as_ptr().cast(), size, alignment) };
        size
    }

    fn release_unused(&self) {
        if let Some(release_unused) = self.0.release_unused {
            // SAFETY: the caller allows the call (contract of new_callback).
            unsafe { release_unused(self.0.user_data) };
        }
    }
}

impl Pool {
    /// A pool over functions of the caller. On failure `release` is not called.
    ///
    /// # Safety
    /// - The functions may be called on any thread, with `user_data`, until `release` is called.
    /// - A block from `alloc` has the asked size and is nobody else's until `dealloc`.
    /// - They do not unwind.
    pub unsafe fn new_callback(callbacks: CallbackPool) -> Result<PoolRef> {
        Pool::new_over(|| Owned(callbacks), u64::MAX, 0)
    }
}

/// A function of the caller that is told something, and its end.
struct Told<F> {
    tell: F,
    release: Option<ReleaseFn>,
    user_data: *mut c_void,
}

// SAFETY: the caller allows every thread (contracts of new_logging_callback and new_debug_callback).
unsafe impl<F> Send for Told<F> {}
// SAFETY: as above.
unsafe impl<F> Sync for Told<F> {}

impl<F> Drop for Told<F> {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the pool is gone; called once.
            unsafe { release(self.user_data) };
        }
    }
}

/// Gets an event of a logging pool: kind (1 allocate, 2 reallocate, 3 free), address, old size, size, alignment.
pub type EventFn = unsafe extern "C" fn(
    user_data: *mut c_void,
    kind: i32,
    address: u64,
    old_size: usize,
    size: usize,
    alignment: usize,
);

impl Log for Told<EventFn> {
    fn event(&self, event: &Event) {
        let kind = match event.kind {
            EventKind::Allocate => 1,
            EventKind::Reallocate => 2,
            EventKind::Free => 3,
        };
        // SAFETY: the caller allows the call (contract of new_logging_callback).
        unsafe {
            (self.tell)(
                self.user_data,
                kind,
                event.address as u64,
                event.old_size,
                event.size,
                event.alignment,
            );
        }
    }
}

/// Gets the text of a fault of a debug pool.
pub type FaultFn = unsafe extern "C" fn(user_data: *mut c_void, text: *const c_char);

impl FaultReport for Told<FaultFn> {
    fn fault(&self, text: &FixedText) {
        let text = text.as_bytes_with_nul().as_ptr().cast();
        // SAFETY: the text ends in NUL; the caller allows the call (contract of new_debug_callback).
        unsafe { (self.tell)(self.user_data, text) };
    }
}

impl Pool {
    /// A logging pool that tells a function of the caller. On failure `release` is not called.
    ///
    /// # Safety
    /// - The functions may be called on any thread, with `user_data`, until `release` is called, and do not unwind.
    pub unsafe fn new_logging_callback(
        parent: &PoolRef,
        tell: EventFn,
        release: Option<ReleaseFn>,
        user_data: *mut c_void,
    ) -> Result<PoolRef> {
        let told = || Told {
            tell,
            release,
            user_data,
        };
        Pool::new_logging(parent, told)
    }

    /// A debug pool that tells a function of the caller. On failure `release` is not called.
    ///
    /// # Safety
    /// - The functions may be called on any thread, with `user_data`, until `release` is called, and do not unwind.
    pub unsafe fn new_debug_callback(
        parent: &PoolRef,
        action: Action,
        tell: FaultFn,
        release: Option<ReleaseFn>,
        user_data: *mut c_void,
    ) -> Result<PoolRef> {
        let told = || Told {
            tell,
            release,
            user_data,
        };
        Pool::new_debug(parent, action, told)
    }
}
