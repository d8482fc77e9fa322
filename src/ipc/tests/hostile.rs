//! Damaged input gives an error or data that can be read, never anything else.

use super::make::*;
use crate::array::BatchRef;
use crate::error::{ErrorKind, Result};
use crate::ipc::write::WriteOptions;
use crate::schema::DataType;

fn small() -> (Vec<u8>, Vec<u8>) {
    let types = || vec![DataType::Int32, DataType::Utf8, DataType::Boolean];
    let schema = schema_of(types());
    let columns = |seed| -> Vec<_> {
        let mut random = Random(seed);
        types()
            .into_iter()
            .map(|type_| array(type_, 5, 1, true, &mut random))
            .collect()
    };
    let batch =
        |seed| crate::array::RecordBatch::try_new(schema.clone(), 5, &columns(seed)).unwrap();
    let batches = [batch(1), batch(2)];
    let options = WriteOptions {
        alignment: 8,
        ..WriteOptions::default()
    };
    (
        stream_bytes(&schema, &batches, options),
        file_bytes(&schema, &batches, options),
    )
}

/// Touch everything, and say how many batches there were.
fn touch(batch: &BatchRef) -> Result<()> {
    for index in 0..batch.num_columns() {
        let column = batch.column(index)?;
        let mut sum = 0_usize;
        for row in 0..column.len() {
            if column.is_valid(row) {
                match column.data_type() {
                    DataType::Boolean => sum += usize::from(column.bit(row)?),
                    DataType::Utf8 => sum += column.value_bytes(row)?.len(),
                    DataType::Int32 => sum += column.native::<i32>(row)? as usize & 1,
                    _ => {}
                }
            }
        }
        std::hint::black_box(sum);
    }
    Ok(())
}

fn read_stream(bytes: &[u8]) -> Result<(usize, bool)> {
    let mut reader = stream_reader(bytes)?;
    let mut batches = 0;
    while let Some(batch) = reader.next_batch()? {
        touch(&batch)?;
        batches += 1;
    }
    Ok((batches, reader.end_mark_seen()))
}

fn read_file(bytes: &[u8]) -> Result<usize> {
    let reader = file_reader(bytes)?;
    reader.count_rows()?;
    for index in 0..reader.num_batches() {
        touch(&reader.read_batch(index)?)?;
    }
    Ok(reader.num_batches())
}

fn is_about_input(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Corrupt | ErrorKind::Unsupported | ErrorKind::Limit
    )
}

#[test]
fn every_cut_of_a_stream_is_an_error_or_an_end_without_a_mark() {
    let (stream, _) = small();
    assert_eq!(read_stream(&stream).unwrap(), (2, true));
    let mut ends = 0;
    for len in 0..stream.len() {
        match read_stream(&stream[..len]) {
            Ok((_, marked)) => {
                assert!(!marked);
                ends += 1;
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::Corrupt, "{len}: {error}"),
        }
    }
    assert_eq!(ends, 3);
}

#[test]
fn every_cut_of_a_file_is_an_error() {
    let (_, file) = small();
    assert_eq!(read_file(&file).unwrap(), 2);
    for len in 0..file.len() {
        let error = read_file(&file[..len]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt, "{len}: {error}");
    }
}

#[test]
fn every_changed_byte_is_an_error_or_readable() {
    let (stream, file) = small();
    for change in [0x01, 0x80, 0xFF, 0x04] {
        for at in 0..stream.len() {
            let mut bytes = stream.clone();
            bytes[at] ^= change;
            if let Err(error) = read_stream(&bytes) {
                assert!(is_about_input(error.kind()), "{at}: {error}");
            }
        }
        for at in 0..file.len() {
            let mut bytes = file.clone();
            bytes[at] ^= change;
            if let Err(error) = read_file(&bytes) {
                assert!(is_about_input(error.kind()), "{at}: {error}");
            }
        }
    }
}

#[test]
fn every_four_bytes_replaced_by_extremes() {
    let (stream, file) = small();
    for value in [0_u32, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFF8] {
        for at in (0..stream.len() - 4).step_by(4) {
            let mut bytes = stream.clone();
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
            if let Err(error) = read_stream(&bytes) {
                assert!(is_about_input(error.kind()), "{at}: {error}");
            }
        }
        for at in (0..file.len() - 4).step_by(4) {
            let mut bytes = file.clone();
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
            if let Err(error) = read_file(&bytes) {
                assert!(is_about_input(error.kind()), "{at}: {error}");
            }
        }
    }
}
