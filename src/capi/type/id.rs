//! Type numbers.

use crate::schema::TypeId;

/// Which type it is, without its parameters: one of the NOCK_TYPE_ values.
///
/// A newer library may return values that this header does not list.
pub type nock_type_id_t = i32;

/// Every type of the Arrow format. The numbers are those of Arrow C++ plus one; 0 is no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum nock_type_id_values {
    /// No type.
    NOCK_TYPE_NONE = 0,
    /// Only nulls, without buffers.
    NOCK_TYPE_NULL = 1,
    /// One bit a value.
    NOCK_TYPE_BOOLEAN = 2,
    /// Unsigned integers of 8 bits.
    NOCK_TYPE_UINT8 = 3,
    /// Integers of 8 bits.
    NOCK_TYPE_INT8 = 4,
    /// Unsigned integers of 16 bits.
    NOCK_TYPE_UINT16 = 5,
    /// Integers of 16 bits.
    NOCK_TYPE_INT16 = 6,
    /// Unsigned integers of 32 bits.
    NOCK_TYPE_UINT32 = 7,
    /// Integers of 32 bits.
    NOCK_TYPE_INT32 = 8,
    /// Unsigned integers of 64 bits.
    NOCK_TYPE_UINT64 = 9,
    /// Integers of 64 bits.
    NOCK_TYPE_INT64 = 10,
    /// IEEE 754 numbers of 16 bits.
    NOCK_TYPE_FLOAT16 = 11,
    /// IEEE 754 numbers of 32 bits.
    NOCK_TYPE_FLOAT32 = 12,
    /// IEEE 754 numbers of 64 bits.
    NOCK_TYPE_FLOAT64 = 13,
    /// UTF-8 text with 32-bit offsets.
    NOCK_TYPE_UTF8 = 14,
    /// Bytes with 32-bit offsets.
    NOCK_TYPE_BINARY = 15,
    /// Bytes, as many in every value: nock_type_byte_width.
    NOCK_TYPE_FIXED_SIZE_BINARY = 16,
    /// Days since 1970-01-01, in 32 bits.
    NOCK_TYPE_DATE32 = 17,
    /// Milliseconds since 1970-01-01, whole days, in 64 bits.
    NOCK_TYPE_DATE64 = 18,
    /// Time since 1970-01-01 00:00 in 64 bits: nock_type_unit, nock_type_timezone.
    NOCK_TYPE_TIMESTAMP = 19,
    /// Time since midnight in 32 bits, in seconds or milliseconds: nock_type_unit.
    NOCK_TYPE_TIME32 = 20,
    /// Time since midnight in 64 bits, in microseconds or nanoseconds: nock_type_unit.
    NOCK_TYPE_TIME64 = 21,
    /// Months, in 32 bits.
    NOCK_TYPE_INTERVAL_YEAR_MONTH = 22,
    /// Days and milliseconds, 32 bits each.
    NOCK_TYPE_INTERVAL_DAY_TIME = 23,
    /// Decimal numbers in 128 bits: nock_type_precision, nock_type_scale.
    NOCK_TYPE_DECIMAL128 = 24,
    /// Decimal numbers in 256 bits.
    NOCK_TYPE_DECIMAL256 = 25,
    /// Lists with 32-bit offsets; the one field is the item.
    NOCK_TYPE_LIST = 26,
    /// One value of each field.
    NOCK_TYPE_STRUCT = 27,
    /// A value of one of the fields; every child has as many values as the union.
    NOCK_TYPE_SPARSE_UNION = 28,
    /// A value of one of the fields, found by an offset.
    NOCK_TYPE_DENSE_UNION = 29,
    /// Indices into values: nock_type_dictionary_index, nock_type_dictionary_value.
    NOCK_TYPE_DICTIONARY = 30,
    /// Lists of entries, which are structs of key and value; the one field is the entries.
    NOCK_TYPE_MAP = 31,
    /// Lists of one size: nock_type_list_size; the one field is the item.
    NOCK_TYPE_FIXED_SIZE_LIST = 33,
    /// Elapsed time in 64 bits: nock_type_unit.
    NOCK_TYPE_DURATION = 34,
    /// UTF-8 text with 64-bit offsets.
    NOCK_TYPE_LARGE_UTF8 = 35,
    /// Bytes with 64-bit offsets.
    NOCK_TYPE_LARGE_BINARY = 36,
    /// Lists with 64-bit offsets; the one field is the item.
    NOCK_TYPE_LARGE_LIST = 37,
    /// Months and days in 32 bits each, and nanoseconds in 64.
    NOCK_TYPE_INTERVAL_MONTH_DAY_NANO = 38,
    /// Runs of equal values; the two fields are the run ends and the values.
    NOCK_TYPE_RUN_END_ENCODED = 39,
    /// UTF-8 text as views: short values inline, long ones in further buffers.
    NOCK_TYPE_UTF8_VIEW = 40,
    /// Bytes as views.
    NOCK_TYPE_BINARY_VIEW = 41,
    /// Lists with 32-bit offsets and sizes; the one field is the item.
    NOCK_TYPE_LIST_VIEW = 42,
    /// Lists with 64-bit offsets and sizes; the one field is the item.
    NOCK_TYPE_LARGE_LIST_VIEW = 43,
    /// Decimal numbers in 32 bits.
    NOCK_TYPE_DECIMAL32 = 44,
    /// Decimal numbers in 64 bits.
    NOCK_TYPE_DECIMAL64 = 45,
}

