//! What each level of validation refuses, and that no size makes its arithmetic wrap.

use super::{buffer, i32s, i64s, kind, ty};
use crate::array::{ArrayData, ArrayParts, ArrayRef, Equality, Validation, equal};
use crate::buffer::BufferRef;
use crate::error::{ErrorKind, Result};
use crate::schema::{DataType, TimeUnit};

fn fixed(
    data_type: DataType,
    length: usize,
    offset: usize,
    values: BufferRef,
    level: Validation,
) -> Result<ArrayRef> {
    let parts = ArrayParts::fixed(None, Some(values));
    ArrayData::try_new(ty(data_type), length, None, offset, parts, level)
}

fn binary(
    data_type: DataType,
    length: usize,
    offset: usize,
    offsets: BufferRef,
    data: &[u8],
    level: Validation,
) -> Result<ArrayRef> {
    let parts = ArrayParts::binary(None, Some(offsets), Some(buffer(data)));
    ArrayData::try_new(ty(data_type), length, None, offset, parts, level)
}

#[test]
fn no_length_or_offset_wraps() {
    const MAX: usize = usize::MAX;
    const TOP: usize = isize::MAX as usize;
    let sizes = [0, 1, 2, MAX / 8, TOP / 8, TOP - 7, TOP, MAX - 7, MAX];
    for length in sizes {
        for offset in sizes {
            // One value, or a whole bitmap of eight, is all there is.
            let fits = |room: usize| offset.checked_add(length).is_some_and(|end| end <= room);
            let cases = [
                (
                    fits(2),
                    fixed(
                        DataType::Int32,
                        length,
                        offset,
                        i32s(&[1, 2]),
                        Validation::Full,
                    ),
                ),
                (
                    fits(8),
                    fixed(
                        DataType::Boolean,
                        length,
                        offset,
                        buffer(&[1]),
                        Validation::Full,
                    ),
                ),
                (
                    fits(1),
                    binary(
                        DataType::Binary,
                        length,
                        offset,
                        i32s(&[0, 1]),
                        b"x",
                        Validation::Full,
                    ),
                ),
                (
                    fits(1),
                    binary(
                        DataType::LargeUtf8,
                        length,
                        offset,
                        i64s(&[0, 1]),
                        b"x",
                        Validation::Full,
                    ),
                ),
                (
                    fits(0) || (length, offset) == (0, 0),
                    fixed(
                        DataType::FixedSizeBinary(32),
                        length,
                        offset,
                        buffer(b"x"),
                        Validation::Full,
                    ),
                ),
                (
                    fits(TOP),
                    fixed(
                        DataType::FixedSizeBinary(0),
                        length,
                        offset,
                        buffer(b""),
                        Validation::Full,
                    ),
                ),
                (
                    fits(TOP),
                    ArrayData::try_new(
                        ty(DataType::Null),
                        length,
                        None,
                        offset,
                        ArrayParts::default(),
                        Validation::Full,
                    ),
                ),
            ];
            for (index, (expected, result)) in cases.into_iter().enumerate() {
                assert_eq!(
                    result.is_ok(),
                    expected,
                    "case {index}: {length} at {offset}"
                );
                if let Err(error) = result {
                    let kinds = [ErrorKind::Corrupt, ErrorKind::InvalidArgument];
                    assert!(kinds.contains(&error.kind()));
                }
            }
            // The bitmap is held to the same.
            let parts = ArrayParts::fixed(Some(buffer(&[0xFF])), None);
            let wide = ty(DataType::FixedSizeBinary(0));
            let result = ArrayData::try_new(wide, length, None, offset, parts, Validation::Full);
            assert_eq!(result.is_ok(), fits(8), "bitmap: {length} at {offset}");
        }
    }
}

#[test]
fn unchecked_arrays_are_counted_and_compared_without_harm() {
    let parts = ArrayParts::fixed(Some(buffer(&[0b101])), None);
    let length = isize::MAX as usize - 1;
    let int32 = ty(DataType::Int32);
    let array = ArrayData::try_new(int32, length, None, 1, parts, Validation::None);
    let array = array.expect("not checked");
    assert_eq!(array.null_count(), length - 1);
    assert!(array.is_valid(1) && !array.is_valid(0) && !array.is_valid(length - 1));
    // Neither the bits that the bitmap lacks nor the values that no buffer has cost time, and sums stop at the largest number.
    assert!(!equal(&array, &array, &Equality::default()));
    assert_eq!(array.num_bytes(), u64::MAX);
}

#[test]
fn counts_of_buffers_and_nulls() {
    let int32 = || ty(DataType::Int32);
    let all = [Some(buffer(&[1])), Some(i32s(&[1])), Some(i32s(&[1]))];
    let parts = ArrayParts {
        buffers: all,
        ..ArrayParts::default()
    };
    let result = ArrayData::try_new(int32(), 1, None, 0, parts, Validation::Structure);
    assert_eq!(kind(result), Some(ErrorKind::InvalidArgument));
    let parts = ArrayParts {
        variadic: vec![buffer(b"x")],
        ..ArrayParts::default()
    };
    let result = ArrayData::try_new(int32(), 0, None, 0, parts, Validation::Structure);
    assert_eq!(kind(result), Some(ErrorKind::InvalidArgument));

    let with_nulls = |bits: &[u8], count, level| {
        let parts = ArrayParts::fixed(Some(buffer(bits)), Some(i32s(&[1, 2])));
        kind(ArrayData::try_new(int32(), 2, Some(count), 0, parts, level))
    };
    assert_eq!(with_nulls(&[1], 1, Validation::Full), None);
    assert_eq!(with_nulls(&[1], 2, Validation::Memory), None);
    assert_eq!(
        with_nulls(&[1], 2, Validation::Full),
        Some(ErrorKind::Corrupt)
    );
    assert_eq!(
        with_nulls(&[1], 3, Validation::Structure),
        Some(ErrorKind::Corrupt)
    );
    assert_eq!(
        with_nulls(&[], 1, Validation::Structure),
        Some(ErrorKind::Corrupt)
    );
    let parts = ArrayParts::fixed(None, Some(i32s(&[1])));
    let result = ArrayData::try_new(int32(), 1, Some(1), 0, parts, Validation::Structure);
    assert_eq!(kind(result), Some(ErrorKind::Corrupt));
    let null = ty(DataType::Null);
    let result = ArrayData::try_new(
        null,
        2,
        Some(1),
        0,
        ArrayParts::default(),
        Validation::Structure,
    );
    assert_eq!(kind(result), Some(ErrorKind::Corrupt));
}

