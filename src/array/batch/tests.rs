#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may abort when memory runs out"
)]

use super::{BatchRef, ColumnSource, RecordBatch, select, slice};
use crate::alloc::try_box;
use crate::array::{ArrayBuilder, ArrayRef, Equality, Validation};
use crate::err;
use crate::error::{ErrorKind, Result};
use crate::pool::Pool;
use crate::schema::{DataType, Field, Metadata, Schema, SchemaRef};
use std::sync::Mutex;

fn schema(names: &[&str]) -> SchemaRef {
    let fields = names
        .iter()
        .map(|name| Field::of(name, DataType::Int32, true).expect("memory"))
        .collect();
    Schema::try_new(fields, Metadata::new()).expect("memory")
}

fn ints(values: impl IntoIterator<Item = i32>) -> ArrayRef {
    let type_ = DataType::Int32.into_ref().expect("a type");
    let mut builder = ArrayBuilder::new(type_, &Pool::default_pool()).expect("int32");
    for value in values {
        builder.append_native(value).expect("memory");
    }
    builder.finish().expect("memory")
}

/// Column `i` counts up from `100 * i`; every call is noted.
struct Counted {
    rows: i32,
    asked: &'static Mutex<Vec<usize>>,
}

impl ColumnSource for Counted {
    fn column(&self, index: usize) -> Result<ArrayRef> {
        self.asked.lock().expect("not poisoned").push(index);
        if index == 2 {
            return Err(err!(Corrupt, "column 2 is broken"));
        }
        let first = 100 * index as i32;
        Ok(ints(first..first + self.rows))
    }
}

fn lazy(asked: &'static Mutex<Vec<usize>>) -> BatchRef {
    let source = try_box(Counted { rows: 4, asked }).expect("memory");
    let mut metadata = Metadata::new();
    metadata.append(b"k", b"v").expect("memory");
    RecordBatch::try_new_lazy(schema(&["a", "b", "c", "a"]), 4, source, metadata).expect("memory")
}

fn value(column: &ArrayRef, index: usize) -> i32 {
    column.native(index).expect("value")
}

#[test]
fn a_lazy_column_is_built_once_and_a_failure_is_not_kept() {
    static ASKED: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let batch = lazy(&ASKED);
    let first = batch.column(1).expect("column");
    let again = batch.column(1).expect("column");
    assert!(std::ptr::eq(&*first, &*again));
    assert_eq!(value(&first, 3), 103);
    for _ in 0..2 {
        let error = batch.column(2).expect_err("broken");
        assert_eq!(error.kind(), ErrorKind::Corrupt);
    }
    assert_eq!(*ASKED.lock().expect("not poisoned"), [1, 2, 2]);
    let error = batch.column(4).expect_err("outside");
    assert_eq!(error.kind(), ErrorKind::OutOfRange);
    let error = batch.validate(Validation::Full).expect_err("broken");
    assert_eq!(error.to_string(), "column 2 is broken");
}

#[test]
fn views_touch_only_what_is_asked_for() {
    static ASKED: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let batch = lazy(&ASKED);
    let part = slice(&batch, 1, 3).expect("in range");
    let part = select(&part, &[3, 2, 3]).expect("in range");
    let part = slice(&part, 1, 2).expect("in range");
    let part = select(&part, &[0]).expect("in range");
    assert!(ASKED.lock().expect("not poisoned").is_empty());
    drop(batch);
    let column = part.column(0).expect("column");
    assert_eq!(
        (column.len(), value(&column, 0), value(&column, 1)),
        (2, 302, 303)
    );
    assert_eq!(*ASKED.lock().expect("not poisoned"), [3]);
    assert!(part.metadata().is_empty());
    for (offset, length) in [(3, 0), (0, 3), (usize::MAX, 1), (1, usize::MAX)] {
        let error = slice(&part, offset, length).expect_err("outside");
        assert_eq!(error.kind(), ErrorKind::OutOfRange);
    }
    let error = select(&part, &[1]).expect_err("outside");
    assert_eq!(error.kind(), ErrorKind::OutOfRange);
}

#[test]
fn columns_must_fit_the_schema() {
    let two = schema(&["a", "b"]);
    let good = RecordBatch::try_new(two.clone(), 2, &[ints(0..2), ints(2..4)]).expect("fits");
    assert_eq!((good.num_rows(), good.num_columns()), (2, 2));
    let text = DataType::Utf8.into_ref().expect("a type");
    let mut builder = ArrayBuilder::new(text, &Pool::default_pool()).expect("utf8");
    builder.append_nulls(2).expect("memory");
    let texts = builder.finish().expect("memory");
    for columns in [
        vec![ints(0..2)],
        vec![ints(0..2), ints(0..2), ints(0..2)],
        vec![ints(0..2), ints(0..3)],
        vec![ints(0..2), texts],
    ] {
        let error = RecordBatch::try_new(two.clone(), 2, &columns).expect_err("does not fit");
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
    let none = RecordBatch::try_new(schema(&[]), 7, &[]).expect("rows without columns");
    assert_eq!((none.num_rows(), none.num_columns()), (7, 0));
    let error = RecordBatch::try_new(schema(&[]), usize::MAX, &[]).expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

#[test]
fn names_find_columns_only_when_they_are_unique() {
    static ASKED: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let batch = lazy(&ASKED);
    assert_eq!(batch.column_index("b").expect("found"), 1);
    let error = batch.column_index("a").expect_err("twice");
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    let error = batch.column_index("x").expect_err("missing");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn equality_of_batches() {
    let make = |last| {
        RecordBatch::try_new(schema(&["a", "b"]), 2, &[ints(0..2), ints([5, last])]).expect("fits")
    };
    let equality = Equality::default();
    let equals = |a: &BatchRef, b: &BatchRef| a.equals(b, &equality, true).expect("no failure");
    assert!(equals(&make(1), &make(1)));
    assert!(!equals(&make(1), &make(2)));
    assert!(!equals(&make(1), &slice(&make(1), 0, 1).expect("slice")));
    assert!(!equals(&make(1), &select(&make(1), &[0]).expect("select")));
    assert!(!equals(
        &make(1),
        &select(&make(1), &[1, 0]).expect("select")
    ));
}

#[test]
fn threads_agree_on_one_column() {
    static ASKED: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let batch = lazy(&ASKED);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| std::ptr::from_ref(&*batch.column(0).expect("column")) as usize)
            })
            .collect();
        let mut addresses = threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"));
        let first = addresses.next();
        assert!(addresses.all(|address| Some(address) == first));
    });
}
