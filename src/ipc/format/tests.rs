#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_macros,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "tests may abort, and their numbers are small"
)]

use super::generated as fb;
use super::spec::{FOOTER, MESSAGE, TableSpec};
use super::{Builder, Limits, Table, verify};
use crate::error::ErrorKind;
use flatbuffers::{
    FlatBufferBuilder, ForwardsUOffset, UnionWIPOffset, Verifiable, VerifierOptions, WIPOffset,
};

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[test]
fn generated_code_is_fresh() {
    let hash = format!("{:016x}", fnv1a(include_bytes!("format.fbs")));
    let head = include_str!("generated.rs").lines().next().unwrap();
    assert!(
        head.contains(&hash),
        "format.fbs changed: run tools/gen-format (have {hash}, {head})"
    );
}

// ---- messages from flatc's builder -------------------------------------------------------------------------------------

type Fbb = FlatBufferBuilder<'static>;
type Union = WIPOffset<UnionWIPOffset>;

fn types(b: &mut Fbb) -> Vec<(fb::Type, Union)> {
    let zone = b.create_string("Europe/Paris");
    let ids = b.create_vector(&[0_i32, 5, 7]);
    let int = fb::Int::create(
        b,
        &fb::IntArgs {
            bit_width: 64,
            is_signed: true,
        },
    );
    let float = fb::FloatingPoint::create(
        b,
        &fb::FloatingPointArgs {
            precision: fb::FloatPrecision::Double,
        },
    );
    let decimal = fb::Decimal::create(
        b,
        &fb::DecimalArgs {
            precision: 20,
            scale: -3,
            bit_width: 256,
        },
    );
    let date = fb::Date::create(
        b,
        &fb::DateArgs {
            unit: fb::DateUnit::Day,
        },
    );
    let time = fb::Time::create(
        b,
        &fb::TimeArgs {
            unit: fb::TimeUnit::Nanosecond,
            bit_width: 64,
        },
    );
    let stamp = fb::Timestamp::create(
        b,
        &fb::TimestampArgs {
            unit: fb::TimeUnit::Microsecond,
            timezone: Some(zone),
        },
    );
    let interval = fb::Interval::create(
        b,
        &fb::IntervalArgs {
            unit: fb::IntervalUnit::MonthDayNano,
        },
    );
    let union = fb::Union::create(
        b,
        &fb::UnionArgs {
            mode: fb::UnionMode::Dense,
            type_ids: Some(ids),
        },
    );
    let fixed = fb::FixedSizeBinary::create(b, &fb::FixedSizeBinaryArgs { byte_width: 16 });
    let list = fb::FixedSizeList::create(b, &fb::FixedSizeListArgs { list_size: 3 });
    let map = fb::Map::create(b, &fb::MapArgs { keys_sorted: true });
    let duration = fb::Duration::create(
        b,
        &fb::DurationArgs {
            unit: fb::TimeUnit::Second,
        },
    );
    let plain = fb::Utf8View::create(b, &fb::Utf8ViewArgs {});
    vec![
        (fb::Type::Int, int.as_union_value()),
        (fb::Type::FloatingPoint, float.as_union_value()),
        (fb::Type::Decimal, decimal.as_union_value()),
        (fb::Type::Date, date.as_union_value()),
        (fb::Type::Time, time.as_union_value()),
        (fb::Type::Timestamp, stamp.as_union_value()),
        (fb::Type::Interval, interval.as_union_value()),
        (fb::Type::Union, union.as_union_value()),
        (fb::Type::FixedSizeBinary, fixed.as_union_value()),
        (fb::Type::FixedSizeList, list.as_union_value()),
        (fb::Type::Map, map.as_union_value()),
        (fb::Type::Duration, duration.as_union_value()),
        (fb::Type::Utf8View, plain.as_union_value()),
    ]
}

fn pairs(
    b: &mut Fbb,
) -> WIPOffset<flatbuffers::Vector<'static, ForwardsUOffset<fb::KeyValue<'static>>>> {
    let key = b.create_vector(b"k\xff");
    let value = b.create_vector(b"some value");
    let pair = fb::KeyValue::create(
        b,
        &fb::KeyValueArgs {
            key: Some(key),
            value: Some(value),
        },
    );
    let bare = fb::KeyValue::create(
        b,
        &fb::KeyValueArgs {
            key: None,
            value: None,
        },
    );
    b.create_vector(&[pair, bare])
}

