//! Buffers.

use super::error::nock_error_t;
use super::guard::{self, ErrorSlot, value};
use super::handle::{self, Handle, Shared};
use super::pool::nock_pool_t;
use super::status::nock_status_t;
use crate::buffer::{self, Buffer};
use std::ffi::c_void;

/// A run of bytes with an owner: memory of a pool, memory of the caller, or a part of another buffer.
///
/// *Shared*: any function, any threads, at once. The library does not order writes to the bytes with other threads' reads.
/// nock_buffer_resize and nock_buffer_reserve need the only reference and move the bytes: no other thread may be using the
/// address it has read. Memory of a pool is aligned to 64 bytes at least and padded with zeros to a multiple of 64.
/// Get one: nock_buffer_alloc, nock_buffer_alloc_zeroed, nock_buffer_alloc_aligned, nock_buffer_alloc_resizable,
/// nock_buffer_new_copy, nock_buffer_new_foreign, nock_buffer_new_foreign_mutable, nock_buffer_slice,
/// nock_buffer_slice_mutable, nock_buffer_copy_range, nock_buffer_concat, nock_buffer_builder_finish.
/// End it: nock_buffer_unref. Read it: nock_buffer_data, nock_buffer_mutable_data, nock_buffer_address, nock_buffer_size,
/// nock_buffer_capacity, nock_buffer_is_cpu, nock_buffer_is_mutable, nock_buffer_is_resizable, nock_buffer_parent,
/// nock_buffer_equals, nock_buffer_equals_prefix, nock_buffer_hex. Change it: nock_buffer_resize, nock_buffer_reserve,
/// nock_buffer_freeze.
pub struct nock_buffer_t {
    _opaque: [u8; 0],
}

impl Handle for nock_buffer_t {
    type Object = Buffer;
    type Kind = Shared;
}

/// Ends the caller's memory behind a buffer: called exactly once, on any thread, when the last reference goes.
///
/// It must not unwind or longjmp, and must not use the buffer.
pub type nock_release_fn = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// Flags of calls that change how much memory is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_buffer_resize_values {
    /// Give memory that is no longer needed back to the pool.
    NOCK_BUFFER_RESIZE_SHRINK = 1,
}

/// Whether the flags of a resize ask for shrinking.
pub(super) fn shrink(flags: u32) -> crate::error::Result<bool> {
    const SHRINK: u32 = nock_buffer_resize_values::NOCK_BUFFER_RESIZE_SHRINK as u32;
    super::options::check_flags(flags, SHRINK)?;
    Ok(flags & SHRINK != 0)
}

/// Make a mutable buffer whose bytes are undefined.
///
/// The padding behind them is zero.
///
/// Cost: one allocation for the bytes, one for the object.
///
/// @param size   bytes; 0 is allowed
/// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out    receives the buffer, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_alloc(
    size: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared(Buffer::allocate(&pool, size)?);
        Ok(())
    })
}

/// Make a mutable buffer of zero bytes.
///
/// The padding behind them is zero too.
///
/// Cost: one allocation for the bytes, one for the object.
///
/// @param size   bytes; 0 is allowed
/// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out    receives the buffer, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_alloc_zeroed(
    size: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared(Buffer::allocate_zeroed(&pool, size)?);
        Ok(())
    })
}

/// Make a mutable buffer with a larger alignment.
///
/// The bytes are undefined, the padding behind them is zero.
///
/// Cost: one allocation for the bytes, one for the object.
///
/// @param size       bytes; 0 is allowed
/// @param alignment  a power of two up to 2 MiB; below 64 counts as 64, so does 0
/// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out    receives the buffer, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or the alignment is no power of two up to 2 MiB
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_alloc_aligned(
    size: usize,
    alignment: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared(Buffer::allocate_aligned(
            &pool,
            size,
            crate::pool::alignment_or_default(alignment),
        )?);
        Ok(())
    })
}

/// Make a mutable buffer whose size can change.
///
/// The bytes are undefined, the padding behind them is zero. See nock_buffer_resize.
///
/// Cost: one allocation for the bytes, one for the object.
///
/// @param size   bytes; 0 is allowed
/// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out    receives the buffer, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_alloc_resizable(
    size: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared(Buffer::allocate_resizable(&pool, size)?);
        Ok(())
    })
}

