//! Types that are made of other types.

use super::{nock_type_flag_values, nock_type_t};
use crate::capi::error::nock_error_t;
use crate::capi::field::{self, nock_field_t};
use crate::capi::guard::{self, ErrorSlot};
use crate::capi::options::check_flags;
use crate::capi::status::nock_status_t;
use crate::error::Result;
use crate::schema::{DataType, MAX_DEPTH, MAX_TYPES, UnionMode};

/// The numbers that the comments below give.
const _: () = assert!(MAX_DEPTH == 64 && MAX_TYPES == 16_777_216);

const ORDERED: u32 = nock_type_flag_values::NOCK_TYPE_DICTIONARY_ORDERED as u32;
const KEYS_SORTED: u32 = nock_type_flag_values::NOCK_TYPE_MAP_KEYS_SORTED as u32;

/// Whether the only flag that a type can have is set.
fn is_set(flags: u32, known: u32) -> Result<bool> {
    check_flags(flags, known)?;
    Ok(flags & known != 0)
}

/// Make a type of lists with 32-bit offsets.
///
/// @param item   shared (adds a reference); usually named "item"
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_list(
    item: *const nock_field_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `item` is NULL or a live handle (C contract).
        let item = unsafe { guard::share(item, "item") }?;
        out.put_shared(DataType::List(item).into_ref()?);
        Ok(())
    })
}

/// Make a type of lists with 64-bit offsets.
///
/// @param item   shared (adds a reference); usually named "item"
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_large_list(
    item: *const nock_field_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `item` is NULL or a live handle (C contract).
        let item = unsafe { guard::share(item, "item") }?;
        out.put_shared(DataType::LargeList(item).into_ref()?);
        Ok(())
    })
}

/// Make a type of lists with 32-bit offsets and sizes.
///
/// @param item   shared (adds a reference); usually named "item"
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_list_view(
    item: *const nock_field_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `item` is NULL or a live handle (C contract).
        let item = unsafe { guard::share(item, "item") }?;
        out.put_shared(DataType::ListView(item).into_ref()?);
        Ok(())
    })
}

/// Make a type of lists with 64-bit offsets and sizes.
///
/// @param item   shared (adds a reference); usually named "item"
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when item or out is NULL
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_large_list_view(
    item: *const nock_field_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `item` is NULL or a live handle (C contract).
        let item = unsafe { guard::share(item, "item") }?;
        out.put_shared(DataType::LargeListView(item).into_ref()?);
        Ok(())
    })
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
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_fixed_size_list(
    item: *const nock_field_t,
    list_size: i32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `item` is NULL or a live handle (C contract).
        let item = unsafe { guard::share(item, "item") }?;
        out.put_shared(DataType::FixedSizeList(item, list_size).into_ref()?);
        Ok(())
    })
}

/// Make a type of values that have one value for each field.
///
/// Names may be empty and may repeat.
///
/// @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
/// @param num_fields  number of fields
/// @param out         receives the type, owned
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_struct(
    fields: *const *const nock_field_t,
    num_fields: usize,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `fields` is NULL or a readable run of live handles (C contract).
        let fields = unsafe { field::share_all(fields, num_fields) }?;
        out.put_shared(DataType::Struct(fields).into_ref()?);
        Ok(())
    })
}

/// Make a type of values of one of several types, with a sparse layout.
///
/// Every child has as many values as the union.
///
/// @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
/// @param type_ids    borrowed; num_fields ids of the fields, 0 to 127, no two the same; may be NULL for 0, 1, 2 and so on
/// @param num_fields  number of fields, at most 128
/// @param out         receives the type, owned
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, an id is negative or occurs twice, or
///           there are more than 128 fields
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_sparse_union(
    fields: *const *const nock_field_t,
    type_ids: *const i8,
    num_fields: usize,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `fields` is NULL or a readable run of live handles (C contract).
        let fields = unsafe { field::share_all(fields, num_fields) }?;
        // SAFETY: `type_ids` is NULL or a readable run (C contract).
        let type_ids = unsafe { guard::optional_items(type_ids, num_fields, "type_ids") }?;
        out.put_shared(DataType::union(UnionMode::Sparse, fields, type_ids)?.into_ref()?);
        Ok(())
    })
}