fn schema(b: &mut Fbb) -> WIPOffset<fb::Schema<'static>> {
    let index = fb::Int::create(
        b,
        &fb::IntArgs {
            bit_width: 8,
            is_signed: false,
        },
    );
    let dictionary = fb::DictionaryEncoding::create(
        b,
        &fb::DictionaryEncodingArgs {
            id: 3,
            index_type: Some(index),
            is_ordered: true,
            kind: fb::DictionaryKind::DenseArray,
        },
    );
    let mut fields = Vec::new();
    let mut inner = None;
    for (code, type_) in types(b) {
        let name = b.create_string("a name");
        let metadata = pairs(b);
        let children = inner.map(|field| b.create_vector(&[field]));
        let field = fb::Field::create(
            b,
            &fb::FieldArgs {
                name: Some(name),
                nullable: true,
                type_type: code,
                type_: Some(type_),
                dictionary: Some(dictionary),
                children,
                custom_metadata: Some(metadata),
            },
        );
        inner = Some(field);
        fields.push(field);
    }
    let fields = b.create_vector(&fields);
    let metadata = pairs(b);
    let features = b.create_vector(&[1_i64, 2]);
    fb::Schema::create(
        b,
        &fb::SchemaArgs {
            endianness: fb::Endianness::Big,
            fields: Some(fields),
            custom_metadata: Some(metadata),
            features: Some(features),
        },
    )
}

fn record_batch(b: &mut Fbb) -> WIPOffset<fb::RecordBatch<'static>> {
    let nodes = b.create_vector(&[fb::FieldNode::new(1, 2), fb::FieldNode::new(3, 4)]);
    let buffers = b.create_vector(&[fb::Buffer::new(0, 8), fb::Buffer::new(64, 3)]);
    let compression = fb::BodyCompression::create(
        b,
        &fb::BodyCompressionArgs {
            codec: fb::CompressionCodec::Zstd,
            method: fb::CompressionMethod::Buffer,
        },
    );
    let counts = b.create_vector(&[7_i64]);
    fb::RecordBatch::create(
        b,
        &fb::RecordBatchArgs {
            length: 5,
            nodes: Some(nodes),
            buffers: Some(buffers),
            compression: Some(compression),
            variadic_counts: Some(counts),
        },
    )
}

fn sparse(b: &mut Fbb, kind: fb::SparseIndex) -> WIPOffset<fb::SparseTensor<'static>> {
    let int = fb::Int::create(
        b,
        &fb::IntArgs {
            bit_width: 32,
            is_signed: true,
        },
    );
    let buffer = fb::Buffer::new(8, 16);
    let buffers = b.create_vector(&[buffer, buffer]);
    let order = b.create_vector(&[1_i32, 0]);
    let strides = b.create_vector(&[8_i64, 4]);
    let index = match kind {
        fb::SparseIndex::SparseIndexCoo => {
            let args = fb::SparseIndexCooArgs {
                indices_type: Some(int),
                indices_strides: Some(strides),
                indices: Some(&buffer),
                is_canonical: true,
            };
            fb::SparseIndexCoo::create(b, &args).as_union_value()
        }
        fb::SparseIndex::SparseIndexCsx => {
            let args = fb::SparseIndexCsxArgs {
                axis: fb::CompressedAxis::Column,
                indptr_type: Some(int),
                indptr: Some(&buffer),
                indices_type: Some(int),
                indices: Some(&buffer),
            };
            fb::SparseIndexCsx::create(b, &args).as_union_value()
        }
        _ => {
            let args = fb::SparseIndexCsfArgs {
                indptr_type: Some(int),
                indptrs: Some(buffers),
                indices_type: Some(int),
                indices: Some(buffers),
                axis_order: Some(order),
            };
            fb::SparseIndexCsf::create(b, &args).as_union_value()
        }
    };
    let name = b.create_string("x");
    let dim = fb::TensorDim::create(
        b,
        &fb::TensorDimArgs {
            size: 4,
            name: Some(name),
        },
    );
    let shape = b.create_vector(&[dim, dim]);
    fb::SparseTensor::create(
        b,
        &fb::SparseTensorArgs {
            type_type: fb::Type::Int,
            type_: Some(int.as_union_value()),
            shape: Some(shape),
            non_zero_length: 9,
            index_type: kind,
            index: Some(index),
            data: Some(&buffer),
        },
    )
}

