//! What a reader of files has done.

use super::nock_ipc_file_reader_t;
use crate::capi::guard::value;
use crate::capi::handle;

/// Read how many batches were read.
///
/// @param reader  borrowed; may be NULL
/// @return the number; 0 when reader is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_num_batches_read(
    reader: *const nock_ipc_file_reader_t,
) -> u64 {
    // SAFETY: `reader` is NULL or a live handle, and readers of files never change (C contract, Handle).
    let reader = unsafe { handle::peek(reader) };
    value(0, || {
        reader.map_or(0, |reader| reader.stats().record_batches)
    })
}

/// Read how many columns were built because somebody asked for them.
///
/// @param reader  borrowed; may be NULL
/// @return the number; 0 when reader is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_num_columns_built(
    reader: *const nock_ipc_file_reader_t,
) -> u64 {
    // SAFETY: `reader` is NULL or a live handle, and readers of files never change (C contract, Handle).
    let reader = unsafe { handle::peek(reader) };
    value(0, || reader.map_or(0, |reader| reader.stats().columns))
}

/// Read how many buffers were copied because their values were not aligned.
///
/// @param reader  borrowed; may be NULL
/// @return the number; 0 when reader is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_ipc_file_reader_num_buffers_copied(
    reader: *const nock_ipc_file_reader_t,
) -> u64 {
    // SAFETY: `reader` is NULL or a live handle, and readers of files never change (C contract, Handle).
    let reader = unsafe { handle::peek(reader) };
    value(0, || {
        reader.map_or(0, |reader| reader.stats().copied_buffers)
    })
}
