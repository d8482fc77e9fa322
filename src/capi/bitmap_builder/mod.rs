//! Bitmap builders.

pub mod append;

use super::buffer::nock_buffer_t;
use super::buffer::resize::shrink;
use super::error::nock_error_t;
use super::guard;
use super::handle::{Exclusive, Handle};
use super::pool::nock_pool_t;
use super::status::nock_status_t;
use crate::buffer::BitmapBuilder;
use std::ffi::c_void;

/// Collects bits, counts those that are not set, and turns them into a buffer. A call that fails leaves it as it was.
///
/// *Exclusive*: may move between threads, one call at a time.
/// Get one: nock_bitmap_builder_new. Release it: nock_bitmap_builder_finish, nock_bitmap_builder_finish_keep or
/// nock_bitmap_builder_free. Fill it: nock_bitmap_builder_append, nock_bitmap_builder_append_run,
/// nock_bitmap_builder_append_bits, nock_bitmap_builder_append_bytes, nock_bitmap_builder_reserve,
/// nock_bitmap_builder_resize. Look: nock_bitmap_builder_length, nock_bitmap_builder_false_count,
/// nock_bitmap_builder_capacity, nock_bitmap_builder_data, nock_bitmap_builder_get. Back: nock_bitmap_builder_rewind,
/// nock_bitmap_builder_reset.
pub struct nock_bitmap_builder_t {
    _opaque: [u8; 0],
}

impl Handle for nock_bitmap_builder_t {
    type Object = BitmapBuilder;
    type Kind = Exclusive;
}

/// Make a builder that has collected nothing.
///
/// Cost: one allocation; memory for bits is taken when it is needed.
///
/// @param pool   shared (adds a reference); may be NULL; kept alive by the builder and its buffer
/// @param out    receives the builder, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_new(
    pool: *mut nock_pool_t,
    out: *mut *mut nock_bitmap_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let pool = pool!(pool);
        out.put_exclusive(BitmapBuilder::new(&pool))
    })
}

family! {
    /// Read how many bits a builder has.
    ///
    /// @param builder  borrowed; may be NULL
    /// @return the number named beside the function; 0 when builder is NULL or another call is using it
    for ($name:ident, $count:expr, $note:literal) in [
        (nock_bitmap_builder_length, BitmapBuilder::len, "bits collected"),
        (nock_bitmap_builder_false_count, BitmapBuilder::false_count, "collected bits that are not set"),
        (nock_bitmap_builder_capacity, BitmapBuilder::capacity, "bits that fit without another allocation, in all"),
    ]
    pub unsafe extern "C" fn $name(builder: *const nock_bitmap_builder_t) -> usize {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        unsafe { guard::value_of(builder, 0, $count) }
    }
}

/// Read where the collected bits are.
///
/// @param builder  borrowed; may be NULL
/// @return the byte with the first bits, borrowed until the next call that appends, resizes or finishes; NULL when nothing
///         was reserved yet, when builder is NULL, or another call is using it
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_data(
    builder: *const nock_bitmap_builder_t,
) -> *const c_void {
    // SAFETY: `builder` is NULL or a live handle (C contract).
    unsafe { guard::value_of(builder, std::ptr::null(), |builder| builder.data().cast()) }
}

/// Read a collected bit.
///
/// @param builder  borrowed; may be NULL
/// @param index    which
/// @return whether it is set; false beyond the end, when builder is NULL, or another call is using it
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_get(
    builder: *const nock_bitmap_builder_t,
    index: usize,
) -> bool {
    // SAFETY: `builder` is NULL or a live handle (C contract).
    unsafe { guard::value_of(builder, false, |builder| builder.get(index)) }
}

/// Keep the first bits, and discard those after them.
///
/// @param builder  borrowed
/// @param length   how many bits to keep
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when fewer were collected
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_bitmap_builder_rewind(
    builder: *mut nock_bitmap_builder_t,
    length: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.rewind(length)
    })
}

/// Set how many bits fit without another allocation.
///
/// Cost: copies the bytes when they have to move.
///
/// @param builder   borrowed
/// @param capacity  bits that must fit, those collected included; rounded up to 512
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
pub unsafe extern "C" fn nock_bitmap_builder_resize(
    builder: *mut nock_bitmap_builder_t,
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
    /// Turn the collected bits into a mutable, resizable buffer, and end the builder.
    ///
    /// The bits behind the last one are zero.
    ///
    /// Cost: one small allocation; returning memory copies the bytes when the pool cannot shrink in place.
    ///
    /// @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY
    /// @param out      receives the buffer, owned; its size is the number of bits / 8, rounded up
    /// @param error    receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
    ///         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
    ///         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
    for ($name:ident, $shrink:expr, $note:literal) in [
        (nock_bitmap_builder_finish, true, "returns memory that is not needed to the pool"),
        (nock_bitmap_builder_finish_keep, false, "keeps its capacity: the buffer can grow without moving"),
    ]
    pub unsafe extern "C" fn $name(
        builder: *mut *mut nock_bitmap_builder_t,
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
pub unsafe extern "C" fn nock_bitmap_builder_reset(
    builder: *mut nock_bitmap_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        builder.reset();
        Ok(())
    })
}
