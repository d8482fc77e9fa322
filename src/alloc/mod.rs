//! Fallible forms of std's owning types: every allocation that can fail returns an error instead of aborting.
//!
//! The one invariant: nothing in this crate takes memory through a call that aborts when there is none. `clippy.toml`
//! forbids the std calls that do; what replaces them stands here. Data bytes come from a memory pool, not from here:
//! these are for handles, lists and text.

mod allocator;
mod arc;
pub(crate) mod environment;
mod object;
mod text;
mod vec;

pub(crate) use allocator::Allocator;
pub use arc::{ArcBorrow, Counted, StaticArc, TryArc};
pub use text::Text;
pub use vec::{VecExt, vec_from_slice, vec_with_capacity, vec_zeroed};

use std::alloc::Layout;
use std::ptr::NonNull;

/// The allocator had no memory for a small object of `bytes` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllocError {
    /// Bytes that were asked for.
    pub bytes: usize,
}

/// Take uninitialised memory for `layout` from the process allocator.
pub(crate) fn try_alloc_layout(layout: Layout) -> Result<NonNull<u8>, AllocError> {
    if layout.size() == 0 {
        return Ok(NonNull::dangling());
    }
    // SAFETY: the layout has a non-zero size, checked above.
    let raw = unsafe { std::alloc::alloc(layout) };
    NonNull::new(raw).ok_or(AllocError {
        bytes: layout.size(),
    })
}

/// A `Box` that reports a failed allocation instead of aborting.
pub fn try_box<T>(value: T) -> Result<Box<T>, AllocError> {
    let layout = Layout::new::<T>();
    if layout.size() == 0 {
        // The Box is the owner from now on: dropping the value here too would end it twice.
        std::mem::forget(value);
        // SAFETY: a dangling, aligned pointer is what a Box of a zero-sized type holds.
        return Ok(unsafe { Box::from_raw(NonNull::<T>::dangling().as_ptr()) });
    }
    let memory = try_alloc_layout(layout)?.cast::<T>();
    // SAFETY: freshly allocated for a T.
    unsafe { memory.as_ptr().write(value) };
    // SAFETY: allocated by the global allocator with the layout of T and initialised above.
    Ok(unsafe { Box::from_raw(memory.as_ptr()) })
}

#[cfg(test)]
mod tests {
    use super::try_box;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static ENDED: AtomicUsize = AtomicUsize::new(0);

    struct WithoutBytes;

    impl Drop for WithoutBytes {
        fn drop(&mut self) {
            ENDED.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_value_without_bytes_ends_once() {
        let boxed = try_box(WithoutBytes).expect("no memory needed");
        assert_eq!(ENDED.load(Ordering::Relaxed), 0);
        drop(boxed);
        assert_eq!(ENDED.load(Ordering::Relaxed), 1);
    }
}
