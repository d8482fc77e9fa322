//! A stack for walks over type trees: as deep as a type can be, and without an allocation.

use super::limits::MAX_DEPTH;

/// The places on the way from a type down to where the walk is.
pub(super) struct Stack<T> {
    places: [Option<T>; MAX_DEPTH],
    len: usize,
}

impl<T> Stack<T> {
    pub(super) fn new() -> Self {
        Stack {
            places: [const { None }; MAX_DEPTH],
            len: 0,
        }
    }

    /// Go down one level. The depth of types guarantees the room; a place beyond it would be dropped.
    pub(super) fn push(&mut self, place: T) {
        if let Some(slot) = self.places.get_mut(self.len) {
            *slot = Some(place);
            self.len += 1;
        }
    }

    /// Where the walk is.
    pub(super) fn top(&mut self) -> Option<&mut T> {
        let last = self.len.checked_sub(1)?;
        self.places.get_mut(last)?.as_mut()
    }

    /// Go up one level.
    pub(super) fn pop(&mut self) {
        if let Some(last) = self.len.checked_sub(1) {
            self.len = last;
            if let Some(slot) = self.places.get_mut(last) {
                *slot = None;
            }
        }
    }
}
