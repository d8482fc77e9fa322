//! Where the kernel has no call to move pages, large blocks stay with the allocator: nothing here is ever reached.

use super::Policy;
use std::ptr::NonNull;

/// An alignment that large blocks would have.
#[cfg(test)]
pub(super) const HUGE_PAGE: usize = 2 << 20;

/// On which memory nodes large blocks lie, where there is more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numa {
    /// As the thread's policy says.
    Default,
    /// Page by page on all nodes in turn.
    Interleave,
    /// On one node while it has memory.
    Prefer(u32),
}

pub(super) fn map(_bytes: usize, _policy: &Policy) -> Option<NonNull<u8>> {
    None
}

/// # Safety
/// - Never called.
pub(super) unsafe fn unmap(_block: NonNull<u8>, _bytes: usize) {}

/// # Safety
/// - Never called.
pub(super) unsafe fn remap(_block: NonNull<u8>, _old: usize, _new: usize) -> Option<NonNull<u8>> {
    None
}