const _: () = {
    use nock_type_id_values::*;
    assert!(NOCK_TYPE_NULL as i32 == TypeId::Null as i32);
    assert!(NOCK_TYPE_BOOLEAN as i32 == TypeId::Boolean as i32);
    assert!(NOCK_TYPE_UINT8 as i32 == TypeId::UInt8 as i32);
    assert!(NOCK_TYPE_INT8 as i32 == TypeId::Int8 as i32);
    assert!(NOCK_TYPE_UINT16 as i32 == TypeId::UInt16 as i32);
    assert!(NOCK_TYPE_INT16 as i32 == TypeId::Int16 as i32);
    assert!(NOCK_TYPE_UINT32 as i32 == TypeId::UInt32 as i32);
    assert!(NOCK_TYPE_INT32 as i32 == TypeId::Int32 as i32);
    assert!(NOCK_TYPE_UINT64 as i32 == TypeId::UInt64 as i32);
    assert!(NOCK_TYPE_INT64 as i32 == TypeId::Int64 as i32);
    assert!(NOCK_TYPE_FLOAT16 as i32 == TypeId::Float16 as i32);
    assert!(NOCK_TYPE_FLOAT32 as i32 == TypeId::Float32 as i32);
    assert!(NOCK_TYPE_FLOAT64 as i32 == TypeId::Float64 as i32);
    assert!(NOCK_TYPE_UTF8 as i32 == TypeId::Utf8 as i32);
    assert!(NOCK_TYPE_BINARY as i32 == TypeId::Binary as i32);
    assert!(NOCK_TYPE_FIXED_SIZE_BINARY as i32 == TypeId::FixedSizeBinary as i32);
    assert!(NOCK_TYPE_DATE32 as i32 == TypeId::Date32 as i32);
    assert!(NOCK_TYPE_DATE64 as i32 == TypeId::Date64 as i32);
    assert!(NOCK_TYPE_TIMESTAMP as i32 == TypeId::Timestamp as i32);
    assert!(NOCK_TYPE_TIME32 as i32 == TypeId::Time32 as i32);
    assert!(NOCK_TYPE_TIME64 as i32 == TypeId::Time64 as i32);
    assert!(NOCK_TYPE_INTERVAL_YEAR_MONTH as i32 == TypeId::IntervalYearMonth as i32);
    assert!(NOCK_TYPE_INTERVAL_DAY_TIME as i32 == TypeId::IntervalDayTime as i32);
    assert!(NOCK_TYPE_DECIMAL128 as i32 == TypeId::Decimal128 as i32);
    assert!(NOCK_TYPE_DECIMAL256 as i32 == TypeId::Decimal256 as i32);
    assert!(NOCK_TYPE_LIST as i32 == TypeId::List as i32);
    assert!(NOCK_TYPE_STRUCT as i32 == TypeId::Struct as i32);
    assert!(NOCK_TYPE_SPARSE_UNION as i32 == TypeId::SparseUnion as i32);
    assert!(NOCK_TYPE_DENSE_UNION as i32 == TypeId::DenseUnion as i32);
    assert!(NOCK_TYPE_DICTIONARY as i32 == TypeId::Dictionary as i32);
    assert!(NOCK_TYPE_MAP as i32 == TypeId::Map as i32);
    assert!(NOCK_TYPE_FIXED_SIZE_LIST as i32 == TypeId::FixedSizeList as i32);
    assert!(NOCK_TYPE_DURATION as i32 == TypeId::Duration as i32);
    assert!(NOCK_TYPE_LARGE_UTF8 as i32 == TypeId::LargeUtf8 as i32);
    assert!(NOCK_TYPE_LARGE_BINARY as i32 == TypeId::LargeBinary as i32);
    assert!(NOCK_TYPE_LARGE_LIST as i32 == TypeId::LargeList as i32);
    assert!(NOCK_TYPE_INTERVAL_MONTH_DAY_NANO as i32 == TypeId::IntervalMonthDayNano as i32);
    assert!(NOCK_TYPE_RUN_END_ENCODED as i32 == TypeId::RunEndEncoded as i32);
    assert!(NOCK_TYPE_UTF8_VIEW as i32 == TypeId::Utf8View as i32);
    assert!(NOCK_TYPE_BINARY_VIEW as i32 == TypeId::BinaryView as i32);
    assert!(NOCK_TYPE_LIST_VIEW as i32 == TypeId::ListView as i32);
    assert!(NOCK_TYPE_LARGE_LIST_VIEW as i32 == TypeId::LargeListView as i32);
    assert!(NOCK_TYPE_DECIMAL32 as i32 == TypeId::Decimal32 as i32);
    assert!(NOCK_TYPE_DECIMAL64 as i32 == TypeId::Decimal64 as i32);
};