fn message(header: impl FnOnce(&mut Fbb) -> (fb::MessageHeader, Union)) -> Vec<u8> {
    let mut b = Fbb::new();
    let (header_type, header) = header(&mut b);
    let metadata = pairs(&mut b);
    let args = fb::MessageArgs {
        version: fb::MetadataVersion::V5,
        header_type,
        header: Some(header),
        body_length: 640,
        custom_metadata: Some(metadata),
    };
    let root = fb::Message::create(&mut b, &args);
    b.finish(root, None);
    b.finished_data().to_vec()
}

fn footer() -> Vec<u8> {
    let mut b = Fbb::new();
    let schema = schema(&mut b);
    let blocks = b.create_vector(&[fb::Block::new(8, 64, 128), fb::Block::new(200, 64, 0)]);
    let metadata = pairs(&mut b);
    let args = fb::FooterArgs {
        version: fb::MetadataVersion::V5,
        schema: Some(schema),
        dictionaries: Some(blocks),
        record_batches: Some(blocks),
        custom_metadata: Some(metadata),
    };
    let root = fb::Footer::create(&mut b, &args);
    b.finish(root, None);
    b.finished_data().to_vec()
}

fn messages() -> Vec<Vec<u8>> {
    use fb::{MessageHeader as H, SparseIndex as S};
    let mut all = vec![
        message(|b| (H::Schema, schema(b).as_union_value())),
        message(|b| (H::RecordBatch, record_batch(b).as_union_value())),
        message(|b| {
            let data = record_batch(b);
            let args = fb::DictionaryBatchArgs {
                id: 3,
                data: Some(data),
                is_delta: true,
            };
            (
                H::DictionaryBatch,
                fb::DictionaryBatch::create(b, &args).as_union_value(),
            )
        }),
        message(|b| {
            let int = fb::Int::create(
                b,
                &fb::IntArgs {
                    bit_width: 32,
                    is_signed: true,
                },
            );
            let dim = fb::TensorDim::create(
                b,
                &fb::TensorDimArgs {
                    size: 4,
                    name: None,
                },
            );
            let shape = b.create_vector(&[dim]);
            let strides = b.create_vector(&[4_i64]);
            let data = fb::Buffer::new(0, 16);
            let args = fb::TensorArgs {
                type_type: fb::Type::Int,
                type_: Some(int.as_union_value()),
                shape: Some(shape),
                strides: Some(strides),
                data: Some(&data),
            };
            (H::Tensor, fb::Tensor::create(b, &args).as_union_value())
        }),
    ];
    for kind in [S::SparseIndexCoo, S::SparseIndexCsx, S::SparseIndexCsf] {
        all.push(message(|b| {
            (H::SparseTensor, sparse(b, kind).as_union_value())
        }));
    }
    all
}

// ---- ours against flatc's ----------------------------------------------------------------------------------------------

const WIDE: Limits = Limits {
    max_depth: 1000,
    max_tables: 1 << 30,
    max_bytes: 1 << 30,
};

fn theirs<'a, T: flatbuffers::Follow<'a> + Verifiable + 'a>(bytes: &'a [u8]) -> bool {
    let options = VerifierOptions {
        max_depth: 1000,
        max_tables: 1 << 30,
        max_apparent_size: 1 << 30,
        ignore_missing_null_terminator: false,
    };
    flatbuffers::root_with_opts::<T>(&options, bytes).is_ok()
}

