use super::pages::HUGE_PAGE;
use super::{CachingAllocator, Numa, Policy, Slot};
use crate::alloc::Allocator;
use crate::pool::shard::ThreadShard;
use std::ptr::NonNull;

const POLICY: Policy = Policy {
    cache_bytes: 64 << 20,
    ..Policy::DEFAULT
};

/// The preferred allocator with a cache.
fn caching(policy: Policy) -> CachingAllocator {
    CachingAllocator::new(Allocator::ALL[0], policy)
}

/// Whether it keeps small blocks.
const KEEPS_SMALL: bool = Allocator::ALL.len() > 1;

/// As a pool does it.
fn allocate(from: &CachingAllocator, size: usize, alignment: usize) -> NonNull<u8> {
    let slot = from.small_slot(ThreadShard::current(), size, alignment);
    let block = slot.and_then(Slot::take);
    let block = block.or_else(|| from.allocate(size, alignment));
    block.expect("memory")
}

/// As a pool does it.
///
/// # Safety
/// - As for `CachingAllocator::deallocate`.
unsafe fn free(from: &CachingAllocator, block: NonNull<u8>, size: usize, alignment: usize) {
    let slot = from.small_slot(ThreadShard::current(), size, alignment);
    // SAFETY: same contract.
    if !slot.is_some_and(|slot| unsafe { slot.put(block) }) {
        // SAFETY: same contract.
        unsafe { from.deallocate(block, size, alignment) };
    }
}

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
fn blocks_of_every_kind_keep_alignment_and_bytes() {
    for allocator in Allocator::ALL {
        let pool = CachingAllocator::new(*allocator, POLICY);
        let sizes = [
            1,
            65,
            1000,
            (64 << 10) + 1,
            600 << 10,
            (4 << 20) - 1,
            9 << 20,
            33 << 20,
        ];
        for alignment in [8, 64, 4096, HUGE_PAGE] {
            for old in sizes {
                for new in sizes {
                    let block = allocate(&pool, old, alignment);
                    mark(block, old);
                    // SAFETY: the block came from this pool just above.
                    let block = unsafe { pool.reallocate(block, old, new, alignment) };
                    let block = block.expect("memory");
                    assert_eq!(block.as_ptr().addr() % alignment, 0);
                    assert_marked(block, old.min(new));
                    mark(block, new);
                    // SAFETY: the block came from this pool just above.
                    unsafe { free(&pool, block, new, alignment) };
                }
            }
        }
        pool.release_cached();
        assert_eq!(pool.details().cached_bytes, 0);
    }
}

#[test]
fn freed_blocks_come_back_to_those_who_ask_for_their_size() {
    let pool = caching(POLICY);
    let sizes = if KEEPS_SMALL {
        &[128, 5 << 10, 64 << 10, 8 << 20][..]
    } else {
        &[8 << 20]
    };
    for &size in sizes {
        let block = allocate(&pool, size, 64);
        // SAFETY: the block came from this pool just above.
        unsafe { free(&pool, block, size, 64) };
        assert_eq!(pool.details().cached_bytes, size as u64);
        let other = allocate(&pool, 2 * size, 64);
        let again = allocate(&pool, size - 5, 64);
        assert_eq!(again, block);
        // SAFETY: the block came from this pool just above.
        unsafe { free(&pool, other, 2 * size, 64) };
        // SAFETY: the block came from this pool just above.
        unsafe { free(&pool, again, size - 5, 64) };
        pool.release_unused();
    }
}

#[test]
fn the_limit_holds_and_kept_blocks_make_room() {
    let pool = caching(POLICY);
    let sizes = [65 << 20, 30 << 20, 20 << 20, 40 << 20];
    let blocks = sizes.map(|size| allocate(&pool, size, 64));
    for (kept, (block, size)) in [0, 30, 50, 60].iter().zip(blocks.into_iter().zip(sizes)) {
        // SAFETY: the block came from this pool just above.
        unsafe { free(&pool, block, size, 64) };
        assert_eq!(pool.details().cached_bytes, kept << 20);
    }
}

#[test]
fn a_policy_without_a_cache_keeps_nothing() {
    let pool = caching(Policy {
        keeps_small: false,
        cache_bytes: 0,
        ..POLICY
    });
    for size in [100, 10_000, 1 << 20, 8 << 20] {
        let block = allocate(&pool, size, 64);
        // SAFETY: the block came from this pool just above.
        unsafe { free(&pool, block, size, 64) };
        assert_eq!(pool.details().cached_bytes, 0);
    }
}

#[test]
fn large_blocks_grow_without_copying() {
    let pool = caching(POLICY);
    let mut size = 4 << 20;
    let mut block = allocate(&pool, size, 64);
    mark(block, size);
    // In the way of growing in place.
    let mut others = [None; 5];
    for other in &mut others {
        // SAFETY: the block came from this pool.
        block = unsafe { pool.reallocate(block, size, 2 * size, 64) }.expect("memory");
        assert_marked(block, size);
        size *= 2;
        mark(block, size);
        *other = Some(allocate(&pool, 4 << 20, 64));
    }
    assert_eq!(pool.details().copied_bytes, 0);
    // SAFETY: the block came from this pool.
    unsafe { free(&pool, block, size, 64) };
    for other in others.into_iter().flatten() {
        // SAFETY: the block came from this pool.
        unsafe { free(&pool, other, 4 << 20, 64) };
    }
}

#[test]
fn advice_about_nodes_never_fails_a_call() {
    for numa in [Numa::Interleave, Numa::Prefer(0), Numa::Prefer(5000)] {
        let pool = caching(Policy { numa, ..POLICY });
        let block = allocate(&pool, 5 << 20, 64);
        mark(block, 5 << 20);
        // SAFETY: the block came from this pool just above.
        unsafe { free(&pool, block, 5 << 20, 64) };
    }
}

#[test]
fn threads_share_what_is_kept() {
    let pool = caching(POLICY);
    std::thread::scope(|scope| {
        for seed in 0..4_usize {
            let pool = &pool;
            scope.spawn(move || {
                for round in 0..2000 {
                    let size = [1 << 10, 64 << 10, 4 << 20, 8 << 20][(seed + round) % 4];
                    let block = allocate(pool, size, 64);
                    // SAFETY: the block has so many bytes.
                    unsafe { block.write_bytes(seed as u8, 64) };
                    std::thread::yield_now();
                    // SAFETY: written just above, and nobody else has the block.
                    assert_eq!(unsafe { block.read() }, seed as u8);
                    // SAFETY: the block came from this pool just above.
                    unsafe { free(pool, block, size, 64) };
                }
            });
        }
    });
    assert!(pool.details().cached_bytes <= POLICY.cache_bytes);
}

#[test]
fn a_block_whose_pages_the_kernel_does_not_move_together_is_copied() {
    let pool = caching(POLICY);
    let block = allocate(&pool, 8 << 20, 64);
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
    unsafe { free(&pool, block, 16 << 20, 64) };
}
