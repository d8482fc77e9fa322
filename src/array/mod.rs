//! Arrays: runs of values of one type on buffers, and record batches of them.
//!
//! The one invariant: what was validated at level `Memory` cannot be read out of bounds. Accessors check their ranges all the
//! same, so that an array that nobody validated gives an error instead of undefined behaviour; only the raw pointers that
//! `nock_array_view` hands to C rest on the validation.
//!
//! Layout: an array is `{ length, offset, null count }` over a *body* of buffers, children and dictionary. A root array holds
//! its body; a slice holds a reference to the root, so that it is one small allocation and one counted reference whatever
//! the number of buffers.

mod access;
pub mod batch;
mod bits;
mod builder;
mod compare;
mod concat;
mod construct;
mod data;
mod decimal;
mod physical;
mod raw;
mod slice;
mod text;
mod type_name;
mod validate;

pub use access::{DayTime, Half, MonthDayNano, Native};
pub use batch::{BatchRef, ColumnSource, RecordBatch};
pub use builder::{ArrayBuilder, RunValidity};
pub use compare::{Equality, equal, equal_range};
pub use concat::concat;
pub use data::{ArrayData, ArrayParts, ArrayRef, MAX_BUFFERS, MAX_LENGTH};
pub use physical::{Element, Physical};
pub use raw::RawParts;
pub use slice::slice;
pub use text::{array_text, batch_text};
pub(crate) use type_name::type_name;
pub use validate::{Validation, validate};

#[cfg(test)]
mod tests;
