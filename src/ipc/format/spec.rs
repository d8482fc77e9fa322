//! What each table of format.fbs holds, as the verifier needs it.
//!
//! Slots come from the generated code; a test writes every table with flatc's builder and damages it, so that a wrong
//! entry here shows as a disagreement with flatc's own verifier.

use super::generated as fb;

/// What lies in one slot of a table.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number or enum of this many bytes, aligned to them.
    Scalar(usize),
    /// A struct of this many bytes.
    Struct(usize),
    /// UTF-8 with a NUL byte behind it.
    Text,
    /// Any bytes, or numbers or enums of this many bytes, aligned to them.
    Scalars(usize),
    /// Structs of this many bytes.
    Structs(usize),
    /// A table.
    Table(&'static TableSpec),
    /// A vector of tables.
    Tables(&'static TableSpec),
    /// One of several tables; the code stands in the slot before, element `code - 1` of the list is what it means.
    Union(&'static [&'static TableSpec]),
}

/// One slot.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// Where the vtable has its offset.
    pub vt: u16,
    /// What lies there.
    pub kind: Kind,
    /// Whether a table without it is malformed.
    pub required: bool,
}

/// One table.
#[derive(Debug)]
pub struct TableSpec {
    /// Its name, for messages.
    pub name: &'static str,
    /// Its slots; a slot that is not listed is not looked at.
    pub slots: &'static [Slot],
}

const fn optional(vt: u16, kind: Kind) -> Slot {
    Slot {
        vt,
        kind,
        required: false,
    }
}

const fn required(vt: u16, kind: Kind) -> Slot {
    Slot {
        vt,
        kind,
        required: true,
    }
}

const fn table(name: &'static str, slots: &'static [Slot]) -> TableSpec {
    TableSpec { name, slots }
}

/// Bytes of the structs on the wire.
pub const BUFFER_BYTES: usize = 16;
/// Bytes of the structs on the wire.
pub const NODE_BYTES: usize = 16;
/// Bytes of the structs on the wire.
pub const BLOCK_BYTES: usize = 24;
const _: () = assert!(size_of::<fb::Buffer>() == BUFFER_BYTES);
const _: () = assert!(size_of::<fb::FieldNode>() == NODE_BYTES);
const _: () = assert!(size_of::<fb::Block>() == BLOCK_BYTES);

use Kind::{Scalar, Scalars, Struct, Structs, Table, Tables, Text, Union};

static INT: TableSpec = table(
    "Int",
    &[
        optional(fb::Int::VT_BIT_WIDTH, Scalar(4)),
        optional(fb::Int::VT_IS_SIGNED, Scalar(1)),
    ],
);

/// The types, in the order of their codes.
static TYPES: [&TableSpec; 26] = [
    &table("Null", &[]),
    &INT,
    &table(
        "FloatingPoint",
        &[optional(fb::FloatingPoint::VT_PRECISION, Scalar(2))],
    ),
    &table("Binary", &[]),
    &table("Utf8", &[]),
    &table("Bool", &[]),
    &table(
        "Decimal",
        &[
            optional(fb::Decimal::VT_PRECISION, Scalar(4)),
            optional(fb::Decimal::VT_SCALE, Scalar(4)),
            optional(fb::Decimal::VT_BIT_WIDTH, Scalar(4)),
        ],
    ),
    &table("Date", &[optional(fb::Date::VT_UNIT, Scalar(2))]),
    &table(
        "Time",
        &[
            optional(fb::Time::VT_UNIT, Scalar(2)),
            optional(fb::Time::VT_BIT_WIDTH, Scalar(4)),
        ],
    ),
    &table(
        "Timestamp",
        &[
            optional(fb::Timestamp::VT_UNIT, Scalar(2)),
            optional(fb::Timestamp::VT_TIMEZONE, Text),
        ],
    ),
    &table("Interval", &[optional(fb::Interval::VT_UNIT, Scalar(2))]),
    &table("List", &[]),
    &table("Struct", &[]),
    &table(
        "Union",
        &[
            optional(fb::Union::VT_MODE, Scalar(2)),
            optional(fb::Union::VT_TYPE_IDS, Scalars(4)),
        ],
    ),
    &table(
        "FixedSizeBinary",
        &[optional(fb::FixedSizeBinary::VT_BYTE_WIDTH, Scalar(4))],
    ),
    &table(
        "FixedSizeList",
        &[optional(fb::FixedSizeList::VT_LIST_SIZE, Scalar(4))],
    ),
    &table("Map", &[optional(fb::Map::VT_KEYS_SORTED, Scalar(1))]),
    &table("Duration", &[optional(fb::Duration::VT_UNIT, Scalar(2))]),
    &table("LargeBinary", &[]),
    &table("LargeUtf8", &[]),
    &table("LargeList", &[]),
    &table("RunEndEncoded", &[]),
    &table("BinaryView", &[]),
    &table("Utf8View", &[]),
    &table("ListView", &[]),
    &table("LargeListView", &[]),
];
const _: () = assert!(TYPES.len() == fb::Type::ENUM_MAX as usize);

