//! Key-value metadata: bytes under bytes, in order, never interpreted.

use crate::alloc::{
    AllocError, Counted, StaticArc, TryArc, VecExt, vec_from_slice, vec_with_capacity,
};
use crate::error::Result;

/// Shared ownership of metadata.
pub type MetadataRef = TryArc<Metadata>;

/// What everything without metadata shares.
static EMPTY: StaticArc<Metadata> = StaticArc::new(Metadata::new());

/// One entry.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
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

impl Counted for Metadata {}

impl Metadata {
    /// No entries, without an allocation.
    pub const fn new() -> Self {
        Metadata { pairs: Vec::new() }
    }

    /// No entries, with room for some.
    pub fn with_capacity(entries: usize) -> Result<Self> {
        Ok(Metadata {
            pairs: vec_with_capacity(entries)?,
        })
    }

    /// No entries, shared.
    pub fn empty() -> MetadataRef {
        EMPTY.get()
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
        self.find_from(key, 0)
    }

    /// The index of the first entry with a key, from an index on.
    pub fn find_from(&self, key: &[u8], from: usize) -> Option<usize> {
        let rest = self.pairs.get(from..)?;
        let at = rest.iter().position(|pair| pair.key == key)?;
        at.checked_add(from)
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

    /// Make the entries shareable.
    pub fn into_ref(self) -> Result<MetadataRef> {
        if self.is_empty() {
            return Ok(Metadata::empty());
        }
        Ok(TryArc::try_new(self)?)
    }

    /// The value of the first entry with a key.
    pub fn value_of(&self, key: &[u8]) -> Option<&[u8]> {
        let pair = self.get(self.find(key)?)?;
        Some(&pair.value)
    }

    /// Whether both have the same entries, whatever their order.
    ///
    /// Cost: if the order differs, both are sorted in memory of their own; without it, every entry is compared with every
    /// other.
    pub fn same_entries(&self, other: &Metadata) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self == other {
            return true;
        }
        if let (Ok(a), Ok(b)) = (self.sorted(), other.sorted()) {
            return a == b;
        }
        let count =
            |list: &Metadata, wanted: &Pair| list.iter().filter(|pair| *pair == wanted).count();
        self.iter()
            .all(|pair| count(self, pair) == count(other, pair))
    }

    fn sorted(&self) -> Result<Vec<&Pair>, AllocError> {
        let mut pairs = vec_with_capacity(self.pairs.len())?;
        for pair in &self.pairs {
            pairs.try_push(pair)?;
        }
        pairs.sort_unstable();
        Ok(pairs)
    }
}

impl<'a> IntoIterator for &'a Metadata {
    type Item = &'a Pair;
    type IntoIter = std::slice::Iter<'a, Pair>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
