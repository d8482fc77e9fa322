//! Buffers.

pub mod new;
pub mod derive;
pub mod compare;
pub mod resize;
pub mod open;

use super::guard;
use super::handle::{self, Handle, Shared};
use crate::buffer::Buffer;
use std::ffi::c_void;
use std::ptr::{null, null_mut};

/// A reference-counted run of bytes: memory of a pool, memory of the caller, or a part of another buffer.
///
/// *Shared*: any function, any threads, at once. The library does not synchronise writes to the bytes with reads on other
/// threads. nock_buffer_resize and nock_buffer_reserve need the only reference and move the bytes: no other thread may be
/// using the address it has read. Memory of a pool is aligned to 64 bytes at least and padded with zeros to a multiple of
/// 64.
/// Get one: nock_buffer_alloc, nock_buffer_alloc_zeroed, nock_buffer_alloc_aligned, nock_buffer_alloc_resizable,
/// nock_buffer_new_copy, nock_buffer_new_foreign, nock_buffer_new_foreign_mutable, nock_buffer_slice,
/// nock_buffer_slice_mutable, nock_buffer_copy_range, nock_buffer_concat, nock_buffer_hex, nock_bitmap_new,
/// nock_buffer_builder_finish, nock_buffer_builder_finish_keep, nock_bitmap_builder_finish, nock_bitmap_builder_finish_keep,
/// nock_stream_finish_buffer, nock_stream_read_buffer, nock_stream_read_all, nock_stream_read_at_buffer, nock_array_buffer,
/// nock_array_to_text, nock_batch_to_text, nock_pool_stats_text, nock_pool_live_text, nock_ipc_serialize_batch,
/// nock_ipc_serialize_schema. Keep it: nock_buffer_ref. Release it: nock_buffer_unref.
/// Read it: nock_buffer_data, nock_buffer_mutable_data, nock_buffer_address, nock_buffer_size, nock_buffer_capacity,
/// nock_buffer_is_cpu, nock_buffer_is_mutable, nock_buffer_is_resizable, nock_buffer_parent, nock_buffer_equals,
/// nock_buffer_equals_prefix. Change it: nock_buffer_resize, nock_buffer_reserve, nock_buffer_freeze. As a stream:
/// nock_buffer_open_reader, nock_buffer_open_writer.
pub struct nock_buffer_t {
    _opaque: [u8; 0],
}

impl Handle for nock_buffer_t {
    type Object = Buffer;
    type Kind = Shared;
}

/// Releases the caller's memory of a buffer: called exactly once, on any thread, when the last reference is dropped.
///
/// It must not unwind or longjmp, and must not use the buffer.
pub type nock_release_fn = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// Get the address of the bytes.
///
/// @param buffer  borrowed; may be NULL
/// @return the first byte, borrowed while the buffer lives and keeps its size; never NULL for a buffer on the CPU, even an
///         empty one; NULL when buffer is NULL or the CPU cannot read its memory
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_data(buffer: *const nock_buffer_t) -> *const c_void {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(buffer, null(), |buffer| buffer.cpu_data().cast()) }
}

/// Get the address of the bytes, for writing.
///
/// @param buffer  borrowed; may be NULL
/// @return the first byte, borrowed while the buffer lives and keeps its size; NULL when buffer is NULL or immutable, or the CPU
///         cannot write its memory
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_mutable_data(buffer: *mut nock_buffer_t) -> *mut c_void {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    unsafe {
        guard::value_of_shared(buffer, null_mut(), |buffer| {
            buffer.cpu_mutable_data().cast()
        })
    }
}

family! {
    /// Read where the bytes are, or how many there are, as a number.
    ///
    /// @param buffer  borrowed; may be NULL
    /// @return the number named beside the function; 0 when buffer is NULL
    for ($name:ident, $number:ty, $read:expr, $note:literal) in [
        (nock_buffer_address, u64, |buffer| buffer.as_ptr().addr() as u64, "the address, on whatever device the bytes are"),
        (nock_buffer_size, usize, Buffer::len, "bytes, without the padding"),
        (nock_buffer_capacity, usize, Buffer::capacity, "bytes with the padding; of a slice up to the end of its parent's"),
    ]
    pub unsafe extern "C" fn $name(buffer: *const nock_buffer_t) -> $number {
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(buffer, 0, $read) }
    }
}

family! {
    /// Ask what may be done with a buffer.
    ///
    /// @param buffer  borrowed; may be NULL
    /// @return whether it is so; false when buffer is NULL
    for ($name:ident, $ask:expr, $note:literal) in [
        (nock_buffer_is_cpu, Buffer::is_cpu, "the CPU can read the bytes"),
        (nock_buffer_is_mutable, Buffer::is_mutable, "the bytes may be written"),
        (nock_buffer_is_resizable, Buffer::is_resizable, "the size may change"),
    ]
    pub unsafe extern "C" fn $name(buffer: *const nock_buffer_t) -> bool {
        // SAFETY: `buffer` is NULL or a live handle (C contract).
        unsafe { guard::value_of_shared(buffer, false, $ask) }
    }
}

/// Get the buffer that a slice was taken from.
///
/// @param buffer  borrowed; may be NULL
/// @return the parent, borrowed while the buffer lives; NULL when buffer is NULL or is no slice
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_parent(buffer: *const nock_buffer_t) -> *const nock_buffer_t {
    // SAFETY: `buffer` is NULL or a live handle (C contract).
    unsafe {
        guard::value_of_shared(buffer, null(), |buffer| {
            buffer.parent().map_or(null(), handle::address_of)
        })
    }
}
