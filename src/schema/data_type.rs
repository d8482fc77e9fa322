//! The types of the Arrow columnar format (Schema.fbs, union Type).
//!
//! The three definitions refer to each other: a `DataType` has `Field`s below it, a `Field` has a `CheckedType`, and that
//! holds a `DataType`. Their methods stand in the other files. Only `checked` makes a `CheckedType`, only `drop` takes one
//! apart, and only `field` makes a `Field`.

use super::metadata::MetadataRef;
use super::name::Name;
use super::rendered::Rendered;
use super::unit::{IntervalUnit, TimeUnit, UnionMode};
use crate::alloc::{Text, TryArc};

/// The children of a union and the ids that choose among them.
#[derive(Debug)]
pub struct UnionType {
    /// The layout.
    pub mode: UnionMode,
    /// The children.
    pub fields: Vec<FieldRef>,
    /// The id of each child, 0 to 127, no two the same.
    pub type_ids: Vec<i8>,
}

/// Indices into a dictionary of values.
#[derive(Debug)]
pub struct DictionaryType {
    /// An integer type.
    pub index: TypeRef,
    /// The type of the values.
    pub value: TypeRef,
    /// Whether the order of the dictionary means something.
    pub ordered: bool,
}

/// A type. Make one into a `TypeRef` with `into_ref`, which checks it.
#[derive(Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are Arrow's own")]
pub enum DataType {
    Null,
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float16,
    Float32,
    Float64,
    /// `bit_width` is 32, 64, 128 or 256.
    Decimal {
        bit_width: u16,
        precision: u8,
        scale: i32,
    },
    Date32,
    Date64,
    /// In seconds or milliseconds.
    Time32(TimeUnit),
    /// In microseconds or nanoseconds.
    Time64(TimeUnit),
    /// With a time zone, instants; without, wall-clock times.
    Timestamp(TimeUnit, Option<Text>),
    Duration(TimeUnit),
    Interval(IntervalUnit),
    Binary,
    LargeBinary,
    Utf8,
    LargeUtf8,
    BinaryView,
    Utf8View,
    /// Bytes in each value.
    FixedSizeBinary(i32),
    List(FieldRef),
    LargeList(FieldRef),
    ListView(FieldRef),
    LargeListView(FieldRef),
    /// Items in each value.
    FixedSizeList(FieldRef, i32),
    Struct(Vec<FieldRef>),
    Union(UnionType),
    /// A list of entries, structs of key and value.
    Map {
        entries: FieldRef,
        keys_sorted: bool,
    },
    Dictionary(DictionaryType),
    RunEndEncoded {
        run_ends: FieldRef,
        values: FieldRef,
    },
}

/// Shared ownership of a type.
pub type TypeRef = TryArc<CheckedType>;

/// A type that was checked when it was made, with what is worth keeping about it. It dereferences to the `DataType`.
#[derive(Debug)]
pub struct CheckedType {
    pub(super) data_type: DataType,
    pub(super) depth: usize,
    pub(super) types: usize,
    /// The time zone of a timestamp and a NUL; empty without one.
    pub(super) zone: Vec<u8>,
    pub(super) text: Rendered,
    pub(super) format: Rendered,
}

/// Shared ownership of a field.
pub type FieldRef = TryArc<Field>;

/// A name, a type, whether values may be null, and metadata.
///
/// A field of an extension type has the type that its values are stored as; the metadata names the extension.
#[derive(Debug)]
pub struct Field {
    pub(super) name: Name,
    pub(super) data_type: TypeRef,
    pub(super) nullable: bool,
    pub(super) metadata: MetadataRef,
    pub(super) text: Rendered,
}
