//! Bits in bytes, least significant first, at any bit offset (Arrow columnar format, "Validity bitmaps").

mod builder;
mod combine;
mod count;
mod equal;
mod fresh;
mod run;
mod wide;
mod words;

pub use builder::BitmapBuilder;
pub use combine::{copy, fill, not, pairwise};
pub use count::{count_run, count_set};
pub use equal::{equal, equal_runs};
pub use fresh::{copy_to_start, new};
pub use run::Bits;
pub use words::{bytes_for, get, present, set, word};
