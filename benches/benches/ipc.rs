//! The stream and file formats on many small batches and on one very wide one.

use criterion::{Criterion, criterion_group, criterion_main};
use nock::array::{ArrayBuilder, BatchRef, RecordBatch, RunValidity};
use nock::buffer::BufferRef;
use nock::io::{new_buffer_writer, open_buffer};
use nock::ipc::read::{FileReader, ReadOptions, StreamReader};
use nock::ipc::write::{FileWriter, StreamWriter, WriteOptions};
use nock::pool::{Pool, PoolRef};
use nock::schema::{DataType, Field, Metadata, Schema};
use std::hint::black_box;

/// A batch of int32 columns.
fn batch(columns: usize, rows: usize, pool: &PoolRef) -> BatchRef {
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    let values: Vec<u8> = (0..rows as i32).flat_map(i32::to_ne_bytes).collect();
    for index in 0..columns {
        let field = Field::of(&format!("c{index}"), DataType::Int32, true).expect("memory");
        let mut builder = ArrayBuilder::new(field.type_ref().clone(), pool).expect("memory");
        builder
            .append_values(
                &values,
                rows,
                RunValidity {
                    bits: None,
                    offset: 0,
                },
            )
            .expect("memory");
        arrays.push(builder.finish().expect("memory"));
        fields.push(field);
    }
    let schema = Schema::try_new(fields, Metadata::new()).expect("memory");
    RecordBatch::try_new(schema, rows, &arrays).expect("equal lengths")
}

fn stream_of(batch: &BatchRef, count: usize, pool: &PoolRef) -> BufferRef {
    let sink = new_buffer_writer(pool, 0).expect("memory");
    let mut writer =
        StreamWriter::open(&sink, batch.schema(), pool, WriteOptions::default()).expect("sink");
    for _ in 0..count {
        writer.write_batch(batch, None).expect("sink");
    }
    writer.close().expect("sink");
    sink.finish_buffer().expect("memory")
}

fn file_of(batch: &BatchRef, count: usize, pool: &PoolRef) -> BufferRef {
    let sink = new_buffer_writer(pool, 0).expect("memory");
    let mut writer =
        FileWriter::open(&sink, batch.schema(), pool, WriteOptions::default()).expect("sink");
    for _ in 0..count {
        writer.write_batch(batch, None).expect("sink");
    }
    writer.close().expect("sink");
    sink.finish_buffer().expect("memory")
}

fn small_batches(c: &mut Criterion) {
    const BATCHES: usize = 1000;
    let pool = Pool::default_pool();
    let batch = batch(4, 100, &pool);
    let bytes = stream_of(&batch, BATCHES, &pool);
    let mut group = c.benchmark_group("1000_batches_of_4x100_int32");
    group.bench_function("write_stream", |b| {
        b.iter(|| stream_of(&batch, BATCHES, &pool).len())
    });
    group.bench_function("read_stream", |b| {
        b.iter(|| {
            let stream = open_buffer(bytes.clone()).expect("memory");
            let mut reader =
                StreamReader::open(&stream, &pool, ReadOptions::default()).expect("valid");
            let mut rows = 0;
            while let Some(batch) = reader.next_batch().expect("valid") {
                rows += batch.num_rows();
            }
            rows
        });
    });
    let file = open_buffer(file_of(&batch, BATCHES, &pool)).expect("memory");
    let reader = FileReader::open(&file, &pool, ReadOptions::default()).expect("valid");
    let mut index = 0;
    group.bench_function("read_one_at_random", |b| {
        b.iter(|| {
            index = (index + 617) % BATCHES;
            reader
                .read_batch(black_box(index))
                .expect("valid")
                .num_rows()
        });
    });
    group.bench_function("read_one_column_at_random", |b| {
        b.iter(|| {
            index = (index + 617) % BATCHES;
            let batch = reader.read_batch(black_box(index)).expect("valid");
            batch.column(2).expect("valid").len()
        });
    });
    group.finish();
}

fn wide_schema(c: &mut Criterion) {
    let pool = Pool::default_pool();
    let batch = batch(10_000, 10, &pool);
    let bytes = file_of(&batch, 1, &pool);
    let mut group = c.benchmark_group("10000_columns");
    group.sample_size(20);
    group.bench_function("write_file", |b| b.iter(|| file_of(&batch, 1, &pool).len()));
    let open = || {
        let stream = open_buffer(bytes.clone()).expect("memory");
        FileReader::open(&stream, &pool, ReadOptions::default()).expect("valid")
    };
    group.bench_function("open_file", |b| b.iter(|| open().num_batches()));
    let reader = open();
    group.bench_function("read_one_column", |b| {
        b.iter(|| {
            let batch = reader.read_batch(0).expect("valid");
            batch.column(5000).expect("valid").len()
        });
    });
    group.finish();
}

criterion_group!(benches, small_batches, wide_schema);
criterion_main!(benches);
