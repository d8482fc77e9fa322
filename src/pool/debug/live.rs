//! The list of live blocks.
#![forbid(unsafe_code)]

use crate::alloc::{AllocError, Text, VecExt, vec_with_capacity};
use crate::error::Result;
use std::collections::HashMap;
use std::fmt::Write as _;

/// What the pool knows about a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Bytes of the caller.
    pub(super) size: usize,
    pub(super) alignment: usize,
    /// Which block of the pool it is, counted from 1.
    number: u64,
    tag: usize,
}

/// Room on the list for one block, made before its memory is taken.
#[derive(Debug)]
pub(super) struct Promise(());

#[derive(Debug)]
pub(super) struct Live {
    blocks: HashMap<usize, Block>,
    /// Blocks whose memory is being taken.
    promised: usize,
    number: u64,
    tags: Vec<Text>,
    /// The index of the current tag in `tags`, plus 1; 0 for none.
    tag: usize,
}

fn no_memory(bytes: usize) -> AllocError {
    AllocError { bytes }
}

impl Live {
    pub(super) fn new() -> Self {
        Live {
            blocks: HashMap::new(),
            promised: 0,
            number: 0,
            tags: Vec::new(),
            tag: 0,
        }
    }

    /// Make sure that `insert` will not need memory.
    pub(super) fn reserve(&mut self) -> Result<Promise> {
        let more = self.promised + 1;
        self.blocks
            .try_reserve(more)
            .map_err(|_| no_memory(more.saturating_mul(size_of::<(usize, Block)>())))?;
        self.promised = more;
        Ok(Promise(()))
    }

    pub(super) fn give_up(&mut self, _promise: Promise) {
        self.promised -= 1;
    }

    pub(super) fn insert(
        &mut self,
        promise: Promise,
        address: usize,
        size: usize,
        alignment: usize,
    ) {
        self.give_up(promise);
        self.number += 1;
        let block = Block {
            size,
            alignment,
            number: self.number,
            tag: self.tag,
        };
        self.blocks.insert(address, block);
    }

    pub(super) fn remove(&mut self, address: usize) -> Option<Block> {
        self.blocks.remove(&address)
    }

    /// Whether there is such a block.
    pub(super) fn is(&self, address: usize, size: usize, alignment: usize) -> bool {
        self.blocks
            .get(&address)
            .is_some_and(|block| block.size == size && block.alignment == alignment)
    }

    /// The tag of a block; empty for none.
    pub(super) fn tag(&self, block: &Block) -> &str {
        let tag = block.tag.checked_sub(1).and_then(|at| self.tags.get(at));
        tag.map(Text::as_str).unwrap_or_default()
    }

    pub(super) fn set_tag(&mut self, tag: &str) -> Result<()> {
        if tag.is_empty() {
            self.tag = 0;
            return Ok(());
        }
        let known = self.tags.iter().position(|known| known.as_str() == tag);
        let at = match known {
            Some(at) => at,
            None => {
                self.tags.try_push(Text::try_from_str(tag)?)?;
                self.tags.len() - 1
            }
        };
        self.tag = at + 1;
        Ok(())
    }

    pub(super) fn report(&self) -> Result<Text> {
        let mut sorted = vec_with_capacity(self.blocks.len())?;
        for entry in &self.blocks {
            sorted.try_push(entry)?;
        }
        sorted.sort_unstable_by_key(|(_, block)| block.number);
        let mut text = Text::new();
        for (address, block) in sorted {
            let Block {
                size,
                alignment,
                number,
                ..
            } = block;
            let tag = self.tag(block);
            let line = writeln!(
                text,
                "{size} bytes at {address:#x}, aligned to {alignment}, allocation {number}, tag '{tag}'"
            );
            line.map_err(|_| no_memory(text.as_bytes().len()))?;
        }
        Ok(text)
    }
}
