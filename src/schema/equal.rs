//! Equality of types, fields and schemas.

use super::{DataType, Field, FieldRef, Schema};

impl DataType {
    /// Whether both are the same type. Names of children count, except those of list items, map entries and their fields,
    /// and run ends, which have no meaning; metadata of children counts on request.
    pub fn equals(&self, other: &DataType, check_metadata: bool) -> bool {
        use DataType as T;
        let unnamed = |a: &FieldRef, b: &FieldRef| a.equals_unnamed(b, check_metadata);
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
            (T::List(a), T::List(b))
            | (T::LargeList(a), T::LargeList(b))
            | (T::ListView(a), T::ListView(b))
            | (T::LargeListView(a), T::LargeListView(b)) => unnamed(a, b),
            (T::FixedSizeList(a, n), T::FixedSizeList(b, m)) => n == m && unnamed(a, b),
            (T::Struct(a), T::Struct(b)) => all_equal(a, b, check_metadata),
            (T::Union(a), T::Union(b)) => {
                a.mode == b.mode
                    && a.type_ids == b.type_ids
                    && all_equal(&a.fields, &b.fields, check_metadata)
            }
            (
                T::Map {
                    entries: a,
                    keys_sorted: x,
                },
                T::Map {
                    entries: b,
                    keys_sorted: y,
                },
            ) => {
                let children = || a.data_type().children().zip(b.data_type().children());
                x == y && children().all(|(a, b)| unnamed(a, b))
            }
            (T::Dictionary(a), T::Dictionary(b)) => {
                a.ordered == b.ordered
                    && a.index.equals(&b.index, check_metadata)
                    && a.value.equals(&b.value, check_metadata)
            }
            (
                T::RunEndEncoded {
                    run_ends: a,
                    values: v,
                },
                T::RunEndEncoded {
                    run_ends: b,
                    values: w,
                },
            ) => unnamed(a, b) && unnamed(v, w),
            // What is left has no parameters.
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
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
            || (self.name() == other.name() && self.equals_unnamed(other, check_metadata))
    }

    fn equals_unnamed(&self, other: &Field, check_metadata: bool) -> bool {
        self.is_nullable() == other.is_nullable()
            && (!check_metadata || self.metadata().same_entries(other.metadata()))
            && self.data_type().equals(other.data_type(), check_metadata)
    }
}

impl Schema {
    /// Whether both have equal fields in the same order, and on request the same metadata in any order.
    pub fn equals(&self, other: &Schema, check_metadata: bool) -> bool {
        std::ptr::eq(self, other)
            || (all_equal(self.fields(), other.fields(), check_metadata)
                && (!check_metadata || self.metadata().same_entries(other.metadata())))
    }
}
