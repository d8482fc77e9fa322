//! A pool that finds mistakes: writes outside of blocks, wrong sizes, blocks given back twice, blocks never given back.
//!
//! Layout: `[guard][bytes of the caller][guard]` in one block of the parent; the guard before is as long as the alignment, at
//! least `GUARD`, so that the caller's bytes keep it. Fresh bytes and freed bytes are filled with a pattern, so that
//! reading them shows. A list of live blocks stands apart from them, where no stray write reaches it.

mod live;

use super::fixed_text::FixedText;
use super::keep_alive::PoolKeepAlive;
use super::limits::ALIGNMENT;
use super::memory_pool::{Debugging, Details, MemoryPool};
use super::pool::{Pool, PoolRef};
use crate::alloc::{Text, try_box};
use crate::err;
use crate::error::{Error, Result};
use live::{Block, Live};
use std::ffi::CStr;
use std::fmt;
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of pattern behind a block, and at least as many before it.
const GUARD: usize = ALIGNMENT;
const GUARD_BYTE: u8 = 0xFD;
const FRESH_BYTE: u8 = 0xCD;
const FREED_BYTE: u8 = 0xDD;

/// What follows when a mistake was found and told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing: the program goes on.
    GoOn,
    /// The process ends with SIGABRT.
    Abort,
    /// The process stops with SIGTRAP, where a debugger waits for it.
    Trap,
}

/// Who is told about a mistake.
pub trait FaultReport: Send + Sync {
    /// A mistake was found, on this thread. It must not use the pool.
    fn fault(&self, text: &FixedText);
}

/// Tells standard error.
#[derive(Clone, Copy, Debug)]
pub struct StderrReport;

impl FaultReport for StderrReport {
    fn fault(&self, text: &FixedText) {
        for part in [b"nock: ", text.as_bytes(), b"\n"] {
            // SAFETY: the part is readable for its length. What cannot be written is lost, like anything on stderr.
            unsafe { libc::write(libc::STDERR_FILENO, part.as_ptr().cast(), part.len()) };
        }
    }
}

/// A pool that checks.
struct DebugPool {
    parent: PoolKeepAlive,
    live: Mutex<Live>,
    action: Action,
    report: Box<dyn FaultReport>,
    faults: AtomicU64,
}

/// Bytes before the caller's.
fn guard_before(alignment: usize) -> usize {
    alignment.max(GUARD)
}

/// Bytes of the parent's block in all, and its alignment.
fn outer(size: usize, alignment: usize) -> (usize, usize) {
    let size = size.saturating_add(guard_before(alignment) + GUARD);
    (size, alignment.max(ALIGNMENT))
}

impl DebugPool {
    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cold]
    fn fault(&self, arguments: fmt::Arguments<'_>) {
        self.faults.fetch_add(1, Ordering::Relaxed);
        self.report.fault(&FixedText::of(arguments));
        match self.action {
            Action::GoOn => {}
            Action::Abort => std::process::abort(),
            Action::Trap => {
                // SAFETY: raise may be called at any time.
                unsafe { libc::raise(libc::SIGTRAP) };
            }
        }
    }

    /// Look whether both guards are whole.
    fn check_guards(&self, address: usize, block: &Block, start: NonNull<u8>, tag: &FixedText) {
        let before = guard_before(block.alignment);
        // SAFETY: the guard lies before the block, in the same block of the parent.
        let first = unsafe { start.sub(before) };
        // SAFETY: the guard is readable; it was written when the block was taken.
        let guard = unsafe { std::slice::from_raw_parts(first.as_ptr(), before) };
        if let Some(at) = guard.iter().rposition(|byte| *byte != GUARD_BYTE) {
            self.fault(format_args!(
                "a write to byte {} before the start of the {} bytes at {address:#x}, tag '{tag}'",
                before - at,
                block.size
            ));
        }
        // SAFETY: the guard lies behind the block, in the same block of the parent.
        let behind = unsafe { start.add(block.size) };
        // SAFETY: the guard is readable; it was written when the block was taken.
        let guard = unsafe { std::slice::from_raw_parts(behind.as_ptr(), GUARD) };
        if let Some(at) = guard.iter().position(|byte| *byte != GUARD_BYTE) {
            self.fault(format_args!(
                "Wrong size on deallocation: a write to byte {} behind the end of the {} bytes at {address:#x}, tag '{tag}'",
                at + 1,
                block.size
            ));
        }
    }

    /// Take a block off the list, if what the caller says about it is right.
    fn claim(&self, start: NonNull<u8>, size: usize, alignment: usize) -> Option<Block> {
        let address = start.as_ptr().addr();
        let found = self.live().remove(address);
        let Some(block) = found else {
            self.fault(format_args!(
                "{size} bytes at {address:#x} were given back twice, or never came from this pool"
            ));
            return None;
        };
        // Without an allocation, since there is nobody to tell that it failed; a message is no longer than this either.
        let tag = FixedText::of(format_args!("{}", self.live().tag(&block)));
        if block.size != size || block.alignment != alignment {
            self.fault(format_args!(
                "Wrong size on deallocation: {size} bytes aligned to {alignment} at {address:#x}, which has {} aligned to {}, tag '{tag}'",
                block.size,
                block.alignment
            ));
        }
        self.check_guards(address, &block, start, &tag);
        Some(block)
    }

    /// Give the parent's block back.
    ///
    /// # Safety
    /// - `start` is where the caller's bytes of `block` start, and nobody uses them any more.
    unsafe fn end(&self, start: NonNull<u8>, block: &Block) {
        // SAFETY: the bytes are the caller's no more (contract).
        unsafe { start.as_ptr().write_bytes(FREED_BYTE, block.size) };
        // SAFETY: the guard lies before the block, in the same block of the parent.
        let first = unsafe { start.sub(guard_before(block.alignment)) };
        let (size, alignment) = outer(block.size, block.alignment);
        // SAFETY: allocated with these in `allocate`.
        unsafe { self.parent.deallocate(first, size, alignment) };
    }
}

