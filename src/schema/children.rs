//! What is below a type, and which types have something below them.

use super::{DataType, FieldRef};

impl DataType {
    /// How many fields the type has below it. The value type of a dictionary is not a field.
    pub fn num_children(&self) -> usize {
        match self {
            DataType::List(_)
            | DataType::LargeList(_)
            | DataType::ListView(_)
            | DataType::LargeListView(_)
            | DataType::FixedSizeList(..)
            | DataType::Map { .. } => 1,
            DataType::RunEndEncoded { .. } => 2,
            DataType::Struct(fields) => fields.len(),
            DataType::Union(union) => union.fields.len(),
            _ => 0,
        }
    }

    /// A field below the type.
    pub fn child(&self, index: usize) -> Option<&FieldRef> {
        match self {
            DataType::List(field)
            | DataType::LargeList(field)
            | DataType::ListView(field)
            | DataType::LargeListView(field)
            | DataType::FixedSizeList(field, _)
            | DataType::Map { entries: field, .. } => (index == 0).then_some(field),
            DataType::RunEndEncoded { run_ends, values } => match index {
                0 => Some(run_ends),
                1 => Some(values),
                _ => None,
            },
            DataType::Struct(fields) => fields.get(index),
            DataType::Union(union) => union.fields.get(index),
            _ => None,
        }
    }

    /// The fields below the type.
    pub fn children(&self) -> impl Iterator<Item = &FieldRef> {
        (0..self.num_children()).filter_map(|index| self.child(index))
    }

    /// Whether arrays of the type consist of other arrays.
    pub fn is_nested(&self) -> bool {
        matches!(
            self,
            DataType::List(_)
                | DataType::LargeList(_)
                | DataType::ListView(_)
                | DataType::LargeListView(_)
                | DataType::FixedSizeList(..)
                | DataType::Map { .. }
                | DataType::RunEndEncoded { .. }
                | DataType::Struct(_)
                | DataType::Union(_)
        )
    }

    /// Whether the values are integers.
    pub fn is_integer(&self) -> bool {
        matches!(
            self,
            DataType::Int8
                | DataType::Int16
                | DataType::Int32
                | DataType::Int64
                | DataType::UInt8
                | DataType::UInt16
                | DataType::UInt32
                | DataType::UInt64
        )
    }
}
