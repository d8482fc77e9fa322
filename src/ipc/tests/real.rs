//! Files of other writers, when the folder with them is named in NOCK_TESTDATA.

use super::make::*;
use crate::error::{ErrorKind, Result};
use crate::ipc::MAGIC;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if ["arrow", "arrow_file", "arrows", "stream"]
            .iter()
            .any(|end| path.extension().is_some_and(|have| have == *end))
        {
            found.push(path);
        }
    }
}

/// Read all columns of all batches; a column of a type without arrays is passed over.
fn read(bytes: &[u8]) -> Result<(usize, usize)> {
    let (mut columns, mut passed) = (0, 0);
    let mut take = |batch: &crate::array::BatchRef| -> Result<()> {
        for index in 0..batch.num_columns() {
            match batch.column(index) {
                Ok(_) => columns += 1,
                Err(error) if error.kind() == ErrorKind::Unsupported => passed += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    };
    if bytes.starts_with(&MAGIC) {
        let reader = file_reader(bytes)?;
        reader.count_rows()?;
        for index in 0..reader.num_batches() {
            take(&reader.read_batch(index)?)?;
        }
    } else {
        let mut reader = stream_reader(bytes)?;
        while let Some(batch) = reader.next_batch()? {
            take(&batch)?;
        }
    }
    Ok((columns, passed))
}

#[test]
fn real_files_are_read_or_refused_with_a_reason() {
    let Some(folder) = std::env::var_os("NOCK_TESTDATA") else {
        return;
    };
    let mut found = Vec::new();
    files(Path::new(&folder), &mut found);
    assert!(!found.is_empty());
    for path in found {
        let name = path.display().to_string();
        if ["edges", "mutants", "fuzz", "forward"]
            .iter()
            .any(|part| name.contains(part))
        {
            continue;
        }
        match read(&std::fs::read(&path).unwrap()) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Unsupported => println!("{name}: {error}"),
            Err(error) => panic!("{name}: {error}"),
        }
    }
}
