//! How large type trees and schemas can be.

/// The deepest type tree that can exist, a hard ceiling over every limit that a caller may set.
pub const MAX_DEPTH: usize = 64;

/// The most types that a type tree or a schema can be made of, counted as often as they occur.
pub const MAX_TYPES: usize = 1 << 24;