// SAFETY: each block lies inside one of the parent's, after a guard that keeps the alignment.
unsafe impl MemoryPool for DebugPool {
    fn backend_name(&self) -> &'static CStr {
        self.parent.backend_name()
    }

    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        let promise = self.live().reserve()?;
        let (outer_size, outer_alignment) = outer(size, alignment);
        let taken = self.parent.allocate(outer_size, outer_alignment);
        let first = match taken {
            Ok(first) => first,
            Err(error) => {
                self.live().give_up(promise);
                return Err(error);
            }
        };
        let before = guard_before(alignment);
        // SAFETY: the block has `outer_size` bytes.
        unsafe { first.as_ptr().write_bytes(GUARD_BYTE, before) };
        // SAFETY: the caller's bytes start behind the guard.
        let start = unsafe { first.add(before) };
        // SAFETY: the block has `size` bytes there.
        unsafe { start.as_ptr().write_bytes(FRESH_BYTE, size) };
        // SAFETY: the second guard starts behind them.
        let behind = unsafe { start.add(size) };
        // SAFETY: and has GUARD bytes.
        unsafe { behind.as_ptr().write_bytes(GUARD_BYTE, GUARD) };
        self.live()
            .insert(promise, start.as_ptr().addr(), size, alignment);
        Ok(start)
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        let address = block.as_ptr().addr();
        if !self.live().is(address, old_size, alignment) {
            self.fault(format_args!(
                "Wrong size on reallocation: there are no {old_size} bytes aligned to {alignment} at {address:#x}"
            ));
            return Err(wrong_block(old_size, alignment));
        }
        let moved = self.allocate(new_size, alignment)?;
        // SAFETY: both blocks have so many bytes (checked above) and are different.
        unsafe {
            std::ptr::copy_nonoverlapping(block.as_ptr(), moved.as_ptr(), old_size.min(new_size))
        };
        if let Some(old) = self.claim(block, old_size, alignment) {
            // SAFETY: the caller uses the new block from now on (contract).
            unsafe { self.end(block, &old) };
        }
        Ok(moved)
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        let Some(old) = self.claim(block, size, alignment) else {
            return 0;
        };
        // SAFETY: the caller does not use the block any more (contract).
        unsafe { self.end(block, &old) };
        old.size
    }

    fn release_unused(&self) {
        self.parent.release_unused();
    }

    fn release_cached(&self) {
        self.parent.release_cached();
    }

    fn details(&self) -> Details {
        self.parent.details()
    }

    fn debugging(&self) -> Option<&dyn Debugging> {
        Some(self)
    }
}

impl Debugging for DebugPool {
    fn faults(&self) -> u64 {
        self.faults.load(Ordering::Relaxed)
    }

    fn set_tag(&self, tag: &str) -> Result<()> {
        self.live().set_tag(tag)
    }

    fn report(&self) -> Result<Text> {
        self.live().report()
    }
}

#[cold]
fn wrong_block(size: usize, alignment: usize) -> Error {
    err!(
        InvalidArgument,
        "the block does not have {} bytes aligned to {}",
        size,
        alignment
    )
}

impl Pool {
    /// A pool that takes its memory from `parent` and checks what is done with it. On failure `report` is not called.
    pub fn new_debug<R: FaultReport + 'static>(
        parent: &PoolRef,
        action: Action,
        report: impl FnOnce() -> R,
    ) -> Result<PoolRef> {
        let depth = parent.depth_below()?;
        let room = try_box(MaybeUninit::<R>::uninit())?;
        let debug = || {
            let report: Box<R> = Box::write(room, report());
            DebugPool {
                parent: PoolKeepAlive::new(parent),
                live: Mutex::new(Live::new()),
                action,
                report,
                faults: AtomicU64::new(0),
            }
        };
        Pool::new_over(debug, u64::MAX, depth)
    }
}
