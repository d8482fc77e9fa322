//! The checks of a boundary function: errors become handles, arguments are checked, results are handed over.

mod memory;
mod missing;
mod object;
mod output;
mod slot;
mod text;

pub(super) use super::frame::value;
pub(super) use memory::{
    block, bytes, bytes_mut, items, optional_bytes, optional_items, outside_of_builder, plain,
};
pub(super) use missing::function;
pub(super) use object::{
    borrow, borrow_immutable, borrow_owner, consume, exclusive, pool, share, value_of,
    value_of_immutable, value_of_shared,
};
pub(super) use output::{in_out, out, out_value, put_if_wanted};
pub(super) use slot::ErrorSlot;
pub(super) use text::{c_text, optional_text, text};
