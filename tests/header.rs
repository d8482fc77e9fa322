//! The C header, its plain form for FFI tools, and the list of symbols are generated from `src/capi` and committed.
//!
//! This test generates them again and compares. With `NOCK_UPDATE_HEADER=1` it rewrites the files instead; that is what
//! tools/gen-header does.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may print and may abort when memory runs out"
)]

#[path = "header/assemble.rs"]
mod assemble;
#[allow(dead_code, reason = "other tests use the rest")]
mod capi_source;
#[path = "header/declarations.rs"]
mod declarations;

use std::path::Path;

#[test]
fn committed_header_is_what_the_sources_say() {
    let files = assemble::generate();
    if std::env::var_os("NOCK_UPDATE_HEADER").is_some_and(|value| value == "1") {
        for (path, text) in files {
            let path = capi_source::root().join(path);
            if std::fs::read_to_string(&path).ok().as_ref() != Some(text) {
                std::fs::write(&path, text)
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            }
        }
        return;
    }
    for (path, text) in files {
        let committed = std::fs::read_to_string(capi_source::root().join(path)).unwrap_or_default();
        if let Some(difference) = first_difference(&committed, text) {
            panic!("{path} is stale, run tools/gen-header: {difference}");
        }
    }
}

fn first_difference(committed: &str, generated: &str) -> Option<String> {
    if committed == generated {
        return None;
    }
    let mut old = committed.lines();
    let mut new = generated.lines();
    let mut line = 1;
    loop {
        let (old, new) = (old.next(), new.next());
        if old != new || old.is_none() {
            return Some(format!(
                "line {line} is {:?} but should be {:?}",
                old.unwrap_or("missing"),
                new.unwrap_or("missing")
            ));
        }
        line += 1;
    }
}

#[test]
fn no_declaration_needs_a_preprocessor() {
    let files = assemble::generate();
    let (_, plain) = files
        .iter()
        .find(|(path, _)| Path::new(path).extension().is_some_and(|e| e == "cdef"))
        .expect("a plain form is generated");
    assert!(!plain.contains('#') && !plain.contains("NOCK_API"));
}

#[test]
fn the_program_of_the_readme_is_the_first_example() {
    let example = capi_source::read(&capi_source::root().join("examples_c/first.c"));
    let readme = capi_source::read(&capi_source::root().join("README.md"));
    assert!(readme.contains(&format!("```c\n{example}```")));
}
