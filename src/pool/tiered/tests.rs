use super::kernel::HUGE_PAGE;
use super::{Numa, Policy, Tiered};
use crate::err;
use crate::error::Result;
use crate::pool::MemoryPool;
use crate::pool::system::System;
use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, Ordering};

const POLICY: Policy = Policy {
    medium_bytes: 512 << 10,
    large_bytes: 4 << 20,
    cache_bytes: 64 << 20,
    huge_pages: true,
    numa: Numa::Default,
};

fn mark(block: NonNull<u8>, size: usize) {
    for at in (0..size).step_by(1 << 16).chain([size - 1]) {
        // SAFETY: the block has `size` bytes.
        let byte = unsafe { block.add(at) };
        // SAFETY: as above.
        unsafe { byte.write((at >> 16) as u8) };
    }
}

fn assert_marked(block: NonNull<u8>, size: usize) {
    for at in (0..size).step_by(1 << 16) {
        // SAFETY: the block has `size` bytes.
        let byte = unsafe { block.add(at) };
        // SAFETY: as above, and `mark` wrote it.
        assert_eq!(unsafe { byte.read() }, (at >> 16) as u8);
    }
}

#[test]
fn blocks_of_every_tier_keep_alignment_and_bytes() {
    for policy in [
        POLICY,
        Policy {
            medium_bytes: usize::MAX,
            ..POLICY
        },
    ] {
        let pool = Tiered::new(System, policy);
        let sizes = [1000, 600 << 10, (4 << 20) - 1, 4 << 20, 9 << 20, 33 << 20];
        for alignment in [64, 4096, HUGE_PAGE] {
            for old in sizes {
                for new in sizes {
                    let block = pool.allocate(old, alignment).expect("memory");
                    mark(block, old);
                    // SAFETY: the block came from this pool just above.
                    let block =
                        unsafe { pool.reallocate(block, old, new, alignment) }.expect("memory");
                    assert_eq!(block.as_ptr().addr() % alignment, 0);
                    assert_marked(block, old.min(new));
                    mark(block, new);
                    // SAFETY: the block came from this pool just above.
                    unsafe { pool.deallocate(block, new, alignment) };
                }
            }
        }
        assert!(pool.details().cached_bytes <= policy.cache_bytes);
        pool.release_unused();
        assert_eq!(pool.details().cached_bytes, 0);
    }
}

#[test]
fn freed_blocks_come_back_to_those_who_ask_for_their_size() {
    let pool = Tiered::new(System, POLICY);
    for size in [1 << 20, 8 << 20] {
        let block = pool.allocate(size, 64).expect("memory");
        // SAFETY: the block came from this pool just above.
        unsafe { pool.deallocate(block, size, 64) };
        assert_eq!(pool.details().cached_bytes, size as u64);
        let other = pool.allocate(2 * size, 64).expect("memory");
        let again = pool.allocate(size - 5, 64).expect("memory");
        assert_eq!(again, block);
        // SAFETY: the block came from this pool just above.
        unsafe { pool.deallocate(other, 2 * size, 64) };
        // SAFETY: the block came from this pool just above.
        unsafe { pool.deallocate(again, size - 5, 64) };
        pool.release_unused();
    }
    let big = pool.allocate(65 << 20, 64).expect("memory");
    // SAFETY: the block came from this pool just above.
    unsafe { pool.deallocate(big, 65 << 20, 64) };
    assert_eq!(pool.details().cached_bytes, 0);
}

#[test]
fn large_blocks_grow_without_copying() {
    let pool = Tiered::new(System, POLICY);
    let mut size = 4 << 20;
    let mut block = pool.allocate(size, 64).expect("memory");
    mark(block, size);
    // In the way of growing in place.
    let mut others = [None; 5];
    for other in &mut others {
        // SAFETY: the block came from this pool.
        block = unsafe { pool.reallocate(block, size, 2 * size, 64) }.expect("memory");
        assert_marked(block, size);
        size *= 2;
        mark(block, size);
        *other = Some(pool.allocate(4 << 20, 64).expect("memory"));
    }
    assert_eq!(pool.details().copied_bytes, 0);
    // SAFETY: the block came from this pool.
    unsafe { pool.deallocate(block, size, 64) };
    for other in others.into_iter().flatten() {
        // SAFETY: the block came from this pool.
        unsafe { pool.deallocate(other, 4 << 20, 64) };
    }
}

