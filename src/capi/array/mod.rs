//! Arrays.

pub mod compare;
pub mod derive;
pub mod from_buffers;
pub mod get;
pub mod get_integer;
pub mod view;

use super::buffer::nock_buffer_t;
use super::guard::{self, value};
use super::handle::{self, Handle, Shared};
use super::r#type::nock_type_t;
use crate::alloc::{Counted, TryArc, VecExt, vec_with_capacity};
use crate::array::{ArrayData, ArrayRef};
use crate::err;
use crate::error::Result;
use std::ptr::null;

/// A run of values of one type on buffers, of which some values may be null.
///
/// *Immutable*: like shared, and never changes. The bytes of its buffers must not be written while it lives.
/// Get one: nock_array_builder_finish, nock_array_new, nock_array_slice, nock_array_concat, nock_batch_column,
/// nock_batch_column_by_name. Keep it: nock_array_ref. End it: nock_array_unref. Read it one value at a time with
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

/// Add an owner to an array.
///
/// @param array  shared (adds a reference); may be NULL
/// @return the same pointer, owned; NULL when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_ref(array: *const nock_array_t) -> *mut nock_array_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    unsafe { handle::shared_ref(array) }
}

/// Give up one owner of an array; the last one ends it.
///
/// @param array  consumed; may be NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_unref(array: *mut nock_array_t) {
    // SAFETY: `array` is NULL or a live handle whose reference is given up (C contract).
    unsafe { handle::unref(array) }
}

/// Read the type.
///
/// @param array  borrowed; may be NULL
/// @return the type, borrowed until the array ends; NULL when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_type(array: *const nock_array_t) -> *const nock_type_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(null(), || {
        array.map_or(null(), |array| handle::address_of(array.type_ref()))
    })
}

/// Read the number of values.
///
/// @param array  borrowed; may be NULL
/// @return the number, nulls included; 0 when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_length(array: *const nock_array_t) -> i64 {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(0, || array.map_or(0, |array| number(array.len())))
}

/// Read the number of nulls.
///
/// Cost: the first call counts the bits of the bitmap, unless the number was known before.
///
/// @param array  borrowed; may be NULL
/// @return the number; 0 when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_null_count(array: *const nock_array_t) -> i64 {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(0, || array.map_or(0, |array| number(array.null_count())))
}

/// Read where in the buffers the first value is.
///
/// @param array  borrowed; may be NULL
/// @return the offset, counted in values; 0 when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_offset(array: *const nock_array_t) -> i64 {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(0, || array.map_or(0, |array| number(array.offset())))
}

/// Read the number of buffers.
///
/// @param array  borrowed; may be NULL
/// @return the number that the type has, whether they are there or not; 0 when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_num_buffers(array: *const nock_array_t) -> usize {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(0, || array.map_or(0, ArrayData::num_buffers))
}

/// Look up a buffer.
///
/// Buffers are shared between an array and its slices: nock_array_offset says where in them the values begin.
///
/// @param array  borrowed; may be NULL
/// @param index  0 to nock_array_num_buffers - 1, in the order of the columnar format
/// @return the buffer, borrowed until the array ends; NULL when it is absent, index is outside, or array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_buffer(
    array: *const nock_array_t,
    index: usize,
) -> *const nock_buffer_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(null(), || {
        address(array.and_then(|array| array.buffer(index)))
    })
}

/// Read the number of children, which only nested types have.
///
/// @param array  borrowed; may be NULL
/// @return the number; 0 when array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_num_children(array: *const nock_array_t) -> usize {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(0, || array.map_or(0, |array| array.children().len()))
}

/// Look up a child of a nested array.
///
/// @param array  borrowed; may be NULL
/// @param index  0 to nock_array_num_children - 1
/// @return the child, borrowed until the array ends, without the parent's offset applied; NULL when index is outside or
///         array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_child(
    array: *const nock_array_t,
    index: usize,
) -> *const nock_array_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(null(), || {
        address(array.and_then(|array| array.children().get(index)))
    })
}

/// Look up the dictionary that the values are indices into.
///
/// @param array  borrowed; may be NULL
/// @return the dictionary, borrowed until the array ends; NULL when the type has none or array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_dictionary(array: *const nock_array_t) -> *const nock_array_t {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    value(null(), || address(array.and_then(ArrayData::dictionary)))
}

/// Ask whether a value is null.
///
/// @param array  borrowed; may be NULL
/// @param index  which value
/// @return whether it is; false when index is outside or array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_is_null(array: *const nock_array_t, index: i64) -> bool {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    value(false, || array.is_some_and(|array| array.is_null(index)))
}

/// Ask whether a value is there and not null.
///
/// @param array  borrowed; may be NULL
/// @param index  which value
/// @return whether it is; false when index is outside or array is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_is_valid(array: *const nock_array_t, index: i64) -> bool {
    // SAFETY: `array` is NULL or a live handle (C contract).
    let array = unsafe { handle::borrow_shared(array) };
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    value(false, || array.is_some_and(|array| array.is_valid(index)))
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
