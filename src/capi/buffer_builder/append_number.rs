//! Single numbers for buffer builders, in the machine's byte order.

use super::nock_buffer_builder_t;
use crate::capi::error::nock_error_t;
use crate::capi::status::nock_status_t;

family! {
    /// Append a number in the machine's byte order.
    ///
    /// Cost: copies the bytes when they have to move.
    ///
    /// @param builder  borrowed
    /// @param number   the number
    /// @param error    receives details, owned; may be NULL
    /// @return NOCK_OK
    ///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
    ///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
    ///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
    ///         NOCK_ERR_BUSY when another call is using the builder
    for ($name:ident, $number:ty, $note:literal) in [
        (nock_buffer_builder_append_i8, i8, "8 bits"),
        (nock_buffer_builder_append_i16, i16, "16 bits"),
        (nock_buffer_builder_append_i32, i32, "32 bits"),
        (nock_buffer_builder_append_i64, i64, "64 bits"),
        (nock_buffer_builder_append_u8, u8, "8 bits, unsigned"),
        (nock_buffer_builder_append_u16, u16, "16 bits, unsigned"),
        (nock_buffer_builder_append_u32, u32, "32 bits, unsigned"),
        (nock_buffer_builder_append_u64, u64, "64 bits, unsigned"),
        (nock_buffer_builder_append_f32, f32, "32 bits, a float"),
        (nock_buffer_builder_append_f64, f64, "64 bits, a double"),
        (nock_buffer_builder_append_f16_bits, u16, "16 bits, an IEEE 754 binary16 given as its bits"),
    ]
    pub unsafe extern "C" fn $name(
        builder: *mut nock_buffer_builder_t,
        number: $number,
        error: *mut *mut nock_error_t,
    ) -> nock_status_t {
        guarded!(error, || {
            let mut builder = arg!(exclusive(builder))?;
            builder.append(&number.to_ne_bytes())
        })
    }
}

/// Append a whole number of 128 bits in the machine's byte order.
///
/// Arrow keeps the values of decimals like this.
///
/// Cost: copies the bytes when they have to move.
///
/// @param builder  borrowed
/// @param low      its 64 lowest bits
/// @param high     its 64 highest bits, the sign included
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder is NULL
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i128(
    builder: *mut nock_buffer_builder_t,
    low: u64,
    high: i64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let number = i128::from(high) << 64 | i128::from(low);
        builder.append(&number.to_ne_bytes())
    })
}

/// Append a whole number of 256 bits in the machine's byte order.
///
/// Arrow keeps the values of decimals like this.
///
/// Cost: copies the bytes when they have to move.
///
/// @param builder  borrowed
/// @param words    borrowed; its four 64-bit parts, the lowest first, the sign in the last
/// @param error    receives details, owned; may be NULL
/// @return NOCK_OK
///         NOCK_ERR_OUT_OF_MEMORY when the pool has no memory
///         NOCK_ERR_LIMIT when the pool's limit would be exceeded
///         NOCK_ERR_INVALID_ARGUMENT when builder or words is NULL, or words is not aligned
///         NOCK_ERR_BUSY when another call is using the builder
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nock_buffer_builder_append_i256(
    builder: *mut nock_buffer_builder_t,
    words: *const u64,
    error: *mut *mut nock_error_t,
) -> nock_status_t {
    guarded!(error, || {
        let mut builder = arg!(exclusive(builder))?;
        let words = arg!(items(words, 4))?;
        builder.append_words(words)
    })
}
