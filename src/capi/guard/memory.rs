//! Memory of the caller: runs of bytes, arrays, single structs and blocks of a pool.

use super::missing::null;
use crate::err;
use crate::error::{Error, Result};
use std::ffi::c_void;
use std::ptr::NonNull;

/// Check a plain struct of the caller that a call reads.
///
/// # Safety
/// - `item` is NULL or readable for the duration of the call.
#[inline]
pub(in crate::capi) unsafe fn plain<'a, T: Copy>(
    item: *const T,
    name: &'static str,
) -> Result<&'a T> {
    // SAFETY: same contract.
    unsafe { item.as_ref() }.ok_or_else(|| null(name))
}

/// A readable run of the caller's memory; `(NULL, 0)` is empty, `(NULL, n)` an error.
///
/// # Safety
/// - `data` is NULL or a readable run of `len` bytes for the duration of the call.
#[inline]
pub(in crate::capi) unsafe fn bytes<'a>(
    data: *const c_void,
    len: usize,
    name: &'static str,
) -> Result<&'a [u8]> {
    if len == 0 {
        return Ok(&[]);
    }
    if data.is_null() || len > isize::MAX as usize {
        return Err(no_run(data, len, name));
    }
    // SAFETY: non-null, and a readable run (contract).
    Ok(unsafe { std::slice::from_raw_parts(data.cast(), len) })
}

/// Why the caller's run of bytes cannot be one.
#[cold]
#[inline(never)]
fn no_run(data: *const c_void, len: usize, name: &'static str) -> Error {
    if data.is_null() {
        err!(
            InvalidArgument,
            "{} is NULL but {} bytes were announced",
            name,
            len
        )
    } else {
        err!(InvalidArgument, "{} cannot have {} bytes", name, len)
    }
}

/// Refuse bytes that lie in the memory of the builder which they are for: growing would end them.
#[inline]
pub(in crate::capi) fn outside_of_builder(inside: bool, name: &'static str) -> Result<()> {
    #[cold]
    #[inline(never)]
    fn refusal(name: &'static str) -> Error {
        err!(
            InvalidArgument,
            "{} lies in the memory of the builder itself",
            name
        )
    }
    if inside { Err(refusal(name)) } else { Ok(()) }
}

/// A readable run of the caller's memory that may be absent: NULL gives `None`, whatever the length.
///
/// # Safety
/// - `data` is NULL or a readable run of `len` bytes for the duration of the call.
pub(in crate::capi) unsafe fn optional_bytes<'a>(
    data: *const c_void,
    len: usize,
    name: &'static str,
) -> Result<Option<&'a [u8]>> {
    if data.is_null() {
        return Ok(None);
    }
    // SAFETY: same contract.
    unsafe { bytes(data, len, name) }.map(Some)
}

/// A readable array of the caller's; `(NULL, 0)` is empty, `(NULL, n)` an error.
///
/// # Safety
/// - `items` is NULL or a readable run of `count` items for the duration of the call.
pub(in crate::capi) unsafe fn items<'a, T>(
    items: *const T,
    count: usize,
    name: &'static str,
) -> Result<&'a [T]> {
    let len = count.saturating_mul(size_of::<T>());
    // SAFETY: same contract; this only checks the arguments.
    unsafe { bytes(items.cast(), len, name) }?;
    if !items.is_aligned() {
        return Err(err!(InvalidArgument, "{} is not aligned", name));
    }
    if len == 0 {
        return Ok(&[]);
    }
    // SAFETY: non-null, aligned, and a readable run (contract).
    Ok(unsafe { std::slice::from_raw_parts(items, count) })
}

/// A readable array of the caller's, or NULL for none, whatever the count.
///
/// # Safety
/// - `items` is NULL or a readable run of `count` items for the duration of the call.
pub(in crate::capi) unsafe fn optional_items<'a, T>(
    items: *const T,
    count: usize,
    name: &'static str,
) -> Result<Option<&'a [T]>> {
    if items.is_null() {
        return Ok(None);
    }
    // SAFETY: same contract.
    unsafe { self::items(items, count, name) }.map(Some)
}

/// A writable run of the caller's memory; `(NULL, 0)` is empty, `(NULL, n)` an error.
///
/// # Safety
/// - `data` is NULL or a writable run of `len` bytes for the duration of the call.
#[inline]
pub(in crate::capi) unsafe fn bytes_mut<'a>(
    data: *mut c_void,
    len: usize,
    name: &'static str,
) -> Result<&'a mut [u8]> {
    if len == 0 {
        return Ok(&mut []);
    }
    if data.is_null() || len > isize::MAX as usize {
        return Err(no_run(data, len, name));
    }
    // SAFETY: non-null, and a writable run (contract).
    Ok(unsafe { std::slice::from_raw_parts_mut(data.cast(), len) })
}

/// The address of a block of a pool; NULL is a block of no bytes.
pub(in crate::capi) fn block(
    block: *mut c_void,
    size: usize,
    name: &'static str,
) -> Result<NonNull<u8>> {
    match NonNull::new(block.cast()) {
        Some(block) => Ok(block),
        None if size == 0 => Ok(NonNull::dangling()),
        None => Err(no_run(std::ptr::null(), size, name)),
    }
}
