use super::make::*;
use crate::array::{self, RecordBatch};
use crate::buffer::Buffer;
use crate::error::ErrorKind;
use crate::ipc::message::END_OF_STREAM;
use crate::ipc::write::{FileWriter, StreamWriter, WriteOptions};
use crate::pool::Pool;
use crate::schema::{DataType, Field, Schema};

#[test]
fn a_slice_is_written_as_if_it_were_alone() {
    let mut random = Random(5);
    for type_ in flat_types() {
        let long = array(type_, 500, 0, true, &mut random);
        let schema = schema_of(vec![DataType::Null]);
        let field = Field::try_new("x", long.type_ref().clone(), true, Default::default()).unwrap();
        let schema = Schema::try_new(vec![field], schema.metadata().try_clone().unwrap()).unwrap();
        let bytes = |array: &array::ArrayRef| {
            let batch =
                RecordBatch::try_new(schema.clone(), array.len(), std::slice::from_ref(array))
                    .unwrap();
            stream_bytes(&schema, &[batch], WriteOptions::default())
        };
        let part = array::slice(&long, 17, 5).unwrap();
        let once = bytes(&part);
        // What was read back has no offsets and no spare bytes: it is written the same.
        let read = stream_reader(&once).unwrap().next_batch().unwrap().unwrap();
        assert_eq!(bytes(&read.column(0).unwrap()), once);
        assert!(once.len() <= bytes(&long).len());
    }
}

#[test]
fn an_array_of_no_values_is_written_with_its_one_offset() {
    let mut random = Random(6);
    for (type_, offsets) in [(DataType::Utf8, 4), (DataType::LargeBinary, 8)] {
        let whole = array(type_, 20, 0, true, &mut random);
        let field =
            Field::try_new("x", whole.type_ref().clone(), true, Default::default()).unwrap();
        let schema = Schema::try_new(vec![field], Default::default()).unwrap();
        let part = array::slice(&whole, 9, 0).unwrap();
        let batch = RecordBatch::try_new(schema.clone(), 0, &[part]).unwrap();
        let bytes = stream_bytes(&schema, &[batch], WriteOptions::default());
        let read = stream_reader(&bytes)
            .unwrap()
            .next_batch()
            .unwrap()
            .unwrap();
        let column = read.column(0).unwrap();
        let sizes = [0, 1, 2].map(|index| column.buffer(index).map_or(0, |buffer| buffer.len()));
        assert_eq!(sizes, [0, offsets, 0]);
    }
}

#[test]
fn an_empty_stream_and_an_empty_file() {
    let schema = schema_of(flat_types());
    let bytes = stream_bytes(&schema, &[], WriteOptions::default());
    assert!(bytes.ends_with(&END_OF_STREAM));
    assert!(
        stream_reader(&bytes)
            .unwrap()
            .next_batch()
            .unwrap()
            .is_none()
    );
    let bytes = file_bytes(&schema, &[], WriteOptions::default());
    let reader = file_reader(&bytes).unwrap();
    assert_eq!((reader.num_batches(), reader.count_rows().unwrap()), (0, 0));
    assert_eq!(
        reader.read_batch(0).unwrap_err().kind(),
        ErrorKind::OutOfRange
    );

    let none = Schema::try_new(Vec::new(), Default::default()).unwrap();
    let batch = RecordBatch::try_new(none.clone(), 7, &[]).unwrap();
    let bytes = stream_bytes(&none, &[batch], WriteOptions::default());
    let read = stream_reader(&bytes)
        .unwrap()
        .next_batch()
        .unwrap()
        .unwrap();
    assert_eq!((read.num_rows(), read.num_columns()), (7, 0));
}

