//! Blocks for counted objects: what a handle points into.
//!
//! Small objects are made and ended as often as data is sliced, so they come from the same allocator as the data of the
//! default pool: mimalloc, unless the environment names another backend. The choice is made once and kept, since a block
//! must go back where it came from. Objects are not counted in any pool.

use super::{AllocError, try_alloc_layout};
use std::alloc::Layout;
use std::ptr::NonNull;

/// Alignment that both allocators give without being asked.
pub(super) const NATURAL_ALIGNMENT: usize = 16;

#[cfg(feature = "mimalloc")]
mod choice {
    use crate::alloc::environment::chosen_backend;
    use std::sync::atomic::{AtomicU8, Ordering};

    const UNDECIDED: u8 = 0;
    const MALLOC: u8 = 1;
    const MIMALLOC: u8 = 2;

    static CHOICE: AtomicU8 = AtomicU8::new(UNDECIDED);

    /// Whether objects come from mimalloc.
    #[inline]
    pub(super) fn is_mimalloc() -> bool {
        match CHOICE.load(Ordering::Relaxed) {
            UNDECIDED => decide(),
            choice => choice == MIMALLOC,
        }
    }

    /// An unknown name means the built-in default, as it does for the default pool.
    #[cold]
    fn decide() -> bool {
        let other = chosen_backend()
            .is_some_and(|(_, name)| [&b"system"[..], b"jemalloc"].contains(&name.to_bytes()));
        let choice = if other { MALLOC } else { MIMALLOC };
        match CHOICE.compare_exchange(UNDECIDED, choice, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => choice == MIMALLOC,
            Err(earlier) => earlier == MIMALLOC,
        }
    }
}

/// Take memory for an object.
#[inline]
pub(super) fn allocate(layout: Layout) -> Result<NonNull<u8>, AllocError> {
    if layout.align() > NATURAL_ALIGNMENT || layout.size() == 0 {
        return try_alloc_layout(layout);
    }
    #[cfg(feature = "mimalloc")]
    if choice::is_mimalloc() {
        // SAFETY: mimalloc may be called with any size.
        let block = unsafe { libmimalloc_sys::mi_malloc(layout.size()) };
        return checked(block.cast(), layout);
    }
    // SAFETY: malloc may be called with any size.
    checked(unsafe { libc::malloc(layout.size()) }.cast(), layout)
}

#[inline]
fn checked(block: *mut u8, layout: Layout) -> Result<NonNull<u8>, AllocError> {
    NonNull::new(block).ok_or(AllocError {
        bytes: layout.size(),
    })
}

/// Whether objects come from the allocator that the named backend uses.
#[inline]
pub(crate) fn is_from_mimalloc() -> bool {
    #[cfg(feature = "mimalloc")]
    let is_mimalloc = choice::is_mimalloc();
    #[cfg(not(feature = "mimalloc"))]
    let is_mimalloc = false;
    is_mimalloc
}

/// Take memory for an object with `tail` more bytes behind it, the whole aligned to `alignment`, a power of two of at least
/// the size of a pointer. It goes back through `deallocate` with the layout of the object alone: neither allocator asks
/// for size or alignment, as long as the object itself needs none beyond the natural one.
#[inline(always)]
pub(super) fn allocate_with_tail(
    layout: Layout,
    tail: usize,
    alignment: usize,
) -> Result<NonNull<u8>, AllocError> {
    let size = layout.size().saturating_add(tail);
    #[cfg(feature = "mimalloc")]
    if choice::is_mimalloc() {
        // SAFETY: the alignment is a power of two (contract).
        let block = unsafe { libmimalloc_sys::mi_malloc_aligned(size, alignment) };
        return NonNull::new(block.cast()).ok_or(AllocError { bytes: size });
    }
    let mut block = std::ptr::null_mut();
    // SAFETY: `block` is a valid slot; the alignment is a power of two of at least the size of a pointer (contract).
    let code = unsafe { libc::posix_memalign(&raw mut block, alignment, size) };
    match NonNull::new(block.cast()) {
        Some(block) if code == 0 => Ok(block),
        _ => Err(AllocError { bytes: size }),
    }
}

/// Give the memory of an object back.
///
/// # Safety
/// - `block` came from `allocate` with the same layout and is not used afterwards.
#[inline]
pub(super) unsafe fn deallocate(block: NonNull<u8>, layout: Layout) {
    if layout.size() == 0 {
        return;
    }
    if layout.align() > NATURAL_ALIGNMENT {
        // SAFETY: it came from the global allocator with this layout (contract).
        return unsafe { std::alloc::dealloc(block.as_ptr(), layout) };
    }
    #[cfg(feature = "mimalloc")]
    if choice::is_mimalloc() {
        // SAFETY: the choice never changes, so the block came from mimalloc (contract).
        return unsafe { libmimalloc_sys::mi_free(block.as_ptr().cast()) };
    }
    // SAFETY: the choice never changes, so the block came from malloc (contract).
    unsafe { libc::free(block.as_ptr().cast()) };
}
