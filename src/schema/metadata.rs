//! Key-value metadata: bytes under bytes, in order, never interpreted.

use crate::alloc::{VecExt, vec_from_slice, vec_with_capacity};
use crate::error::Result;

/// One entry.
#[derive(Debug, PartialEq, Eq)]
pub struct Pair {
    /// The key; bytes that are usually UTF-8.
    pub key: Vec<u8>,
    /// The value; any bytes.
    pub value: Vec<u8>,
}

/// An ordered list of entries. Keys may be empty and may repeat.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pairs: Vec<Pair>,
}

impl Metadata {
    /// No entries, without an allocation.
    pub const fn new() -> Self {
        Metadata { pairs: Vec::new() }
    }

    /// Append an entry.
    pub fn append(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        let pair = Pair {
            key: vec_from_slice(key)?,
            value: vec_from_slice(value)?,
        };
        Ok(self.pairs.try_push(pair)?)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// An entry.
    pub fn get(&self, index: usize) -> Option<&Pair> {
        self.pairs.get(index)
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Pair> {
        self.pairs.iter()
    }

    /// The index of the first entry with a key.
    pub fn find(&self, key: &[u8]) -> Option<usize> {
        self.pairs.iter().position(|pair| pair.key == key)
    }

    /// A copy.
    pub fn try_clone(&self) -> Result<Metadata> {
        let mut pairs = vec_with_capacity(self.pairs.len())?;
        for pair in &self.pairs {
            pairs.try_push(Pair {
                key: vec_from_slice(&pair.key)?,
                value: vec_from_slice(&pair.value)?,
            })?;
        }
        Ok(Metadata { pairs })
    }

    /// Whether both have the same entries, whatever their order.
    pub fn same_entries(&self, other: &Metadata) -> bool {
        let count =
            |list: &Metadata, wanted: &Pair| list.iter().filter(|pair| *pair == wanted).count();
        self.len() == other.len()
            && self
                .iter()
                .all(|pair| count(self, pair) == count(other, pair))
    }
}

impl<'a> IntoIterator for &'a Metadata {
    type Item = &'a Pair;
    type IntoIter = std::slice::Iter<'a, Pair>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
