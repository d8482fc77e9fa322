//! Buffer builders.

use super::buffer::{nock_buffer_t, shrink};
use super::error::nock_error_t;
use super::guard::{self, ErrorSlot, value};
use super::handle::{self, Exclusive, Handle};
use super::pool::nock_pool_t;
use super::status::nock_status_t;
use crate::buffer::BufferBuilder;
use std::ffi::c_void;

/// Collects bytes of unknown number and turns them into a buffer. A call that fails leaves it as it was.
///
/// *Exclusive*: may move between threads, one call at a time.
/// Get one: nock_buffer_builder_new. End it: nock_buffer_builder_finish or nock_buffer_builder_free. Fill it:
/// nock_buffer_builder_reserve with nock_buffer_builder_advance, nock_buffer_builder_append,
/// nock_buffer_builder_append_fill, and one nock_buffer_builder_append_ function for each width of number.
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
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_new(
    pool: *mut nock_pool_t,
    out: *mut *mut nock_buffer_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `pool` is NULL or a live handle (C contract).
        let pool = unsafe { guard::pool(pool) };
        out.put_exclusive(BufferBuilder::new(&pool))
    })
}

/// Make room for more bytes and show where they go.
///
/// What was written to the room counts after nock_buffer_builder_advance. The room stays valid until the next call that
/// collects, resizes or finishes. Growing at least doubles, so that collecting byte by byte costs the same for each byte.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder     borrowed
/// @param additional  bytes that must fit; 0 shows the room there is
/// @param out_tail    receives the address behind the last byte, borrowed until the next call; may be NULL
/// @param out_room    receives how many bytes fit there, at least additional; may be NULL
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_reserve(
    builder: *mut nock_buffer_builder_t,
    additional: usize,
    out_tail: *mut *mut c_void,
    out_room: *mut usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        let tail = builder.reserve(additional)?;
        // SAFETY: `out_room` is NULL or a valid slot (C contract).
        unsafe { guard::put_if_wanted(out_room, tail.len()) };
        // SAFETY: `out_tail` is NULL or a valid slot (C contract).
        unsafe { guard::put_if_wanted(out_tail, tail.as_mut_ptr().cast()) };
        Ok(())
    })
}

/// Count bytes that were written to the reserved room.
///
/// @param builder  borrowed
/// @param len      how many
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when there is not so much room
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_advance(
    builder: *mut nock_buffer_builder_t,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        // SAFETY: the caller wrote the bytes (C contract).
        unsafe { builder.advance(len) }
    })
}

/// Append bytes.
///
/// @param builder  borrowed
/// @param data     borrowed; the bytes, none of them in the builder itself; may be NULL when len is 0
/// @param len      how many
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL, or data is NULL with a len
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append(
    builder: *mut nock_buffer_builder_t,
    data: *const c_void,
    len: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        // SAFETY: `data` is NULL or a readable run of `len` bytes (C contract).
        let bytes = unsafe { guard::bytes(data, len, "data") }?;
        builder.append(bytes)
    })
}

/// Append one byte many times.
///
/// @param builder  borrowed
/// @param byte     the byte
/// @param count    how many times
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_fill(
    builder: *mut nock_buffer_builder_t,
    byte: u8,
    count: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append_fill(byte, count)
    })
}

