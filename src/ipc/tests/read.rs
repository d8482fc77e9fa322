use super::make::*;
use crate::alloc::Text;
use crate::error::ErrorKind;
use crate::ipc::format::generated as fb;
use crate::ipc::format::{Builder, Table};
use crate::ipc::message::{END_OF_STREAM, Message};
use crate::ipc::read::{FileReader, ReadOptions, StreamReader, read_schema};
use crate::ipc::schema::{decode_schema, schema_message};
use crate::ipc::write::{StreamWriter, WriteOptions, serialize_schema};
use crate::pool::Pool;
use crate::schema::{
    DataType, DictionaryType, Endianness, Field, FieldRef, Schema, SchemaRef, TimeUnit, UnionMode,
    UnionType,
};

fn child(name: &str, type_: DataType, nullable: bool) -> FieldRef {
    Field::of(name, type_, nullable).unwrap()
}

fn nested_types() -> Vec<DataType> {
    let int = || child("item", DataType::Int32, true);
    let entries = DataType::Struct(vec![
        child("k", DataType::Utf8, false),
        child("v", DataType::Int8, true),
    ]);
    let union = |mode| {
        DataType::Union(UnionType {
            mode,
            fields: vec![int(), child("s", DataType::Utf8View, true)],
            type_ids: vec![5, 120],
        })
    };
    let dictionary = |value: DataType| {
        DataType::Dictionary(DictionaryType {
            index: DataType::UInt16.into_ref().unwrap(),
            value: value.into_ref().unwrap(),
            ordered: true,
        })
    };
    vec![
        DataType::BinaryView,
        DataType::Utf8View,
        DataType::List(int()),
        DataType::LargeList(child("deep", DataType::List(int()), false)),
        DataType::ListView(int()),
        DataType::LargeListView(int()),
        DataType::FixedSizeList(int(), 3),
        DataType::Struct(vec![
            int(),
            child("", DataType::Struct(Vec::new()), true),
            int(),
        ]),
        union(UnionMode::Sparse),
        union(UnionMode::Dense),
        DataType::Map {
            entries: child("entries", entries, false),
            keys_sorted: true,
        },
        dictionary(DataType::Utf8),
        dictionary(DataType::List(int())),
        DataType::RunEndEncoded {
            run_ends: child("run_ends", DataType::Int32, false),
            values: child(
                "values",
                DataType::Timestamp(TimeUnit::Second, Some(Text::try_from_str("UTC").unwrap())),
                true,
            ),
        },
    ]
}

fn schema_round_trip(schema: &SchemaRef) -> SchemaRef {
    let mut builder = Builder::new();
    schema_message(&mut builder, schema).unwrap();
    let bytes = builder.finished();
    flatbuffers::root::<fb::Message<'_>>(bytes).expect("flatc's verifier accepts it");
    let message = Message::parse(bytes, 64).unwrap();
    decode_schema(&message.header, 64).unwrap()
}

#[test]
fn every_type_survives_in_a_schema() {
    let mut all = flat_types();
    all.extend(nested_types());
    let schema = schema_of(all);
    let read = schema_round_trip(&schema);
    assert!(schema.equals(&read, true));
    assert_eq!(format!("{}", *schema), format!("{}", *read));
}

#[test]
fn nesting_is_a_limit() {
    let nested = |depth: usize| {
        let mut type_ = DataType::Int32;
        for _ in 1..depth {
            type_ = DataType::List(Field::of("item", type_, true).unwrap());
        }
        Schema::try_new(
            vec![Field::of("x", type_, true).unwrap()],
            Default::default(),
        )
        .unwrap()
    };
    let mut builder = Builder::new();
    for (depth, limit, expected) in [
        (10, 10, Ok(())),
        (11, 10, Err(ErrorKind::Limit)),
        (64, 64, Ok(())),
    ] {
        schema_message(&mut builder, &nested(depth)).unwrap();
        let found = Message::parse(builder.finished(), limit)
            .and_then(|message| decode_schema(&message.header, limit))
            .and_then(|schema| crate::ipc::plan::Plan::new(&schema, limit));
        assert_eq!(found.map(|_| ()).map_err(|error| error.kind()), expected);
        let found = crate::ipc::plan::Plan::new(&nested(depth), limit);
        assert_eq!(found.map(|_| ()).map_err(|error| error.kind()), expected);
    }
}