#[test]
fn metadata_of_batches_and_footer() {
    let schema = schema_of(flat_types());
    let pool = Pool::default_pool();
    let sink = sink();
    let mut writer = FileWriter::open(&sink, &schema, &pool, WriteOptions::default()).unwrap();
    let own = metadata(&[(b"own", b"1")]);
    let given = metadata(&[(b"given", b"\xfe"), (b"given", b"2")]);
    let plain = batch(&schema, 10, 0, true, 3);
    writer.write_batch(&plain, Some(&given)).unwrap();
    writer.write_batch(&plain, None).unwrap();
    writer
        .set_footer_metadata(metadata(&[(b"foot", b"er")]).into_ref().unwrap())
        .unwrap();
    writer.close().unwrap();
    let reader = file_reader(sink.finish_buffer().unwrap().as_slice()).unwrap();
    assert_eq!(*reader.read_batch(0).unwrap().metadata(), given);
    assert!(reader.read_batch(1).unwrap().metadata().is_empty());
    assert_eq!(**reader.metadata(), metadata(&[(b"foot", b"er")]));

    // A batch that was read carries its metadata on.
    let sink = super::make::sink();
    let mut writer = StreamWriter::open(&sink, &schema, &pool, WriteOptions::default()).unwrap();
    writer
        .write_batch(&reader.read_batch(0).unwrap(), None)
        .unwrap();
    writer
        .write_batch(&reader.read_batch(0).unwrap(), Some(&own))
        .unwrap();
    writer.close().unwrap();
    writer.close().unwrap();
    assert_eq!(
        writer.write_batch(&plain, None).unwrap_err().kind(),
        ErrorKind::Closed
    );
    let mut reader = stream_reader(sink.finish_buffer().unwrap().as_slice()).unwrap();
    assert_eq!(*reader.next_batch().unwrap().unwrap().metadata(), given);
    assert_eq!(*reader.next_batch().unwrap().unwrap().metadata(), own);
}

#[test]
fn statistics_and_refusals() {
    let schema = schema_of(flat_types());
    let pool = Pool::default_pool();
    let sink = sink();
    let mut writer = StreamWriter::open(&sink, &schema, &pool, WriteOptions::default()).unwrap();
    writer
        .write_batch(&batch(&schema, 10, 0, true, 3), None)
        .unwrap();
    let stats = writer.stats();
    assert_eq!((stats.messages, stats.record_batches), (2, 1));
    assert!(stats.raw_body_bytes < stats.body_bytes && stats.body_bytes.is_multiple_of(64));

    let other = schema_of(vec![DataType::Int32]);
    let column = array(DataType::Int32, 4, 0, false, &mut Random(1));
    let wrong = RecordBatch::try_new(other.clone(), 4, &[column]).unwrap();
    assert_eq!(
        writer.write_batch(&wrong, None).unwrap_err().kind(),
        ErrorKind::InvalidArgument
    );
    assert_eq!(writer.stats(), stats);

    let nested = schema_of(vec![DataType::Int32, DataType::Utf8View]);
    let error = StreamWriter::open(&sink, &nested, &pool, WriteOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(
        error.to_string().contains("f1") && error.to_string().contains("view"),
        "{error}"
    );

    for alignment in [0, 4, 24, 128] {
        let options = WriteOptions {
            alignment,
            ..WriteOptions::default()
        };
        let error = StreamWriter::open(&sink, &schema, &pool, options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
}

#[test]
fn a_failed_write_poisons_the_writer() {
    let schema = schema_of(flat_types());
    let pool = Pool::default_pool();
    let rows = batch(&schema, 10, 0, true, 3);
    let whole = file_bytes(
        &schema,
        std::slice::from_ref(&rows),
        WriteOptions::default(),
    );
    let room = Buffer::allocate(&pool, whole.len() - 2000).unwrap();
    let sink = crate::io::new_fixed_writer(room).unwrap();
    let mut writer = FileWriter::open(&sink, &schema, &pool, WriteOptions::default()).unwrap();
    writer.write_batch(&rows, None).unwrap();
    let first = writer.write_batch(&rows, None).unwrap_err();
    let second = writer.write_batch(&rows, None).unwrap_err();
    assert_eq!(first.kind(), second.kind());
    assert!(second.to_string().contains("earlier write"), "{second}");
    assert_eq!(writer.close().unwrap_err().kind(), first.kind());
    assert_eq!(writer.stats().record_batches, 1);

    // What fails before the first byte leaves the writer as it was.
    let sink = super::make::sink();
    let mut writer = FileWriter::open(&sink, &schema, &pool, WriteOptions::default()).unwrap();
    sink.close().unwrap();
    let first = writer.write_batch(&rows, None).unwrap_err();
    assert_eq!(first.kind(), ErrorKind::Closed);
    assert!(!first.to_string().contains("earlier write"), "{first}");
}
