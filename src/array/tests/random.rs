//! What passes validation can be read, whatever it was made of.

use super::{buffer, ty};
use crate::array::{
    ArrayData, ArrayParts, ArrayRef, Equality, Physical, Validation, array_text, concat, equal,
    slice,
};
use crate::buffer::BufferRef;
use crate::error::ErrorKind;
use crate::pool::Pool;
use crate::schema::DataType;

/// A small generator of repeatable noise.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Offsets that mostly rise, and now and then do anything.
    fn offsets(&mut self, count: usize, wide: bool) -> BufferRef {
        let mut at = self.below(3) as i64;
        let mut bytes = Vec::new();
        for _ in 0..count {
            if self.below(40) == 0 {
                at = self.next() as i64 >> self.below(64);
            }
            if wide {
                bytes.extend_from_slice(&at.to_ne_bytes());
            } else {
                bytes.extend_from_slice(&(at as i32).to_ne_bytes());
            }
            at = at.wrapping_add(self.below(4) as i64);
        }
        buffer(&bytes)
    }

    fn bytes(&mut self, count: usize) -> BufferRef {
        let bytes: Vec<u8> = (0..count).map(|_| self.next() as u8).collect();
        buffer(&bytes)
    }

    fn array(&mut self, level: Validation) -> crate::error::Result<ArrayRef> {
        let types = [
            DataType::Boolean,
            DataType::Int32,
            DataType::FixedSizeBinary(3),
            DataType::Binary,
            DataType::Utf8,
            DataType::LargeUtf8,
            DataType::Decimal {
                bit_width: 32,
                precision: 3,
                scale: 1,
            },
        ];
        let at = self.below(types.len());
        let data_type = types.into_iter().nth(at).unwrap_or(DataType::Null);
        let (length, offset) = (self.below(12), self.below(6));
        let validity = (self.below(2) == 0).then(|| self.bytes(3));
        let binary = matches!(at, 3..=5);
        let parts = if binary {
            let count = length + offset + self.below(3);
            let offsets = self.offsets(count, at == 5);
            ArrayParts::binary(validity, Some(offsets), Some(self.bytes(40)))
        } else {
            let size = self.below(100);
            ArrayParts::fixed(validity, Some(self.bytes(size)))
        };
        let null_count = (self.below(4) == 0).then(|| self.below(13));
        ArrayData::try_new(ty(data_type), length, null_count, offset, parts, level)
    }
}

#[test]
fn what_was_accepted_can_be_read() {
    let pool = Pool::default_pool();
    let equality = Equality::default();
    let mut noise = Noise(0x9E37_79B9_7F4A_7C15);
    let mut accepted = 0;
    for _ in 0..4000 {
        let Ok(array) = noise.array(Validation::Memory) else {
            continue;
        };
        accepted += 1;
        for index in 0..array.len() {
            if array.physical() == Physical::Bits {
                array.bit(index).expect("readable");
            } else {
                array.value_bytes(index).expect("readable");
            }
        }
        array.raw_parts().expect("in range");
        assert!(equal(&array, &array, &equality));
        let half = array.len() / 2;
        let parts = [
            slice(&array, 0, half).expect("in range"),
            slice(&array, half, array.len() - half).expect("in range"),
        ];
        // Appending checks nothing but what validation at this level checks.
        let joined = concat(&parts, &pool).expect("readable");
        assert!(equal(&array, &joined, &equality));
        assert_eq!(joined.null_count(), joined.count_nulls());
        array_text(&array, 0, &pool).expect("memory");
    }
    assert!(accepted > 1000, "{accepted}");
}

#[test]
fn what_was_never_checked_does_no_harm() {
    let pool = Pool::default_pool();
    let equality = Equality::default();
    let mut noise = Noise(42);
    for _ in 0..4000 {
        let array = noise.array(Validation::None).expect("not checked");
        for index in 0..array.len() + 1 {
            for error in [array.bit(index).err(), array.value_bytes(index).err()] {
                let kinds = [
                    ErrorKind::Corrupt,
                    ErrorKind::OutOfRange,
                    ErrorKind::InvalidArgument,
                ];
                assert!(error.is_none_or(|error| kinds.contains(&error.kind())));
            }
        }
        equal(&array, &array, &equality);
        array.num_bytes();
        array.null_count();
        array_text(&array, 0, &pool).expect("memory");
        if array.raw_parts().is_ok() && super::super::validate(&array, Validation::Full).is_ok() {
            concat(&[array.clone(), array], &pool).expect("valid");
        }
    }
}
