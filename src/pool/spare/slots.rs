//! Where spares wait.
//!
//! A slot is one word. It has the address of the spare and, in the bits that such an address leaves free, the size of its block
//! and a count of how often a spare was put there. The count stays when the spare goes. So an exchange is one instruction, and
//! whoever looks twice sees whether anything was put there in between.

use super::Spare;
use super::demand::{Demand, Known, MAX_TINY_BYTES};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Blocks of more bytes do not wait here.
pub(crate) const MAX_BYTES: usize = UNIT << (LOW_BITS + HIGH_BITS);

/// Blocks of more bytes have a slot of their own, so that what waits has a bound.
const MAX_SMALL_BYTES: usize = 64 << 10;
const SMALL_SLOTS: usize = 4;

/// Sizes are multiples of it, and the objects lie at such addresses.
const UNIT: usize = 64;
const LOW_BITS: u32 = UNIT.ilog2();
const ADDRESS_BITS: u32 = 48;
const HIGH_BITS: u32 = 8;
const COUNT_BITS: u32 = 8;
const _: () = assert!(ADDRESS_BITS + HIGH_BITS + COUNT_BITS == u64::BITS);

/// Whether a word has bits beyond an address.
const IS_WIDE: bool = usize::BITS == u64::BITS;
const LOW: usize = UNIT - 1;
const ADDRESS: usize = (u64::MAX >> (u64::BITS - ADDRESS_BITS)) as usize & !LOW;
const ONCE: usize = (1_u64 << (ADDRESS_BITS + HIGH_BITS)) as usize;
const COUNT: usize = (u64::MAX << (ADDRESS_BITS + HIGH_BITS)) as usize;
const SIZE: usize = !(ADDRESS | COUNT);

/// The bits that stand for a size, a multiple of `UNIT` from there to `MAX_BYTES`.
#[inline]
fn bits_of(size: usize) -> usize {
    let units = (size / UNIT).wrapping_sub(1);
    units & LOW | ((units as u64 >> LOW_BITS << ADDRESS_BITS) as usize & SIZE)
}

/// What a slot says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word(*mut u8);

impl Word {
    #[inline]
    fn is_empty(self) -> bool {
        self.0.addr() & ADDRESS == 0
    }

    /// Whether a block waits whose size these bits stand for.
    #[inline]
    fn has(self, bits: usize) -> bool {
        // Few words have the bits; whether something waits there is asked last.
        if self.0.addr() & SIZE != bits {
            return false;
        }
        !self.is_empty()
    }

    /// Bytes that wait.
    fn size(self) -> usize {
        if self.is_empty() {
            return 0;
        }
        let bits = self.0.addr() & SIZE;
        let units = bits & LOW | (bits as u64 >> ADDRESS_BITS << LOW_BITS) as usize;
        (units + 1) * UNIT
    }

    /// The same place without a spare.
    #[inline]
    fn emptied(self) -> Self {
        Word(self.0.map_addr(|address| address & COUNT))
    }

    /// The same place with this spare.
    #[inline]
    fn filled(self, spare: &Spare, bits: usize) -> Self {
        let count = (self.0.addr() & COUNT).wrapping_add(ONCE);
        let object = spare.object().as_ptr();
        Word(object.map_addr(|address| address | bits | count))
    }

    #[inline]
    fn spare(self) -> Option<Spare> {
        NonNull::new(self.0.map_addr(|address| address & ADDRESS)).map(Spare)
    }
}

#[derive(Debug)]
struct Slot(AtomicPtr<u8>);

impl Slot {
    const fn new() -> Self {
        Slot(AtomicPtr::new(std::ptr::null_mut()))
    }

    #[inline]
    fn get(&self) -> Word {
        Word(self.0.load(Ordering::Relaxed))
    }

    /// The same, before anything else that the caller looks at.
    fn look(&self) -> Word {
        Word(self.0.load(Ordering::Acquire))
    }

    /// Change what the slot says, unless somebody else has.
    #[inline]
    fn change(&self, from: Word, to: Word) -> bool {
        let (success, failure) = (Ordering::AcqRel, Ordering::Relaxed);
        self.0
            .compare_exchange(from.0, to.0, success, failure)
            .is_ok()
    }

    #[inline]
    fn take(&self, word: Word) -> Option<Spare> {
        if self.change(word, word.emptied()) {
            word.spare()
        } else {
            None
        }
    }

    /// Take out what has the size of these bits.
    #[inline]
    fn take_size(&self, bits: usize) -> Option<Spare> {
        let word = self.get();
        if word.has(bits) {
            self.take(word)
        } else {
            None
        }
    }

    /// Whether the spare waits here now.
    #[inline]
    fn put(&self, spare: &Spare, bits: usize) -> bool {
        let word = self.get();
        word.is_empty() && self.change(word, word.filled(spare, bits))
    }
}

