//! Arrays as plain pointers, for hot loops.

use super::nock_array_t;
use crate::array::{ArrayData, Physical};
use crate::capi::error::nock_error_t;
use crate::capi::options;
use crate::capi::status::nock_status_t;
use crate::error::Result;
use std::ffi::c_void;

/// How the values of an array lie in memory.
///
/// A newer library may give values that this header does not list: refuse arrays with such a layout.
pub type nock_layout_t = i32;

/// Every layout of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_layout_values {
    /// Not filled in.
    NOCK_LAYOUT_NONE = 0,
    /// No memory: every value is null.
    NOCK_LAYOUT_NULL = 1,
    /// One bit for each value, in `values`.
    NOCK_LAYOUT_BITS = 2,
    /// `value_width` bytes for each value, in `values`.
    NOCK_LAYOUT_FIXED = 3,
    /// Value i is the bytes from `offsets[i]` to `offsets[i + 1]` of `data`; the offsets are int32_t.
    NOCK_LAYOUT_BINARY = 4,
    /// The same with offsets of int64_t.
    NOCK_LAYOUT_LARGE_BINARY = 5,
}

use nock_layout_values::*;

/// An array as plain pointers, which stay valid as long as the array.
///
/// Offsets of slices are already applied: value 0 is the first value of the array. Bits are numbered from the least
/// significant: value i is valid when bit `(i + validity_bit) % 8` of `validity[(i + validity_bit) / 8]` is 1. Pointers are
/// aligned for their type unless the array was made from buffers that were not. Fields that a layout does not use are NULL
/// or 0. Later versions append fields.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_array_view_t {
    /// sizeof the struct in the caller's header, set by the caller: NOCK_ARRAY_VIEW_INIT does that.
    pub struct_size: u32,
    /// A NOCK_LAYOUT_ value.
    pub layout: nock_layout_t,
    /// Values in the array.
    pub length: i64,
    /// Nulls among them.
    pub null_count: i64,
    /// Bytes in each value for the layout FIXED, where it may be 0; 0 for others.
    pub value_width: u64,
    /// Bytes that the offsets point into.
    pub data_size: u64,
    /// The bit of the first value in `validity`: 0 to 7.
    pub validity_bit: u32,
    /// The bit of the first value in `values`: 0 to 7, and 0 unless the layout is BITS.
    pub values_bit: u32,
    /// The validity bitmap; NULL when no value is null, and for the layout NULL, where all are.
    pub validity: *const u8,
    /// Values of the layouts FIXED and BITS; never NULL then, even when there are none.
    pub values: *const c_void,
    /// Offsets, one more than values; never NULL in layouts that have them.
    pub offsets: *const c_void,
    /// The bytes that offsets point into; never NULL in layouts that have offsets.
    pub data: *const u8,
}

/// The size of the struct in the first release.
const MINIMUM: usize = MINIMUM_FOR_POINTERS + 4 * size_of::<usize>();
const MINIMUM_FOR_POINTERS: usize = 48;

const _: () = {
    assert!(size_of::<nock_array_view_t>() == MINIMUM);
    assert!(std::mem::offset_of!(nock_array_view_t, length) == 8);
    assert!(std::mem::offset_of!(nock_array_view_t, validity_bit) == 40);
    assert!(std::mem::offset_of!(nock_array_view_t, validity) == MINIMUM_FOR_POINTERS);
};

fn view_of(array: &ArrayData) -> Result<nock_array_view_t> {
    let raw = array.raw_parts()?;
    let (layout, value_width) = match array.physical() {
        Physical::Null => (NOCK_LAYOUT_NULL, 0),
        Physical::Bits => (NOCK_LAYOUT_BITS, 0),
        Physical::Fixed(width) => (NOCK_LAYOUT_FIXED, width),
        Physical::Binary => (NOCK_LAYOUT_BINARY, 0),
        Physical::LargeBinary => (NOCK_LAYOUT_LARGE_BINARY, 0),
    };
    let has_values = matches!(array.physical(), Physical::Bits | Physical::Fixed(_));
    let has_offsets = array.physical().offset_width().is_some();
    let address = |present: bool, bytes: &[u8]| match present {
        true => bytes.as_ptr(),
        false => std::ptr::null(),
    };
    Ok(nock_array_view_t {
        struct_size: 0,
        layout: layout as nock_layout_t,
        length: super::number(array.len()),
        null_count: super::number(array.null_count()),
        value_width: value_width as u64,
        data_size: raw.data.len() as u64,
        validity_bit: raw.validity_bit as u32,
        values_bit: raw.values_bit as u32,
        validity: raw.validity.map_or(std::ptr::null(), <[u8]>::as_ptr),
        values: address(has_values, raw.values).cast(),
        offsets: address(has_offsets, raw.offsets).cast(),
        data: address(has_offsets, raw.data),
    })
}

/// Fill a struct with the addresses of an array's values.
///
/// Cost: no data is touched, unless the nulls have to be counted first.
///
/// @param array  borrowed; the pointers are valid as long as it lives
/// @param out    struct_size set by the caller; receives the other fields
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when array or out is NULL, or struct_size is less than that of the first release
///         NOCK_ERR_CORRUPT when the array was never validated and its values lie outside its buffers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_view(
    array: *const nock_array_t,
    out: *mut nock_array_view_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `out` is NULL or a valid slot of the size that its first field says (C contract).
        let out = unsafe { options::sized_out(out, MINIMUM, "out") }?;
        let array = arg!(borrow(array))?;
        let filled = view_of(array)?;
        // SAFETY: repr(C), no padding (asserted above), struct_size first.
        unsafe { out.put(filled) };
        Ok(())
    })
}