#[test]
fn offsets_are_held_to_the_data() {
    let check = |offsets: &[i32], length, offset, level| {
        kind(binary(
            DataType::Binary,
            length,
            offset,
            i32s(offsets),
            b"abc",
            level,
        ))
    };
    assert_eq!(check(&[0, 1, 3], 2, 0, Validation::Memory), None);
    assert_eq!(check(&[1, 1, 2], 2, 0, Validation::Memory), None);
    // Values before the offset are nobody's business.
    assert_eq!(check(&[99, 1, 2], 1, 1, Validation::Memory), None);
    assert_eq!(check(&[], 0, 0, Validation::Memory), None);
    assert_eq!(check(&[0], 0, 0, Validation::Memory), None);
    for bad in [
        [0, 1, 4],
        [-1, 0, 1],
        [0, 2, 1],
        [0, -1, 1],
        [0, 1, -1],
        [2, 1, 0],
    ] {
        assert_eq!(check(&bad, 2, 0, Validation::Structure), None);
        assert_eq!(
            check(&bad, 2, 0, Validation::Memory),
            Some(ErrorKind::Corrupt)
        );
    }
    assert_eq!(
        check(&[0, 1], 2, 0, Validation::Structure),
        Some(ErrorKind::Corrupt)
    );
    for bad in [
        [0, i64::MAX, 3],
        [0, i64::MIN, 3],
        [0, 1, i64::MAX],
        [-1, 0, 0],
    ] {
        let result = binary(
            DataType::LargeBinary,
            2,
            0,
            i64s(&bad),
            b"abc",
            Validation::Memory,
        );
        assert_eq!(kind(result), Some(ErrorKind::Corrupt));
    }
    // A fall in a late block is found too, and named.
    let mut many: Vec<i32> = vec![1; 10_001];
    many[9_000] = 0;
    let result = binary(
        DataType::Binary,
        10_000,
        0,
        i32s(&many),
        b"abc",
        Validation::Memory,
    );
    let error = result.expect_err("falls");
    assert_eq!(
        error.to_string(),
        "value 8999 ends at offset 0 before it starts at 1"
    );
}

#[test]
fn text_is_checked_at_character_borders() {
    let check = |offsets: &[i32], data: &[u8]| {
        let length = offsets.len() - 1;
        kind(binary(
            DataType::Utf8,
            length,
            0,
            i32s(offsets),
            data,
            Validation::Full,
        ))
    };
    assert_eq!(check(&[0, 2, 4], "éé".as_bytes()), None);
    assert_eq!(check(&[0, 1, 4], "éé".as_bytes()), Some(ErrorKind::Corrupt));
    assert_eq!(check(&[0, 2, 2], b"a\xFF"), Some(ErrorKind::Corrupt));
    assert_eq!(check(&[0, 3, 4], "aéb".as_bytes()), None);
    // Bytes outside all values are not looked at.
    assert_eq!(check(&[1, 2], b"\xFFa\xFF"), None);
    // Neither are those of nulls.
    let parts = ArrayParts::binary(
        Some(buffer(&[0b101])),
        Some(i32s(&[0, 1, 2, 3])),
        Some(buffer(b"a\xFFb")),
    );
    let result = ArrayData::try_new(ty(DataType::Utf8), 3, None, 0, parts, Validation::Full);
    assert_eq!(kind(result), None);
}

#[test]
fn numbers_are_held_to_their_meaning() {
    let full = |data_type, values: BufferRef, length| {
        kind(fixed(data_type, length, 0, values, Validation::Full))
    };
    let bad = Some(ErrorKind::Corrupt);
    assert_eq!(
        full(DataType::Date64, i64s(&[0, 86_400_000, -86_400_000]), 3),
        None
    );
    assert_eq!(full(DataType::Date64, i64s(&[0, 1]), 2), bad);
    let seconds = || DataType::Time32(TimeUnit::Second);
    assert_eq!(full(seconds(), i32s(&[0, 86_399]), 2), None);
    assert_eq!(full(seconds(), i32s(&[86_400]), 1), bad);
    assert_eq!(full(seconds(), i32s(&[-1]), 1), bad);
    let nanoseconds = || DataType::Time64(TimeUnit::Nanosecond);
    assert_eq!(full(nanoseconds(), i64s(&[86_399_999_999_999]), 1), None);
    assert_eq!(full(nanoseconds(), i64s(&[86_400_000_000_000]), 1), bad);
    let milliseconds = DataType::Time32(TimeUnit::Millisecond);
    assert_eq!(full(milliseconds, i32s(&[86_399_999, 5]), 2), None);
}
