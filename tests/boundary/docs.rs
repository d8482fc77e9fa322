//! What the comment of a boundary function must say, and in which order.

use std::collections::HashSet;

const OWNERSHIP: [&str; 4] = ["borrowed", "owned", "shared (adds a reference)", "consumed"];
const MAX_SUMMARY: usize = 80;
const MAX_NOTE: usize = 80;
/// The opening of the header says this of everything that has no such line.
const FIRST: &str = "Since: 0.1";

pub(crate) fn check(
    lines: &[String],
    parameters: &[&str],
    owned: &HashSet<&str>,
    returns: bool,
    fallible: bool,
    found: &mut Vec<String>,
) {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    check_summary(&lines, found);

    let mut documented = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(rest) = line.strip_prefix("@param ") else {
            continue;
        };
        let (name, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        documented.push(name);
        let words = with_continuation(words, &lines, at);
        if words.trim().is_empty() {
            found.push(format!("@param {name} says nothing"));
        }
        if owned.contains(name) && !OWNERSHIP.iter().any(|word| words.contains(word)) {
            found.push(format!("@param {name} needs one of {OWNERSHIP:?}"));
        }
        if name == "error" && !words.contains("may be NULL") {
            found.push("@param error may be NULL, and says so".to_owned());
        }
    }
    if documented != parameters {
        found.push(format!(
            "@param lines {documented:?} should be {parameters:?}, in this order"
        ));
    }

    let result = lines.iter().position(|line| line.starts_with("@return"));
    if returns != result.is_some() {
        found.push("a @return line exactly when there is a result".to_owned());
    }
    if fallible {
        let text = result
            .map(|at| with_continuation(lines[at], &lines, at))
            .unwrap_or_default();
        if !text.contains("NOCK_OK") {
            found.push("@return lists every status, NOCK_OK first".to_owned());
        }
        if !text.contains("NOCK_ERR_INVALID_ARGUMENT") {
            found.push(
                "@return has NOCK_ERR_INVALID_ARGUMENT, since out or a handle may be NULL"
                    .to_owned(),
            );
        }
    }
    if lines.iter().any(|line| line.starts_with(FIRST)) {
        found.push(format!(
            "no line {FIRST:?}: the header says once what has no such line"
        ));
    }
}

/// What a family says about one of its members: it stands in the header, on the line of the member or in a list.
pub(crate) fn check_note(note: &str, found: &mut Vec<String>) {
    let words = note.trim();
    if words.is_empty() || words != note || note.len() > MAX_NOTE {
        found.push(format!("a note has 1 to {MAX_NOTE} columns"));
    }
    if note.ends_with('.') || note.contains("*/") {
        found.push("a note is no sentence, and ends no comment".to_owned());
    }
}

fn check_summary(lines: &[&str], found: &mut Vec<String>) {
    let summary = lines.first().copied().unwrap_or_default();
    if summary.is_empty() {
        found.push("no comment".to_owned());
    } else if !summary.ends_with('.') || summary.len() > MAX_SUMMARY {
        found.push(format!(
            "the first line is one sentence of at most {MAX_SUMMARY} columns"
        ));
    } else if lines.get(1).is_some_and(|line| !line.is_empty()) {
        found.push("the first line stands alone".to_owned());
    }
    if lines.iter().any(|line| line.starts_with("# ")) {
        found.push("a rustdoc heading would be printed into the C header".to_owned());
    }
}

/// A paragraph: the line and those that continue it, up to an empty line or the next `@`.
fn with_continuation(first: &str, lines: &[&str], at: usize) -> String {
    let mut text = first.to_owned();
    for line in lines.iter().skip(at + 1) {
        if line.is_empty() || line.starts_with('@') {
            break;
        }
        text.push(' ');
        text.push_str(line);
    }
    text
}