/// Copy bytes into a new mutable buffer.
///
/// The padding behind them is zero.
///
/// Cost: one allocation for the bytes, one for the object.
///
/// @param data   borrowed; the bytes; may be NULL when len is 0
/// @param len    how many
/// @param pool   shared (adds a reference); may be NULL; kept alive by the buffer
/// @param out    receives the buffer, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL with a len
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_new_copy(
    data: *const c_void,
    len: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared({
            // SAFETY: `data` is NULL or a readable run of `len` bytes (C contract).
            let bytes = unsafe { guard::bytes(data, len, "data") }?;
            Buffer::copy_of(bytes, &pool)
        }?);
        Ok(())
    })
}

/// Make an immutable buffer over memory of the caller, without a copy.
///
/// The memory stays as it is until release is called: exactly once, on any thread, when the last reference to the buffer and
/// its slices goes, and only if this call succeeded.
///
/// Cost: one allocation for the object.
///
/// @param data       consumed on success: the bytes; may be NULL when len is 0
/// @param len        how many
/// @param release    ends the memory; may be NULL, then the memory must live as long as the process
/// @param user_data  consumed on success: passed to release; may be NULL
/// @param out        receives the buffer, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL with a len
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_new_foreign(
    data: *const c_void,
    len: usize,
    release: nock_release_fn,
    user_data: *mut c_void,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `data` is NULL or a readable run of `len` bytes (C contract).
        let bytes = unsafe { guard::bytes(data, len, "data") }?;
        // SAFETY: the run stays readable until release is called, on any thread (C contract).
        let buffer =
            unsafe { Buffer::foreign(data.cast(), bytes.len(), false, release, user_data) }?;
        out.put_shared(buffer);
        Ok(())
    })
}

/// Make a mutable buffer over memory of the caller, without a copy.
///
/// The memory stays as it is until release is called: exactly once, on any thread, when the last reference to the buffer and
/// its slices goes, and only if this call succeeded.
///
/// Cost: one allocation for the object.
///
/// @param data       consumed on success: the bytes; may be NULL when len is 0
/// @param len        how many
/// @param release    ends the memory; may be NULL, then the memory must live as long as the process
/// @param user_data  consumed on success: passed to release; may be NULL
/// @param out        receives the buffer, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or data is NULL with a len
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_new_foreign_mutable(
    data: *mut c_void,
    len: usize,
    release: nock_release_fn,
    user_data: *mut c_void,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `data` is NULL or a readable run of `len` bytes (C contract).
        let bytes = unsafe { guard::bytes(data.cast_const(), len, "data") }?;
        // SAFETY: the run stays writable until release is called, on any thread (C contract).
        let buffer =
            unsafe { Buffer::foreign(data.cast(), bytes.len(), true, release, user_data) }?;
        out.put_shared(buffer);
        Ok(())
    })
}

/// Read where the bytes are.
///
/// @param buffer  borrowed; may be NULL
/// @return the first byte, borrowed while the buffer lives and keeps its size; never NULL for a buffer on the CPU, even one of
///         no bytes; NULL when buffer is NULL or the CPU cannot read its memory
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_data(buffer: *const nock_buffer_t) -> *const c_void {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(std::ptr::null(), || {
        buffer.map_or(std::ptr::null(), |buffer| buffer.cpu_data().cast())
    })
}

/// Read where the bytes are, to write them.
///
/// @param buffer  borrowed; may be NULL
/// @return the first byte, borrowed while the buffer lives and keeps its size; NULL when buffer is NULL or immutable, or the CPU
///         cannot write its memory
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_mutable_data(buffer: *mut nock_buffer_t) -> *mut c_void {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(std::ptr::null_mut(), || {
        buffer.map_or(std::ptr::null_mut(), |buffer| {
            buffer.cpu_mutable_data().cast()
        })
    })
}

/// Read the address of the bytes as a number, on whatever device they are.
///
/// @param buffer  borrowed; may be NULL
/// @return the address; 0 when buffer is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_address(buffer: *const nock_buffer_t) -> u64 {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(0, || {
        buffer.map_or(0, |buffer| buffer.as_ptr().addr() as u64)
    })
}

/// Read how many bytes a buffer has.
///
/// @param buffer  borrowed; may be NULL
/// @return bytes, without the padding; 0 when buffer is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_size(buffer: *const nock_buffer_t) -> usize {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(0, || buffer.map_or(0, Buffer::len))
}

/// Read how many bytes of memory a buffer has, padding included.
///
/// @param buffer  borrowed; may be NULL
/// @return bytes, at least the size; 0 when buffer is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_capacity(buffer: *const nock_buffer_t) -> usize {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(0, || buffer.map_or(0, Buffer::capacity))
}

/// Tell whether the CPU can read the bytes.
///
/// @param buffer  borrowed; may be NULL
/// @return whether it can; false when buffer is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_is_cpu(buffer: *const nock_buffer_t) -> bool {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(false, || buffer.is_some_and(Buffer::is_cpu))
}

