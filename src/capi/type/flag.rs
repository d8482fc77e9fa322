//! Flags of types.

use crate::capi::options::check_flags;
use crate::error::Result;

/// Flags of types; the numbers are those of the Arrow C data interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_type_flag_values {
    /// The order of the dictionary's values is meaningful.
    NOCK_TYPE_DICTIONARY_ORDERED = 1,
    /// The keys of every value of a map are sorted.
    NOCK_TYPE_MAP_KEYS_SORTED = 4,
}

/// The flag of dictionaries.
pub(super) const ORDERED: u32 = nock_type_flag_values::NOCK_TYPE_DICTIONARY_ORDERED as u32;
/// The flag of maps.
pub(super) const KEYS_SORTED: u32 = nock_type_flag_values::NOCK_TYPE_MAP_KEYS_SORTED as u32;

/// Whether the only flag that a type can have is set.
pub(super) fn is_set(flags: u32, known: u32) -> Result<bool> {
    check_flags(flags, known)?;
    Ok(flags & known != 0)
}
