//! Tests of arrays: what validation refuses, and slices.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]

mod equality;
mod random;
mod validation;

use super::{ArrayBuilder, ArrayData, ArrayParts, ArrayRef, RunValidity, Validation, slice};
use crate::buffer::{Buffer, BufferRef};
use crate::error::{ErrorKind, Result};
use crate::pool::Pool;
use crate::schema::{DataType, Field, TypeRef};

fn ty(data_type: DataType) -> TypeRef {
    data_type.into_ref().expect("a type")
}

fn buffer(bytes: &[u8]) -> BufferRef {
    Buffer::copy_of(bytes, &Pool::default_pool()).expect("memory")
}

fn i32s(values: &[i32]) -> BufferRef {
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|value| value.to_ne_bytes())
        .collect();
    buffer(&bytes)
}

fn i64s(values: &[i64]) -> BufferRef {
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|value| value.to_ne_bytes())
        .collect();
    buffer(&bytes)
}

fn kind(result: Result<ArrayRef>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

/// An array of optional 32-bit integers.
fn ints(values: &[Option<i32>]) -> ArrayRef {
    let mut builder = ArrayBuilder::new(ty(DataType::Int32), &Pool::default_pool()).expect("int32");
    for value in values {
        match value {
            Some(value) => builder.append_native(*value),
            None => builder.append_nulls(1),
        }
        .expect("memory");
    }
    builder.finish().expect("memory")
}

/// An array of optional texts.
fn texts(values: &[Option<&str>]) -> ArrayRef {
    let mut builder = ArrayBuilder::new(ty(DataType::Utf8), &Pool::default_pool()).expect("utf8");
    for value in values {
        match value {
            Some(value) => builder.append_bytes(value.as_bytes()),
            None => builder.append_nulls(1),
        }
        .expect("memory");
    }
    builder.finish().expect("memory")
}

#[test]
fn a_slice_shares_the_body_and_counts_its_own_nulls() {
    let array = ints(&[Some(1), None, Some(3), None, Some(5)]);
    assert_eq!((array.len(), array.null_count()), (5, 2));
    let part = slice(&array, 1, 3).expect("in range");
    let part = slice(&part, 1, 2).expect("in range");
    assert_eq!((part.len(), part.offset()), (2, 2));
    assert_eq!(part.known_null_count(), None);
    assert_eq!(part.null_count(), 1);
    assert_eq!(part.native::<i32>(0).expect("value"), 3);
    assert!(part.is_valid(0) && part.is_null(1) && !part.is_null(2));
    assert_eq!(kind(slice(&part, 3, 0)), Some(ErrorKind::OutOfRange));
    assert_eq!(
        kind(slice(&part, 1, usize::MAX)),
        Some(ErrorKind::OutOfRange)
    );
    assert_eq!(
        kind(slice(&part, usize::MAX, 2)),
        Some(ErrorKind::OutOfRange)
    );
    drop(array);
    assert_eq!(part.native::<i32>(0).expect("value"), 3);
}

#[test]
fn null_counts_follow_where_they_can() {
    let none = ints(&[Some(1), Some(2)]);
    assert_eq!(
        slice(&none, 1, 1).expect("slice").known_null_count(),
        Some(0)
    );
    let all = ints(&[None, None, None]);
    assert_eq!(
        slice(&all, 1, 2).expect("slice").known_null_count(),
        Some(2)
    );
    let some = ints(&[None, Some(1)]);
    assert_eq!(
        slice(&some, 0, 2).expect("slice").known_null_count(),
        Some(1)
    );
}

#[test]
fn accessors_check_index_type_and_range() {
    let array = texts(&[Some("a"), Some("bcd"), None]);
    assert_eq!(array.value_bytes(1).expect("value"), b"bcd");
    assert_eq!(array.value_bytes(2).expect("value"), b"");
    let error = |result: Result<i32>| result.err().map(|error| error.kind());
    assert_eq!(error(array.native(0)), Some(ErrorKind::InvalidArgument));
    let numbers = ints(&[Some(1)]);
    assert_eq!(error(numbers.native(1)), Some(ErrorKind::OutOfRange));
    assert!(numbers.bit(0).is_err());
    // Nobody checked this one: its second value lies outside the buffer.
    let parts = ArrayParts::fixed(None, Some(i32s(&[7])));
    let short = ArrayData::try_new(ty(DataType::Int32), 2, None, 0, parts, Validation::None);
    let short = short.expect("not checked");
    assert_eq!(short.native::<i32>(0).expect("value"), 7);
    assert_eq!(error(short.native(1)), Some(ErrorKind::Corrupt));
}

#[test]
fn types_without_arrays_are_named() {
    let result = ArrayBuilder::new(nested(), &Pool::default_pool());
    assert_eq!(
        result.err().map(|error| error.kind()),
        Some(ErrorKind::Unsupported)
    );
}

fn nested() -> TypeRef {
    let item = Field::of("item", DataType::Int8, true).expect("memory");
    ty(DataType::List(item))
}

#[test]
fn huge_arrays_without_data_cost_nothing() {
    let length = isize::MAX as usize;
    let pool = Pool::default_pool();
    let mut builder = ArrayBuilder::new(ty(DataType::Null), &pool).expect("null");
    builder.append_nulls(length).expect("no memory needed");
    let error = builder.append_nulls(1).expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::Limit);
    let nulls = builder.finish().expect("memory");
    assert_eq!((nulls.len(), nulls.null_count()), (length, length));
    let narrow = ArrayData::try_new(
        ty(DataType::FixedSizeBinary(0)),
        length,
        None,
        0,
        ArrayParts::default(),
        Validation::Full,
    )
    .expect("no bytes needed");
    assert_eq!(narrow.null_count(), 0);
    assert_eq!(narrow.value_bytes(length - 1).expect("value"), b"");
    let equality = super::Equality::default();
    assert!(super::equal(&narrow, &narrow, &equality));
    assert!(super::equal(&nulls, &nulls, &equality));
}

