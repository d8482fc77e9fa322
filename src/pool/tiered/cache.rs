//! Freed blocks that wait for the next one who wants their size.
//!
//! The one invariant: the grants of all slots together never exceed the limit, and a slot never holds more than its grant. A
//! block that goes out leaves its grant in the slot, so that one of the same size comes back without asking anybody.
//!
//! No locks: a slot is one word, the address of a block and in its low bits, which are zero for a page, the number of the class
//! that it has a grant for. Each thread looks into the slots of its own shard first, so that two threads do not meet there.

use super::class::Class;
use crate::pool::place::{Place, SHARDS};
use std::ptr::{NonNull, null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};

const SLOTS: usize = 4;
/// The low bits of the address of a page.
const NUMBER: usize = 4095;

#[derive(Debug)]
#[repr(align(128))]
struct Shard {
    slots: [Slot; SLOTS],
    /// Which slot gives way next.
    oldest: AtomicUsize,
}

#[derive(Debug)]
struct Slot(AtomicPtr<u8>);

/// What a slot says.
#[derive(Clone, Copy, Debug)]
struct Entry(*mut u8);

impl Entry {
    const NONE: Entry = Entry(null_mut());

    /// No block, but a grant for one.
    fn room(class: Class) -> Self {
        Entry(without_provenance_mut(class.number()))
    }

    fn of(block: NonNull<u8>, class: Class) -> Self {
        Entry(block.as_ptr().map_addr(|address| address | class.number()))
    }

    fn number(self) -> usize {
        self.0.addr() & NUMBER
    }

    fn is_room(self) -> bool {
        self.0.addr() <= NUMBER
    }

    fn granted(self) -> u64 {
        match self.number() {
            0 => 0,
            number => Class::of_number(number).bytes() as u64,
        }
    }

    fn block(self) -> Option<(NonNull<u8>, Class)> {
        let block = NonNull::new(self.0.map_addr(|address| address & !NUMBER))?;
        Some((block, Class::of_number(self.number())))
    }
}

impl Slot {
    fn get(&self) -> Entry {
        Entry(self.0.load(Ordering::Relaxed))
    }

    /// Change what the slot says, unless somebody else has.
    fn change(&self, from: Entry, to: Entry) -> bool {
        self.0
            .compare_exchange(from.0, to.0, Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
    }
}

#[derive(Debug)]
pub(super) struct Cache {
    shards: [Shard; SHARDS],
    /// What the slots may hold together.
    granted: AtomicU64,
    limit: u64,
}

impl Cache {
    pub(super) const fn new(limit: u64) -> Self {
        Cache {
            shards: [const {
                Shard {
                    slots: [const { Slot(AtomicPtr::new(null_mut())) }; SLOTS],
                    oldest: AtomicUsize::new(0),
                }
            }; SHARDS],
            granted: AtomicU64::new(0),
            limit,
        }
    }

    fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.shards.iter().flat_map(|shard| &shard.slots)
    }

    /// Bytes that wait.
    pub(super) fn bytes(&self) -> u64 {
        let waiting = self.slots().map(Slot::get).filter(|entry| !entry.is_room());
        waiting.map(Entry::granted).sum()
    }

    #[inline(always)]
    fn take_from(shard: &Shard, class: Class) -> Option<NonNull<u8>> {
        for slot in &shard.slots {
            let entry = slot.get();
            if entry.number() == class.number()
                && !entry.is_room()
                && slot.change(entry, Entry::room(class))
            {
                return entry.block().map(|(block, _)| block);
            }
        }
        None
    }

    /// A block of a class, if one waits.
    #[inline(always)]
    pub(super) fn take(&self, class: Class) -> Option<NonNull<u8>> {
        let mine = Place::of_this_thread().of(&self.shards);
        Self::take_from(mine, class).or_else(|| self.take_from_others(class))
    }

    #[cold]
    #[inline(never)]
    fn take_from_others(&self, class: Class) -> Option<NonNull<u8>> {
        if self.granted.load(Ordering::Relaxed) < class.bytes() as u64 {
            return None;
        }
        let mut shards = self.shards.iter();
        shards.find_map(|shard| Self::take_from(shard, class))
    }

    /// Keep a block; the result is one that has to go instead, maybe the same.
    #[inline(always)]
    pub(super) fn put(&self, block: NonNull<u8>, class: Class) -> Option<(NonNull<u8>, Class)> {
        let mine = Place::of_this_thread().of(&self.shards);
        let room = Entry::room(class);
        for slot in &mine.slots {
            if slot.get().0 == room.0 && slot.change(room, Entry::of(block, class)) {
                return None;
            }
        }
        self.put_with_grant(mine, block, class)
    }

    /// Keep a block in a slot without a grant for it, or instead of the oldest one.
    #[cold]
    #[inline(never)]
    fn put_with_grant(
        &self,
        mine: &Shard,
        block: NonNull<u8>,
        class: Class,
    ) -> Option<(NonNull<u8>, Class)> {
        let refused = Some((block, class));
        if class.bytes() as u64 > self.limit {
            return refused;
        }
        let free = mine.slots.iter().find(|slot| slot.get().is_room());
        let slot = free.unwrap_or_else(|| {
            let oldest = mine.oldest.fetch_add(1, Ordering::Relaxed);
            &mine.slots[oldest % SLOTS]
        });
        let before = slot.get();
        let more = (class.bytes() as u64).saturating_sub(before.granted());
        if !self.grant(more) {
            self.take_grants_back();
            if !self.grant(more) {
                return refused;
            }
        }
        // The grants may have been taken back from this slot too, or another thread was faster: then the block goes.
        if !slot.change(before, Entry::of(block, class)) {
            self.end_grant(more);
            return refused;
        }
        self.end_grant(before.granted().saturating_sub(class.bytes() as u64));
        if before.is_room() {
            None
        } else {
            before.block()
        }
    }

    fn grant(&self, bytes: u64) -> bool {
        let enough = |granted: u64| granted.checked_add(bytes).filter(|sum| *sum <= self.limit);
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.granted.fetch_update(set, fetch, enough).is_ok()
    }

    fn end_grant(&self, bytes: u64) {
        self.granted.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// End the grants of slots that hold nothing.
    fn take_grants_back(&self) {
        for slot in self.slots() {
            let entry = slot.get();
            if entry.is_room() && slot.change(entry, Entry::NONE) {
                self.end_grant(entry.granted());
            }
        }
    }

    /// Take everything out.
    pub(super) fn drain(&self, mut end: impl FnMut(NonNull<u8>, Class)) {
        for slot in self.slots() {
            let entry = Entry(slot.0.swap(null_mut(), Ordering::AcqRel));
            self.end_grant(entry.granted());
            if let Some((block, class)) = entry.block() {
                end(block, class);
            }
        }
    }
}