/// The slots of the threads of one shard.
#[derive(Debug)]
pub(in crate::pool) struct Slots {
    /// For blocks that are the tail of their object.
    tiny: Slot,
    small: [Slot; SMALL_SLOTS],
    large: Slot,
    demand: Demand,
}

/// What became of a spare.
#[derive(Debug)]
pub(in crate::pool) enum Placed {
    /// It waits.
    Waits,
    /// Nothing.
    Refused(Spare),
    /// Nothing, but it is worth more than those of other sizes that wait.
    Wanted(Spare),
}

impl Slots {
    pub(in crate::pool) const fn new() -> Self {
        Slots {
            tiny: Slot::new(),
            small: [const { Slot::new() }; SMALL_SLOTS],
            large: Slot::new(),
            demand: Demand::new(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Slot> {
        self.small.iter().chain([&self.tiny, &self.large])
    }

    /// A spare with a block of exactly `size` bytes, a multiple of 64 up to `MAX_BYTES`.
    #[inline(always)]
    pub(in crate::pool) fn take(&self, size: usize) -> Option<Spare> {
        let known = self.demand.of(size);
        if known.is_wanted() {
            return None;
        }
        if !known.may_wait() {
            known.missed();
            return None;
        }
        self.look_for(size, &known)
    }

    #[inline(never)]
    fn look_for(&self, size: usize, known: &Known<'_>) -> Option<Spare> {
        let bits = bits_of(size);
        let spare = if size <= MAX_TINY_BYTES {
            self.tiny.take_size(bits)
        } else if size <= MAX_SMALL_BYTES {
            self.small.iter().find_map(|slot| slot.take_size(bits))
        } else {
            self.large.take_size(bits)
        };
        match spare {
            Some(_) => known.moved(),
            None => known.missed(),
        }
        spare
    }

    /// Whether a spare of this size may wait, as far as it is known.
    #[inline(always)]
    pub(in crate::pool) fn may_fit(&self, size: usize) -> bool {
        self.demand.of(size).may_fit()
    }

    /// Keep a spare that may fit.
    #[inline(always)]
    pub(in crate::pool) fn put(&self, spare: Spare, size: usize) -> Placed {
        let known = self.demand.of(size);
        if !Self::can_hold(&spare) {
            return Placed::Refused(spare);
        }
        let bits = bits_of(size);
        let is_put = if size <= MAX_TINY_BYTES {
            self.tiny.put(&spare, bits)
        } else if size <= MAX_SMALL_BYTES {
            self.small.iter().any(|slot| slot.put(&spare, bits))
        } else {
            self.large.put(&spare, bits)
        };
        if is_put {
            known.moved();
            Placed::Waits
        } else if known.is_wanted() {
            Placed::Wanted(spare)
        } else {
            known.refused();
            Placed::Refused(spare)
        }
    }

    /// Whether the address leaves the bits free that a slot needs for other things.
    #[inline]
    fn can_hold(spare: &Spare) -> bool {
        IS_WIDE && spare.object().as_ptr().addr() & !ADDRESS == 0
    }

    /// Keep a spare that is `Wanted` instead of one whose block has another size. The result is that one and its size, or the
    /// same if there is none.
    pub(in crate::pool) fn replace_other(&self, spare: Spare, size: usize) -> (Spare, usize) {
        let bits = bits_of(size);
        let slots = if size <= MAX_TINY_BYTES {
            std::slice::from_ref(&self.tiny)
        } else if size <= MAX_SMALL_BYTES {
            self.small.as_slice()
        } else {
            std::slice::from_ref(&self.large)
        };
        for slot in slots {
            let word = slot.get();
            if !word.has(bits)
                && let Some(other) = word.spare()
                && slot.change(word, word.filled(&spare, bits))
            {
                self.demand.of(size).moved();
                return (other, word.size());
            }
        }
        self.demand.of(size).refused();
        (spare, size)
    }

    /// Take out any spare.
    pub(in crate::pool) fn take_any(&self) -> Option<(Spare, usize)> {
        let mut slots = self.all().map(|slot| (slot, slot.get()));
        slots.find_map(|(slot, word)| Some((slot.take(word)?, word.size())))
    }

    /// Bytes that wait.
    pub(in crate::pool) fn bytes(&self) -> u64 {
        self.all().map(|slot| slot.get().size() as u64).sum()
    }

    /// Let `see` have what each slot says, for comparing. The result is whether anything waits.
    #[inline]
    pub(in crate::pool) fn look(&self, mut see: impl FnMut(u64)) -> bool {
        let mut waits = false;
        for word in self.all().map(Slot::look) {
            see(word.0.addr() as u64);
            waits |= !word.is_empty();
        }
        waits
    }
}

#[cfg(test)]
mod tests;
