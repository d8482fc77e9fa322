//! Dead buffers that wait for the next one of their size: the memory of the object, and the block that belonged to it.
//!
//! One exchange of a word brings both, instead of two calls of an allocator. What waits counts as room in the ledger, which
//! therefore owns the slots and decides when they are emptied.

mod demand;
mod slots;

pub(crate) use slots::MAX_BYTES;
pub(super) use slots::{Placed, Slots};

use std::ptr::{NonNull, null_mut};

/// The memory of an object, and in it a note of what belongs to it.
#[derive(Debug)]
pub(crate) struct Spare(NonNull<u8>);

/// What stands in the memory of the object meanwhile.
#[derive(Debug)]
struct Note {
    block: NonNull<u8>,
    is_tail: bool,
    size: usize,
    next: *mut u8,
}

/// The least bytes that the memory of an object must have, which is aligned as any allocator aligns.
pub(crate) const MIN_OBJECT_BYTES: usize = size_of::<Note>();

// SAFETY: memory that nobody else uses.
unsafe impl Send for Spare {}

impl Spare {
    /// The memory at `object`, and `size` bytes at `block`, which are the tail of that memory if `is_tail` says so.
    ///
    /// # Safety
    /// - `object` has at least `MIN_OBJECT_BYTES` bytes before any tail, and goes back with `object::end_vacant`.
    /// - A `block` that is no tail came from the pool that the spare is given to, with `size` bytes and `ALIGNMENT`.
    /// - Nobody else uses either any more.
    #[inline]
    pub(crate) unsafe fn new(
        object: NonNull<u8>,
        block: NonNull<u8>,
        size: usize,
        is_tail: bool,
    ) -> Self {
        let note = Note {
            block,
            is_tail,
            size,
            next: null_mut(),
        };
        // SAFETY: there is room for it (contract).
        unsafe { object.cast::<Note>().write(note) };
        Spare(object)
    }

    fn note(&self) -> &Note {
        // SAFETY: written in `new`, and nobody else uses the memory.
        unsafe { self.0.cast().as_ref() }
    }

    /// The memory of the object.
    #[inline]
    pub(crate) fn object(&self) -> NonNull<u8> {
        self.0
    }

    /// The block.
    #[inline]
    pub(crate) fn block(&self) -> NonNull<u8> {
        self.note().block
    }

    /// Whether the block is the tail of the object's memory.
    pub(super) fn is_tail(&self) -> bool {
        self.note().is_tail
    }

    /// Bytes of the block.
    pub(super) fn size(&self) -> usize {
        self.note().size
    }
}

/// Spares on their way to their end.
#[derive(Debug)]
pub(super) struct Leaving(*mut u8);

impl Leaving {
    pub(super) const fn new() -> Self {
        Leaving(null_mut())
    }

    pub(super) fn add(&mut self, spare: Spare) {
        let object = spare.0;
        // SAFETY: written in `Spare::new`, and this is its only owner.
        unsafe { object.cast::<Note>().as_mut() }.next = self.0;
        self.0 = object.as_ptr();
    }
}

impl Iterator for Leaving {
    type Item = Spare;

    fn next(&mut self) -> Option<Spare> {
        let spare = Spare(NonNull::new(self.0)?);
        self.0 = spare.note().next;
        Some(spare)
    }
}