fn ours(bytes: &[u8], spec: &'static TableSpec) -> bool {
    verify(bytes, spec, WIDE).is_ok()
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

/// Damage a message as writers and disks do: bytes, offsets, cuts.
fn damage(random: &mut Random, original: &[u8]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(2) {
        let at = random.below(bytes.len());
        match random.below(8) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.below(256) as u8,
            2 => bytes[at] = bytes[at].wrapping_add(4),
            3 => bytes[at] = bytes[at].wrapping_sub(4),
            4 => bytes[at] = 0,
            5 => {
                let value = (random.below(2 * original.len()) as u32).to_le_bytes();
                let at = at & !3;
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&value[..end - at]);
            }
            6 => {
                let from = random.below(bytes.len()) & !3;
                let (at, len) = (at & !3, 4.min(bytes.len() - from.max(at & !3)));
                bytes.copy_within(from..from + len, at);
            }
            _ => bytes.truncate(at.max(1)),
        }
    }
    bytes
}

fn compare(
    originals: &[Vec<u8>],
    spec: &'static TableSpec,
    theirs: impl Fn(&[u8]) -> bool,
    rounds: usize,
) {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut accepted, mut refused) = (0, 0);
    for original in originals {
        assert!(ours(original, spec) && theirs(original));
        for _ in 0..rounds {
            let bytes = damage(&mut random, original);
            let verdict = ours(&bytes, spec);
            assert_eq!(verdict, theirs(&bytes), "{bytes:?}");
            if verdict { accepted += 1 } else { refused += 1 }
        }
    }
    assert!(accepted > 100 && refused > 100, "{accepted} {refused}");
}

#[test]
fn verdicts_agree_with_flatc() {
    compare(
        &messages(),
        &MESSAGE,
        |bytes| theirs::<fb::Message<'_>>(bytes),
        4000,
    );
    compare(
        &[footer()],
        &FOOTER,
        |bytes| theirs::<fb::Footer<'_>>(bytes),
        4000,
    );
}

