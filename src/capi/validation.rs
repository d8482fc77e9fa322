//! How far data is checked before it is read.

use crate::array::Validation;
use crate::err;
use crate::error::Result;

/// A level of checking; each includes those before it.
pub type nock_validation_t = i32;

/// Every level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_validation_values {
    /// MEMORY.
    NOCK_VALIDATE_DEFAULT = 0,
    /// Nothing is checked: wrong data then makes the library read outside of the buffers.
    NOCK_VALIDATE_NONE = 1,
    /// Counts, bounds and lengths against the sizes of the buffers.
    NOCK_VALIDATE_STRUCTURE = 2,
    /// Also offsets: all reads are within the buffers then.
    NOCK_VALIDATE_MEMORY = 3,
    /// Also values: UTF-8, the precision of decimals, times within a day, the null count.
    NOCK_VALIDATE_FULL = 4,
}

/// The level that a number from C stands for.
pub(super) fn level(validation: nock_validation_t) -> Result<Validation> {
    match validation {
        0 => Ok(Validation::default()),
        1 => Ok(Validation::None),
        2 => Ok(Validation::Structure),
        3 => Ok(Validation::Memory),
        4 => Ok(Validation::Full),
        other => Err(err!(InvalidArgument, "validation {} is not known", other)),
    }
}
