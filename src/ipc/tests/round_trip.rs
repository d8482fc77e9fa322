use super::make::*;
use crate::array::{self, BatchRef, Equality};
use crate::buffer;
use crate::error::ErrorKind;
use crate::ipc::read::{ReadOptions, read_batch, read_schema};
use crate::ipc::write::{WriteOptions, batch_size, serialize_batch, serialize_schema};
use crate::pool::Pool;

const EXACT: Equality = Equality {
    nans_equal: true,
    signed_zeros_differ: true,
    tolerance: 0.0,
};

fn assert_same(a: &BatchRef, b: &BatchRef) {
    assert!(a.schema().equals(b.schema(), true));
    for index in 0..a.num_columns() {
        let (a, b) = (a.column(index).unwrap(), b.column(index).unwrap());
        assert_eq!(a.null_count(), b.null_count(), "{index}");
        assert!(array::equal(&a, &b, &EXACT), "column {index}");
    }
    assert_eq!(a.num_rows(), b.num_rows());
    assert!(a.equals(b, &EXACT, true).unwrap());
}

fn batches() -> Vec<BatchRef> {
    let schema = schema_of(flat_types());
    let mut all = Vec::new();
    for (rows, offset, nulls) in [
        (0, 0, false),
        (1, 0, true),
        (1000, 0, true),
        (1000, 0, false),
        (64, 8, true),
        (63, 3, true),
        (100, 13, false),
        (0, 5, true),
    ] {
        all.push(batch(&schema, rows, offset, nulls, 77 + rows as u64));
    }
    all
}

#[test]
fn streams_give_back_what_was_written() {
    let batches = batches();
    let schema = batches[0].schema().clone();
    for alignment in [8, 16, 32, 64] {
        let options = WriteOptions {
            alignment,
            ..WriteOptions::default()
        };
        let mut reader = stream_reader(&stream_bytes(&schema, &batches, options)).unwrap();
        assert!(schema.equals(reader.schema(), true));
        for batch in &batches {
            let read = reader.next_batch().unwrap().unwrap();
            assert_same(batch, &read);
        }
        assert!(!reader.end_mark_seen());
        assert!(reader.next_batch().unwrap().is_none());
        assert!(reader.next_batch().unwrap().is_none());
        assert!(reader.end_mark_seen());
        let stats = reader.stats();
        assert_eq!((stats.messages, stats.record_batches), (9, 8));
        assert_eq!(stats.columns, 8 * flat_types().len() as u64);
        assert_eq!(stats.copied_buffers, 0);
    }
}

#[test]
fn files_give_back_what_was_written_in_any_order() {
    let batches = batches();
    let schema = batches[0].schema().clone();
    let bytes = file_bytes(&schema, &batches, WriteOptions::default());
    let reader = file_reader(&bytes).unwrap();
    assert_eq!(reader.num_batches(), batches.len());
    assert_eq!(reader.version(), 5);
    for index in [7, 0, 3, 3, 1, 6, 2, 4, 5] {
        assert_same(&batches[index], &reader.read_batch(index).unwrap());
    }
    let rows: usize = batches.iter().map(|batch| batch.num_rows()).sum();
    assert_eq!(reader.count_rows().unwrap(), rows as u64);

    // From the ninth byte on a file is a stream.
    let mut stream = stream_reader(&bytes[8..]).unwrap();
    for batch in &batches {
        assert_same(batch, &stream.next_batch().unwrap().unwrap());
    }
    assert!(stream.next_batch().unwrap().is_none());
    assert!(stream.end_mark_seen());
}

#[test]
fn every_buffer_lies_where_the_alignment_says() {
    let batches = batches();
    let schema = batches[0].schema().clone();
    let source = source(&file_bytes(&schema, &batches, WriteOptions::default()));
    let pool = crate::pool::Pool::default_pool();
    let reader = crate::ipc::read::FileReader::open(&source, &pool, Default::default()).unwrap();
    for index in 0..batches.len() {
        let batch = reader.read_batch(index).unwrap();
        for column in 0..batch.num_columns() {
            let column = batch.column(column).unwrap();
            for part in column.parts().buffers.iter().flatten() {
                assert_eq!(part.as_ptr().addr() % 64, 0);
            }
        }
    }
    assert_eq!(reader.stats().copied_buffers, 0);
}

#[test]
fn single_messages_give_back_what_was_written() {
    let pool = Pool::default_pool();
    for batch in batches() {
        let bytes = serialize_batch(&batch, &pool, WriteOptions::default()).unwrap();
        let size = batch_size(&batch, &pool, WriteOptions::default()).unwrap();
        assert_eq!(size, bytes.len() as u64);
        let schema = serialize_schema(batch.schema(), &pool, WriteOptions::default()).unwrap();
        assert_eq!((bytes.len() % 64, schema.len() % 64), (0, 0));
        let read = read_schema(&schema, ReadOptions::default()).unwrap();
        assert!(read.equals(batch.schema(), true));
        let again = read_batch(&bytes, &read, &pool, ReadOptions::default()).unwrap();
        assert_same(&batch, &again);

        let kind = |result: crate::error::Result<()>| result.unwrap_err().kind();
        let part = buffer::slice(&bytes, 0, bytes.len() - 1).unwrap();
        let cut = read_batch(&part, &read, &pool, ReadOptions::default());
        if bytes.len() > batch.num_rows() + 1024 {
            assert_eq!(kind(cut.map(|_| ())), ErrorKind::Corrupt);
        }
        let wrong = read_batch(&schema, &read, &pool, ReadOptions::default());
        assert_eq!(kind(wrong.map(|_| ())), ErrorKind::Corrupt);
        let wrong = read_schema(&bytes, ReadOptions::default());
        assert_eq!(kind(wrong.map(|_| ())), ErrorKind::Corrupt);
    }
}
