use super::caching::{CachingAllocator, Policy};
use super::{ALIGNMENT, MAX_ALIGNMENT, Pool, PoolRef, backend_count, backend_name_at};
use crate::alloc::Allocator;
use crate::error::ErrorKind;

/// The process-wide pool of each backend of this build.
fn backends() -> impl Iterator<Item = PoolRef> {
    (0..backend_count()).map(|index| {
        let name = backend_name_at(index).expect("below the count").to_bytes();
        Pool::get(name).expect("a listed name")
    })
}

#[test]
fn pools_and_objects_know_the_same_backends_and_prefer_the_same() {
    for name in [&b"system"[..], b"mimalloc", b"jemalloc", b"", b"no such"] {
        let as_pool = Pool::get(name).is_ok();
        assert_eq!(Allocator::named(name).is_some(), as_pool, "{name:?}");
        assert_eq!(Pool::new_backend(name, Policy::DEFAULT).is_ok(), as_pool);
    }
    for (index, allocator) in Allocator::ALL.iter().enumerate() {
        assert_eq!(backend_name_at(index), Some(allocator.name()));
    }
}

#[test]
fn statistics_follow_allocations_exactly() {
    let pool = Pool::new_static(CachingAllocator::new(Allocator::System, Policy::DEFAULT));
    let stats = pool.statistics();
    let a = pool.allocate(100, ALIGNMENT).expect("memory");
    let b = pool.allocate(50, ALIGNMENT).expect("memory");
    // SAFETY: b came from this pool just above.
    unsafe { pool.deallocate(b, 50, ALIGNMENT) };
    let now = || {
        (
            stats.bytes_allocated(),
            stats.max_memory(),
            stats.total_bytes_allocated(),
            stats.num_allocations(),
        )
    };
    assert_eq!(now(), (100, 150, 150, 2));
    // SAFETY: a came from this pool just above.
    let a = unsafe { pool.reallocate(a, 100, 150, ALIGNMENT) }.expect("memory");
    assert_eq!(now(), (150, 150, 200, 3));
    // SAFETY: a has 150 bytes now.
    let a = unsafe { pool.reallocate(a, 150, 50, ALIGNMENT) }.expect("memory");
    assert_eq!(now(), (50, 150, 200, 3));
    // SAFETY: a has 50 bytes now.
    unsafe { pool.deallocate(a, 50, ALIGNMENT) };
    assert_eq!(now(), (0, 150, 200, 3));
}

#[test]
fn every_alignment_up_to_the_limit_is_kept_through_growth() {
    for pool in backends() {
        let mut alignment = 1;
        while alignment <= MAX_ALIGNMENT {
            let block = pool.allocate(77, alignment).expect("memory");
            assert_eq!(block.as_ptr().addr() % alignment, 0);
            // SAFETY: the block has 77 bytes.
            unsafe { block.as_ptr().write_bytes(0xA5, 77) };
            // SAFETY: the block came from this pool just above.
            let block = unsafe { pool.reallocate(block, 77, 300_000, alignment) }.expect("memory");
            assert_eq!(block.as_ptr().addr() % alignment, 0);
            // SAFETY: the block has 300,000 bytes, the first 77 were written.
            let kept = unsafe { std::slice::from_raw_parts(block.as_ptr(), 77) };
            assert!(kept.iter().all(|byte| *byte == 0xA5));
            // SAFETY: the block came from this pool just above.
            unsafe { pool.deallocate(block, 300_000, alignment) };
            alignment *= 2;
        }
    }
}

#[test]
fn impossible_requests_are_refused() {
    for pool in backends() {
        for size in [
            usize::MAX,
            isize::MAX as usize,
            isize::MAX as usize - 63,
            isize::MAX as usize - 127,
            1 << 62,
        ] {
            assert_eq!(
                pool.allocate(size, 64).expect_err("too large").kind(),
                ErrorKind::OutOfMemory
            );
        }
        for alignment in [0, 3, 2 * MAX_ALIGNMENT] {
            assert_eq!(
                pool.allocate(8, alignment).expect_err("bad").kind(),
                ErrorKind::InvalidArgument
            );
        }
    }
}

#[test]
fn zero_size_is_free_and_aligned() {
    let pool = Pool::new_static(CachingAllocator::new(Allocator::System, Policy::DEFAULT));
    let block = pool.allocate(0, 4096).expect("free");
    assert_eq!(block.as_ptr().addr() % 4096, 0);
    assert_eq!(pool.statistics().num_allocations(), 0);
    // SAFETY: a zero-size block of this pool.
    let block = unsafe { pool.reallocate(block, 0, 10, 4096) }.expect("memory");
    // SAFETY: as above, with 10 bytes.
    let block = unsafe { pool.reallocate(block, 10, 0, 4096) }.expect("free");
    // SAFETY: a zero-size block of this pool.
    unsafe { pool.deallocate(block, 0, 4096) };
    assert_eq!(pool.statistics().bytes_allocated(), 0);
}