static KEY_VALUE: TableSpec = table(
    "KeyValue",
    &[
        optional(fb::KeyValue::VT_KEY, Scalars(1)),
        optional(fb::KeyValue::VT_VALUE, Scalars(1)),
    ],
);

static DICTIONARY_ENCODING: TableSpec = table(
    "DictionaryEncoding",
    &[
        optional(fb::DictionaryEncoding::VT_ID, Scalar(8)),
        optional(fb::DictionaryEncoding::VT_INDEX_TYPE, Table(&INT)),
        optional(fb::DictionaryEncoding::VT_IS_ORDERED, Scalar(1)),
        optional(fb::DictionaryEncoding::VT_KIND, Scalar(2)),
    ],
);

static FIELD: TableSpec = table(
    "Field",
    &[
        optional(fb::Field::VT_NAME, Text),
        optional(fb::Field::VT_NULLABLE, Scalar(1)),
        optional(fb::Field::VT_TYPE_, Union(&TYPES)),
        optional(fb::Field::VT_DICTIONARY, Table(&DICTIONARY_ENCODING)),
        optional(fb::Field::VT_CHILDREN, Tables(&FIELD)),
        optional(fb::Field::VT_CUSTOM_METADATA, Tables(&KEY_VALUE)),
    ],
);

static SCHEMA: TableSpec = table(
    "Schema",
    &[
        optional(fb::Schema::VT_ENDIANNESS, Scalar(2)),
        optional(fb::Schema::VT_FIELDS, Tables(&FIELD)),
        optional(fb::Schema::VT_CUSTOM_METADATA, Tables(&KEY_VALUE)),
        optional(fb::Schema::VT_FEATURES, Scalars(8)),
    ],
);

static BODY_COMPRESSION: TableSpec = table(
    "BodyCompression",
    &[
        optional(fb::BodyCompression::VT_CODEC, Scalar(1)),
        optional(fb::BodyCompression::VT_METHOD, Scalar(1)),
    ],
);

static RECORD_BATCH: TableSpec = table(
    "RecordBatch",
    &[
        optional(fb::RecordBatch::VT_LENGTH, Scalar(8)),
        optional(fb::RecordBatch::VT_NODES, Structs(NODE_BYTES)),
        optional(fb::RecordBatch::VT_BUFFERS, Structs(BUFFER_BYTES)),
        optional(fb::RecordBatch::VT_COMPRESSION, Table(&BODY_COMPRESSION)),
        optional(fb::RecordBatch::VT_VARIADIC_COUNTS, Scalars(8)),
    ],
);

static DICTIONARY_BATCH: TableSpec = table(
    "DictionaryBatch",
    &[
        optional(fb::DictionaryBatch::VT_ID, Scalar(8)),
        optional(fb::DictionaryBatch::VT_DATA, Table(&RECORD_BATCH)),
        optional(fb::DictionaryBatch::VT_IS_DELTA, Scalar(1)),
    ],
);

static TENSOR_DIM: TableSpec = table(
    "TensorDim",
    &[
        optional(fb::TensorDim::VT_SIZE, Scalar(8)),
        optional(fb::TensorDim::VT_NAME, Text),
    ],
);

