//! Bits copied and combined.

use super::{nock_bits_t, source, target};
use crate::buffer::bitmap;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use std::ffi::c_void;

family! {
    /// Copy a run of bits from any offset to any offset, as they are or inverted.
    ///
    /// The bits around the written run stay as they are.
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
    ///         NOCK_ERR_OUT_OF_RANGE when bits or target has fewer bits behind its offset
    ///         NOCK_ERR_INVALID_ARGUMENT when bits is NULL, its data or target is NULL and target_len is not 0, or target
    ///         overlaps bits
    for ($name:ident, $write:expr, $note:literal) in [
        (nock_bitmap_copy, bitmap::copy, "as they are"),
        (nock_bitmap_not, bitmap::not, "inverted"),
    ]
    pub unsafe extern "C" fn $name(
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
            $write(bits, count, bytes, target_offset);
            Ok(())
        })
    }
}

family! {
    /// Combine two runs of bits, each from any offset.
    ///
    /// The bits around the written run stay as they are.
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
    ///         NOCK_ERR_OUT_OF_RANGE when a, b or target has fewer bits behind its offset
    ///         NOCK_ERR_INVALID_ARGUMENT when a or b is NULL, data or target is NULL and target_len is not 0, or target
    ///         overlaps a source
    for ($name:ident, $combine:expr, $note:literal) in [
        (nock_bitmap_and, |a, b| a & b, "set when both are"),
        (nock_bitmap_or, |a, b| a | b, "set when at least one is"),
        (nock_bitmap_xor, |a, b| a ^ b, "set when exactly one is"),
        (nock_bitmap_and_not, |a, b| a & !b, "set when that of a is and that of b is not"),
    ]
    pub unsafe extern "C" fn $name(
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
            bitmap::pairwise(a, b, count, bytes, target_offset, $combine);
            Ok(())
        })
    }
}
