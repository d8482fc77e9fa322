//! Checks a Flatbuffer from outside: everything that is said to lie somewhere really lies inside the bytes.
//!
//! It takes no memory for ordinary messages, recurses only as deep as single tables name each other in spec.rs (vectors of
//! tables, which nest without bound, wait in a list), and is bounded in work: tables may be shared by several
//! parents, so a small message could otherwise stand for a huge tree. What it accepts, flatc's verifier accepts too.

use super::spec::{Kind, Slot, TableSpec};
use crate::alloc::VecExt;
use crate::err;
use crate::error::{Error, Result};
use std::ops::Range;

/// How much a message may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Tables inside each other.
    pub max_depth: usize,
    /// Tables visited; shared ones count each time.
    pub max_tables: usize,
    /// Bytes of text and vectors visited; shared ones count each time.
    pub max_bytes: usize,
}

/// Bytes that any message may visit, however small it is.
const MIN_BYTES_LIMIT: usize = 16 << 20;

impl Limits {
    /// Limits for a message of `len` bytes with types nested at most `nesting` deep.
    ///
    /// Without sharing, a table takes at least four bytes in its parent and every byte is visited once.
    pub fn of(len: usize, nesting: usize) -> Limits {
        Limits {
            // Message or footer, schema, and below the innermost field its type and the type of its dictionary's index.
            max_depth: nesting.saturating_add(5),
            max_tables: (len >> 2).saturating_add(1),
            max_bytes: len.saturating_mul(16).max(MIN_BYTES_LIMIT),
        }
    }
}

/// Check that `bytes` are a Flatbuffer whose root is a table of `spec`.
pub fn verify(bytes: &[u8], spec: &'static TableSpec, limits: Limits) -> Result<()> {
    if bytes.len() > i32::MAX as usize {
        return Err(err!(
            Corrupt,
            "metadata of {} bytes, but at most {} are possible",
            bytes.len(),
            i32::MAX
        ));
    }
    let mut verifier = Verifier {
        bytes,
        tables_left: limits.max_tables,
        bytes_left: limits.max_bytes,
        current: None,
        pending: Stack::new(),
    };
    let result = verifier.run(spec, limits.max_depth);
    result.map_err(|fault| fault.into_error(spec))
}

/// Offsets to tables of one kind that are still to be followed.
#[derive(Clone, Copy)]
struct Pending {
    spec: &'static TableSpec,
    at: usize,
    count: usize,
    depth_left: usize,
}

/// What is wrong, where, and in which table.
struct Fault {
    what: &'static str,
    at: usize,
    table: &'static str,
}

impl Fault {
    #[cold]
    fn into_error(self, root: &TableSpec) -> Error {
        if self.what == NO_MEMORY {
            return Error::OUT_OF_MEMORY;
        }
        if self.what == TOO_DEEP {
            return err!(
                Limit,
                "{}: {} at byte {} of the metadata",
                root.name,
                self.what,
                self.at
            );
        }
        err!(
            Corrupt,
            "{}: {} at byte {} of the metadata, in a {} table",
            root.name,
            self.what,
            self.at,
            self.table
        )
    }
}

const NO_MEMORY: &str = "no memory";
const TOO_DEEP: &str = "tables nested deeper than the limit";

struct Verifier<'a> {
    bytes: &'a [u8],
    tables_left: usize,
    bytes_left: usize,
    /// What the table that is being checked belongs to; it goes to the others when the table has tables of its own.
    current: Option<Pending>,
    pending: Stack,
}

