//! Freed blocks kept for reuse, by size class.
//!
//! No locks: a slot is one word, which a thread takes or fills with one exchange. Each shard of threads has a slot for every small
//! class, so that threads hardly meet there, and what the small slots keep is bounded by their number. Large blocks are rarer and
//! worth more: all threads share their slots, and the bytes in them have a limit.

use super::size_class::{SizeClass, SmallClass};
use crate::pool::shard::{SHARDS, ThreadShard};
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};

const LARGE_SLOTS: usize = 64;

/// The low bits of a large block's address, which are zero, hold the number of its class in its slot.
const NUMBER: usize = 4095;

#[derive(Debug)]
pub(super) struct BlockCache {
    small: [SmallSlots; SHARDS],
    large: [Slot; LARGE_SLOTS],
    /// Which large block is replaced next when there is no slot or no room for a new one.
    next_victim: AtomicUsize,
    large_bytes: AtomicU64,
    large_limit: u64,
}

#[derive(Debug)]
#[repr(align(128))]
struct SmallSlots([Slot; SmallClass::COUNT]);

/// Null, or a block that nobody uses.
#[derive(Debug)]
pub(in crate::pool) struct Slot(AtomicPtr<u8>);

impl Slot {
    const fn new() -> Self {
        Slot(AtomicPtr::new(null_mut()))
    }

    #[inline]
    fn look(&self) -> *mut u8 {
        self.0.load(Ordering::Relaxed)
    }

    /// Change what the slot holds, unless another thread has.
    #[inline]
    fn change(&self, from: *mut u8, to: *mut u8) -> bool {
        self.0
            .compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
    }

    /// Whether it holds a block.
    #[inline]
    pub(in crate::pool) fn is_full(&self) -> bool {
        !self.look().is_null()
    }

    /// Take the block out; `None` when another thread was faster.
    #[inline]
    pub(in crate::pool) fn take(&self) -> Option<NonNull<u8>> {
        NonNull::new(self.0.swap(null_mut(), Ordering::Acquire))
    }

    /// Keep a block; false, and nothing done, when there is one already.
    ///
    /// # Safety
    /// - It is an allocator's block of the slot's class; if the result is true, it is not used afterwards.
    #[inline]
    pub(in crate::pool) unsafe fn put(&self, block: NonNull<u8>) -> bool {
        !self.is_full() && self.change(null_mut(), block.as_ptr())
    }
}

/// What a large slot holds for a block.
fn entry(block: NonNull<u8>, class: SizeClass) -> *mut u8 {
    block.as_ptr().map_addr(|address| address | class.number())
}

/// The block of an entry.
fn block_of(entry: *mut u8) -> Option<(NonNull<u8>, SizeClass)> {
    let block = NonNull::new(entry.map_addr(|address| address & !NUMBER))?;
    Some((block, SizeClass::of_number(entry.addr() & NUMBER)))
}

impl BlockCache {
    /// Large blocks of at most so many bytes.
    pub(super) const fn new(large_limit: u64) -> Self {
        BlockCache {
            small: [const { SmallSlots([const { Slot::new() }; SmallClass::COUNT]) }; SHARDS],
            large: [const { Slot::new() }; LARGE_SLOTS],
            next_victim: AtomicUsize::new(0),
            large_bytes: AtomicU64::new(0),
            large_limit,
        }
    }

    /// Where the threads of a shard keep a small block of a class.
    #[inline(always)]
    pub(super) fn small_slot(&self, shard: ThreadShard, class: SmallClass) -> Option<&Slot> {
        shard.of(&self.small).0.get(class.index())
    }

    /// A large block, if one is kept.
    pub(super) fn take_large(&self, class: SizeClass) -> Option<NonNull<u8>> {
        if self.large_bytes.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let is_of_class =
            |entry: *mut u8| !entry.is_null() && entry.addr() & NUMBER == class.number();
        let found = self.large.iter().find_map(|slot| {
            let entry = slot.look();
            (is_of_class(entry) && slot.change(entry, null_mut())).then_some(entry)
        })?;
        let (block, class) = block_of(found)?;
        self.uncount(class);
        Some(block)
    }

    /// Keep a large block. Those that have to go for it, or it itself, are left to `free`.
    pub(super) fn put_large(
        &self,
        block: NonNull<u8>,
        class: SizeClass,
        mut free: impl FnMut(NonNull<u8>, SizeClass),
    ) {
        for _ in 0..=LARGE_SLOTS {
            if class.bytes() as u64 > self.large_limit {
                break;
            }
            if self.count(class) {
                let new = entry(block, class);
                if self.large.iter().any(|slot| slot.change(null_mut(), new)) {
                    return;
                }
                self.uncount(class);
            }
            let victim = self.next_victim.fetch_add(1, Ordering::Relaxed) % LARGE_SLOTS;
            self.drain_slot(&self.large[victim], &mut free);
        }
        free(block, class);
    }

    /// Count a block as kept, if the limit allows it.
    fn count(&self, class: SizeClass) -> bool {
        let bytes = class.bytes() as u64;
        let fits = |kept: u64| {
            kept.checked_add(bytes)
                .filter(|sum| *sum <= self.large_limit)
        };
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.large_bytes.fetch_update(set, fetch, fits).is_ok()
    }

    fn uncount(&self, class: SizeClass) {
        let bytes = class.bytes() as u64;
        self.large_bytes.fetch_sub(bytes, Ordering::Relaxed);
    }

    fn drain_slot(&self, slot: &Slot, free: &mut impl FnMut(NonNull<u8>, SizeClass)) {
        let entry = slot.take().map_or(null_mut(), NonNull::as_ptr);
        if let Some((block, class)) = block_of(entry) {
            self.uncount(class);
            free(block, class);
        }
    }

    /// Take everything out.
    pub(super) fn drain(
        &self,
        mut free_small: impl FnMut(NonNull<u8>),
        mut free_large: impl FnMut(NonNull<u8>, SizeClass),
    ) {
        let small = self.small.iter().flat_map(|slots| &slots.0);
        small.filter_map(Slot::take).for_each(&mut free_small);
        for slot in &self.large {
            self.drain_slot(slot, &mut free_large);
        }
    }

    /// Bytes of kept blocks.
    pub(super) fn bytes(&self) -> u64 {
        let large = self.large.iter().filter_map(|slot| block_of(slot.look()));
        let large: usize = large.map(|(_, class)| class.bytes()).sum();
        let small_bytes = |slots: &SmallSlots| -> usize {
            let slots = slots.0.iter().enumerate();
            let kept = slots.filter(|(_, slot)| !slot.look().is_null());
            kept.map(|(index, _)| SmallClass::of_index(index).bytes())
                .sum()
        };
        let small: usize = self.small.iter().map(small_bytes).sum();
        (small + large) as u64
    }
}
