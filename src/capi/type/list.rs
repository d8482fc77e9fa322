//! Types of lists, and of maps, which are lists of entries.

use super::flag::{KEYS_SORTED, is_set};
use super::nock_type_t;
use crate::capi::error::nock_error_t;
use crate::capi::field::nock_field_t;
use crate::capi::status::nock_status_t;
use crate::schema::DataType;

family! {
    /// Make a type of lists.
    ///
    /// @param item   shared (adds a reference); usually named "item"
    /// @param out    receives the type, owned
    /// @param error  receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
    ///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
    for ($name:ident, $kind:ident, $note:literal) in [
        (nock_type_new_list, List, "32-bit offsets"),
        (nock_type_new_large_list, LargeList, "64-bit offsets"),
        (nock_type_new_list_view, ListView, "32-bit offsets and sizes"),
        (nock_type_new_large_list_view, LargeListView, "64-bit offsets and sizes"),
    ]
    pub unsafe extern "C" fn $name(
        item: *const nock_field_t,
        out: *mut *mut nock_type_t,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let out = arg!(out(out))?;
            let item = arg!(share(item))?;
            out.put_shared(DataType::$kind(item).into_ref()?);
            Ok(())
        })
    }
}

/// Make a type of lists with the same number of items.
///
/// @param item       shared (adds a reference); usually named "item"
/// @param list_size  items in each list, 0 or more
/// @param out        receives the type, owned
/// @param error      receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL, or list_size is negative
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_fixed_size_list(
    item: *const nock_field_t,
    list_size: i32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let item = arg!(share(item))?;
        out.put_shared(DataType::FixedSizeList(item, list_size).into_ref()?);
        Ok(())
    })
}

/// Make a map type: lists of keys and values.
///
/// The entries get the name "entries".
///
/// @param key    shared (adds a reference); not nullable; usually named "key"
/// @param item   shared (adds a reference); usually named "value"
/// @param flags  NOCK_TYPE_MAP_KEYS_SORTED or 0
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when key, item or out is NULL, or key is nullable
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_map(
    key: *const nock_field_t,
    item: *const nock_field_t,
    flags: u32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let key = arg!(share(key))?;
        let item = arg!(share(item))?;
        let keys_sorted = is_set(flags, KEYS_SORTED)?;
        out.put_shared(DataType::map_of(key, item, keys_sorted)?.into_ref()?);
        Ok(())
    })
}

/// Make a map type from the field of its entries.
///
/// @param entries  shared (adds a reference); not nullable, a struct of two fields, the first of them not nullable
/// @param flags    NOCK_TYPE_MAP_KEYS_SORTED or 0
/// @param out      receives the type, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when entries or out is NULL, or entries is not such a field
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_map_from_entries(
    entries: *const nock_field_t,
    flags: u32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let entries = arg!(share(entries))?;
        let keys_sorted = is_set(flags, KEYS_SORTED)?;
        let map = DataType::Map {
            entries,
            keys_sorted,
        };
        out.put_shared(map.into_ref()?);
        Ok(())
    })
}