/// Tell whether the bytes may be written.
///
/// @param buffer  borrowed; may be NULL
/// @return whether they may; false when buffer is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_is_mutable(buffer: *const nock_buffer_t) -> bool {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(false, || buffer.is_some_and(Buffer::is_mutable))
}

/// Tell whether the size may change.
///
/// @param buffer  borrowed; may be NULL
/// @return whether it may; false when buffer is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_is_resizable(buffer: *const nock_buffer_t) -> bool {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(false, || buffer.is_some_and(Buffer::is_resizable))
}

/// Find the buffer that a slice was taken from.
///
/// @param buffer  borrowed; may be NULL
/// @return the parent, borrowed; NULL when buffer is NULL or is no slice
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_parent(buffer: *const nock_buffer_t) -> *const nock_buffer_t {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value(std::ptr::null(), || {
        buffer.map_or(std::ptr::null(), |buffer| {
            buffer.parent().map_or(std::ptr::null(), handle::address_of)
        })
    })
}

/// Share a part of a buffer without copying.
///
/// The slice keeps the memory alive and counts against the same pool. It is immutable, whatever the buffer is; what is
/// written to the buffer later shows in the slice.
///
/// Cost: one small allocation.
///
/// @param buffer  shared (adds a reference)
/// @param offset  first byte of the slice
/// @param len     bytes in the slice; 0 is allowed
/// @param out     receives the slice, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
///         NOCK_ERR_BUSY when another thread is just resizing the buffer
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_slice(
    buffer: *const nock_buffer_t,
    offset: usize,
    len: usize,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        let buffer = unsafe { guard::borrow_owner(buffer, "buffer") }?;
        out.put_shared(buffer::slice(&buffer, offset, len)?);
        Ok(())
    })
}

/// Share a part of a mutable buffer without copying, for writing.
///
/// The slice keeps the memory alive and counts against the same pool. Two slices may overlap: which thread writes which bytes
/// when is their users' business; the library orders nothing.
///
/// Cost: one small allocation.
///
/// @param buffer  shared (adds a reference)
/// @param offset  first byte of the slice
/// @param len     bytes in the slice; 0 is allowed
/// @param out     receives the slice, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL, or the buffer is immutable
///         NOCK_ERR_BUSY when another thread is just resizing the buffer
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_slice_mutable(
    buffer: *mut nock_buffer_t,
    offset: usize,
    len: usize,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        let buffer = unsafe { guard::borrow_owner(buffer, "buffer") }?;
        out.put_shared(buffer::slice_mutable(&buffer, offset, len)?);
        Ok(())
    })
}

/// Change the size of a resizable buffer.
///
/// The bytes that fit are kept, new ones are undefined, the padding is zero. Addresses that were read before are no longer
/// valid.
///
/// Cost: copies the bytes when they have to move.
///
/// @param buffer  borrowed; this must be its only reference, and no slice of it may live
/// @param size    bytes
/// @param flags   NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory that is no longer needed
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
///         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
///         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
///         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_resize(
    buffer: *mut nock_buffer_t,
    size: usize,
    flags: u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        let buffer = unsafe { guard::borrow_owner(buffer, "buffer") }?;
        let shrink = shrink(flags)?;
        // SAFETY: nobody uses an address of the bytes any more (C contract), and calls inside the library guard theirs.
        unsafe { buffer::resize_borrowed(&buffer, size, shrink) }
    })
}

/// Make room in a resizable buffer without changing its size.
///
/// Growing up to the capacity then neither allocates nor moves. Addresses that were read before are no longer valid.
///
/// Cost: copies the bytes when they have to move.
///
/// @param buffer  borrowed; this must be its only reference, and no slice of it may live
/// @param capacity  bytes to have room for in all
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory; the buffer is as it was
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded; the buffer is as it was
///         NOCK_ERR_BUSY when the buffer has other references or slices, or another call is using it
///         NOCK_ERR_INVALID_ARGUMENT when buffer is NULL or not resizable
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_reserve(
    buffer: *mut nock_buffer_t,
    capacity: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        let buffer = unsafe { guard::borrow_owner(buffer, "buffer") }?;
        // SAFETY: nobody uses an address of the bytes any more (C contract), and calls inside the library guard theirs.
        unsafe { buffer::reserve_borrowed(&buffer, capacity) }
    })
}

/// Make a buffer immutable for good.
///
/// Slices for writing that were taken before stay writable.
///
/// @param buffer  borrowed; may be NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_freeze(buffer: *mut nock_buffer_t) {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    let buffer = unsafe { handle::borrow_shared(buffer) };
    value((), || buffer.map_or((), Buffer::freeze));
}

