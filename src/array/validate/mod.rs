//! How far the contents of an array are checked before anybody reads them.
//!
//! Steps: `Structure` looks at counts and lengths only and reads no data; `Memory` adds everything that decides where an
//! accessor reads; `Full` adds what the values mean. Each level includes those before it. The loops over data have no
//! branch for single values: they fold "something is wrong here" over a block and look for the culprit only afterwards.
#![forbid(unsafe_code)]

mod full;
mod memory;
mod structure;

use super::ArrayData;
use crate::error::Result;

/// A level of checking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validation {
    /// Nothing: the maker of the array vouches for it.
    None,
    /// Counts, bounds and lengths against the sizes of the buffers.
    Structure,
    /// Also offsets: after this no accessor can read out of bounds.
    #[default]
    Memory,
    /// Also the meaning of values: UTF-8, decimal precision, times within a day, the null count.
    Full,
}

/// Check an array up to a level.
pub fn validate(array: &ArrayData, level: Validation) -> Result<()> {
    if level >= Validation::Structure {
        structure::check(array)?;
    }
    if level >= Validation::Memory {
        memory::check(array)?;
    }
    if level >= Validation::Full {
        full::check(array)?;
    }
    Ok(())
}