/// Make a type of values of one of several types, with a dense layout.
///
/// Offsets say where in its child a value is.
///
/// @param fields      shared (adds a reference): num_fields fields; may be NULL when num_fields is 0
/// @param type_ids    borrowed; num_fields ids of the fields, 0 to 127, no two the same; may be NULL for 0, 1, 2 and so on
/// @param num_fields  number of fields, at most 128
/// @param out         receives the type, owned
/// @param error       receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when out, fields or one of them is NULL, an id is negative or occurs twice, or
///           there are more than 128 fields
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_dense_union(
    fields: *const *const nock_field_t,
    type_ids: *const i8,
    num_fields: usize,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `fields` is NULL or a readable run of live handles (C contract).
        let fields = unsafe { field::share_all(fields, num_fields) }?;
        // SAFETY: `type_ids` is NULL or a readable run (C contract).
        let type_ids = unsafe { guard::optional_items(type_ids, num_fields, "type_ids") }?;
        out.put_shared(DataType::union(UnionMode::Dense, fields, type_ids)?.into_ref()?);
        Ok(())
    })
}

/// Make a type of lists of keys and values.
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
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_map(
    key: *const nock_field_t,
    item: *const nock_field_t,
    flags: u32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `key` is NULL or a live handle (C contract).
        let key = unsafe { guard::share(key, "key") }?;
        // SAFETY: `item` is NULL or a live handle (C contract).
        let item = unsafe { guard::share(item, "item") }?;
        let keys_sorted = is_set(flags, KEYS_SORTED)?;
        out.put_shared(DataType::map_of(key, item, keys_sorted)?.into_ref()?);
        Ok(())
    })
}

/// Make a type of lists of keys and values from the field of its entries.
///
/// @param entries  shared (adds a reference); not nullable, a struct of two fields, the first of them not nullable
/// @param flags    NOCK_TYPE_MAP_KEYS_SORTED or 0
/// @param out      receives the type, owned
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when entries or out is NULL, or entries is another field
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_map_from_entries(
    entries: *const nock_field_t,
    flags: u32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `entries` is NULL or a live handle (C contract).
        let entries = unsafe { guard::share(entries, "entries") }?;
        let keys_sorted = is_set(flags, KEYS_SORTED)?;
        let map = DataType::Map {
            entries,
            keys_sorted,
        };
        out.put_shared(map.into_ref()?);
        Ok(())
    })
}

/// Make a type of indices into values.
///
/// @param index  shared (adds a reference); an integer type
/// @param value  shared (adds a reference); the type of the values
/// @param flags  NOCK_TYPE_DICTIONARY_ORDERED or 0
/// @param out    receives the type, owned
/// @param error  receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when index, value or out is NULL, or index is no integer type
///         NOCK_ERR_UNSUPPORTED when flags has a bit that is not known
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_dictionary(
    index: *const nock_type_t,
    value: *const nock_type_t,
    flags: u32,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `index` is NULL or a live handle (C contract).
        let index = unsafe { guard::share(index, "index") }?;
        // SAFETY: `value` is NULL or a live handle (C contract).
        let value = unsafe { guard::share(value, "value") }?;
        let ordered = is_set(flags, ORDERED)?;
        out.put_shared(DataType::dictionary(index, value, ordered).into_ref()?);
        Ok(())
    })
}

/// Make a type of runs of equal values.
///
/// @param run_ends  shared (adds a reference); integers of 16, 32 or 64 bits, not nullable; usually named "run_ends"
/// @param values    shared (adds a reference); usually named "values"
/// @param out       receives the type, owned
/// @param error     receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when run_ends, values or out is NULL, or run_ends is another field
///         NOCK_ERR_LIMIT when the type would be more than 64 levels deep or made of more than 16777216 types
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
///
/// Since: 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_new_run_end_encoded(
    run_ends: *const nock_field_t,
    values: *const nock_field_t,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    // SAFETY: `error` is NULL or a valid slot (C contract).
    let slot = unsafe { ErrorSlot::new(error) };
    slot.guard(|| {
        // SAFETY: `out` is NULL or a valid slot (C contract).
        let out = unsafe { guard::out(out, "out") }?;
        // SAFETY: `run_ends` is NULL or a live handle (C contract).
        let run_ends = unsafe { guard::share(run_ends, "run_ends") }?;
        // SAFETY: `values` is NULL or a live handle (C contract).
        let values = unsafe { guard::share(values, "values") }?;
        out.put_shared(DataType::RunEndEncoded { run_ends, values }.into_ref()?);
        Ok(())
    })
}
