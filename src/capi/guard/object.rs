//! Handles of the caller: checked, then borrowed, shared, used alone or taken.

use super::missing::null;
use crate::alloc::{ArcBorrow, Counted, TryArc};
use crate::capi::frame::value;
use crate::capi::handle::{self, Exclusive, Handle, InUse, Shared};
use crate::err;
use crate::error::{Error, Result};
use crate::pool::Pool;

/// Borrow the object behind a shared handle.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
pub(in crate::capi) unsafe fn borrow<'a, H: Handle<Kind = Shared, Object: Counted>>(
    handle: *const H,
    name: &'static str,
) -> Result<&'a H::Object> {
    // SAFETY: same contract.
    unsafe { handle::borrow_shared(handle) }.ok_or_else(|| null(name))
}

/// Borrow an object that has one owner and never changes.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
/// - Nothing ever takes exclusive use of this type of handle.
pub(in crate::capi) unsafe fn borrow_immutable<'a, H: Handle<Kind = Exclusive>>(
    handle: *const H,
    name: &'static str,
) -> Result<&'a H::Object> {
    // SAFETY: same contract.
    unsafe { handle::peek(handle) }.ok_or_else(|| null(name))
}

/// Borrow the counted owner behind a shared handle, for calls that add references themselves.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
pub(in crate::capi) unsafe fn borrow_owner<'a, H: Handle<Kind = Shared, Object: Counted>>(
    handle: *const H,
    name: &'static str,
) -> Result<ArcBorrow<'a, H::Object>> {
    // SAFETY: same contract.
    unsafe { handle::borrow_owner(handle) }.ok_or_else(|| null(name))
}

/// Borrow a memory pool; NULL is the default pool.
///
/// # Safety
/// - `pool` is NULL or a live handle for the duration of the call.
pub(in crate::capi) unsafe fn pool<'a, H: Handle<Kind = Shared, Object = Pool>>(
    pool: *const H,
) -> ArcBorrow<'a, Pool> {
    // SAFETY: same contract.
    unsafe { handle::borrow_owner(pool) }.unwrap_or_else(Pool::borrow_default)
}

/// Add an owner to the object behind a shared handle.
///
/// # Safety
/// - `handle` is NULL or a live handle.
pub(in crate::capi) unsafe fn share<H: Handle<Kind = Shared, Object: Counted>>(
    handle: *const H,
    name: &'static str,
) -> Result<TryArc<H::Object>> {
    // SAFETY: same contract.
    unsafe { handle::clone_shared(handle) }.ok_or_else(|| null(name))
}

/// Take exclusive use of the object behind a handle.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
pub(in crate::capi) unsafe fn exclusive<'a, H: Handle<Kind = Exclusive>>(
    handle: *const H,
    name: &'static str,
) -> Result<InUse<'a, H::Object>> {
    if handle.is_null() {
        return Err(null(name));
    }
    // SAFETY: same contract.
    unsafe { handle::acquire(handle) }.ok_or_else(busy)
}

#[cold]
#[inline(never)]
fn busy() -> Error {
    err!(Busy, "another call is using the object")
}

/// Run the body of a getter of an object with one owner: `fallback` for NULL, while another call uses it, and after a panic.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
pub(in crate::capi) unsafe fn value_of<H: Handle<Kind = Exclusive>, T: Copy>(
    handle: *const H,
    fallback: T,
    read: impl FnOnce(&H::Object) -> T,
) -> T {
    value(fallback, || {
        // SAFETY: same contract.
        let object = unsafe { handle::acquire(handle) };
        object.map_or(fallback, |object| read(&object))
    })
}

/// Run the body of a getter of a shared object: `fallback` for NULL and after a panic.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
pub(in crate::capi) unsafe fn value_of_shared<H, T: Copy>(
    handle: *const H,
    fallback: T,
    read: impl FnOnce(&H::Object) -> T,
) -> T
where
    H: Handle<Kind = Shared, Object: Counted>,
{
    // SAFETY: same contract.
    let object = unsafe { handle::borrow_shared(handle) };
    value(fallback, || object.map_or(fallback, read))
}

/// Run the body of a getter of an object that has one owner and never changes: `fallback` for NULL and after a panic.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
/// - Nothing ever takes exclusive use of this type of handle.
pub(in crate::capi) unsafe fn value_of_immutable<H: Handle<Kind = Exclusive>, T: Copy>(
    handle: *const H,
    fallback: T,
    read: impl FnOnce(&H::Object) -> T,
) -> T {
    // SAFETY: same contract.
    let object = unsafe { handle::peek(handle) };
    value(fallback, || object.map_or(fallback, read))
}

/// Take an object out of the caller's variable, which becomes NULL; only while another call uses the object it stays.
///
/// # Safety
/// - `slot` is NULL or a valid slot that holds NULL or a live handle.
pub(in crate::capi) unsafe fn consume<H: Handle<Kind = Exclusive>>(
    slot: *mut *mut H,
    name: &'static str,
) -> Result<H::Object> {
    if slot.is_null() {
        return Err(null(name));
    }
    // SAFETY: a valid slot (contract).
    let handle = unsafe { slot.read() };
    if handle.is_null() {
        return Err(null(name));
    }
    // SAFETY: a live handle (contract).
    match unsafe { handle::acquire(handle) } {
        Some(in_use) => std::mem::forget(in_use),
        None => return Err(err!(Busy, "another call is using {}", name)),
    }
    // SAFETY: a valid slot (contract).
    unsafe { slot.write(std::ptr::null_mut()) };
    // SAFETY: a live handle whose only pointer was just taken.
    Ok(unsafe { handle::into_object(handle) })
}
