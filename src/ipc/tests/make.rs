//! Batches of every type that there are arrays for, with contents that depend on nothing but a seed.

use crate::alloc::Text;
use crate::array::{ArrayData, ArrayParts, ArrayRef, BatchRef, RecordBatch, Validation};
use crate::buffer::{Buffer, BufferRef};
use crate::io::{self, StreamRef};
use crate::ipc::read::{FileReader, ReadOptions, StreamReader};
use crate::ipc::write::{FileWriter, StreamWriter, WriteOptions};
use crate::pool::Pool;
use crate::schema::{
    BufferKind, DataType, Field, IntervalUnit, Metadata, Schema, SchemaRef, TimeUnit,
};

pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 8
    }
}

pub(super) fn flat_types() -> Vec<DataType> {
    let zone = Text::try_from_str("Europe/Paris").unwrap();
    let decimal = |bit_width, precision, scale| DataType::Decimal {
        bit_width,
        precision,
        scale,
    };
    vec![
        DataType::Null,
        DataType::Boolean,
        DataType::Int8,
        DataType::Int16,
        DataType::Int32,
        DataType::Int64,
        DataType::UInt8,
        DataType::UInt16,
        DataType::UInt32,
        DataType::UInt64,
        DataType::Float16,
        DataType::Float32,
        DataType::Float64,
        decimal(32, 9, 2),
        decimal(64, 18, -2),
        decimal(128, 38, 10),
        decimal(256, 76, 0),
        DataType::Date32,
        DataType::Date64,
        DataType::Time32(TimeUnit::Second),
        DataType::Time32(TimeUnit::Millisecond),
        DataType::Time64(TimeUnit::Microsecond),
        DataType::Time64(TimeUnit::Nanosecond),
        DataType::Timestamp(TimeUnit::Second, None),
        DataType::Timestamp(TimeUnit::Nanosecond, Some(zone)),
        DataType::Duration(TimeUnit::Microsecond),
        DataType::Interval(IntervalUnit::YearMonth),
        DataType::Interval(IntervalUnit::DayTime),
        DataType::Interval(IntervalUnit::MonthDayNano),
        DataType::FixedSizeBinary(3),
        DataType::FixedSizeBinary(0),
        DataType::Binary,
        DataType::LargeBinary,
        DataType::Utf8,
        DataType::LargeUtf8,
    ]
}

fn buffer(bytes: &[u8]) -> Option<BufferRef> {
    Some(Buffer::copy_of(bytes, &Pool::default_pool()).unwrap())
}

/// An array with nulls everywhere, cut out of a longer one unless `offset` is 0.
pub(super) fn array(
    type_: DataType,
    len: usize,
    offset: usize,
    nulls: bool,
    random: &mut Random,
) -> ArrayRef {
    let type_ = type_.into_ref().unwrap();
    let total = len + offset + 3;
    let mut bytes = |n: usize| -> Vec<u8> { (0..n).map(|_| random.next() as u8).collect() };
    let ends: Vec<usize> = bytes(total + 1)
        .iter()
        .scan(5, |end, step| {
            *end += usize::from(step % 11);
            Some(*end)
        })
        .collect();
    let mut parts = ArrayParts::default();
    for (part, kind) in parts.buffers.iter_mut().zip(type_.buffers()) {
        *part = match kind {
            BufferKind::Validity if !nulls => None,
            BufferKind::Validity | BufferKind::Bits => buffer(&bytes(total.div_ceil(8))),
            BufferKind::Values => buffer(&bytes(total * type_.value_width().unwrap())),
            BufferKind::Offsets32 => {
                let ends: Vec<u8> = ends
                    .iter()
                    .flat_map(|end| (*end as i32).to_le_bytes())
                    .collect();
                buffer(&ends)
            }
            BufferKind::Offsets64 => {
                let ends: Vec<u8> = ends
                    .iter()
                    .flat_map(|end| (*end as i64).to_le_bytes())
                    .collect();
                buffer(&ends)
            }
            _ => {
                let letters: Vec<u8> = bytes(ends[total] + 7)
                    .iter()
                    .map(|byte| b'a' + byte % 26)
                    .collect();
                buffer(&letters)
            }
        };
    }
    ArrayData::try_new(type_, len, None, offset, parts, Validation::Memory).unwrap()
}

pub(super) fn metadata(pairs: &[(&[u8], &[u8])]) -> Metadata {
    let mut metadata = Metadata::new();
    for (key, value) in pairs {
        metadata.append(key, value).unwrap();
    }
    metadata
}

pub(super) fn schema_of(types: Vec<DataType>) -> SchemaRef {
    let fields = types.into_iter().enumerate().map(|(i, type_)| {
        let pairs = if i % 3 == 0 {
            metadata(&[(b"field", b"\xff\0")])
        } else {
            Metadata::new()
        };
        Field::try_new(&format!("f{i}"), type_.into_ref().unwrap(), true, pairs).unwrap()
    });
    Schema::try_new(
        fields.collect(),
        metadata(&[(b"", b"a"), (b"k", b""), (b"k", b"again")]),
    )
    .unwrap()
}

/// A batch of all flat types.
pub(super) fn batch(
    schema: &SchemaRef,
    rows: usize,
    offset: usize,
    nulls: bool,
    seed: u64,
) -> BatchRef {
    let mut random = Random(seed);
    let columns: Vec<_> = flat_types()
        .into_iter()
        .map(|type_| array(type_, rows, offset, nulls, &mut random))
        .collect();
    RecordBatch::try_new(schema.clone(), rows, &columns).unwrap()
}

pub(super) fn sink() -> StreamRef {
    io::new_buffer_writer(&Pool::default_pool(), 0).unwrap()
}

pub(super) fn stream_bytes(
    schema: &SchemaRef,
    batches: &[BatchRef],
    options: WriteOptions,
) -> Vec<u8> {
    let sink = sink();
    let mut writer = StreamWriter::open(&sink, schema, &Pool::default_pool(), options).unwrap();
    for batch in batches {
        writer.write_batch(batch, None).unwrap();
    }
    writer.close().unwrap();
    sink.finish_buffer().unwrap().as_slice().to_vec()
}

pub(super) fn file_bytes(
    schema: &SchemaRef,
    batches: &[BatchRef],
    options: WriteOptions,
) -> Vec<u8> {
    let sink = sink();
    let mut writer = FileWriter::open(&sink, schema, &Pool::default_pool(), options).unwrap();
    for batch in batches {
        writer.write_batch(batch, None).unwrap();
    }
    writer.close().unwrap();
    sink.finish_buffer().unwrap().as_slice().to_vec()
}

pub(super) fn source(bytes: &[u8]) -> StreamRef {
    io::open_buffer(buffer(bytes).unwrap()).unwrap()
}

pub(super) fn stream_reader(bytes: &[u8]) -> crate::error::Result<StreamReader> {
    StreamReader::open(
        &source(bytes),
        &Pool::default_pool(),
        ReadOptions::default(),
    )
}

pub(super) fn file_reader(bytes: &[u8]) -> crate::error::Result<FileReader> {
    FileReader::open(
        &source(bytes),
        &Pool::default_pool(),
        ReadOptions::default(),
    )
}