#[test]
fn every_cut_is_refused_or_harmless() {
    for original in messages() {
        for len in 0..original.len() {
            let bytes = &original[..len];
            assert_eq!(ours(bytes, &MESSAGE), theirs::<fb::Message<'_>>(bytes));
        }
    }
}

#[test]
fn sharing_cannot_make_a_small_message_expensive() {
    // Each level names the level below a thousand times.
    let mut b = Fbb::new();
    let mut level = fb::Field::create(&mut b, &fb::FieldArgs::default());
    for _ in 0..20 {
        let children = b.create_vector(&vec![level; 1000]);
        level = fb::Field::create(
            &mut b,
            &fb::FieldArgs {
                children: Some(children),
                ..Default::default()
            },
        );
    }
    let fields = b.create_vector(&[level]);
    let schema = fb::Schema::create(
        &mut b,
        &fb::SchemaArgs {
            fields: Some(fields),
            ..Default::default()
        },
    );
    let args = fb::MessageArgs {
        header_type: fb::MessageHeader::Schema,
        header: Some(schema.as_union_value()),
        ..Default::default()
    };
    let root = fb::Message::create(&mut b, &args);
    b.finish(root, None);
    let bytes = b.finished_data();
    let error = verify(bytes, &MESSAGE, Limits::of(bytes.len(), 64)).expect_err("too many tables");
    assert_eq!(error.kind(), ErrorKind::Corrupt);
}

#[test]
fn depth_is_a_limit() {
    let nested = |depth: usize| {
        let mut b = Fbb::new();
        let mut field = fb::Field::create(&mut b, &fb::FieldArgs::default());
        for _ in 1..depth {
            let children = b.create_vector(&[field]);
            field = fb::Field::create(
                &mut b,
                &fb::FieldArgs {
                    children: Some(children),
                    ..Default::default()
                },
            );
        }
        let fields = b.create_vector(&[field]);
        let schema = fb::Schema::create(
            &mut b,
            &fb::SchemaArgs {
                fields: Some(fields),
                ..Default::default()
            },
        );
        let args = fb::MessageArgs {
            header_type: fb::MessageHeader::Schema,
            header: Some(schema.as_union_value()),
            ..Default::default()
        };
        let root = fb::Message::create(&mut b, &args);
        b.finish(root, None);
        let bytes = b.finished_data();
        verify(bytes, &MESSAGE, Limits::of(bytes.len(), 64)).map_err(|error| error.kind())
    };
    assert_eq!(nested(64), Ok(()));
    assert_eq!(nested(100), Err(ErrorKind::Limit));
    assert_eq!(nested(100_000), Err(ErrorKind::Limit));
}

// ---- our builder and reader --------------------------------------------------------------------------------------------

#[test]
fn what_we_build_flatc_reads() {
    let mut builder = Builder::new();
    // Twice with the same memory, so that nothing of the first message is left in the second.
    for round in 0..2 {
        builder.clear();
        let key = builder.bytes(b"key").unwrap();
        let value = builder.bytes(b"").unwrap();
        let mut all = Vec::new();
        for _ in 0..3 {
            builder.start_table();
            builder.add_offset(fb::KeyValue::VT_KEY, key).unwrap();
            builder.add_offset(fb::KeyValue::VT_VALUE, value).unwrap();
            all.push(builder.end_table().unwrap());
        }
        let metadata = builder.offsets(&all).unwrap();
        let nodes = builder.zeros(3, 16).unwrap();
        let counts = builder.elements(&7_i64.to_le_bytes(), 1, 8).unwrap();
        builder.start_table();
        let length = builder.add_i64(fb::RecordBatch::VT_LENGTH, 0).unwrap();
        builder
            .add_offset(fb::RecordBatch::VT_NODES, nodes)
            .unwrap();
        builder
            .add_offset(fb::RecordBatch::VT_VARIADIC_COUNTS, counts)
            .unwrap();
        let batch = builder.end_table().unwrap();
        builder.start_table();
        builder
            .add_i64(fb::Message::VT_BODY_LENGTH, 640 + round)
            .unwrap();
        builder
            .add_offset(fb::Message::VT_CUSTOM_METADATA, metadata)
            .unwrap();
        builder
            .add_union(
                fb::Message::VT_HEADER,
                fb::MessageHeader::RecordBatch.0,
                batch,
            )
            .unwrap();
        builder
            .add_i16(fb::Message::VT_VERSION, fb::MetadataVersion::V5.0)
            .unwrap();
        let root = builder.end_table().unwrap();
        builder.finish(root).unwrap();

        let bytes = builder.finished();
        assert_eq!(bytes.len() % 8, 0);
        assert!(ours(bytes, &MESSAGE));
        let at = builder.position(length);
        let mut patched = bytes.to_vec();
        patched[at..at + 8].copy_from_slice(&5_i64.to_le_bytes());
        let message = flatbuffers::root::<fb::Message<'_>>(&patched).unwrap();
        assert_eq!(message.version(), fb::MetadataVersion::V5);
        assert_eq!(message.body_length(), 640 + round);
        let pairs = message.custom_metadata().unwrap();
        assert_eq!(pairs.len(), 3);
        assert_eq!(pairs.get(2).key().unwrap().bytes(), b"key");
        assert_eq!(pairs.get(2).value().unwrap().bytes(), b"");
        let batch = message.header_as_record_batch().unwrap();
        assert_eq!((batch.length(), batch.nodes().unwrap().len()), (5, 3));
        assert_eq!(batch.variadic_counts().unwrap().get(0), 7);

        let table = Table::root(&patched).unwrap();
        assert_eq!(
            table.union_code(fb::Message::VT_HEADER).unwrap(),
            fb::MessageHeader::RecordBatch.0
        );
        let batch = table.table(fb::Message::VT_HEADER).unwrap().unwrap();
        assert_eq!(batch.i64(fb::RecordBatch::VT_LENGTH).unwrap(), 5);
        assert_eq!(
            batch
                .vector(fb::RecordBatch::VT_NODES, 16)
                .unwrap()
                .unwrap()
                .len(),
            48
        );
        let keys: Vec<_> = table
            .tables(fb::Message::VT_CUSTOM_METADATA)
            .unwrap()
            .map(|pair| {
                pair.unwrap()
                    .text(fb::KeyValue::VT_KEY)
                    .unwrap()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        assert_eq!(keys, ["key", "key", "key"]);
    }
}
