//! Bits made of other bits.

use super::{nock_bits_t, source, target};
use crate::buffer::bitmap;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use std::ffi::c_void;

/// Copy bits from any offset to any offset.
///
/// The bits around the run stay as they are.
///
/// Cost: reads and writes the run.
///
/// @param bits           borrowed
/// @param count          how many bits
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the first bit to write
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when one of them has not so many bits
///         NOCK_ERR_INVALID_ARGUMENT when one of them is NULL, its data is NULL with a len, or target overlaps a source
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_copy(
    bits: *const nock_bits_t,
    count: usize,
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `bits` is NULL or readable, and so are its bytes (C contract).
        let bits = unsafe { source(bits, count, "bits") }?;
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, count, &[bits]) }?;
        bitmap::copy(bits, count, bytes, target_offset);
        Ok(())
    })
}

/// Write the opposite of each bit.
///
/// The bits around the run stay as they are.
///
/// Cost: reads and writes the run.
///
/// @param bits           borrowed
/// @param count          how many bits
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the first bit to write
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when one of them has not so many bits
///         NOCK_ERR_INVALID_ARGUMENT when one of them is NULL, its data is NULL with a len, or target overlaps a source
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_not(
    bits: *const nock_bits_t,
    count: usize,
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `bits` is NULL or readable, and so are its bytes (C contract).
        let bits = unsafe { source(bits, count, "bits") }?;
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, count, &[bits]) }?;
        bitmap::not(bits, count, bytes, target_offset);
        Ok(())
    })
}

/// Write the bits that are set in both of two runs.
///
/// The bits around the run stay as they are.
///
/// Cost: reads and writes the runs.
///
/// @param a              borrowed
/// @param b              borrowed
/// @param count          how many bits
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the first bit to write
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when one of them has not so many bits
///         NOCK_ERR_INVALID_ARGUMENT when one of them is NULL, its data is NULL with a len, or target overlaps a source
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_and(
    a: *const nock_bits_t,
    b: *const nock_bits_t,
    count: usize,
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `a` is NULL or readable, and so are its bytes (C contract).
        let a = unsafe { source(a, count, "a") }?;
        // SAFETY: `b` is NULL or readable, and so are its bytes (C contract).
        let b = unsafe { source(b, count, "b") }?;
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, count, &[a, b]) }?;
        bitmap::pairwise(a, b, count, bytes, target_offset, |a, b| a & b);
        Ok(())
    })
}

/// Write the bits that are set in at least one of two runs.
///
/// The bits around the run stay as they are.
///
/// Cost: reads and writes the runs.
///
/// @param a              borrowed
/// @param b              borrowed
/// @param count          how many bits
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the first bit to write
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when one of them has not so many bits
///         NOCK_ERR_INVALID_ARGUMENT when one of them is NULL, its data is NULL with a len, or target overlaps a source
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_or(
    a: *const nock_bits_t,
    b: *const nock_bits_t,
    count: usize,
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `a` is NULL or readable, and so are its bytes (C contract).
        let a = unsafe { source(a, count, "a") }?;
        // SAFETY: `b` is NULL or readable, and so are its bytes (C contract).
        let b = unsafe { source(b, count, "b") }?;
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, count, &[a, b]) }?;
        bitmap::pairwise(a, b, count, bytes, target_offset, |a, b| a | b);
        Ok(())
    })
}

/// Write the bits that are set in exactly one of two runs.
///
/// The bits around the run stay as they are.
///
/// Cost: reads and writes the runs.
///
/// @param a              borrowed
/// @param b              borrowed
/// @param count          how many bits
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the first bit to write
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when one of them has not so many bits
///         NOCK_ERR_INVALID_ARGUMENT when one of them is NULL, its data is NULL with a len, or target overlaps a source
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_xor(
    a: *const nock_bits_t,
    b: *const nock_bits_t,
    count: usize,
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `a` is NULL or readable, and so are its bytes (C contract).
        let a = unsafe { source(a, count, "a") }?;
        // SAFETY: `b` is NULL or readable, and so are its bytes (C contract).
        let b = unsafe { source(b, count, "b") }?;
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, count, &[a, b]) }?;
        bitmap::pairwise(a, b, count, bytes, target_offset, |a, b| a ^ b);
        Ok(())
    })
}

/// Write the bits that are set in one run and not in another.
///
/// The bits around the run stay as they are.
///
/// Cost: reads and writes the runs.
///
/// @param a              borrowed
/// @param b              borrowed
/// @param count          how many bits
/// @param target         borrowed; the bytes to write to; may be NULL when target_len is 0
/// @param target_len     how many bytes there are
/// @param target_offset  the first bit to write
/// @param error          receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when one of them has not so many bits
///         NOCK_ERR_INVALID_ARGUMENT when one of them is NULL, its data is NULL with a len, or target overlaps a source
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_and_not(
    a: *const nock_bits_t,
    b: *const nock_bits_t,
    count: usize,
    target: *mut c_void,
    target_len: usize,
    target_offset: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        // SAFETY: `a` is NULL or readable, and so are its bytes (C contract).
        let a = unsafe { source(a, count, "a") }?;
        // SAFETY: `b` is NULL or readable, and so are its bytes (C contract).
        let b = unsafe { source(b, count, "b") }?;
        // SAFETY: `target` is NULL or a writable run of `target_len` bytes (C contract).
        let bytes = unsafe { self::target(target, target_len, target_offset, count, &[a, b]) }?;
        bitmap::pairwise(a, b, count, bytes, target_offset, |a, b| a & !b);
        Ok(())
    })
}