#[test]
fn half_precision_numbers_widen_exactly() {
    for (bits, value) in [
        (0x0000, 0.0),
        (0x3C00, 1.0),
        (0xC000, -2.0),
        (0x7BFF, 65504.0),
        (0x0001, 5.960_464_5e-8),
        (0x03FF, 6.097_555e-5),
        (0x0400, 6.103_515_6e-5),
        (0x7C00, f32::INFINITY),
        (0xFC00, f32::NEG_INFINITY),
    ] {
        assert_eq!(super::Half(bits).to_f32(), value, "{bits:04X}");
    }
    assert!(super::Half(0x7E00).to_f32().is_nan());
    assert!(super::Half(0x8000).to_f32().is_sign_negative());
}

#[test]
fn appending_an_array_rebases_offsets_and_keeps_nulls() {
    let array = texts(&[Some("skip"), Some("ab"), None, Some("cde")]);
    let part = slice(&array, 1, 3).expect("in range");
    let mut builder = ArrayBuilder::new(ty(DataType::Utf8), &Pool::default_pool()).expect("utf8");
    builder.append_bytes(b"x").expect("memory");
    builder.append_array(&part).expect("same type");
    builder.append_array(&part).expect("same type");
    let joined = builder.finish().expect("memory");
    let expected = texts(&[
        Some("x"),
        Some("ab"),
        None,
        Some("cde"),
        Some("ab"),
        None,
        Some("cde"),
    ]);
    assert!(super::equal(
        &joined,
        &expected,
        &super::Equality::default()
    ));
    super::validate(&joined, Validation::Full).expect("valid");
    assert_eq!(joined.null_count(), 2);
}

#[test]
fn runs_append_like_single_values() {
    let pool = Pool::default_pool();
    let values: Vec<u8> = (0..10_i32).flat_map(|value| value.to_ne_bytes()).collect();
    let mut builder = ArrayBuilder::new(ty(DataType::Int32), &pool).expect("int32");
    let all = RunValidity::default();
    builder.append_values(&values, 10, all).expect("memory");
    let some = RunValidity {
        bits: Some(&[0b1010_1010, 0b11]),
        offset: 0,
    };
    builder.append_values(&values, 10, some).expect("memory");
    let short = RunValidity {
        bits: Some(&[0xFF]),
        offset: 0,
    };
    for (result, kind) in [
        (
            builder.append_values(&values, 10, short),
            ErrorKind::InvalidArgument,
        ),
        (
            builder.append_values(&values, 9, all),
            ErrorKind::InvalidArgument,
        ),
        (
            builder.append_values(&values, usize::MAX, all),
            ErrorKind::OutOfMemory,
        ),
        (builder.append_native(1_i64), ErrorKind::InvalidArgument),
        (builder.append_bytes(b"abc"), ErrorKind::InvalidArgument),
        (builder.append_bool(true), ErrorKind::InvalidArgument),
        (builder.append_nulls(usize::MAX), ErrorKind::Limit),
        (
            builder.append_nulls(isize::MAX as usize - 20),
            ErrorKind::OutOfMemory,
        ),
        (builder.reserve(usize::MAX / 8, 0), ErrorKind::OutOfMemory),
    ] {
        assert_eq!(result.expect_err("refused").kind(), kind);
    }
    assert_eq!((builder.len(), builder.null_count()), (20, 4));
    let array = builder.finish().expect("memory");
    let expected: Vec<Option<i32>> = (0..20)
        .map(|i| (i < 10 || i % 2 == 1 || i == 18).then_some(i % 10))
        .collect();
    assert!(super::equal(
        &array,
        &ints(&expected),
        &super::Equality::default()
    ));
}

#[test]
fn text_is_checked_when_it_is_appended() {
    let mut builder = ArrayBuilder::new(ty(DataType::Utf8), &Pool::default_pool()).expect("utf8");
    let error = builder.append_bytes(b"ab\xFF").expect_err("not UTF-8");
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    builder.append_bytes("é".as_bytes()).expect("UTF-8");
    let array = builder.finish().expect("memory");
    assert_eq!(array.len(), 1);
    super::validate(&array, Validation::Full).expect("valid");
}
