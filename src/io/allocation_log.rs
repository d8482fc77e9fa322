//! A log of a memory pool's allocations, written to a stream.
#![forbid(unsafe_code)]

use super::StreamRef;
use crate::pool::{Event, EventKind, FixedText, Log};

/// Writes one line per call. Failures to write are ignored, since a pool has no one to report them to.
#[derive(Debug)]
pub struct AllocationLog(pub StreamRef);

impl Log for AllocationLog {
    fn event(&self, event: &Event) {
        let Event {
            kind,
            address,
            old_size,
            size,
            alignment,
        } = *event;
        let line = match kind {
            EventKind::Allocate => FixedText::of(format_args!(
                "Allocate: size = {size}, alignment = {alignment}, address = {address:#x}\n"
            )),
            EventKind::Reallocate => FixedText::of(format_args!(
                "Reallocate: old_size = {old_size}, new_size = {size}, alignment = {alignment}, address = {address:#x}\n"
            )),
            EventKind::Free => FixedText::of(format_args!(
                "Free: size = {old_size}, alignment = {alignment}, address = {address:#x}\n"
            )),
        };
        let _lost = self.0.write(line.as_bytes());
    }
}
