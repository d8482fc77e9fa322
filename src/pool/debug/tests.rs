use super::{Action, FaultReport};
use crate::error::ErrorKind;
use crate::pool::{Debugging, FixedText, Pool, PoolRef};
use std::ptr::NonNull;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Faults(Arc<Mutex<Vec<String>>>);

impl FaultReport for Faults {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests may abort when memory runs out"
    )]
    fn fault(&self, text: &FixedText) {
        let text = String::from_utf8_lossy(text.as_bytes()).into_owned();
        self.0.lock().expect("not poisoned").push(text);
    }
}

impl Faults {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("not poisoned"))
    }
}

fn debug_pool() -> (PoolRef, Faults) {
    let faults = Faults::default();
    let system = Pool::get(b"system").expect("always there");
    let pool = Pool::new_debug(&system, Action::GoOn, || faults.clone()).expect("memory");
    (pool, faults)
}

fn checked(pool: &PoolRef) -> &dyn Debugging {
    pool.debug().expect("a debug pool")
}

fn write(block: NonNull<u8>, at: isize) {
    // SAFETY: guards of at least 64 bytes stand on both sides.
    let place = unsafe { block.offset(at) };
    // SAFETY: as above.
    unsafe { place.write(1) };
}

#[test]
fn right_use_finds_nothing() {
    let (pool, faults) = debug_pool();
    for alignment in [1, 64, 4096] {
        let block = pool.allocate(100, alignment).expect("memory");
        assert_eq!(block.as_ptr().addr() % alignment, 0);
        write(block, 0);
        write(block, 99);
        // SAFETY: the block came from this pool just above.
        let block = unsafe { pool.reallocate(block, 100, 500, alignment) }.expect("memory");
        // SAFETY: the block has 500 bytes, and the first was written.
        assert_eq!(unsafe { block.read() }, 1);
        write(block, 499);
        // SAFETY: the block came from this pool just above.
        unsafe { pool.deallocate(block, 500, alignment) };
    }
    assert_eq!(faults.take().len(), 0);
    assert_eq!(pool.statistics().bytes_allocated(), 0);
    assert!(checked(&pool).report().expect("memory").is_empty());
}

#[test]
fn writes_outside_and_wrong_sizes_are_found() {
    let (pool, faults) = debug_pool();
    let expect = |at: isize, size: usize, words: &str| {
        let block = pool.allocate(64, 64).expect("memory");
        write(block, at);
        // SAFETY: the pool is made for wrong sizes.
        unsafe { pool.deallocate(block, size, 64) };
        let found = faults.take();
        assert!(
            found.iter().any(|fault| fault.contains(words)),
            "{found:?} has no {words}"
        );
        assert_eq!(pool.statistics().bytes_allocated(), 0);
    };
    expect(64, 64, "Wrong size on deallocation");
    expect(64, 64, "byte 1 behind the end of the 64 bytes");
    expect(127, 64, "byte 64 behind");
    expect(-1, 64, "byte 1 before");
    expect(0, 63, "Wrong size on deallocation: 63 bytes");
    assert_eq!(checked(&pool).faults(), 5);
}

#[test]
fn blocks_given_back_twice_are_found() {
    let (pool, faults) = debug_pool();
    let block = pool.allocate(64, 64).expect("memory");
    // SAFETY: the block came from this pool just above.
    unsafe { pool.deallocate(block, 64, 64) };
    // SAFETY: the pool is made for blocks that come back twice.
    unsafe { pool.deallocate(block, 64, 64) };
    let found = faults.take();
    assert!(found.len() == 1 && found[0].contains("twice"), "{found:?}");
    // SAFETY: the pool is made for wrong blocks.
    unsafe { pool.reallocate(block, 64, 128, 64) }.expect_err("no such block");
    assert_eq!(faults.take().len(), 1);
    assert_eq!(pool.statistics().bytes_allocated(), 0);
}

#[test]
fn live_blocks_are_listed_with_their_tags() {
    let (pool, _) = debug_pool();
    let first = pool.allocate(10, 64).expect("memory");
    checked(&pool).set_tag("parse").expect("memory");
    let second = pool.allocate(20, 64).expect("memory");
    let text = checked(&pool).report().expect("memory");
    let mut lines = text.as_str().lines();
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("10 bytes") && line.ends_with("tag ''"))
    );
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("20 bytes") && line.ends_with("tag 'parse'"))
    );
    assert_eq!(lines.next(), None);
    // SAFETY: the block came from this pool.
    unsafe { pool.deallocate(first, 10, 64) };
    // SAFETY: the block came from this pool.
    unsafe { pool.deallocate(second, 20, 64) };
}

#[test]
fn mistakes_through_other_pools_are_found_and_not_counted() {
    let (debug, faults) = debug_pool();
    let pool = Pool::new_capped(&debug, 1000).expect("memory");
    let block = pool.allocate(100, 64).expect("memory");
    // SAFETY: the pool is made for wrong sizes.
    unsafe { pool.reallocate(block, 0, 200, 64) }.expect_err("it has 100 bytes");
    assert_eq!(faults.take().len(), 1);
    // SAFETY: the pool is made for wrong sizes.
    unsafe { pool.deallocate(block, 0, 64) };
    assert!(faults.take()[0].contains("0 bytes aligned to 64"));
    assert_eq!(pool.statistics().bytes_allocated(), 0);
    // SAFETY: the pool is made for blocks that come back twice.
    unsafe { pool.deallocate(block, 100, 64) };
    assert!(faults.take()[0].contains("twice"));
    // The cap holds as before.
    assert!(pool.allocate(1001, 64).is_err());
    let nothing = pool.allocate(0, 64).expect("free");
    // SAFETY: nothing of this pool.
    unsafe { pool.deallocate(nothing, 0, 64) };
    assert_eq!(faults.take().len(), 0);
}

#[test]
fn what_only_debug_pools_can_do_is_refused_elsewhere() {
    let system = Pool::get(b"system").expect("always there");
    let refusal = system.require_debug().err().expect("no debug pool");
    assert_eq!(refusal.kind(), ErrorKind::Unsupported);
    let (pool, _) = debug_pool();
    let above = Pool::new_proxy(&pool).expect("memory");
    let found = above.require_debug().expect("one below");
    assert!(std::ptr::eq(found, checked(&pool)));
}
