//! Bits for bitmap builders.

use super::nock_bitmap_builder_t;
use crate::buffer::BitmapBuilder;
use crate::capi::bitmap::{nock_bits_t, source};
use crate::capi::error::nock_error_t;
use crate::capi::guard;
use crate::capi::status::nock_status_t;
use crate::error::Result;
use std::ffi::c_void;

/// Growing would end bytes that lie in the builder's own memory.
fn outside(builder: &BitmapBuilder, bytes: &[u8], name: &'static str) -> Result<()> {
    guard::outside_of_builder(builder.holds(bytes), name)
}

/// Append one bit.
///
/// Cost: copies the bytes when they have to move.
///
/// @param builder  borrowed
/// @param bit      0 for a bit that is not set, anything else for one that is
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_append(
    builder: *mut nock_bitmap_builder_t,
    bit: u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append(bit != 0)
    })
}

/// Append one bit many times.
///
/// Cost: writes the bits; when the memory grows it may move.
///
/// @param builder  borrowed
/// @param bit      0 for bits that are not set, anything else for bits that are
/// @param count    how many times
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_append_run(
    builder: *mut nock_bitmap_builder_t,
    bit: u8,
    count: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.append_run(bit != 0, count)
    })
}

/// Append bits from any offset.
///
/// Cost: copies the bits; when the memory grows it may move.
///
/// @param builder  borrowed
/// @param bits     borrowed; none of them in the builder itself
/// @param count    how many
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_OUT_OF_RANGE when bits has fewer than count
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, bits or its data is, or they lie in the builder
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_append_bits(
    builder: *mut nock_bitmap_builder_t,
    bits: *const nock_bits_t,
    count: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        // SAFETY: `bits` is NULL or readable, and so are its bytes (C contract).
        let bits = unsafe { source(bits, count, "bits") }?;
        outside(&builder, bits.bytes, "bits")?;
        builder.append_bits(bits, count)
    })
}

/// Append a bit for each byte.
///
/// Cost: reads the bytes; when the memory grows it may move.
///
/// @param builder  borrowed
/// @param values   borrowed; the bytes, none of them in the builder itself: 0 for a bit that is not set, anything else for one
///                 that is; may be NULL when count is 0
/// @param count    how many
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, values is NULL and count is not 0, or values lies in the builder
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_append_bytes(
    builder: *mut nock_bitmap_builder_t,
    values: *const c_void,
    count: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let values = arg!(bytes(values, count))?;
        outside(&builder, values, "values")?;
        builder.append_bytes(values)
    })
}

/// Make room for more bits.
///
/// The capacity at least doubles when it grows, so that appending a bit has amortised constant cost; if the pool refuses
/// that much, it grows by what is needed.
///
/// Cost: copies the bytes when they have to move.
///
/// @param builder     borrowed
/// @param additional  bits that must fit
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_reserve(
    builder: *mut nock_bitmap_builder_t,
    additional: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.reserve(additional)
    })
}
