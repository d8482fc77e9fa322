//! What is decided once for an allocator with a cache.
#![forbid(unsafe_code)]

/// Which blocks are kept for reuse, and what is done about large ones.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Whether small blocks are kept for reuse.
    pub keeps_small: bool,
    /// Blocks of at least so many bytes come from the kernel; no less than `MIN_LARGE_BYTES`.
    pub large_bytes: usize,
    /// The most bytes of large blocks that are kept for reuse.
    pub cache_bytes: u64,
    /// Whether the kernel is asked to use huge pages.
    pub huge_pages: bool,
    /// On which memory nodes large blocks lie.
    pub numa: Numa,
}

impl Policy {
    /// What the process-wide pools do.
    pub const DEFAULT: Policy = Policy {
        keeps_small: true,
        large_bytes: 4 << 20,
        cache_bytes: 128 << 20,
        huge_pages: true,
        numa: Numa::Default,
    };
}

/// On which memory nodes large blocks lie, where there is more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numa {
    /// As the thread's policy says.
    Default,
    /// Page by page on all nodes in turn.
    Interleave,
    /// On one node while it has memory.
    Prefer(u32),
}
