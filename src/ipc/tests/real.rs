//! Files of other writers, when the folder with them is named in NOCK_TESTDATA.

use super::make::*;
use crate::array::BatchRef;
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

/// Columns that were read, and columns of types without arrays.
type Counts = (usize, usize);

fn read_columns(batch: &BatchRef, counts: &mut Counts) -> Result<()> {
    for index in 0..batch.num_columns() {
        match batch.column(index) {
            Ok(_) => counts.0 += 1,
            Err(error) if error.kind() == ErrorKind::Unsupported => counts.1 += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn read_file(bytes: &[u8]) -> Result<Counts> {
    let mut counts = (0, 0);
    let reader = file_reader(bytes)?;
    reader.count_rows()?;
    for index in 0..reader.num_batches() {
        read_columns(&reader.read_batch(index)?, &mut counts)?;
    }
    Ok(counts)
}

fn read_stream(bytes: &[u8]) -> Result<Counts> {
    let mut counts = (0, 0);
    let mut reader = stream_reader(bytes)?;
    while let Some(batch) = reader.next_batch()? {
        read_columns(&batch, &mut counts)?;
    }
    Ok(counts)
}

fn read(bytes: &[u8]) -> Result<Counts> {
    if bytes.starts_with(&MAGIC) {
        read_file(bytes)
    } else {
        read_stream(bytes)
    }
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

/// What a list of damaged files wants of a reader.
fn verdicts(folder: &Path, list: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder.join(list)).unwrap_or_default();
    let rows = text
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| row.len() > 3)
        .map(|row| (row[0].to_owned(), row[2].to_owned()))
        .collect()
}

#[test]
fn damaged_files_are_judged_as_the_lists_say() {
    let Some(folder) = std::env::var_os("NOCK_TESTDATA") else {
        return;
    };
    let edges = Path::new(&folder).join("edges");
    let mut wrong = Vec::new();
    for (name, want) in verdicts(&edges, "edges.tsv") {
        let bytes = std::fs::read(edges.join(&name)).unwrap();
        let result = if name.ends_with(".stream") {
            read_stream(&bytes)
        } else {
            read_file(&bytes)
        };
        match result {
            Ok((_, passed)) if want == "reject" && passed == 0 => {
                wrong.push(format!("{name} was accepted"))
            }
            Err(error) if want == "accept" && error.kind() != ErrorKind::Unsupported => {
                wrong.push(format!("{name} was refused: {error}"));
            }
            _ => {}
        }
    }
    for list in ["mutants", "fuzz_file", "fuzz_stream"] {
        let folder = Path::new(&folder).join(list);
        for (name, outcome) in verdicts(&folder, "pyarrow.tsv") {
            let bytes = std::fs::read(folder.join(&name)).unwrap();
            let stream = read_stream(&bytes);
            let file = read_file(&bytes);
            if std::env::var_os("NOCK_TESTDATA_DIFF").is_some() {
                println!("{name}\t{outcome}\t{stream:?}\t{file:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
