//! Metadata: keys and values.

use super::error::nock_error_t;
use super::guard::{self, value};
use super::handle::{self, Handle, Shared};
use super::status::nock_status_t;
use super::text::{self, nock_str_t};
use crate::err;
use crate::error::{Result, Value};
use crate::schema::{Metadata, MetadataRef};
use std::ffi::c_void;

/// An ordered list of entries, each a key and a value. Both are bytes; keys may be empty and may repeat. The library stores
/// the entries unchanged and does not interpret them.
///
/// *Immutable*: like shared, and never changes.
/// Get one: nock_metadata_new, nock_field_metadata, nock_schema_metadata, nock_batch_metadata,
/// nock_ipc_file_reader_footer_metadata. Keep it: nock_metadata_ref. Release it: nock_metadata_unref. Read it:
/// nock_metadata_count, nock_metadata_key, nock_metadata_value, nock_metadata_find, nock_metadata_equals.
pub struct nock_metadata_t {
    _opaque: [u8; 0],
}

impl Handle for nock_metadata_t {
    type Object = Metadata;
    type Kind = Shared;
}

/// The caller's metadata, or none at all.
///
/// # Safety
/// - `metadata` is NULL or a live handle.
pub(super) unsafe fn share_or_empty(metadata: *const nock_metadata_t) -> MetadataRef {
    // SAFETY: same contract.
    unsafe { handle::clone_shared(metadata) }.unwrap_or_else(Metadata::empty)
}

/// The caller's keys and values as metadata.
///
/// # Safety
/// - `keys` and `values` are NULL or readable runs of `count` texts, each readable, for the duration of the call.
unsafe fn read_pairs(
    keys: *const nock_str_t,
    values: *const nock_str_t,
    count: usize,
) -> Result<Metadata> {
    // SAFETY: same contract.
    let keys = unsafe { guard::items(keys, count, "keys") }?;
    // SAFETY: same contract.
    let values = unsafe { guard::items(values, count, "values") }?;
    let mut metadata = Metadata::with_capacity(count)?;
    for (key, value) in keys.iter().zip(values) {
        // SAFETY: a readable text (contract).
        let key = unsafe { key.bytes("a key") }?;
        // SAFETY: a readable text (contract).
        let value = unsafe { value.bytes("a value") }?;
        metadata.append(key, value)?;
    }
    Ok(metadata)
}

/// Make metadata from keys and values.
///
/// Keys and values are copied.
///
/// Cost: copies all bytes; two allocations for each entry.
///
/// @param keys         borrowed; num_entries keys; may be NULL when num_entries is 0
/// @param values       borrowed; num_entries values, in the order of the keys; may be NULL when num_entries is 0
/// @param num_entries  how many
/// @param out          receives the metadata, owned
/// @param error        receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out is NULL, or keys, values or the data of one of them is NULL and its count or
///           length is not 0
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the entries
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_metadata_new(
    keys: *const nock_str_t,
    values: *const nock_str_t,
    num_entries: usize,
    out: *mut *mut nock_metadata_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        // SAFETY: NULL or readable runs of readable texts (C contract).
        let metadata = unsafe { read_pairs(keys, values, num_entries) }?;
        out.put_shared(metadata.into_ref()?);
        Ok(())
    })
}

/// Count the entries.
///
/// @param metadata  borrowed; may be NULL
/// @return the number of entries; 0 when metadata is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_metadata_count(metadata: *const nock_metadata_t) -> usize {
    // SAFETY: `metadata` is NULL or a live handle (C contract).
    unsafe { guard::value_of_shared(metadata, 0, Metadata::len) }
}

family! {
    /// Read a part of an entry.
    ///
    /// @param metadata  borrowed; may be NULL
    /// @param index     0 to nock_metadata_count - 1
    /// @return the bytes, borrowed while the metadata lives; their data is NULL when metadata is NULL or has no such entry
    for ($name:ident, $part:ident, $note:literal) in [
        (nock_metadata_key, key, "the key"),
        (nock_metadata_value, value, "the value"),
    ]
    pub unsafe extern "C" fn $name(metadata: *const nock_metadata_t, index: usize) -> nock_str_t {
        // SAFETY: `metadata` is NULL or a live handle (C contract).
        let object = unsafe { handle::borrow_shared(metadata) };
        guard::value(text::NONE, || {
            let pair = object.and_then(|metadata| metadata.get(index));
            pair.map_or(text::NONE, |pair| text::of(&pair.$part))
        })
    }
}

/// Find an entry by its key.
///
/// Cost: looks at the entries one after the other.
///
/// @param metadata   borrowed
/// @param key        borrowed; key_len bytes; may be NULL when key_len is 0
/// @param key_len    bytes in the key
/// @param from       the first index to look at; 0 for all entries
/// @param out_index  receives the index of the first entry from there on that has the key
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_NOT_FOUND when there is no such entry
///         NOCK_ERR_INVALID_ARGUMENT when metadata or out_index is NULL, or key is NULL and key_len is not 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_metadata_find(
    metadata: *const nock_metadata_t,
    key: *const c_void,
    key_len: usize,
    from: usize,
    out_index: *mut usize,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let metadata = arg!(borrow(metadata))?;
        let key = arg!(bytes(key, key_len))?;
        let out_index = arg!(out_value(out_index))?;
        let index = metadata.find_from(key, from);
        let missing = || {
            err!(
                NotFound,
                "no entry {} from {} on",
                Value::quoted_bytes(key),
                from
            )
        };
        out_index.put(index.ok_or_else(missing)?);
        Ok(())
    })
}

/// Compare metadata: the same entries, in any order.
///
/// @param a  borrowed; may be NULL
/// @param b  borrowed; may be NULL
/// @return whether both are equal; false when a or b is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_metadata_equals(
    a: *const nock_metadata_t,
    b: *const nock_metadata_t,
) -> bool {
    // SAFETY: `a` is NULL or a live handle (C contract).
    let a = unsafe { handle::borrow_shared(a) };
    // SAFETY: `b` is NULL or a live handle (C contract).
    let b = unsafe { handle::borrow_shared(b) };
    value(false, || a.zip(b).is_some_and(|(a, b)| a.same_entries(b)))
}
