//! Freed blocks that wait for the next one who wants their size.
//!
//! No locks: a slot is one word, the address of a block and in its low bits, which are zero for a page, the number of its
//! class. Each thread looks into the slots of its own shard first, so that two threads do not meet there.

use super::class::Class;
use crate::pool::shard::{Place, SHARDS};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};

const SLOTS: usize = 4;
/// The low bits of the address of a page.
const NUMBER: usize = 4095;

#[derive(Debug)]
#[repr(align(128))]
struct Shard {
    slots: [AtomicPtr<u8>; SLOTS],
    /// Which slot gives way next.
    oldest: AtomicUsize,
}

#[derive(Debug)]
pub(super) struct Cache {
    shards: [Shard; SHARDS],
    bytes: AtomicU64,
    limit: u64,
}

fn unpack(entry: *mut u8) -> Option<(NonNull<u8>, Class)> {
    let block = NonNull::new(entry.map_addr(|address| address & !NUMBER))?;
    Some((block, Class::of_number(entry.addr() & NUMBER)))
}

impl Cache {
    pub(super) const fn new(limit: u64) -> Self {
        Cache {
            shards: [const {
                Shard {
                    slots: [const { AtomicPtr::new(std::ptr::null_mut()) }; SLOTS],
                    oldest: AtomicUsize::new(0),
                }
            }; SHARDS],
            bytes: AtomicU64::new(0),
            limit,
        }
    }

    /// Bytes that wait.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    fn gone(&self, class: Class) {
        self.bytes
            .fetch_sub(class.bytes() as u64, Ordering::Relaxed);
    }

    fn take_from(&self, shard: &Shard, class: Class) -> Option<NonNull<u8>> {
        for slot in &shard.slots {
            let entry = slot.load(Ordering::Relaxed);
            if entry.addr() & NUMBER != class.number() {
                continue;
            }
            let taken = slot.compare_exchange(
                entry,
                std::ptr::null_mut(),
                Ordering::Acquire,
                Ordering::Relaxed,
            );
            if taken.is_ok() {
                self.gone(class);
                return unpack(entry).map(|(block, _)| block);
            }
        }
        None
    }

    /// A block of a class, if one waits.
    pub(super) fn take(&self, class: Class) -> Option<NonNull<u8>> {
        if self.bytes() < class.bytes() as u64 {
            return None;
        }
        let mine = Place::of_this_thread().of(&self.shards);
        self.take_from(mine, class).or_else(|| {
            let mut shards = self.shards.iter();
            shards.find_map(|shard| self.take_from(shard, class))
        })
    }

    /// Keep a block; the result is one that has to go instead, maybe the same.
    pub(super) fn put(&self, block: NonNull<u8>, class: Class) -> Option<(NonNull<u8>, Class)> {
        let more = class.bytes() as u64;
        let before = self.bytes.fetch_add(more, Ordering::Relaxed);
        if before.saturating_add(more) > self.limit {
            self.gone(class);
            return Some((block, class));
        }
        let entry = block.as_ptr().map_addr(|address| address | class.number());
        let mine = Place::of_this_thread().of(&self.shards);
        for slot in &mine.slots {
            let is_free = slot.load(Ordering::Relaxed).is_null();
            let kept = is_free
                && slot
                    .compare_exchange(
                        std::ptr::null_mut(),
                        entry,
                        Ordering::Release,
                        Ordering::Relaxed,
                    )
                    .is_ok();
            if kept {
                return None;
            }
        }
        let oldest = mine.oldest.fetch_add(1, Ordering::Relaxed) % SLOTS;
        let evicted = unpack(mine.slots[oldest].swap(entry, Ordering::AcqRel));
        if let Some((_, class)) = evicted {
            self.gone(class);
        }
        evicted
    }

    /// Take everything out.
    pub(super) fn drain(&self, mut end: impl FnMut(NonNull<u8>, Class)) {
        for slot in self.shards.iter().flat_map(|shard| &shard.slots) {
            let entry = slot.swap(std::ptr::null_mut(), Ordering::Acquire);
            if let Some((block, class)) = unpack(entry) {
                self.gone(class);
                end(block, class);
            }
        }
    }
}