static TENSOR: TableSpec = table(
    "Tensor",
    &[
        required(fb::Tensor::VT_TYPE_, Union(&TYPES)),
        required(fb::Tensor::VT_SHAPE, Tables(&TENSOR_DIM)),
        optional(fb::Tensor::VT_STRIDES, Scalars(8)),
        required(fb::Tensor::VT_DATA, Struct(BUFFER_BYTES)),
    ],
);

static SPARSE_INDEXES: [&TableSpec; 3] = [
    &table(
        "SparseIndexCoo",
        &[
            required(fb::SparseIndexCoo::VT_INDICES_TYPE, Table(&INT)),
            optional(fb::SparseIndexCoo::VT_INDICES_STRIDES, Scalars(8)),
            required(fb::SparseIndexCoo::VT_INDICES, Struct(BUFFER_BYTES)),
            optional(fb::SparseIndexCoo::VT_IS_CANONICAL, Scalar(1)),
        ],
    ),
    &table(
        "SparseIndexCsx",
        &[
            optional(fb::SparseIndexCsx::VT_AXIS, Scalar(2)),
            required(fb::SparseIndexCsx::VT_INDPTR_TYPE, Table(&INT)),
            required(fb::SparseIndexCsx::VT_INDPTR, Struct(BUFFER_BYTES)),
            required(fb::SparseIndexCsx::VT_INDICES_TYPE, Table(&INT)),
            required(fb::SparseIndexCsx::VT_INDICES, Struct(BUFFER_BYTES)),
        ],
    ),
    &table(
        "SparseIndexCsf",
        &[
            required(fb::SparseIndexCsf::VT_INDPTR_TYPE, Table(&INT)),
            required(fb::SparseIndexCsf::VT_INDPTRS, Structs(BUFFER_BYTES)),
            required(fb::SparseIndexCsf::VT_INDICES_TYPE, Table(&INT)),
            required(fb::SparseIndexCsf::VT_INDICES, Structs(BUFFER_BYTES)),
            required(fb::SparseIndexCsf::VT_AXIS_ORDER, Scalars(4)),
        ],
    ),
];
const _: () = assert!(SPARSE_INDEXES.len() == fb::SparseIndex::ENUM_MAX as usize);

static SPARSE_TENSOR: TableSpec = table(
    "SparseTensor",
    &[
        required(fb::SparseTensor::VT_TYPE_, Union(&TYPES)),
        required(fb::SparseTensor::VT_SHAPE, Tables(&TENSOR_DIM)),
        optional(fb::SparseTensor::VT_NON_ZERO_LENGTH, Scalar(8)),
        required(fb::SparseTensor::VT_INDEX, Union(&SPARSE_INDEXES)),
        required(fb::SparseTensor::VT_DATA, Struct(BUFFER_BYTES)),
    ],
);

static MESSAGE_HEADERS: [&TableSpec; 5] = [
    &SCHEMA,
    &DICTIONARY_BATCH,
    &RECORD_BATCH,
    &TENSOR,
    &SPARSE_TENSOR,
];
const _: () = assert!(MESSAGE_HEADERS.len() == fb::MessageHeader::ENUM_MAX as usize);

/// The root of every message.
pub static MESSAGE: TableSpec = table(
    "Message",
    &[
        optional(fb::Message::VT_VERSION, Scalar(2)),
        optional(fb::Message::VT_HEADER, Union(&MESSAGE_HEADERS)),
        optional(fb::Message::VT_BODY_LENGTH, Scalar(8)),
        optional(fb::Message::VT_CUSTOM_METADATA, Tables(&KEY_VALUE)),
    ],
);

/// The root of a file's footer.
pub static FOOTER: TableSpec = table(
    "Footer",
    &[
        optional(fb::Footer::VT_VERSION, Scalar(2)),
        optional(fb::Footer::VT_SCHEMA, Table(&SCHEMA)),
        optional(fb::Footer::VT_DICTIONARIES, Structs(BLOCK_BYTES)),
        optional(fb::Footer::VT_RECORD_BATCHES, Structs(BLOCK_BYTES)),
        optional(fb::Footer::VT_CUSTOM_METADATA, Tables(&KEY_VALUE)),
    ],
);
