//! The frame around every boundary function: panics become statuses, errors become handles, arguments are checked.

use super::error::{into_handle, nock_error_t};
use super::handle::{self, Exclusive, Handle, InUse, Shared};
use super::pool::nock_pool_t;
use super::status::{self, nock_status_t};
use crate::alloc::{ArcBorrow, TryArc};
use crate::err;
use crate::error::{Error, Result};
use crate::pool::Pool;
use std::ffi::{CStr, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static QUIET: Once = Once::new();

/// Whether `QUIET` is done; a plain byte, since every boundary function looks at it.
static IS_QUIET: AtomicBool = AtomicBool::new(false);

/// Keep a caught panic from printing: the library never writes to the host's stderr.
///
/// Inside the shared and static library std is private to us, so the hook concerns nobody else.
#[inline]
fn install_quiet_hook() {
    if !IS_QUIET.load(Ordering::Relaxed) {
        install_now();
    }
}

#[cold]
#[inline(never)]
fn install_now() {
    QUIET.call_once(|| {
        // A Box of a function pointer without captured state: no allocation.
        let silent: Box<dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync> =
            match crate::alloc::try_box(|_: &std::panic::PanicHookInfo<'_>| {}) {
                Ok(hook) => hook,
                Err(_) => return,
            };
        std::panic::set_hook(silent);
        IS_QUIET.store(true, Ordering::Relaxed);
    });
}

/// The caller's `nock_error_t **`.
pub(super) struct ErrorSlot {
    slot: *mut *mut nock_error_t,
}

impl ErrorSlot {
    /// # Safety
    /// - `slot` is NULL or a valid slot.
    pub(super) unsafe fn new(slot: *mut *mut nock_error_t) -> Self {
        ErrorSlot { slot }
    }

    /// Run the body of a boundary function.
    #[inline]
    pub(super) fn guard(self, body: impl FnOnce() -> Result<()>) -> nock_status_t {
        install_quiet_hook();
        match catch_unwind(AssertUnwindSafe(body)) {
            Ok(Ok(())) => status::OK,
            Ok(Err(error)) => self.report(error),
            Err(panic) => {
                // The payload's own drop may panic too; forgetting it leaks a few bytes on a path that is a bug anyway.
                std::mem::forget(panic);
                self.report(err!(Internal, "a bug in the library made this call fail"))
            }
        }
    }

    #[cold]
    fn report(self, error: Error) -> nock_status_t {
        let status = status::of(error.kind());
        if !self.slot.is_null() {
            // SAFETY: a valid slot (contract of new).
            unsafe { *self.slot = into_handle(error) };
        }
        status
    }
}

/// Run the body of a function that cannot report a failure; a panic gives `fallback`.
#[inline]
pub(super) fn value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    install_quiet_hook();
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => value,
        Err(panic) => {
            std::mem::forget(panic);
            fallback
        }
    }
}

#[cold]
#[inline(never)]
fn null(name: &'static str) -> Error {
    err!(InvalidArgument, "{} must not be NULL", name)
}

// ---- outputs ---------------------------------------------------------------------------------------------------------

/// A checked output for an object handle; set to NULL when it was made.
pub(super) struct Out<H> {
    slot: *mut *mut H,
}

/// Check an object output and set it to NULL.
///
/// # Safety
/// - `slot` is NULL or a valid slot.
pub(super) unsafe fn out<H>(slot: *mut *mut H, name: &'static str) -> Result<Out<H>> {
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
    pub(super) fn put_block(self, block: NonNull<u8>) {
        self.put(block.as_ptr().cast());
    }
}

impl<H: Handle<Kind = Shared>> Out<H> {
    /// Give a counted object to the caller.
    pub(super) fn put_shared(self, object: TryArc<H::Object>) {
        self.put(handle::into_shared(object));
    }
}

impl<H: Handle<Kind = Exclusive>> Out<H> {
    /// Give an object with one owner to the caller.
    pub(super) fn put_exclusive(self, object: H::Object) -> Result<()> {
        self.put(handle::new_exclusive(object)?);
        Ok(())
    }
}

/// A checked output for a plain value.
pub(super) struct OutValue<T> {
    slot: *mut T,
}

/// Check an output for a number or plain struct; it is written only on success.
///
/// # Safety
/// - `slot` is NULL or a valid slot.
pub(super) unsafe fn out_value<T: Copy>(slot: *mut T, name: &'static str) -> Result<OutValue<T>> {
    if slot.is_null() {
        Err(null(name))
    } else {
        Ok(OutValue { slot })
    }
}

impl<T: Copy> OutValue<T> {
    /// Give the value to the caller.
    pub(super) fn put(self, value: T) {
        // SAFETY: a valid slot (contract of `out_value`).
        unsafe { *self.slot = value };
    }
}

/// Give a value to the caller, who may not want it.
///
/// # Safety
/// - `slot` is NULL or a valid slot.
pub(super) unsafe fn put_if_wanted<T>(slot: *mut T, value: T) {
    if !slot.is_null() {
        // SAFETY: a valid slot (contract).
        unsafe { slot.write(value) };
    }
}

/// Check a variable of the caller that a call reads and changes.
///
/// # Safety
/// - `slot` is NULL or a valid slot with a value, used by nobody else for the duration of the call.
pub(super) unsafe fn in_out<'a, T: Copy>(slot: *mut T, name: &'static str) -> Result<&'a mut T> {
    // SAFETY: same contract.
    unsafe { slot.as_mut() }.ok_or_else(|| null(name))
}