#[test]
fn a_plan_finds_columns_behind_nested_ones() {
    let mut types = Vec::new();
    for type_ in nested_types() {
        types.push(type_);
        types.push(DataType::Int32);
    }
    let plan = crate::ipc::plan::Plan::new(&schema_of(types), 64).unwrap();
    // (nodes, buffers, unions, views) of each nested type.
    let counts = [
        (1, 2, 0, 1),
        (1, 2, 0, 1),
        (2, 4, 0, 0),
        (3, 6, 0, 0),
        (2, 5, 0, 0),
        (2, 5, 0, 0),
        (2, 3, 0, 0),
        (4, 6, 0, 0),
        (3, 5, 1, 1),
        (3, 6, 1, 1),
        (4, 8, 0, 0),
        (1, 2, 0, 0),
        (1, 2, 0, 0),
        (3, 4, 0, 0),
    ];
    let (mut nodes, mut buffers, mut unions, mut views) = (0, 0, 0, 0);
    for (index, count) in counts.iter().enumerate() {
        nodes += count.0;
        buffers += count.1;
        unions += count.2;
        views += count.3;
        let column = plan.column(2 * index + 1).unwrap();
        assert_eq!(column.first_node, nodes, "{index}");
        assert_eq!(column.first_buffer, buffers, "{index}");
        assert_eq!(
            (column.unions_before, column.views_before),
            (unions, views),
            "{index}"
        );
        assert!(column.supported && !plan.column(2 * index).unwrap().supported);
        nodes += 1;
        buffers += 2;
    }
}

/// The bytes of a stream in the framing of old: no continuation marks.
fn legacy(bytes: &[u8]) -> Vec<u8> {
    let mut old = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = i32::from_le_bytes(bytes[at + 4..at + 8].try_into().unwrap()) as usize;
        old.extend_from_slice(&bytes[at + 4..at + 8]);
        at += 8;
        if length == 0 {
            break;
        }
        let metadata = &bytes[at..at + length];
        let body = Message::parse(metadata, 64).unwrap().body_length as usize;
        old.extend_from_slice(&bytes[at..at + length + body]);
        at += length + body;
    }
    old
}

#[test]
fn old_framing_is_read_and_nothing_behind_the_end_is_lost() {
    let schema = schema_of(flat_types());
    let batches = [
        batch(&schema, 20, 0, true, 1),
        batch(&schema, 30, 1, true, 2),
    ];
    let mut bytes = legacy(&stream_bytes(&schema, &batches, WriteOptions::default()));
    bytes.extend_from_slice(b"what follows");
    let source = source(&bytes);
    let mut reader =
        StreamReader::open(&source, &Pool::default_pool(), ReadOptions::default()).unwrap();
    for batch in &batches {
        let read = reader.next_batch().unwrap().unwrap();
        assert!(
            read.equals(
                batch,
                &crate::array::Equality {
                    nans_equal: true,
                    ..Default::default()
                },
                false
            )
            .unwrap()
        );
    }
    assert!(reader.next_batch().unwrap().is_none() && reader.end_mark_seen());
    assert!(reader.stats().copied_buffers > 0);
    let mut rest = [0; 20];
    assert_eq!(source.read(&mut rest).unwrap(), 12);
    assert_eq!(&rest[..12], b"what follows");
}

#[test]
fn the_end_without_a_mark_is_told_apart() {
    let schema = schema_of(vec![DataType::Int32]);
    let bytes = stream_bytes(&schema, &[], WriteOptions::default());
    let cut = &bytes[..bytes.len() - END_OF_STREAM.len()];
    let mut reader = stream_reader(cut).unwrap();
    assert!(reader.next_batch().unwrap().is_none());
    assert!(!reader.end_mark_seen());
}

#[test]
fn limits_hold() {
    let schema = schema_of(flat_types());
    let batches = [batch(&schema, 20, 0, true, 1)];
    let pool = Pool::default_pool();
    let kind = |options: ReadOptions| {
        let bytes = stream_bytes(&schema, &batches, WriteOptions::default());
        StreamReader::open(&source(&bytes), &pool, options)
            .and_then(|mut reader| reader.next_batch())
            .map(|_| ())
            .map_err(|error| error.kind())
    };
    let default = ReadOptions::default();
    assert_eq!(kind(default), Ok(()));
    assert_eq!(
        kind(ReadOptions {
            max_metadata_bytes: 100,
            ..default
        }),
        Err(ErrorKind::Limit)
    );
    assert_eq!(
        kind(ReadOptions {
            max_body_bytes: 100,
            ..default
        }),
        Err(ErrorKind::Limit)
    );
    assert_eq!(
        kind(ReadOptions {
            max_nesting: 0,
            ..default
        }),
        Err(ErrorKind::InvalidArgument)
    );
    assert_eq!(
        kind(ReadOptions {
            max_nesting: 100_000,
            ..default
        }),
        Err(ErrorKind::InvalidArgument)
    );
    let bytes = file_bytes(&schema, &batches, WriteOptions::default());
    let kind = |options| {
        FileReader::open(&source(&bytes), &pool, options)
            .map(|_| ())
            .map_err(|error| error.kind())
    };
    assert_eq!(
        kind(ReadOptions {
            max_metadata_bytes: 100,
            ..default
        }),
        Err(ErrorKind::Limit)
    );
}

