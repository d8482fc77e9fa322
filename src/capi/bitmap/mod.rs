//! Bits in bytes.

use super::buffer::nock_buffer_t;
use super::error::nock_error_t;
use super::guard::{self, value};
use super::pool::nock_pool_t;
use super::status::nock_status_t;
use crate::buffer::bitmap::{self, Bits};
use crate::err;
use crate::error::{Error, Result};
use std::ffi::c_void;

pub mod combine;

/// A run of bits in bytes, least significant bit first, as in Arrow's validity bitmaps and boolean arrays.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct nock_bits_t {
    /// The bytes; may be NULL when len is 0.
    pub data: *const c_void,
    /// How many bytes there are.
    pub len: usize,
    /// The offset of the first bit from the least significant bit of the first byte; it may be more than 7.
    pub offset: usize,
}

#[cold]
#[inline(never)]
fn outside(name: &'static str, offset: usize, count: usize, len: usize) -> Error {
    err!(
        OutOfRange,
        "{} bits at bit {} of {} exceed its {} bytes",
        count,
        offset,
        name,
        len
    )
}

#[cold]
#[inline(never)]
fn overlap() -> Error {
    err!(InvalidArgument, "target overlaps what it is made from")
}

/// The caller's bits, of which `count` are used.
///
/// # Safety
/// - `bits` is NULL or readable, and its data is NULL or a readable run, for the duration of the call.
#[inline(always)]
pub(super) unsafe fn source<'a>(
    bits: *const nock_bits_t,
    count: usize,
    name: &'static str,
) -> Result<Bits<'a>> {
    // SAFETY: same contract.
    let bits = unsafe { guard::plain(bits, name) }?;
    // SAFETY: same contract.
    let bytes = unsafe { guard::bytes(bits.data, bits.len, name) }?;
    let found = Bits {
        bytes,
        offset: bits.offset,
    };
    if found.has(count) {
        Ok(found)
    } else {
        Err(outside(name, bits.offset, count, bits.len))
    }
}

/// Where the caller wants `count` bits written: not inside of what they are made from.
///
/// # Safety
/// - `data` is NULL or a writable run of `len` bytes for the duration of the call.
#[inline(always)]
pub(super) unsafe fn target<'a>(
    data: *mut c_void,
    len: usize,
    offset: usize,
    count: usize,
    sources: &[Bits<'_>],
) -> Result<&'a mut [u8]> {
    let (start, end) = (data.addr(), data.addr().wrapping_add(len));
    for source in sources {
        let from = source.bytes.as_ptr().addr();
        if len > 0 && start < from + source.bytes.len() && from < end {
            return Err(overlap());
        }
    }
    // SAFETY: same contract; no source of the call overlaps it, checked above.
    let bytes = unsafe { guard::bytes_mut(data, len, "target") }?;
    let is_there = Bits { bytes, offset }.has(count);
    if is_there {
        Ok(bytes)
    } else {
        Err(outside("target", offset, count, len))
    }
}

/// Read a bit.
///
/// @param bits   borrowed; may be NULL
/// @param index  which bit, counted from the offset of bits
/// @return whether it is set; false when bits is NULL or the bit lies outside of its bytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_get(bits: *const nock_bits_t, index: usize) -> bool {
    value(false, || {
        let count = index.saturating_add(1);
        // SAFETY: `bits` is NULL or readable, and so are its bytes (C contract).
        let bits = unsafe { source(bits, count, "bits") };
        bits.is_ok_and(|bits| bitmap::get(bits.bytes, bits.offset + index))
    })
}

/// Count the bits that are set.
///
/// Cost: reads them.
///
/// @param bits     borrowed
/// @param count    how many bits to look at
/// @param out_set  receives how many of them are set
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when bits has fewer than count
///         NOCK_ERR_INVALID_ARGUMENT when bits or out_set is NULL, or its data is NULL and len is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_count(
    bits: *const nock_bits_t,
    count: usize,
    out_set: *mut usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out_set = arg!(out_value(out_set))?;
        // SAFETY: `bits` is NULL or readable, and so are its bytes (C contract).
        let bits = unsafe { source(bits, count, "bits") }?;
        out_set.put(bitmap::count_run(bits, count));
        Ok(())
    })
}

/// Compare two runs of bits.
///
/// Cost: reads both.
///
/// @param a      borrowed; may be NULL
/// @param b      borrowed; may be NULL
/// @param count  how many bits
/// @return whether both have count bits and these are the same; false when one is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_equals(
    a: *const nock_bits_t,
    b: *const nock_bits_t,
    count: usize,
) -> bool {
    value(false, || {
        // SAFETY: `a` is NULL or readable, and so are its bytes (C contract).
        let a = unsafe { source(a, count, "a") };
        // SAFETY: `b` is NULL or readable, and so are its bytes (C contract).
        let b = unsafe { source(b, count, "b") };
        matches!((a, b), (Ok(a), Ok(b)) if bitmap::equal_runs(a, b, count))
    })
}

/// Set or clear a run of bits.
///
/// The bits around the run stay as they are.
///
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the first bit to write
/// @param count          how many bits
/// @param bit            0 to clear them, anything else to set them
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when target has fewer bits behind the offset
///         NOCK_ERR_INVALID_ARGUMENT when target is NULL and target_len is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_fill(
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    count: usize,
    bit: u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, count, &[]) }?;
        bitmap::fill(bytes, target_offset, count, bit != 0);
        Ok(())
    })
}

/// Set or clear one bit.
///
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the bit to write
/// @param bit            0 to clear it, anything else to set it
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when target has no such bit
///         NOCK_ERR_INVALID_ARGUMENT when target is NULL and target_len is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_set(
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    bit: u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, 1, &[]) }?;
        bitmap::set(bytes, target_offset, bit != 0);
        Ok(())
    })
}

/// Make a mutable buffer of equal bits.
///
/// The bits after the last one, up to the end of the padding, are zero.
///
/// Cost: at most one allocation for a small buffer and its object together, otherwise one for each; and writes the bits.
///
/// @param count  how many bits; the buffer has count / 8 bytes, rounded up
/// @param bit    0 for bits that are not set, anything else for bits that are
/// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out    receives the buffer, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_new(
    count: usize,
    bit: u8,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        out.put_shared(bitmap::new(count, bit != 0, &pool)?);
        Ok(())
    })
}