// ---- inputs ----------------------------------------------------------------------------------------------------------

/// Check a plain struct of the caller that a call reads.
///
/// # Safety
/// - `item` is NULL or readable for the duration of the call.
#[inline]
pub(super) unsafe fn plain<'a, T: Copy>(item: *const T, name: &'static str) -> Result<&'a T> {
    // SAFETY: same contract.
    unsafe { item.as_ref() }.ok_or_else(|| null(name))
}

/// Borrow the object behind a shared handle.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
pub(super) unsafe fn borrow<'a, H: Handle<Kind = Shared>>(
    handle: *const H,
    name: &'static str,
) -> Result<&'a H::Object> {
    // SAFETY: same contract.
    unsafe { handle::borrow_shared(handle) }.ok_or_else(|| null(name))
}

/// Borrow the counted owner behind a shared handle, for calls that add references themselves.
///
/// # Safety
/// - `handle` is NULL or a live handle for the duration of the call.
pub(super) unsafe fn borrow_owner<'a, H: Handle<Kind = Shared>>(
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
pub(super) unsafe fn pool<'a>(pool: *const nock_pool_t) -> ArcBorrow<'a, Pool> {
    // SAFETY: same contract.
    unsafe { handle::borrow_owner(pool) }.unwrap_or_else(Pool::borrow_default)
}

/// Add an owner to the object behind a shared handle.
///
/// # Safety
/// - `handle` is NULL or a live handle.
pub(super) unsafe fn share<H: Handle<Kind = Shared>>(
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
pub(super) unsafe fn exclusive<'a, H: Handle<Kind = Exclusive>>(
    handle: *const H,
    name: &'static str,
) -> Result<InUse<'a, H::Object>> {
    // SAFETY: same contract.
    unsafe { handle::acquire(handle) }.unwrap_or_else(|| Err(null(name)))
}

/// Take an object out of the caller's variable, which becomes NULL; only while another call uses the object it stays.
///
/// # Safety
/// - `slot` is NULL or a valid slot that holds NULL or a live handle.
pub(super) unsafe fn consume<H: Handle<Kind = Exclusive>>(
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
        Some(Ok(in_use)) => std::mem::forget(in_use),
        _ => return Err(err!(Busy, "another call is using {}", name)),
    }
    // SAFETY: a valid slot (contract).
    unsafe { slot.write(std::ptr::null_mut()) };
    // SAFETY: a live handle whose only pointer was just taken.
    Ok(unsafe { handle::into_object(handle) })
}

/// A readable run of the caller's memory; `(NULL, 0)` is empty, `(NULL, n)` an error.
///
/// # Safety
/// - `data` is NULL or a readable run of `len` bytes for the duration of the call.
#[inline]
pub(super) unsafe fn bytes<'a>(
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
pub(super) fn outside_of_builder(inside: bool, name: &'static str) -> Result<()> {
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
pub(super) unsafe fn optional_bytes<'a>(
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
pub(super) unsafe fn items<'a, T>(
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

/// A writable run of the caller's memory; `(NULL, 0)` is empty, `(NULL, n)` an error.
///
/// # Safety
/// - `data` is NULL or a writable run of `len` bytes for the duration of the call.
#[inline]
pub(super) unsafe fn bytes_mut<'a>(
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

/// A function that a set of callbacks must have.
pub(super) fn function<F>(function: Option<F>, name: &'static str) -> Result<F> {
    function.ok_or_else(|| null(name))
}

/// The address of a block of a pool; NULL is a block of no bytes.
pub(super) fn block(block: *mut c_void, size: usize, name: &'static str) -> Result<NonNull<u8>> {
    match NonNull::new(block.cast()) {
        Some(block) => Ok(block),
        None if size == 0 => Ok(NonNull::dangling()),
        None => Err(err!(
            InvalidArgument,
            "{} is NULL but {} bytes were announced",
            name,
            size
        )),
    }
}

/// The caller's NUL-terminated text as bytes, as paths are.
///
/// # Safety
/// - `text` is NULL or NUL-terminated and readable for the duration of the call.
pub(super) unsafe fn c_text<'a>(text: *const c_char, name: &'static str) -> Result<&'a CStr> {
    if text.is_null() {
        return Err(null(name));
    }
    // SAFETY: non-null and NUL-terminated (contract).
    Ok(unsafe { CStr::from_ptr(text) })
}

/// The caller's NUL-terminated UTF-8 text.
///
/// # Safety
/// - `text` is NULL or NUL-terminated and readable for the duration of the call.
pub(super) unsafe fn text<'a>(text: *const c_char, name: &'static str) -> Result<&'a str> {
    // SAFETY: same contract.
    let text = unsafe { c_text(text, name) }?;
    match text.to_str() {
        Ok(text) => Ok(text),
        Err(error) => Err(err!(
            InvalidArgument,
            "{} is not UTF-8 after byte {}",
            name,
            error.valid_up_to()
        )),
    }
}

/// The caller's NUL-terminated UTF-8 text, or NULL for none.
///
/// # Safety
/// - `text` is NULL or NUL-terminated and readable for the duration of the call.
pub(super) unsafe fn optional_text<'a>(
    text: *const c_char,
    name: &'static str,
) -> Result<Option<&'a str>> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: same contract.
    unsafe { self::text(text, name) }.map(Some)
}

/// A readable array of the caller's, or NULL for none, whatever the count.
///
/// # Safety
/// - `items` is NULL or a readable run of `count` items for the duration of the call.
pub(super) unsafe fn optional_items<'a, T>(
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
