//! Where the kernel has no call to move pages, large blocks stay with the allocator: nothing here is ever reached.

use super::policy::Policy;
use std::ptr::NonNull;

/// An alignment that large blocks would have.
#[cfg(test)]
pub(super) const HUGE_PAGE: usize = 2 << 20;

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
