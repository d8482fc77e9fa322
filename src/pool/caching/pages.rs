//! Blocks straight from the kernel, at huge-page borders.

use super::policy::{Numa, Policy};
use std::ffi::c_void;
use std::ptr::{NonNull, null_mut};

/// The size of a huge page on the platforms that have one; elsewhere only an alignment.
pub(super) const HUGE_PAGE: usize = 2 << 20;

/// Pages at any address.
fn map_anywhere(bytes: usize) -> Option<NonNull<u8>> {
    let protection = libc::PROT_READ | libc::PROT_WRITE;
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: new pages at an address of the kernel's choice.
    let address = unsafe { libc::mmap(null_mut(), bytes, protection, flags, -1, 0) };
    if address == libc::MAP_FAILED {
        return None;
    }
    NonNull::new(address.cast())
}

fn is_at_border(block: NonNull<u8>) -> bool {
    block.as_ptr().addr().is_multiple_of(HUGE_PAGE)
}

/// Pages that start at a huge-page border.
fn map_at_border(bytes: usize) -> Option<NonNull<u8>> {
    let block = map_anywhere(bytes)?;
    if is_at_border(block) {
        return Some(block);
    }
    // SAFETY: mapped just above with this size.
    unsafe { unmap(block, bytes) };
    let with_slack = bytes.checked_add(HUGE_PAGE)?;
    let start = map_anywhere(with_slack)?;
    let before = start.as_ptr().align_offset(HUGE_PAGE);
    // SAFETY: less than a huge page, which the slack has.
    let block = unsafe { start.add(before) };
    // SAFETY: the block and what is behind it lie inside the mapping.
    let behind = unsafe { block.add(bytes) };
    // SAFETY: the part before the block is nobody's.
    unsafe { unmap(start, before) };
    // SAFETY: the part behind the block is nobody's.
    unsafe { unmap(behind, HUGE_PAGE - before) };
    Some(block)
}

/// A zeroed block; `None` when there is no memory.
pub(super) fn map(bytes: usize, policy: &Policy) -> Option<NonNull<u8>> {
    let block = map_at_border(bytes)?;
    if policy.huge_pages {
        // SAFETY: advice about the block just mapped; a kernel that does not take it goes on without.
        unsafe { libc::madvise(block.as_ptr().cast(), bytes, libc::MADV_HUGEPAGE) };
    }
    bind(block, bytes, policy.numa);
    Some(block)
}

/// Give a block back.
///
/// # Safety
/// - It is mapped for so many bytes, and not used afterwards.
pub(super) unsafe fn unmap(block: NonNull<u8>, bytes: usize) {
    if bytes > 0 {
        // SAFETY: same contract.
        unsafe { libc::munmap(block.as_ptr().cast(), bytes) };
    }
}

/// Change the size of a block without copying its bytes; `None`, and nothing changed, when the kernel cannot.
///
/// # Safety
/// - It is mapped for `old` bytes; if the result is another address, it is not used afterwards.
pub(super) unsafe fn remap(block: NonNull<u8>, old: usize, new: usize) -> Option<NonNull<u8>> {
    let address: *mut c_void = block.as_ptr().cast();
    if new < old {
        // SAFETY: same contract; without a flag the block stays where it is.
        let same = unsafe { libc::mremap(address, old, new, 0) };
        return (same != libc::MAP_FAILED).then_some(block);
    }
    // There is hardly ever room behind a block, since the kernel maps from the top of the address space downwards; and
    // its own choice of another place would not be a huge-page border.
    let target = map_at_border(new)?;
    let flags = libc::MREMAP_MAYMOVE | libc::MREMAP_FIXED;
    // SAFETY: the pages move onto the ones just mapped, which are nobody's.
    let moved = unsafe { libc::mremap(address, old, new, flags, target.as_ptr()) };
    if moved == libc::MAP_FAILED {
        if is_refused_outright() {
            // SAFETY: mapped just above with this size, and the kernel has not touched it.
            unsafe { unmap(target, new) };
        }
        return None;
    }
    // No change, but news to valgrind, which forgets the protection of pages that a move adds.
    // SAFETY: the block is mapped for `new` bytes now.
    unsafe { libc::mprotect(moved, new, libc::PROT_READ | libc::PROT_WRITE) };
    NonNull::new(moved.cast())
}

/// Whether the call just made failed before the kernel looked at any address, as in a sandbox.
///
/// After any other failure a move to a given address may have given up what was mapped there, and another thread may have got
/// the addresses since. They are left alone: at worst addresses without memory are lost.
fn is_refused_outright() -> bool {
    let code = std::io::Error::last_os_error().raw_os_error();
    matches!(code, Some(libc::ENOSYS | libc::EPERM))
}

/// Ask for memory nodes. This is advice: a kernel that does not take it goes on without.
fn bind(block: NonNull<u8>, bytes: usize, numa: Numa) {
    const MPOL_PREFERRED: i32 = 1;
    const MPOL_INTERLEAVE: i32 = 3;
    const MPOL_F_MEMS_ALLOWED: i32 = 4;
    const WORDS: usize = 16;
    const BITS: usize = WORDS * 64;
    let mut nodes = [0_u64; WORDS];
    let mode = match numa {
        Numa::Default => return,
        Numa::Interleave => {
            let mask = nodes.as_mut_ptr();
            let nothing = null_mut::<i32>();
            // SAFETY: the mask has room for BITS nodes.
            unsafe {
                libc::syscall(
                    libc::SYS_get_mempolicy,
                    nothing,
                    mask,
                    BITS,
                    null_mut::<u8>(),
                    MPOL_F_MEMS_ALLOWED,
                )
            };
            MPOL_INTERLEAVE
        }
        Numa::Prefer(node) => {
            let node = node as usize;
            if let Some(word) = nodes.get_mut(node / 64) {
                *word = 1 << (node % 64);
            }
            MPOL_PREFERRED
        }
    };
    let (address, mask) = (block.as_ptr(), nodes.as_ptr());
    // SAFETY: the block is mapped for so many bytes, and the mask has BITS bits.
    unsafe { libc::syscall(libc::SYS_mbind, address, bytes, mode, mask, BITS, 0_u32) };
}
