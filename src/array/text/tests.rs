#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]

use super::{array_text, batch_text};
use crate::array::access::Native;
use crate::array::{ArrayBuilder, ArrayRef, DayTime, Half, MonthDayNano, RecordBatch};
use crate::pool::Pool;
use crate::schema::{DataType, Field, IntervalUnit, Metadata, Schema, TimeUnit};

fn build(data_type: DataType, append: impl FnOnce(&mut ArrayBuilder)) -> ArrayRef {
    let type_ = data_type.into_ref().expect("a type");
    let mut builder = ArrayBuilder::new(type_, &Pool::default_pool()).expect("a type with arrays");
    append(&mut builder);
    builder.finish().expect("memory")
}

fn numbers<T: Native>(data_type: DataType, values: &[T]) -> ArrayRef {
    build(data_type, |builder| {
        for value in values {
            builder.append_native(*value).expect("memory");
        }
    })
}

fn text(array: &ArrayRef, max_rows: usize) -> String {
    let text = array_text(array, max_rows, &Pool::default_pool()).expect("memory");
    String::from_utf8(text.as_slice().to_vec()).expect("UTF-8")
}

/// The values of an array, without the brackets.
fn shown(array: &ArrayRef) -> Vec<String> {
    let text = text(array, 100);
    let inner = text.trim_start_matches("[\n  ").trim_end_matches("\n]");
    inner.split(",\n  ").map(str::to_string).collect()
}

#[test]
fn rows_between_first_and_last_are_left_out() {
    let array = numbers(DataType::Int8, &[1_i8, 2, 3, 4, 5]);
    assert_eq!(text(&array, 5), "[\n  1,\n  2,\n  3,\n  4,\n  5\n]");
    assert_eq!(text(&array, 3), "[\n  1,\n  2,\n  ...,\n  5\n]");
    assert_eq!(text(&array, 1), "[\n  1,\n  ...\n]");
    assert_eq!(text(&numbers::<i8>(DataType::Int8, &[]), 3), "[]");
    let long = build(DataType::Null, |builder| {
        builder
            .append_nulls(isize::MAX as usize)
            .expect("no memory");
    });
    assert_eq!(text(&long, 2), "[\n  null,\n  ...,\n  null\n]");
    assert_eq!(shown(&long).len(), 101);
    assert_eq!(text(&long, 0).lines().count(), 23);
}

#[test]
fn every_kind_of_number() {
    let long = |data_type, values: &[i64]| shown(&numbers(data_type, values));
    let short = |data_type, values: &[i32]| shown(&numbers(data_type, values));
    assert_eq!(
        shown(&numbers(DataType::UInt64, &[u64::MAX])),
        ["18446744073709551615"]
    );
    assert_eq!(shown(&numbers(DataType::Float16, &[Half(0x3E00)])), ["1.5"]);
    assert_eq!(
        shown(&numbers(
            DataType::Float64,
            &[1.0, 1e300, f64::NAN, f64::NEG_INFINITY]
        )),
        ["1.0", "1e300", "nan", "-inf"]
    );
    assert_eq!(shown(&numbers(DataType::Float32, &[0.1_f32])), ["0.1"]);
    assert_eq!(
        short(DataType::Date32, &[0, -1]),
        ["1970-01-01", "1969-12-31"]
    );
    assert_eq!(long(DataType::Date64, &[86_400_000]), ["1970-01-02"]);
    assert_eq!(
        short(
            DataType::Time32(TimeUnit::Millisecond),
            &[3_600_001, -1, i32::MAX]
        ),
        ["01:00:00.001", "<-1>", "<2147483647>"]
    );
    assert_eq!(
        long(DataType::Time64(TimeUnit::Nanosecond), &[1]),
        ["00:00:00.000000001"]
    );
    assert_eq!(
        long(DataType::Timestamp(TimeUnit::Second, None), &[951_782_400]),
        ["2000-02-29 00:00:00"]
    );
    let zone = Some(crate::alloc::Text::try_from_str("Europe/Rome").expect("memory"));
    assert_eq!(
        long(DataType::Timestamp(TimeUnit::Microsecond, zone), &[-1]),
        ["1969-12-31 23:59:59.999999Z"]
    );
    assert_eq!(long(DataType::Duration(TimeUnit::Second), &[-5]), ["-5"]);
    assert_eq!(
        short(DataType::Interval(IntervalUnit::YearMonth), &[14]),
        ["14M"]
    );
    let days = DayTime {
        days: 1,
        milliseconds: -2,
    };
    let interval = DataType::Interval(IntervalUnit::DayTime);
    assert_eq!(shown(&numbers(interval, &[days])), ["1d-2ms"]);
    let months = MonthDayNano {
        months: 1,
        days: 2,
        nanoseconds: 3,
    };
    let interval = DataType::Interval(IntervalUnit::MonthDayNano);
    assert_eq!(shown(&numbers(interval, &[months])), ["1M2d3ns"]);
}

#[test]
fn bytes_and_text() {
    let bytes = |data_type, values: &[&[u8]]| {
        shown(&build(data_type, |builder| {
            for value in values {
                builder.append_bytes(value).expect("memory");
            }
        }))
    };
    let decimal = DataType::Decimal {
        bit_width: 128,
        precision: 10,
        scale: 2,
    };
    assert_eq!(bytes(decimal, &[&(-12345_i128).to_ne_bytes()]), ["-123.45"]);
    assert_eq!(
        bytes(DataType::Binary, &[b"\x00\xAB", b""]),
        ["x\"00AB\"", "x\"\""]
    );
    assert_eq!(
        bytes(DataType::Utf8, &["a\"\u{1b}é".as_bytes()]),
        ["\"a\\\"\\u{1b}é\""]
    );
    let long = "é".repeat(200);
    let cut = &bytes(DataType::LargeUtf8, &[long.as_bytes()])[0];
    assert!(
        cut.ends_with("é\"... (400 bytes)") && cut.len() < 300,
        "{cut}"
    );
}

#[test]
fn a_batch_shows_fields_and_columns() {
    let fields = vec![
        Field::of("a", DataType::Int8, false).expect("memory"),
        Field::of("b", DataType::Boolean, true).expect("memory"),
    ];
    let schema = Schema::try_new(fields, Metadata::new()).expect("memory");
    let bools = build(DataType::Boolean, |builder| {
        builder.append_bool(true).expect("memory");
        builder.append_nulls(1).expect("memory");
    });
    let batch = RecordBatch::try_new(schema, 2, &[numbers(DataType::Int8, &[1_i8, 2]), bools]);
    let text = batch_text(&batch.expect("fits"), 0, &Pool::default_pool()).expect("memory");
    let text = std::str::from_utf8(text.as_slice()).expect("UTF-8");
    assert_eq!(
        text,
        "a: int8 not null\nb: bool\n---- 2 rows\na: [1,2]\nb: [true,null]"
    );
}