#[test]
fn a_message_that_is_no_batch_is_refused_in_a_stream() {
    let schema = schema_of(vec![DataType::Int32]);
    let bytes = stream_bytes(&schema, &[], WriteOptions::default());
    let mut twice = bytes[..bytes.len() - 8].to_vec();
    twice.extend_from_slice(&bytes);
    let error = stream_reader(&twice).unwrap().next_batch().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert!(error.to_string().contains("schema"), "{error}");

    let batches = [batch(&schema_of(flat_types()), 1, 0, false, 1)];
    let bytes = stream_bytes(batches[0].schema(), &batches, WriteOptions::default());
    let length = 8 + i32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
    let error = stream_reader(&bytes[length..]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert!(Table::root(&bytes[8..]).is_ok());
}

#[test]
fn the_other_byte_order_is_labelled_but_not_read() {
    let pool = Pool::default_pool();
    let little = schema_of(vec![DataType::Int32]);
    let big = Schema::try_share(
        little.fields().to_vec(),
        little.metadata_ref().clone(),
        Endianness::Big,
    )
    .unwrap();
    let bytes = serialize_schema(&big, &pool, WriteOptions::default()).unwrap();
    let read = read_schema(&bytes, ReadOptions::default()).unwrap();
    assert_eq!(read.endianness(), Endianness::Big);
    assert!(read.equals(&big, true));
    let error = stream_reader(bytes.as_slice()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    let error = StreamWriter::open(&sink(), &big, &pool, WriteOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

/// A batch message like ours, with a codec named in it.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut builder = Builder::new();
    builder.start_table();
    builder.add_u8(fb::BodyCompression::VT_CODEC, 1).unwrap();
    let compression = builder.end_table().unwrap();
    builder.start_table();
    builder.add_i64(fb::RecordBatch::VT_LENGTH, 20).unwrap();
    builder
        .add_offset(fb::RecordBatch::VT_COMPRESSION, compression)
        .unwrap();
    let header = builder.end_table().unwrap();
    builder.start_table();
    builder
        .add_union(
            fb::Message::VT_HEADER,
            fb::MessageHeader::RecordBatch.0,
            header,
        )
        .unwrap();
    builder.add_i16(fb::Message::VT_VERSION, 4).unwrap();
    let root = builder.end_table().unwrap();
    builder.finish(root).unwrap();
    let message = builder.finished();
    let mut all = bytes.to_vec();
    all.extend_from_slice(&[0xFF; 4]);
    all.extend_from_slice(&(message.len() as u32).to_le_bytes());
    all.extend_from_slice(message);
    all
}

#[test]
fn a_batch_that_cannot_be_used_is_passed_over() {
    let schema = schema_of(flat_types());
    let batches = [batch(&schema, 20, 0, true, 1)];
    let whole = stream_bytes(&schema, &batches, WriteOptions::default());
    let body = &whole[..whole.len() - END_OF_STREAM.len()];
    let start = 8 + i32::from_le_bytes(whole[4..8].try_into().unwrap()) as usize;
    let mut bytes = compressed(body);
    bytes.extend_from_slice(&body[start..]);
    bytes.extend_from_slice(&END_OF_STREAM);
    let mut reader = stream_reader(&bytes).unwrap();
    assert!(reader.next_batch().unwrap().is_some());
    let error = reader.next_batch().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(error.to_string(), "batch 1: a batch compressed with zstd");
    assert!(reader.next_batch().unwrap().is_some());
    assert!(reader.next_batch().unwrap().is_none() && reader.end_mark_seen());
}

#[test]
fn what_is_no_stream_is_called_so() {
    let mut file = b"ARROW1\0\0".to_vec();
    file.extend([0xFF; 4]);
    for (input, words) in [
        (&file[..], "an Arrow file where an Arrow stream is expected"),
        (
            b"id,name\n1,x\n",
            "no Arrow stream, or a bad one from before Arrow 0.15: ",
        ),
        (b"", "the input ends before a schema"),
    ] {
        let message = stream_reader(input).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
}
