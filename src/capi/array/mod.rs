//! Arrays.

pub mod compare;
pub mod derive;
pub mod from_buffers;
pub mod get;
pub mod view;

use super::buffer::nock_buffer_t;
use super::guard;
use super::handle::{self, Handle, Shared};
use super::r#type::nock_type_t;
use crate::alloc::{Counted, TryArc, VecExt, vec_with_capacity};
use crate::array::{ArrayData, ArrayRef};
use crate::err;
use crate::error::Result;
use std::ptr::null;

/// A sequence of values of one type, on buffers; values may be null.
///
/// *Immutable*: like shared, and never changes. The bytes of its buffers must not be written while it lives.
/// Get one: nock_array_builder_finish, nock_array_new, nock_array_slice, nock_array_concat, nock_batch_column,
/// nock_batch_column_by_name. Keep it: nock_array_ref. Release it: nock_array_unref. Read it one value at a time with
/// nock_array_is_null, nock_array_is_valid and nock_array_get_..., or all at once through the pointers of nock_array_view.
/// Look at it: nock_array_type, nock_array_length, nock_array_null_count, nock_array_offset,
/// nock_array_num_buffers, nock_array_buffer, nock_array_num_children, nock_array_child, nock_array_dictionary,
/// nock_array_nbytes, nock_array_validate, nock_array_equals, nock_array_equals_range, nock_array_equals_approx,
/// nock_array_to_text.
pub struct nock_array_t {
    _opaque: [u8; 0],
}

impl Handle for nock_array_t {
    type Object = ArrayData;
    type Kind = Shared;
}

/// A number from C that must not be negative.
pub(super) fn count(number: i64, name: &'static str) -> Result<usize> {
    usize::try_from(number).map_err(|_| err!(InvalidArgument, "{} cannot be {}", name, number))
}

/// An index or range from C; what is negative lies outside like everything else that does not exist.
pub(super) fn index(number: i64, name: &'static str) -> Result<usize> {
    usize::try_from(number).map_err(|_| err!(OutOfRange, "{} cannot be {}", name, number))
}

/// A number for C.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn address<H: Handle<Kind = Shared, Object: Counted>>(
    object: Option<&TryArc<H::Object>>,
) -> *const H {
    object.map_or(null(), handle::address_of)
}

/// Read the type.
///
/// @param array  borrowed; may be NULL
/// @return the type, borrowed while the array lives; NULL when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_type(array: *const nock_array_t) -> *const nock_type_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(array, null(), |array| handle::address_of(array.type_ref())) }
}

/// Look up the dictionary that the values are indices into.
///
/// @param array  borrowed; may be NULL
/// @return the dictionary, borrowed while the array lives; NULL when the type has none or array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_dictionary(array: *const nock_array_t) -> *const nock_array_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(array, null(), |array| address(array.dictionary())) }
}

family! {
    /// Read a number of an array.
    ///
    /// @param array  borrowed; may be NULL
    /// @return the number named beside the function; 0 when array is NULL
    for ($name:ident, $number:ty, $read:expr, $note:literal) in [
        (nock_array_length, i64, |array| number(array.len()), "values, nulls included"),
        (nock_array_null_count, i64, |array| number(array.null_count()), "nulls; the first call may have to count them"),
        (nock_array_offset, i64, |array| number(array.offset()), "where in the buffers the first value is, in values"),
        (nock_array_num_buffers, usize, ArrayData::num_buffers, "buffers of the type, whether they are there or not"),
        (nock_array_num_children, usize, |array| array.children().len(), "children, which only nested types have"),
    ]
    pub unsafe extern "C" fn $name(array: *const nock_array_t) -> $number {
        // SAFETY: `array` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(array, 0, $read) }
    }
}

/// Look up a buffer.
///
/// An array and its slices share buffers; nock_array_offset is the offset of the first value.
///
/// @param array  borrowed; may be NULL
/// @param index  0 to nock_array_num_buffers - 1, in the order of the columnar format
/// @return the buffer, borrowed while the array lives; NULL when it is absent, index is outside, or array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_buffer(
    array: *const nock_array_t,
    index: usize,
) -> *const nock_buffer_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(array, null(), |array| address(array.buffer(index))) }
}

/// Look up a child of a nested array.
///
/// @param array  borrowed; may be NULL
/// @param index  0 to nock_array_num_children - 1
/// @return the child, borrowed while the array lives, without the parent's offset applied; NULL when index is outside or
///         array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_child(
    array: *const nock_array_t,
    index: usize,
) -> *const nock_array_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(array, null(), |array| address(array.children().get(index))) }
}

family! {
    /// Ask whether a value is null.
    ///
    /// @param array  borrowed; may be NULL
    /// @param index  which value
    /// @return whether it is what is named beside the function; false when index is outside or array is NULL
    for ($name:ident, $ask:expr, $note:literal) in [
        (nock_array_is_null, ArrayData::is_null, "null"),
        (nock_array_is_valid, ArrayData::is_valid, "there, and not null"),
    ]
    pub unsafe extern "C" fn $name(array: *const nock_array_t, index: i64) -> bool {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        // SAFETY: `array` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(array, false, |array| $ask(array, index)) }
    }
}

/// Handles as the arrays they stand for.
///
/// # Safety
/// - Each of `handles` is NULL or a live handle for the duration of the call.
pub(super) unsafe fn owned_all(
    handles: &[*const nock_array_t],
    name: &'static str,
) -> Result<Vec<ArrayRef>> {
    let mut arrays = vec_with_capacity(handles.len())?;
    for handle in handles {
        // SAFETY: same contract.
        arrays.try_push(unsafe { guard::share(*handle, name) }?)?;
    }
    Ok(arrays)
}
