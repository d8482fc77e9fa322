//! Types as text.

use super::nock_type_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;
use crate::schema::DataType;
use std::ffi::c_char;

/// Make a type from a format string of the Arrow C data interface.
///
/// Types with fields cannot be made from a string alone: nock_type_new_... makes them.
///
/// @param format  borrowed; such as "i", "tsu:UTC" or "d:10,2"
/// @param out     receives the type, owned
/// @param error   receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_INVALID_ARGUMENT when format or out is NULL, or format is not a format string
///         NOCK_ERR_UNSUPPORTED when the format is that of a nested type, since it does not have the fields
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_type_from_format(
    format: *const c_char,
    out: *mut *mut nock_type_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let format = arg!(text(format))?;
        out.put_shared(DataType::from_format(format)?.into_ref()?);
        Ok(())
    })
}

family! {
    /// Render a type as text.
    ///
    /// A format string says nothing about the fields of a nested type, and of a dictionary it is that of the indices. For
    /// people there is text such as "timestamp[us, tz=UTC]" or "list<item: int32 not null>", with control characters in
    /// names escaped.
    ///
    /// Cost: the first call renders the text and keeps it with the object, with two allocations; later calls are O(1).
    ///
    /// @param data_type  borrowed
    /// @param out_text   receives the text, borrowed while the type lives, NUL-terminated
    /// @param error      receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_INVALID_ARGUMENT when data_type or out_text is NULL
    ///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the text
    for ($name:ident, $render:ident, $note:literal) in [
        (nock_type_to_format, format_with_nul, "format string of the C data interface"),
        (nock_type_to_text, text_with_nul, "as pyarrow writes it"),
    ]
    pub unsafe extern "C" fn $name(
        data_type: *const nock_type_t,
        out_text: *mut *const c_char,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let data_type = arg!(borrow(data_type))?;
            let out_text = arg!(out_value(out_text))?;
            out_text.put(data_type.$render()?.as_ptr().cast());
            Ok(())
        })
    }
}
