//! Outputs of the caller: checked before the work, written by it.

use super::missing::null;
use crate::alloc::{Counted, TryArc};
use crate::capi::handle::{self, Exclusive, Handle, Shared};
use crate::error::Result;
use std::ffi::c_void;
use std::ptr::NonNull;

/// A checked output for an object handle; set to NULL when it was made.
pub(in crate::capi) struct Out<H> {
    slot: *mut *mut H,
}

/// Check an object output and set it to NULL.
///
/// # Safety
/// - `slot` is NULL or a valid slot.
pub(in crate::capi) unsafe fn out<H>(slot: *mut *mut H, name: &'static str) -> Result<Out<H>> {
    if slot.is_null() {
        return Err(null(name));
    }
    // SAFETY: a valid slot (contract).
    unsafe { *slot = std::ptr::null_mut() };
    Ok(Out { slot })
}

impl<H> Out<H> {
    fn put(self, handle: *mut H) {
        // SAFETY: a valid slot (contract of `out`).
        unsafe { *self.slot = handle };
    }
}

impl Out<c_void> {
    /// Give the address of a block of a pool to the caller.
    pub(in crate::capi) fn put_block(self, block: NonNull<u8>) {
        self.put(block.as_ptr().cast());
    }
}

impl<H: Handle<Kind = Shared, Object: Counted>> Out<H> {
    /// Give a counted object to the caller.
    pub(in crate::capi) fn put_shared(self, object: TryArc<H::Object>) {
        self.put(handle::into_shared(object));
    }
}

impl<H: Handle<Kind = Exclusive>> Out<H> {
    /// Give an object with one owner to the caller.
    pub(in crate::capi) fn put_exclusive(self, object: H::Object) -> Result<()> {
        self.put(handle::new_exclusive(object)?);
        Ok(())
    }
}

/// A checked output for a plain value.
pub(in crate::capi) struct OutValue<T> {
    slot: *mut T,
}

/// Check an output for a number or plain struct; it is written only on success.
///
/// # Safety
/// - `slot` is NULL or a valid slot.
pub(in crate::capi) unsafe fn out_value<T: Copy>(
    slot: *mut T,
    name: &'static str,
) -> Result<OutValue<T>> {
    if slot.is_null() {
        Err(null(name))
    } else {
        Ok(OutValue { slot })
    }
}

impl<T: Copy> OutValue<T> {
    /// Give the value to the caller.
    pub(in crate::capi) fn put(self, value: T) {
        // SAFETY: a valid slot (contract of `out_value`).
        unsafe { *self.slot = value };
    }
}

/// Give a value to the caller, who may not want it.
///
/// # Safety
/// - `slot` is NULL or a valid slot.
pub(in crate::capi) unsafe fn put_if_wanted<T>(slot: *mut T, value: T) {
    if !slot.is_null() {
        // SAFETY: a valid slot (contract).
        unsafe { slot.write(value) };
    }
}

/// Check a variable of the caller that a call reads and changes.
///
/// # Safety
/// - `slot` is NULL or a valid slot with a value, used by nobody else for the duration of the call.
pub(in crate::capi) unsafe fn in_out<'a, T: Copy>(
    slot: *mut T,
    name: &'static str,
) -> Result<&'a mut T> {
    // SAFETY: same contract.
    unsafe { slot.as_mut() }.ok_or_else(|| null(name))
}