/// Compare the bytes of two buffers.
///
/// Cost: reads both.
///
/// @param a  borrowed; may be NULL
/// @param b  borrowed; may be NULL
/// @return whether size and bytes are the same; false when one is NULL, or is just being resized by another thread
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_equals(
    a: *const nock_buffer_t,
    b: *const nock_buffer_t,
) -> bool {
    // SAFETY: `a` is NULL or a live handle (C contract).
    let a = unsafe { handle::borrow_shared(a) };
    // SAFETY: `b` is NULL or a live handle (C contract).
    let b = unsafe { handle::borrow_shared(b) };
    value(false, || a.zip(b).is_some_and(|(a, b)| a.equals(b)))
}

/// Compare the first bytes of two buffers.
///
/// Cost: reads them.
///
/// @param a    borrowed; may be NULL
/// @param b    borrowed; may be NULL
/// @param len  how many bytes
/// @return whether both have so many bytes and they are the same; false when one is NULL, or is just being resized by another
///         thread
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_equals_prefix(
    a: *const nock_buffer_t,
    b: *const nock_buffer_t,
    len: usize,
) -> bool {
    // SAFETY: `a` is NULL or a live handle (C contract).
    let a = unsafe { handle::borrow_shared(a) };
    // SAFETY: `b` is NULL or a live handle (C contract).
    let b = unsafe { handle::borrow_shared(b) };
    value(false, || {
        a.zip(b).is_some_and(|(a, b)| a.equals_prefix(b, len))
    })
}

/// Copy a part of a buffer into a new mutable buffer.
///
/// The padding behind the copy is zero.
///
/// Cost: one allocation for the bytes, one for the object, and the copy.
///
/// @param buffer  borrowed
/// @param offset  first byte to copy
/// @param len     how many; 0 is allowed
/// @param pool    shared (adds a reference); may be NULL; kept alive by the new buffer
/// @param out     receives the copy, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when offset + len exceeds the buffer
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
///         NOCK_ERR_BUSY when another thread is just resizing the buffer
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_copy_range(
    buffer: *const nock_buffer_t,
    offset: usize,
    len: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        let buffer = unsafe { guard::borrow(buffer, "buffer") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared(buffer.copy_range(offset, len, &pool)?);
        Ok(())
    })
}

/// Join buffers into a new mutable buffer.
///
/// Cost: one allocation for the bytes, one for the object, and the copy.
///
/// @param buffers  borrowed; an array of count buffers; may be NULL when count is 0
/// @param count    how many
/// @param pool     shared (adds a reference); may be NULL; kept alive by the new buffer
/// @param out      receives the joined bytes, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory, or the sizes add up to more than an address space
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when out or one of the buffers is NULL, or buffers is NULL with a count
///         NOCK_ERR_BUSY when another thread is just resizing one of the buffers
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_concat(
    buffers: *const *const nock_buffer_t,
    count: usize,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `buffers` is NULL or a readable run of `count` pointers (C contract).
        let buffers = unsafe { guard::items(buffers, count, "buffers") }?;
        // SAFETY: each of them is NULL or a live handle (C contract).
        let buffers = buffers
            .iter()
            .map(|buffer| unsafe { guard::borrow(*buffer, "a buffer") });
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared(buffer::concat(buffers, &pool)?);
        Ok(())
    })
}

/// Write the bytes of a buffer as hexadecimal text.
///
/// Cost: one allocation for the text, one for the object.
///
/// @param buffer  borrowed
/// @param pool    shared (adds a reference); may be NULL; kept alive by the text
/// @param out     receives a buffer with two upper-case digits for each byte, and a NUL behind its end, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when buffer or out is NULL
///         NOCK_ERR_BUSY when another thread is just resizing the buffer
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_hex(
    buffer: *const nock_buffer_t,
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        let buffer = unsafe { guard::borrow(buffer, "buffer") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_shared(buffer.to_hex(&pool)?);
        Ok(())
    })
}

/// Add an owner to a buffer.
///
/// @param buffer  shared (adds a reference); may be NULL
/// @return the same pointer, owned; NULL when buffer is NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_ref(buffer: *const nock_buffer_t) -> *mut nock_buffer_t {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    unsafe { handle::shared_ref(buffer) }
}

/// Give up one owner of a buffer; the last one ends its memory.
///
/// @param buffer  consumed; may be NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_unref(buffer: *mut nock_buffer_t) {
    // SAFETY: `buffer` is NULL or a live handle that is not used afterwards (C contract).
    unsafe { handle::unref(buffer) };
}
