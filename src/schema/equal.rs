//! Equality of types, fields and schemas.

use super::walk::Stack;
use super::{DataType, Field, FieldRef, Schema};

/// Two types on the way down, and which of their children come next.
struct Place<'a> {
    a: &'a DataType,
    b: &'a DataType,
    next: usize,
}

impl DataType {
    /// Whether both are the same type. Names of children count, except those of list items, map entries and their fields,
    /// and run ends, which have no meaning; metadata of children counts on request.
    pub fn equals(&self, other: &DataType, check_metadata: bool) -> bool {
        if !self.same_node(other) {
            return false;
        }
        if self.num_below() == 0 {
            return true;
        }
        let mut stack = Stack::new();
        stack.push(Place {
            a: self,
            b: other,
            next: 0,
        });
        while let Some(place) = stack.top() {
            let index = place.next;
            let (Some(a), Some(b)) = (place.a.below(index), place.b.below(index)) else {
                stack.pop();
                continue;
            };
            place.next += 1;
            if !a.same_field(&b, place.a.names_children(), check_metadata) {
                return false;
            }
            if std::ptr::eq(a.data_type, b.data_type) {
                continue;
            }
            if !a.data_type.same_node(b.data_type) {
                return false;
            }
            if a.data_type.num_below() > 0 {
                stack.push(Place {
                    a: a.data_type,
                    b: b.data_type,
                    next: 0,
                });
            }
        }
        true
    }

    /// Whether both agree in everything but what is below them.
    fn same_node(&self, other: &DataType) -> bool {
        use DataType as T;
        match (self, other) {
            (
                T::Decimal {
                    bit_width: a,
                    precision: b,
                    scale: c,
                },
                T::Decimal {
                    bit_width: x,
                    precision: y,
                    scale: z,
                },
            ) => (a, b, c) == (x, y, z),
            (T::Time32(a), T::Time32(b))
            | (T::Time64(a), T::Time64(b))
            | (T::Duration(a), T::Duration(b)) => a == b,
            (T::Timestamp(a, zone_a), T::Timestamp(b, zone_b)) => a == b && zone_a == zone_b,
            (T::Interval(a), T::Interval(b)) => a == b,
            (T::FixedSizeBinary(a), T::FixedSizeBinary(b)) => a == b,
            (T::FixedSizeList(_, a), T::FixedSizeList(_, b)) => a == b,
            (T::Struct(a), T::Struct(b)) => a.len() == b.len(),
            (T::Union(a), T::Union(b)) => a.mode == b.mode && a.type_ids == b.type_ids,
            (T::Map { keys_sorted: a, .. }, T::Map { keys_sorted: b, .. }) => a == b,
            (T::Dictionary(a), T::Dictionary(b)) => {
                a.ordered == b.ordered && a.index.id() == b.index.id()
            }
            // What is left has no parameters.
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Whether the names of the children mean something.
    fn names_children(&self) -> bool {
        matches!(self, DataType::Struct(_) | DataType::Union(_))
    }

    /// How many types are below this one for a comparison: children, the fields of a map's entries, dictionary values.
    fn num_below(&self) -> usize {
        match self {
            DataType::Dictionary(_) => 1,
            DataType::Map { entries, .. } => entries.data_type().num_children(),
            _ => self.num_children(),
        }
    }

    fn below(&self, index: usize) -> Option<Below<'_>> {
        let field = match self {
            DataType::Dictionary(dictionary) => {
                return (index == 0).then_some(Below {
                    field: None,
                    data_type: &dictionary.value,
                });
            }
            DataType::Map { entries, .. } => entries.data_type().child(index)?,
            _ => self.child(index)?,
        };
        Some(Below {
            field: Some(field),
            data_type: field.data_type(),
        })
    }
}

/// A type below another one, with its field unless it is that of dictionary values.
struct Below<'a> {
    field: Option<&'a Field>,
    data_type: &'a DataType,
}

impl Below<'_> {
    /// Whether both fields agree in everything but their types.
    fn same_field(&self, other: &Below<'_>, named: bool, check_metadata: bool) -> bool {
        match (self.field, other.field) {
            (Some(a), Some(b)) => {
                (!named || a.name_bytes() == b.name_bytes()) && a.same_parameters(b, check_metadata)
            }
            (None, None) => true,
            _ => false,
        }
    }
}

fn all_equal(a: &[FieldRef], b: &[FieldRef], check_metadata: bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b, check_metadata))
}

impl Field {
    /// Whether both have the same name, type and nullability, and on request the same metadata in any order.
    pub fn equals(&self, other: &Field, check_metadata: bool) -> bool {
        std::ptr::eq(self, other)
            || (self.name_bytes() == other.name_bytes()
                && self.same_parameters(other, check_metadata)
                && (std::ptr::eq(self.data_type(), other.data_type())
                    || self.data_type().equals(other.data_type(), check_metadata)))
    }

    /// Whether both agree in everything but their names and types.
    fn same_parameters(&self, other: &Field, check_metadata: bool) -> bool {
        self.is_nullable() == other.is_nullable()
            && (!check_metadata || self.metadata().same_entries(other.metadata()))
    }
}

impl Schema {
    /// Whether both have the same byte order and equal fields in the same order, and on request the same metadata in any
    /// order.
    pub fn equals(&self, other: &Schema, check_metadata: bool) -> bool {
        std::ptr::eq(self, other)
            || (self.endianness() == other.endianness()
                && all_equal(self.fields(), other.fields(), check_metadata)
                && (!check_metadata || self.metadata().same_entries(other.metadata())))
    }
}
