//! How Rust objects become C pointers and come back: the only place where that happens.
//!
//! Every C type says once which Rust object it stands for and who owns it. *Shared* objects are counted: the pointer is
//! a `TryArc` in raw form. *Exclusive* objects have one owner: the pointer is a `Box` that also holds an "in use" flag, so
//! that two calls at once give `Busy` instead of two mutable references. Using a shared type with an exclusive call, or
//! the other way round, does not compile:
//!
//! ```compile_fail,E0271
//! use nock::capi::{free, pool::nock_pool_t};
//! fn wrong(pool: *mut nock_pool_t) {
//!     unsafe { free(pool) } // a pool is shared
//! }
//! ```
//!
//! ```compile_fail,E0271
//! use nock::capi::{buffer_builder::nock_buffer_builder_t, unref};
//! fn wrong(builder: *mut nock_buffer_builder_t) {
//!     unsafe { unref(builder) } // a builder has one owner
//! }
//! ```
//!
//! What does compile:
//!
//! ```
//! use nock::capi::{buffer_builder::nock_buffer_builder_t, free, pool::nock_pool_t, unref};
//! fn right(pool: *mut nock_pool_t, builder: *mut nock_buffer_builder_t) {
//!     unsafe { unref(pool) }
//!     unsafe { free(builder) }
//! }
//! ```

use super::frame::value;
use crate::alloc::{AllocError, ArcBorrow, Counted, TryArc, try_box};
use crate::error::Result;
use std::cell::UnsafeCell;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};

/// Owned by any number of counted references.
#[derive(Debug)]
pub struct Shared;
/// Owned by one caller.
#[derive(Debug)]
pub struct Exclusive;

/// The Rust side of an opaque C type.
pub trait Handle {
    /// What the pointer stands for.
    type Object: 'static;
    /// `Shared` or `Exclusive`.
    type Kind;
}

/// An exclusive object with its "in use" flag.
///
/// `repr(C)` with the object first: a const getter reads the object at the handle's own address.
#[repr(C)]
struct ExclusiveCell<T> {
    object: UnsafeCell<T>,
    in_use: AtomicBool,
}

// ---- shared ----------------------------------------------------------------------------------------------------------

/// Hand a counted object to C; the reference moves into the pointer.
pub(super) fn into_shared<H: Handle<Kind = Shared, Object: Counted>>(
    object: TryArc<H::Object>,
) -> *mut H {
    TryArc::into_raw(object).cast_mut().cast()
}

/// The handle of an object that another object keeps alive: a borrowed result.
pub(super) fn address_of<H: Handle<Kind = Shared, Object: Counted>>(
    object: &TryArc<H::Object>,
) -> *const H {
    TryArc::as_ptr(object).cast()
}

/// Borrow the object behind a shared handle; NULL gives `None`.
///
/// # Safety
/// - `handle` is NULL or a live handle, and stays live for `'a`.
pub(super) unsafe fn borrow_shared<'a, H: Handle<Kind = Shared, Object: Counted>>(
    handle: *const H,
) -> Option<&'a H::Object> {
    // SAFETY: same contract; the handle is the address of the object.
    unsafe { handle.cast::<H::Object>().as_ref() }
}

/// Borrow the owner behind a shared handle; NULL gives `None`.
///
/// # Safety
/// - `handle` is NULL or a live handle, and stays live for `'a`.
pub(super) unsafe fn borrow_owner<'a, H: Handle<Kind = Shared, Object: Counted>>(
    handle: *const H,
) -> Option<ArcBorrow<'a, H::Object>> {
    if handle.is_null() {
        return None;
    }
    // SAFETY: a live shared handle is the address of a live TryArc's object.
    Some(unsafe { TryArc::borrow_raw(handle.cast()) })
}

/// Add an owner to the object behind a shared handle; NULL gives `None`.
///
/// # Safety
/// - `handle` is NULL or a live handle.
pub(super) unsafe fn clone_shared<H: Handle<Kind = Shared, Object: Counted>>(
    handle: *const H,
) -> Option<TryArc<H::Object>> {
    if handle.is_null() {
        return None;
    }
    // SAFETY: a live shared handle is the address of a live TryArc's object.
    Some(unsafe { TryArc::clone_raw(handle.cast()) })
}

