//! Equality looks at values, not at where they lie.

use super::{ints, slice, texts, ty};
use crate::array::{ArrayBuilder, ArrayRef, Equality, equal, equal_range};
use crate::error::ErrorKind;
use crate::pool::Pool;
use crate::schema::DataType;

fn same(a: &ArrayRef, b: &ArrayRef) -> bool {
    equal(a, b, &Equality::default())
}

#[test]
fn offsets_and_null_slots_make_no_difference() {
    let a = ints(&[Some(9), Some(1), None, Some(3)]);
    let b = ints(&[Some(1), None, Some(3)]);
    assert!(same(&slice(&a, 1, 3).expect("slice"), &b));
    assert!(!same(&a, &b));
    assert!(!same(&b, &ints(&[Some(1), Some(0), Some(3)])));
    assert!(!same(&b, &ints(&[Some(1), None, Some(4)])));
    assert!(!same(&ints(&[]), &texts(&[])));
    assert!(same(
        &texts(&[]),
        &slice(&texts(&[Some("a")]), 1, 0).expect("slice")
    ));
}

#[test]
fn texts_compare_by_value() {
    let a = texts(&[Some("zz"), Some("ab"), None, Some("c"), Some("")]);
    let b = texts(&[Some("ab"), None, Some("c"), Some("")]);
    assert!(same(&slice(&a, 1, 4).expect("slice"), &b));
    assert!(!same(&b, &texts(&[Some("a"), None, Some("bc"), Some("")])));
    assert!(!same(&b, &texts(&[Some("ab"), None, Some("d"), Some("")])));
    assert!(!same(&b, &texts(&[Some("abc"), None, Some(""), Some("")])));
}

#[test]
fn ranges_are_checked() {
    let a = ints(&[Some(1), Some(2), Some(3)]);
    let b = ints(&[Some(2), Some(3)]);
    let equality = Equality::default();
    assert!(equal_range(&a, 1, &b, 0, 2, &equality).expect("in range"));
    assert!(!equal_range(&a, 0, &b, 0, 2, &equality).expect("in range"));
    for (start, other, length) in [(2, 0, 2), (0, 2, 1), (usize::MAX, 0, 1), (0, 0, usize::MAX)] {
        let result = equal_range(&a, start, &b, other, length, &equality);
        assert_eq!(result.expect_err("outside").kind(), ErrorKind::OutOfRange);
    }
}

fn doubles(values: &[f64]) -> ArrayRef {
    let mut builder = ArrayBuilder::new(ty(DataType::Float64), &Pool::default_pool()).expect("f64");
    for value in values {
        builder.append_native(*value).expect("memory");
    }
    builder.finish().expect("memory")
}

#[test]
fn floating_point_equality_is_a_choice() {
    let plain = Equality::default();
    let nans = Equality {
        nans_equal: true,
        ..plain
    };
    let signs = Equality {
        signed_zeros_differ: true,
        ..plain
    };
    let near = Equality {
        tolerance: 0.5,
        ..plain
    };
    let nan = doubles(&[f64::NAN, f64::INFINITY]);
    assert!(!equal(&nan, &nan, &plain) && equal(&nan, &nan, &nans));
    let (zero, minus) = (doubles(&[0.0]), doubles(&[-0.0]));
    assert!(equal(&zero, &minus, &plain) && !equal(&zero, &minus, &signs));
    let (a, b) = (
        doubles(&[1.0, f64::INFINITY]),
        doubles(&[1.5, f64::INFINITY]),
    );
    assert!(!equal(&a, &b, &plain) && equal(&a, &b, &near));
    assert!(!equal(
        &doubles(&[f64::INFINITY]),
        &doubles(&[f64::NEG_INFINITY]),
        &near
    ));
}
