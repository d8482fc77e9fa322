//! rustfmt and clippy do not look inside of macros: the functions of families are held to the format, and to a comment for
//! each unsafe block, here.

use super::capi_source;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};

/// The functions of a file's families as they are written, with a letter for `$`.
fn functions(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while lines.by_ref().any(|line| line == "family! {") {
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
        let function = inside.iter().skip_while(|line| **line != "    ]").skip(1);
        let mut text = String::new();
        for line in function {
            text.push_str(line.strip_prefix("    ").unwrap_or(line));
            text.push('\n');
        }
        found.push(text.replace('$', "z"));
    }
    found
}

/// What rustfmt makes of a function that stands four columns further to the right; `None` without rustfmt.
fn formatted(function: &str) -> Option<String> {
    let child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=96"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match child {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        child => child.expect("rustfmt starts"),
    };
    let mut input = child.stdin.take().expect("a pipe was asked for");
    input
        .write_all(function.as_bytes())
        .expect("rustfmt reads its input");
    drop(input);
    let output = child.wait_with_output().expect("rustfmt ends");
    Some(String::from_utf8(output.stdout).expect("rustfmt writes UTF-8"))
}

#[test]
fn functions_of_families_are_formatted() {
    let mut breaches = Vec::new();
    let mut count = 0;
    for module in capi_source::modules() {
        for function in functions(&capi_source::read(&module.path)) {
            count += 1;
            let Some(expected) = formatted(&function) else {
                println!("SKIPPED: there is no rustfmt");
                return;
            };
            if function != expected {
                let name = &module.name;
                breaches.push(format!(
                    "src/capi/{name}.rs has\n{function}instead of\n{expected}"
                ));
            }
        }
    }
    assert!(count > 20, "only {count} families were found");
    super::assert_none(&breaches);
}

#[test]
fn unsafe_blocks_of_families_say_why_they_are_sound() {
    let mut breaches = Vec::new();
    for module in capi_source::modules() {
        for function in functions(&capi_source::read(&module.path)) {
            let mut before = "";
            for line in function.lines() {
                let opens = line.contains("unsafe {");
                if opens && !before.trim_start().starts_with("// SAFETY: ") {
                    breaches.push(format!("src/capi/{}.rs: {line}", module.name));
                }
                // The value of a `let` may stand on a line of its own.
                if !line.ends_with('=') {
                    before = line;
                }
            }
        }
    }
    super::assert_none(&breaches);
}