/// `nock_<x>_ref`.
///
/// # Safety
/// - `handle` is NULL or a live handle.
pub(super) unsafe fn shared_ref<H: Handle<Kind = Shared, Object: Counted>>(
    handle: *const H,
) -> *mut H {
    // SAFETY: same contract.
    match unsafe { clone_shared(handle) } {
        Some(object) => into_shared(object),
        None => std::ptr::null_mut(),
    }
}

/// `nock_<x>_unref`.
///
/// # Safety
/// - `handle` is NULL or a live handle; this reference is not used afterwards.
pub unsafe fn unref<H: Handle<Kind = Shared, Object: Counted>>(handle: *mut H) {
    if handle.is_null() {
        return;
    }
    value((), || {
        // SAFETY: the reference was moved into the pointer by into_shared and is given up here.
        unsafe { TryArc::<H::Object>::end_raw(handle.cast()) };
    });
}

// ---- exclusive -------------------------------------------------------------------------------------------------------

/// Hand an object with one owner to C.
pub(super) fn new_exclusive<H: Handle<Kind = Exclusive>>(
    object: H::Object,
) -> Result<*mut H, AllocError> {
    let cell = ExclusiveCell {
        object: UnsafeCell::new(object),
        in_use: AtomicBool::new(false),
    };
    Ok(Box::into_raw(try_box(cell)?).cast())
}

/// Exclusive use of an object for one call.
#[derive(Debug)]
pub(super) struct InUse<'a, T> {
    object: *mut T,
    flag: &'a AtomicBool,
    borrows: PhantomData<&'a mut T>,
}

impl<T> Deref for InUse<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: the flag is held, so no other reference to the object exists.
        unsafe { &*self.object }
    }
}

impl<T> DerefMut for InUse<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the flag is held, so no other reference to the object exists.
        unsafe { &mut *self.object }
    }
}

impl<T> Drop for InUse<'_, T> {
    fn drop(&mut self) {
        self.flag.store(false, Ordering::Release);
    }
}

/// Take exclusive use of the object behind a handle; `None` when another call has it, and for NULL.
///
/// # Safety
/// - `handle` is NULL or a live handle, and stays live for `'a`.
pub(super) unsafe fn acquire<'a, H: Handle<Kind = Exclusive>>(
    handle: *const H,
) -> Option<InUse<'a, H::Object>> {
    // SAFETY: same contract; the handle is the address of an ExclusiveCell made by new_exclusive.
    let cell = unsafe { handle.cast::<ExclusiveCell<H::Object>>().as_ref() }?;
    if cell.in_use.swap(true, Ordering::Acquire) {
        return None;
    }
    Some(InUse {
        object: cell.object.get(),
        flag: &cell.in_use,
        borrows: PhantomData,
    })
}

/// Read an object that is never changed after its creation, without taking the flag.
///
/// # Safety
/// - `handle` is NULL or a live handle, and stays live for `'a`.
/// - Nothing ever calls `acquire` for this type of handle.
pub(super) unsafe fn peek<'a, H: Handle<Kind = Exclusive>>(
    handle: *const H,
) -> Option<&'a H::Object> {
    // SAFETY: the object is the first field of a repr(C) cell, and nobody mutates it (contract).
    unsafe { handle.cast::<H::Object>().as_ref() }
}

/// Take the object back from C.
///
/// # Safety
/// - `handle` is a live handle, not used afterwards.
pub(super) unsafe fn into_object<H: Handle<Kind = Exclusive>>(handle: *mut H) -> H::Object {
    // SAFETY: the handle came from Box::into_raw in new_exclusive and is given up here.
    let cell = unsafe { Box::from_raw(handle.cast::<ExclusiveCell<H::Object>>()) };
    cell.object.into_inner()
}

/// `nock_<x>_free`.
///
/// # Safety
/// - `handle` is NULL or a live handle, not used afterwards.
pub unsafe fn free<H: Handle<Kind = Exclusive>>(handle: *mut H) {
    if handle.is_null() {
        return;
    }
    // SAFETY: same contract.
    let object = unsafe { into_object(handle) };
    value((), || drop(object));
}