#[test]
fn advice_about_nodes_never_fails_a_call() {
    for numa in [Numa::Interleave, Numa::Prefer(0), Numa::Prefer(5000)] {
        let pool = Tiered::new(System, Policy { numa, ..POLICY });
        let block = pool.allocate(5 << 20, 64).expect("memory");
        mark(block, 5 << 20);
        // SAFETY: the block came from this pool just above.
        unsafe { pool.deallocate(block, 5 << 20, 64) };
    }
}

#[test]
fn threads_share_what_is_kept() {
    let pool = Tiered::new(System, POLICY);
    std::thread::scope(|scope| {
        for seed in 0..4_usize {
            let pool = &pool;
            scope.spawn(move || {
                for round in 0..2000 {
                    let size = (1 << 20) << ((seed + round) % 4);
                    let block = pool.allocate(size, 64).expect("memory");
                    // SAFETY: the block has so many bytes.
                    unsafe { block.write_bytes(seed as u8, 64) };
                    std::thread::yield_now();
                    // SAFETY: written just above, and nobody else has the block.
                    assert_eq!(unsafe { block.read() }, seed as u8);
                    // SAFETY: the block came from this pool just above.
                    unsafe { pool.deallocate(block, size, 64) };
                }
            });
        }
    });
    assert!(pool.details().cached_bytes <= POLICY.cache_bytes);
}

/// The system's allocator, where a block only grows after another one was given back.
#[derive(Default)]
struct Full {
    given_back: AtomicU32,
}

// SAFETY: the blocks are the system's.
unsafe impl MemoryPool for Full {
    fn backend_name(&self) -> &'static CStr {
        c"full"
    }

    fn allocate(&self, size: usize, alignment: usize) -> Result<NonNull<u8>> {
        System.allocate(size, alignment)
    }

    unsafe fn reallocate(
        &self,
        block: NonNull<u8>,
        old_size: usize,
        new_size: usize,
        alignment: usize,
    ) -> Result<NonNull<u8>> {
        if self.given_back.load(Ordering::Relaxed) == 0 {
            return Err(err!(OutOfMemory, "no memory for {} bytes", new_size));
        }
        // SAFETY: same contract.
        unsafe { System.reallocate(block, old_size, new_size, alignment) }
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, size: usize, alignment: usize) -> usize {
        self.given_back.fetch_add(1, Ordering::Relaxed);
        // SAFETY: same contract.
        unsafe { System.deallocate(block, size, alignment) }
    }

    fn release_unused(&self) {}
}

#[test]
fn what_is_kept_makes_room_for_small_blocks_that_grow() {
    let pool = Tiered::new(Full::default(), POLICY);
    let kept = pool.allocate(1 << 20, 64).expect("memory");
    // SAFETY: the block came from this pool just above.
    unsafe { pool.deallocate(kept, 1 << 20, 64) };
    assert_eq!(pool.details().cached_bytes, 1 << 20);
    let small = pool.allocate(100, 64).expect("memory");
    // SAFETY: the block came from this pool just above.
    let small = unsafe { pool.reallocate(small, 100, 1000, 64) }.expect("room was made");
    assert_eq!(pool.details().cached_bytes, 0);
    // SAFETY: the block came from this pool just above.
    unsafe { pool.deallocate(small, 1000, 64) };
}

#[test]
fn a_block_whose_pages_the_kernel_does_not_move_together_is_copied() {
    let pool = Tiered::new(System, POLICY);
    let block = pool.allocate(8 << 20, 64).expect("memory");
    mark(block, 8 << 20);
    // SAFETY: the second half of the block.
    let half = unsafe { block.add(4 << 20) };
    // SAFETY: advice about pages of the block, as programs give it that share memory with devices.
    unsafe { libc::madvise(half.as_ptr().cast(), 4 << 20, libc::MADV_DONTFORK) };
    // SAFETY: the block came from this pool just above.
    let block = unsafe { pool.reallocate(block, 8 << 20, 16 << 20, 64) }.expect("memory");
    assert_marked(block, 8 << 20);
    mark(block, 16 << 20);
    // SAFETY: the block came from this pool just above.
    unsafe { pool.deallocate(block, 16 << 20, 64) };
}