/// Append an int8_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i8(
    builder: *mut nock_buffer_builder_t,
    number: i8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append an int16_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i16(
    builder: *mut nock_buffer_builder_t,
    number: i16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append an int32_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i32(
    builder: *mut nock_buffer_builder_t,
    number: i32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append an int64_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i64(
    builder: *mut nock_buffer_builder_t,
    number: i64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint8_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u8(
    builder: *mut nock_buffer_builder_t,
    number: u8,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint16_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u16(
    builder: *mut nock_buffer_builder_t,
    number: u16,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint32_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u32(
    builder: *mut nock_buffer_builder_t,
    number: u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a uint64_t in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_u64(
    builder: *mut nock_buffer_builder_t,
    number: u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a float in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_f32(
    builder: *mut nock_buffer_builder_t,
    number: f32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a double in the machine's byte order.
///
/// @param builder  borrowed
/// @param number   the number
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_f64(
    builder: *mut nock_buffer_builder_t,
    number: f64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.append(&number.to_ne_bytes())
    })
}

/// Read how many bytes were collected.
///
/// @param builder  borrowed; may be NULL
/// @return bytes; 0 when builder is NULL, or another call is using it
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_size(builder: *const nock_buffer_builder_t) -> usize {
    value(0, || {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let builder = unsafe { handle::acquire(builder) };
        match builder {
            Some(Ok(builder)) => builder.len(),
            _ => 0,
        }
    })
}

/// Read how many bytes fit without another allocation.
///
/// @param builder  borrowed; may be NULL
/// @return bytes, those collected included; 0 when builder is NULL, or another call is using it
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_capacity(
    builder: *const nock_buffer_builder_t,
) -> usize {
    value(0, || {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let builder = unsafe { handle::acquire(builder) };
        match builder {
            Some(Ok(builder)) => builder.capacity(),
            _ => 0,
        }
    })
}

/// Read where the collected bytes are.
///
/// @param builder  borrowed; may be NULL
/// @return the first byte, borrowed until the next call that collects, resizes or finishes; NULL when nothing was reserved yet,
///         when builder is NULL, or another call is using it
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_data(
    builder: *const nock_buffer_builder_t,
) -> *const c_void {
    value(std::ptr::null(), || {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let builder = unsafe { handle::acquire(builder) };
        match builder {
            Some(Ok(builder)) => builder.data().cast(),
            _ => std::ptr::null(),
        }
    })
}

/// Forget everything after the first bytes.
///
/// @param builder  borrowed
/// @param size     how many to keep
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_RANGE when fewer were collected
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_rewind(
    builder: *mut nock_buffer_builder_t,
    size: usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.rewind(size)
    })
}

/// Set how many bytes fit without another allocation.
///
/// Cost: copies what was collected when it has to move.
///
/// @param builder   borrowed
/// @param capacity  bytes that must fit, those collected included
/// @param flags     NOCK_BUFFER_RESIZE_SHRINK, or 0 to keep memory beyond the capacity
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_OUT_OF_RANGE when more than capacity was collected
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///         NOCK_ERR_UNSUPPORTED when flags has a bit that this library does not know
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_resize(
    builder: *mut nock_buffer_builder_t,
    capacity: usize,
    flags: u32,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.resize(capacity, shrink(flags)?)
    })
}

/// Turn the collected bytes into a mutable, resizable buffer.
///
/// Room that is not needed goes back to the pool. The padding is zero. Without a byte collected the buffer is empty.
///
/// Cost: one small allocation; copies the bytes when the pool cannot shrink in place.
///
/// @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY and a NULL argument
/// @param out      receives the buffer, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
///         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
///         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_finish(
    builder: *mut *mut nock_buffer_builder_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a valid slot with NULL or a live handle (C contract).
        let builder = unsafe { guard::consume(builder, "builder") };
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        out.put_shared(builder?.finish(true)?);
        Ok(())
    })
}

/// Turn the collected bytes into a mutable, resizable buffer that keeps its room.
///
/// The capacity stays as it is, so that the buffer can grow without moving. The padding is zero. Without a byte collected the buffer is empty.
///
/// Cost: one small allocation.
///
/// @param builder  consumed: the variable becomes NULL in every outcome but NOCK_ERR_BUSY and a NULL argument
/// @param out      receives the buffer, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object; what was collected is gone
///         NOCK_ERR_INVALID_ARGUMENT when builder, the handle in it, or out is NULL
///         NOCK_ERR_BUSY when another call is using the builder; it stays with the caller
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_finish_keep(
    builder: *mut *mut nock_buffer_builder_t,
    out: *mut *mut nock_buffer_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a valid slot with NULL or a live handle (C contract).
        let builder = unsafe { guard::consume(builder, "builder") };
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        out.put_shared(builder?.finish(false)?);
        Ok(())
    })
}

/// Forget everything and give the memory back.
///
/// @param builder  borrowed
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_reset(
    builder: *mut nock_buffer_builder_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `builder` is NULL or a live handle (C contract).
        let mut builder = unsafe { guard::exclusive(builder, "builder") }?;
        builder.reset();
        Ok(())
    })
}

/// End a builder and what it collected.
///
/// @param builder  consumed; may be NULL
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_free(builder: *mut nock_buffer_builder_t) {
    // SAFETY: `builder` is NULL or a live handle that is not used afterwards (C contract).
    unsafe { handle::free(builder) };
}
