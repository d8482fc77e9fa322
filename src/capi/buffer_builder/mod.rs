//! Buffer builders.

pub mod append;
pub mod append_number;

use super::buffer::nock_buffer_t;
use super::buffer::resize::shrink;
use super::error::nock_error_t;
use super::guard;
use super::handle::{Exclusive, Handle};
use super::pool::nock_pool_t;
use super::status::nock_status_t;
use crate::buffer::BufferBuilder;
use std::ffi::c_void;

/// Collects bytes and turns them into a buffer. A call that fails leaves it as it was.
///
/// *Exclusive*: may move between threads, one call at a time.
/// Get one: nock_buffer_builder_new. Release it: nock_buffer_builder_finish, nock_buffer_builder_finish_keep or
/// nock_buffer_builder_free. Fill it: nock_buffer_builder_reserve with nock_buffer_builder_advance,
/// nock_buffer_builder_append, nock_buffer_builder_append_fill, nock_buffer_builder_append_copies,
/// nock_buffer_builder_resize, and one nock_buffer_builder_append_... function for each width of number. Look:
/// nock_buffer_builder_size, nock_buffer_builder_capacity, nock_buffer_builder_data. Back: nock_buffer_builder_rewind,
/// nock_buffer_builder_reset.
/// Single bits: nock_bitmap_builder_t.
pub struct nock_buffer_builder_t {
    _opaque: [u8; 0],
}

impl Handle for nock_buffer_builder_t {
    type Object = BufferBuilder;
    type Kind = Exclusive;
}

/// Make a builder that has collected nothing.
///
/// Cost: one allocation; memory for bytes is taken when it is needed.
///
/// @param pool   shared (adds a reference); may be NULL; kept alive by the builder and its buffer
/// @param out    receives the builder, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_new(
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        out.put_exclusive(BufferBuilder::new(&pool))
    })
}

family! {
    /// Read how many bytes a builder has.
    ///
    /// @param builder  borrowed; may be NULL
    /// @return the number named beside the function; 0 when builder is NULL or another call is using it
    for ($name:ident, $count:expr, $note:literal) in [
        (nock_buffer_builder_size, BufferBuilder::len, "bytes collected"),
        (nock_buffer_builder_capacity, BufferBuilder::capacity, "bytes that fit without another allocation, in all"),
    ]
    pub unsafe extern "C" fn $name(builder: *const nock_buffer_builder_t) -> usize {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        unsafe { guard::value_of(builder, 0, $count) }
    }
}

/// Read where the collected bytes are.
///
/// @param builder  borrowed; may be NULL
/// @return the first byte, borrowed until the next call that appends, resizes or finishes; NULL when nothing was reserved
///         yet, when builder is NULL, or another call is using it
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_data(
    builder: *const nock_buffer_builder_t,
) -> *const c_void {
    // SAFETY: `builder` is NULL or a live handle (C contract).
    unsafe { guard::value_of(builder, std::ptr::null(), |builder| builder.data().cast()) }
}

/// Keep the first bytes, and discard those after them.
///
/// @param builder  borrowed
/// @param size     how many to keep
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when fewer were collected
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_rewind(
    builder: *mut nock_buffer_builder_t,
    size: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.rewind(size)
    })
}

/// Set how many bytes fit without another allocation.
///
/// Cost: copies the bytes when they have to move.
///
/// @param builder   borrowed
/// @param capacity  bytes that must fit, those collected included
/// @param flags     NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory that is no longer needed
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_OUT_OF_RANGE when more than capacity was collected
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_resize(
    builder: *mut nock_buffer_builder_t,
    capacity: usize,
    flags: u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.resize(capacity, shrink(flags)?)
    })
}

family! {
    /// Turn the collected bytes into a mutable, resizable buffer, and end the builder.
    ///
    /// The padding is zero. If nothing was collected, the buffer is empty.
    ///
    /// Cost: one small allocation; returning memory copies the bytes when the pool cannot shrink in place.
    ///
    /// @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY
    /// @param out      receives the buffer, owned
    /// @param error    receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
    ///         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
    ///         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
    for ($name:ident, $shrink:expr, $note:literal) in [
        (nock_buffer_builder_finish, true, "returns memory that is not needed to the pool"),
        (nock_buffer_builder_finish_keep, false, "keeps its capacity: the buffer can grow without moving"),
    ]
    pub unsafe extern "C" fn $name(
        builder: *mut *mut nock_buffer_builder_t,
        out: *mut *mut nock_buffer_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let builder = arg!(consume(builder));
            let out = arg!(out(out))?;
            out.put_shared(builder?.finish($shrink)?);
            Ok(())
        })
    }
}

/// Discard everything, and return the memory to the pool.
///
/// @param builder  borrowed
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_reset(
    builder: *mut nock_buffer_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.reset();
        Ok(())
    })
}