type Check<T> = std::result::Result<T, (&'static str, usize)>;

impl<'a> Verifier<'a> {
    fn run(&mut self, spec: &'static TableSpec, depth: usize) -> std::result::Result<(), Fault> {
        self.current = Some(Pending {
            spec,
            at: 0,
            count: 1,
            depth_left: depth,
        });
        while let Some(mut group) = self.current.take().or_else(|| self.pending.take()) {
            let (table, at) = (group.spec, group.at);
            group.at = at.saturating_add(4);
            group.count = group.count.saturating_sub(1);
            if group.count > 0 {
                self.current = Some(group);
            }
            self.follow(at)
                .and_then(|position| self.table(position, table, group.depth_left))
                .map_err(|(what, at)| Fault {
                    what,
                    at,
                    table: table.name,
                })?;
        }
        Ok(())
    }

    fn u16_at(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..)?.first_chunk::<2>()?;
        Some(u16::from_le_bytes(*bytes))
    }

    fn u32_at(&self, at: usize) -> Check<usize> {
        Ok(u32::from_le_bytes(self.four_at(at)?) as usize)
    }

    fn four_at(&self, at: usize) -> Check<[u8; 4]> {
        if at & 3 != 0 {
            return Err(("a misaligned offset or length", at));
        }
        match self.bytes.get(at..).and_then(<[u8]>::first_chunk::<4>) {
            Some(bytes) => Ok(*bytes),
            None => Err(("an offset or length outside the metadata", at)),
        }
    }

    /// Where the offset at `at` leads.
    fn follow(&self, at: usize) -> Check<usize> {
        let offset = self.u32_at(at)?;
        Ok(at.saturating_add(offset))
    }

    /// Check that a run of bytes is there.
    #[inline]
    fn inside(&self, start: usize, len: usize) -> Check<Range<usize>> {
        let end = start.saturating_add(len);
        if end > self.bytes.len() {
            return Err(("something that reaches outside the metadata", start));
        }
        Ok(start..end)
    }

    /// Check a run of bytes that somebody will go through, and charge it.
    fn range(&mut self, start: usize, len: usize) -> Check<Range<usize>> {
        let range = self.inside(start, len)?;
        match self.bytes_left.checked_sub(len) {
            Some(left) => self.bytes_left = left,
            None => return Err(("more shared content than the limit", start)),
        }
        Ok(range)
    }

    fn table(&mut self, position: usize, spec: &'static TableSpec, depth_left: usize) -> Check<()> {
        match self.tables_left.checked_sub(1) {
            Some(left) => self.tables_left = left,
            None => return Err(("more tables than the limit", position)),
        }
        let Some(depth_left) = depth_left.checked_sub(1) else {
            return Err((TOO_DEEP, position));
        };
        let back = i32::from_le_bytes(self.four_at(position)?);
        let vtable = i64::try_from(position)
            .unwrap_or(i64::MAX)
            .saturating_sub(i64::from(back));
        let vtable =
            usize::try_from(vtable).map_err(|_| ("a vtable outside the metadata", position))?;
        if vtable & 1 != 0 {
            return Err(("a misaligned vtable", position));
        }
        let Some(vtable_len) = self.u16_at(vtable).map(usize::from) else {
            return Err(("a vtable outside the metadata", position));
        };
        if vtable_len & 1 != 0 {
            return Err(("a vtable of odd length", vtable));
        }
        let offsets = self.inside(vtable, vtable_len)?;
        let bytes = self.bytes;
        let view = View {
            position,
            offsets: bytes.get(offsets).unwrap_or_default(),
        };
        for slot in spec.slots {
            self.slot(&view, slot, depth_left)?;
        }
        Ok(())
    }

    /// Where the slot's content lies, if the table has it.
    #[inline]
    fn find(view: &View<'_>, vt: u16) -> Option<usize> {
        let offset = view.offsets.get(usize::from(vt)..)?.first_chunk::<2>()?;
        match u16::from_le_bytes(*offset) {
            0 => None,
            offset => Some(view.position.saturating_add(usize::from(offset))),
        }
    }

    fn slot(&mut self, view: &View<'_>, slot: &Slot, depth_left: usize) -> Check<()> {
        let found = Self::find(view, slot.vt);
        if let Kind::Union(variants) = slot.kind {
            let code = Self::find(view, slot.vt.saturating_sub(2));
            return match (code, found) {
                (None, None) if slot.required => Err(("a union without a value", view.position)),
                (None, None) => Ok(()),
                (Some(code), Some(at)) => self.union(code, at, variants, depth_left),
                _ => Err(("half a union", view.position)),
            };
        }
        let Some(at) = found else {
            return if slot.required {
                Err(("a required part is missing", view.position))
            } else {
                Ok(())
            };
        };
        match slot.kind {
            Kind::Scalar(size) => {
                self.aligned(at, size)?;
                self.inside(at, size).map(|_| ())
            }
            Kind::Struct(size) => self.inside(at, size).map(|_| ()),
            Kind::Text => self.text(at),
            Kind::Scalars(size) => {
                let start = self.vector(at, size)?.start;
                self.aligned(start, size)
            }
            Kind::Structs(size) => self.vector(at, size).map(|_| ()),
            Kind::Table(spec) => self.now(spec, at, depth_left),
            Kind::Tables(spec) => {
                let range = self.vector(at, 4)?;
                self.aligned(range.start, 4)?;
                self.later(spec, range.start, range.len() >> 2, depth_left)
            }
            Kind::Union(_) => Ok(()),
        }
    }

    fn union(
        &mut self,
        code: usize,
        at: usize,
        variants: &'static [&'static TableSpec],
        depth_left: usize,
    ) -> Check<()> {
        let Some(code) = self.bytes.get(code).map(|code| usize::from(*code)) else {
            return Err(("a union without a code", code));
        };
        // Code 0 is "none"; a code that is not known yet is for the reader of the value to judge.
        match code.checked_sub(1).and_then(|index| variants.get(index)) {
            Some(spec) => self.now(spec, at, depth_left),
            None => Ok(()),
        }
    }

    fn aligned(&self, at: usize, size: usize) -> Check<()> {
        if at & size.saturating_sub(1) == 0 {
            Ok(())
        } else {
            Err(("a misaligned value", at))
        }
    }

    /// The elements of the vector to which the offset at `at` leads.
    fn vector(&mut self, at: usize, element: usize) -> Check<Range<usize>> {
        let position = self.follow(at)?;
        let count = self.u32_at(position)?;
        self.range(position.saturating_add(4), count.saturating_mul(element))
    }

    fn text(&mut self, at: usize) -> Check<()> {
        let range = self.vector(at, 1)?;
        if self.bytes.get(range.end) != Some(&0) {
            return Err(("text without a NUL byte behind it", range.start));
        }
        let text = self.bytes.get(range.clone()).unwrap_or_default();
        match std::str::from_utf8(text) {
            Ok(_) => Ok(()),
            Err(_) => Err(("text that is not UTF-8", range.start)),
        }
    }

    /// Check a single table at once: only vectors of tables nest without bound.
    fn now(&mut self, spec: &'static TableSpec, at: usize, depth_left: usize) -> Check<()> {
        let position = self.follow(at)?;
        self.table(position, spec, depth_left)
    }

    /// Check a vector of tables before the rest of what the present one belongs to.
    fn later(
        &mut self,
        spec: &'static TableSpec,
        at: usize,
        count: usize,
        depth_left: usize,
    ) -> Check<()> {
        if count == 0 {
            return Ok(());
        }
        let group = Pending {
            spec,
            at,
            count,
            depth_left,
        };
        let rest = self.current.take();
        for group in rest.into_iter().chain([group]) {
            self.pending.put(group).map_err(|()| (NO_MEMORY, at))?;
        }
        Ok(())
    }
}

/// A table that is being checked.
struct View<'a> {
    position: usize,
    /// Its vtable.
    offsets: &'a [u8],
}

/// What is still to be followed: a few groups without an allocation, any number with one.
struct Stack {
    near: [Option<Pending>; NEAR],
    near_len: usize,
    far: Vec<Pending>,
}

/// A flat schema with metadata everywhere needs nine.
const NEAR: usize = 12;

impl Stack {
    fn new() -> Stack {
        Stack {
            near: [const { None }; NEAR],
            near_len: 0,
            far: Vec::new(),
        }
    }

    fn put(&mut self, group: Pending) -> std::result::Result<(), ()> {
        if let Some(slot) = self.near.get_mut(self.near_len) {
            *slot = Some(group);
            self.near_len = self.near_len.saturating_add(1);
            return Ok(());
        }
        self.far.try_push(group).map_err(|_| ())
    }

    fn take(&mut self) -> Option<Pending> {
        if let Some(group) = self.far.pop() {
            return Some(group);
        }
        self.near_len = self.near_len.checked_sub(1)?;
        *self.near.get(self.near_len)?
    }
}
