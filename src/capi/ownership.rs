//! References to objects, and their end.

use super::array::nock_array_t;
use super::array_builder::nock_array_builder_t;
use super::batch::nock_batch_t;
use super::bitmap_builder::nock_bitmap_builder_t;
use super::buffer::nock_buffer_t;
use super::buffer_builder::nock_buffer_builder_t;
use super::field::nock_field_t;
use super::handle;
use super::ipc_file_reader::nock_ipc_file_reader_t;
use super::ipc_stream_reader::nock_ipc_stream_reader_t;
use super::ipc_writer::{nock_ipc_file_writer_t, nock_ipc_stream_writer_t};
use super::metadata::nock_metadata_t;
use super::pool::nock_pool_t;
use super::schema::nock_schema_t;
use super::stream::nock_stream_t;
use super::r#type::nock_type_t;

family! {
    /// Add a reference to a counted object.
    ///
    /// @param object  shared (adds a reference); may be NULL
    /// @return the same pointer, owned: drop it with the _unref of its type; NULL when object is NULL
    for ($name:ident, $object:ty, $note:literal) in [
        (nock_pool_ref, nock_pool_t, "pool"),
        (nock_buffer_ref, nock_buffer_t, "buffer"),
        (nock_metadata_ref, nock_metadata_t, "metadata"),
        (nock_type_ref, nock_type_t, "type"),
        (nock_field_ref, nock_field_t, "field"),
        (nock_schema_ref, nock_schema_t, "schema"),
        (nock_array_ref, nock_array_t, "array"),
        (nock_batch_ref, nock_batch_t, "batch"),
    ]
    pub unsafe extern "C" fn $name(object: *const $object) -> *mut $object {
        // SAFETY: `object` is NULL or a live handle (C contract).
        unsafe { handle::shared_ref(object) }
    }
}

/// Add a reference to a stream.
///
/// @param object  shared (adds a reference); may be NULL
/// @return the same pointer, owned: drop it with nock_stream_unref; NULL when object is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_stream_ref(object: *mut nock_stream_t) -> *mut nock_stream_t {
    // SAFETY: `object` is NULL or a live handle (C contract).
    unsafe { handle::shared_ref(object) }
}

family! {
    /// Drop a reference to a counted object; the last one ends it.
    ///
    /// The last one may go on any thread, while no other thread is in a call with it. That of a stream also closes it if it
    /// is still open, but cannot report whether that went well: call nock_stream_close before, where it matters.
    ///
    /// @param object  consumed; may be NULL
    for ($name:ident, $object:ty, $note:literal) in [
        (nock_pool_unref, nock_pool_t, "pool"),
        (nock_buffer_unref, nock_buffer_t, "buffer, with its memory unless a slice still needs that"),
        (nock_stream_unref, nock_stream_t, "stream"),
        (nock_metadata_unref, nock_metadata_t, "metadata"),
        (nock_type_unref, nock_type_t, "type"),
        (nock_field_unref, nock_field_t, "field"),
        (nock_schema_unref, nock_schema_t, "schema"),
        (nock_array_unref, nock_array_t, "array"),
        (nock_batch_unref, nock_batch_t, "batch"),
    ]
    pub unsafe extern "C" fn $name(object: *mut $object) {
        // SAFETY: `object` is NULL or a live handle whose reference is given up (C contract).
        unsafe { handle::unref(object) }
    }
}

family! {
    /// End an object that has a single owner.
    ///
    /// What a writer has not written stays unwritten: its _close comes before.
    ///
    /// @param object  consumed; may be NULL
    for ($name:ident, $object:ty, $note:literal) in [
        (nock_buffer_builder_free, nock_buffer_builder_t, "builder, with what it collected"),
        (nock_bitmap_builder_free, nock_bitmap_builder_t, "builder, with what it collected"),
        (nock_array_builder_free, nock_array_builder_t, "builder, with what it collected"),
        (nock_ipc_stream_writer_free, nock_ipc_stream_writer_t, "writer"),
        (nock_ipc_file_writer_free, nock_ipc_file_writer_t, "writer"),
        (nock_ipc_stream_reader_free, nock_ipc_stream_reader_t, "reader; its batches stay"),
        (nock_ipc_file_reader_free, nock_ipc_file_reader_t, "reader; its batches stay"),
    ]
    pub unsafe extern "C" fn $name(object: *mut $object) {
        // SAFETY: `object` is NULL or a live handle that is not used afterwards (C contract).
        unsafe { handle::free(object) }
    }
}
