//! Types from their parameters, and the parameters of types.

use super::check::{check_precision, check_union_size};
use super::data_type::{DataType, DictionaryType, Field, FieldRef, TypeRef, UnionType};
use super::unit::{TimeUnit, UnionMode};
use crate::alloc::{Text, VecExt, vec_from_slice, vec_with_capacity};
use crate::error::Result;

impl DataType {
    /// A decimal type.
    pub fn decimal(bit_width: u16, precision: i32, scale: i32) -> Result<DataType> {
        Ok(DataType::Decimal {
            bit_width,
            precision: check_precision(bit_width, precision)?,
            scale,
        })
    }

    /// A timestamp type; an empty time zone is the same as none.
    pub fn timestamp(unit: TimeUnit, zone: Option<&str>) -> Result<DataType> {
        let zone = match zone {
            None | Some("") => None,
            Some(zone) => Some(Text::try_from_str(zone)?),
        };
        Ok(DataType::Timestamp(unit, zone))
    }

    /// A union type; without ids they are 0, 1, 2 and so on.
    pub fn union(
        mode: UnionMode,
        fields: Vec<FieldRef>,
        type_ids: Option<&[i8]>,
    ) -> Result<DataType> {
        check_union_size(fields.len())?;
        let type_ids = match type_ids {
            Some(type_ids) => vec_from_slice(type_ids)?,
            None => {
                let mut counted = vec_with_capacity(fields.len())?;
                for (_, id) in fields.iter().zip(0..=i8::MAX) {
                    counted.try_push(id)?;
                }
                counted
            }
        };
        Ok(DataType::Union(UnionType {
            mode,
            fields,
            type_ids,
        }))
    }

    /// A map type of a key and an item, with entries named "entries".
    pub fn map_of(key: FieldRef, item: FieldRef, keys_sorted: bool) -> Result<DataType> {
        let mut fields = vec_with_capacity(2)?;
        fields.try_push(key)?;
        fields.try_push(item)?;
        Ok(DataType::Map {
            entries: Field::of("entries", DataType::Struct(fields), false)?,
            keys_sorted,
        })
    }

    /// A dictionary type.
    pub fn dictionary(index: TypeRef, value: TypeRef, ordered: bool) -> DataType {
        DataType::Dictionary(DictionaryType {
            index,
            value,
            ordered,
        })
    }

    /// The digits of a decimal.
    pub fn precision(&self) -> Option<u8> {
        match self {
            DataType::Decimal { precision, .. } => Some(*precision),
            _ => None,
        }
    }

    /// The digits behind the point of a decimal.
    pub fn scale(&self) -> Option<i32> {
        match self {
            DataType::Decimal { scale, .. } => Some(*scale),
            _ => None,
        }
    }

    /// The unit of a time, timestamp or duration.
    pub fn unit(&self) -> Option<TimeUnit> {
        match self {
            DataType::Time32(unit)
            | DataType::Time64(unit)
            | DataType::Timestamp(unit, _)
            | DataType::Duration(unit) => Some(*unit),
            _ => None,
        }
    }

    /// The items of each value of a fixed-size list.
    pub fn list_size(&self) -> Option<i32> {
        match self {
            DataType::FixedSizeList(_, size) => Some(*size),
            _ => None,
        }
    }

    /// The ids of the children of a union.
    pub fn union_ids(&self) -> Option<&[i8]> {
        match self {
            DataType::Union(union) => Some(&union.type_ids),
            _ => None,
        }
    }

    /// Whether the keys of every value of a map are sorted.
    pub fn has_sorted_keys(&self) -> bool {
        matches!(
            self,
            DataType::Map {
                keys_sorted: true,
                ..
            }
        )
    }

    /// The parts of a dictionary type.
    pub fn as_dictionary(&self) -> Option<&DictionaryType> {
        match self {
            DataType::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    }

    /// The bytes of one value in an array's own buffers; `None` when values have different sizes, are no whole bytes, or lie
    /// in children.
    pub fn byte_width(&self) -> Option<usize> {
        match self {
            DataType::BinaryView | DataType::Utf8View => None,
            _ => self.value_width(),
        }
    }

    /// The bits of one value in an array's own buffers; `None` when values have different sizes or lie in children.
    pub fn bit_width(&self) -> Option<usize> {
        match self {
            DataType::Boolean => Some(1),
            _ => self.byte_width()?.checked_mul(8),
        }
    }
}
