//! Arrays made from buffers.

use super::{count, nock_array_t};
use crate::array::{ArrayData, ArrayParts};
use crate::capi::buffer::nock_buffer_t;
use crate::capi::error::nock_error_t;
use crate::capi::handle;
use crate::capi::status::nock_status_t;
use crate::capi::r#type::nock_type_t;
use crate::capi::validation::{self, nock_validation_t};

/// Make an array from buffers.
///
/// The buffers stand in the order of the Arrow columnar format: the validity bitmap, then values, or offsets and bytes. A
/// buffer that is not needed may be NULL: the bitmap of an array without nulls, values of no bytes, offsets of no values.
/// The contents are checked as far as validation says; below the default, wrong offsets make later calls read outside of the buffers.
///
/// Cost: reads what validation checks; no data is copied.
///
/// @param data_type    shared (adds a reference)
/// @param length       values in the array
/// @param null_count   nulls among them; 0 drops the bitmap; -1 if it is not known
/// @param offset       offset of the first value in the buffers, in values
/// @param buffers      num_buffers buffers, each shared (adds a reference) or NULL; may be NULL when num_buffers is 0
/// @param num_buffers  0 for the null type, 3 for binary and string types, 2 for all others
/// @param validation   a NOCK_VALIDATE_ value; 0: MEMORY
/// @param out          receives the array, owned
/// @param error        receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_CORRUPT when the buffers do not hold what type, length, null_count and offset say
///         NOCK_ERR_INVALID_ARGUMENT when data_type or out is NULL, or buffers is and num_buffers is not 0, when a number is
///         negative or validation not known, when num_buffers is not what the type needs, or when offset + length
///         is more than an array can have
///         NOCK_ERR_UNSUPPORTED when this version has no arrays of the type; the message names it
///         NOCK_ERR_OUT_OF_MEMORY when there is no memory for the object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_array_new(
    data_type: *const nock_type_t,
    length: i64,
    null_count: i64,
    offset: i64,
    buffers: *const *const nock_buffer_t,
    num_buffers: usize,
    validation: nock_validation_t,
    out: *mut *mut nock_array_t,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let out = arg!(out(out))?;
        let data_type = arg!(share(data_type))?;
        let buffers = arg!(items(buffers, num_buffers))?;
        let mut parts = ArrayParts::for_buffers(&data_type, num_buffers)?;
        for (part, buffer) in parts.buffers.iter_mut().zip(buffers) {
            // SAFETY: each is NULL or a live handle (C contract).
            *part = unsafe { handle::clone_shared(*buffer) };
        }
        let null_count = match null_count {
            -1 => None,
            known => Some(count(known, "null_count")?),
        };
        let (length, offset) = (count(length, "length")?, count(offset, "offset")?);
        let level = validation::level(validation)?;
        out.put_shared(ArrayData::try_new(
            data_type, length, null_count, offset, parts, level,
        )?);
        Ok(())
    })
}
