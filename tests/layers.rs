//! The tree shows the architecture: imports between the modules of `src` point one way, C stays at the border, and
//! `unsafe` stays where memory is touched.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may print and may abort when memory runs out"
)]

#[allow(dead_code, reason = "other tests use the rest")]
mod capi_source;
#[path = "layers/loops.rs"]
mod loops;
#[path = "layers/names.rs"]
mod names;

use std::path::{Path, PathBuf};

/// Each layer with the layers that it may name. Every name on the right stands above on the left.
const LAYERS: [(&str, &[&str]); 13] = [
    ("alloc", &["error"]),
    ("error", &["alloc"]),
    ("pool", &["error"]),
    ("device", &["pool"]),
    ("buffer", &["device"]),
    ("codec", &["buffer"]),
    ("io", &["codec"]),
    ("schema", &["error"]),
    ("array", &["buffer", "schema"]),
    ("tensor", &["buffer", "schema"]),
    ("ipc", &["io", "array", "tensor"]),
    ("interop", &["array", "tensor", "device"]),
    ("object", &["ipc"]),
];

/// Files outside `capi` whose job is foreign memory or a C library.
const SPEAKS_C: [&str; 10] = [
    "buffer/buffer.rs",
    "buffer/owner.rs",
    "alloc/allocator/mimalloc.rs",
    "pool/callback",
    "pool/fork_handler.rs",
    "device/callback",
    "device/cuda",
    "io/callback",
    "io/hdfs",
    "interop/",
];

struct Source {
    /// Below `src`, with forward slashes.
    name: String,
    /// Without comments and without what stands between quotation marks.
    code: String,
    text: String,
}

impl Source {
    fn layer(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        self.name.contains("/tests")
    }
}

fn sources() -> Vec<Source> {
    let root = capi_source::root().join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let source = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("found below src");
        let text = capi_source::read(&path);
        Source {
            name: name.to_string_lossy().replace('\\', "/"),
            code: code_of(&text),
            text,
        }
    };
    paths.into_iter().map(source).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("src can be listed");
    for entry in entries {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Drop line comments, and the insides of string literals on one line.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default();
        let mut quoted = false;
        let mut before = ' ';
        for c in line.chars() {
            if c == '"' && before != '\\' && before != '\'' {
                quoted = !quoted;
                code.push(c);
            } else if !quoted {
                code.push(c);
            }
            before = c;
        }
        code.push('\n');
    }
    code
}

/// What a layer may name: itself, what its row says, and what those may name.
fn allowed(layer: &str) -> Vec<&'static str> {
    let mut reachable = vec!["alloc", "error"];
    let mut open: Vec<&str> = row(layer).to_vec();
    while let Some(next) = open.pop() {
        if !reachable.contains(&next) {
            let (name, below) = *LAYERS
                .iter()
                .find(|(name, _)| *name == next)
                .expect("a row names layers only");
            reachable.push(name);
            open.extend(below);
        }
    }
    reachable
}

fn row(layer: &str) -> &'static [&'static str] {
    LAYERS
        .iter()
        .find(|(name, _)| *name == layer)
        .map_or(&[], |(_, below)| *below)
}

/// The first names after each `crate::`.
fn imports(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = code.get(at + "crate::".len()..).unwrap_or_default();
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(std::mem::take(&mut name)),
                    _ if depth == 0 && !c.is_whitespace() => name.push(c),
                    _ => {}
                }
            }
            names.push(name);
        } else {
            names.push(rest.chars().take_while(|c| *c != ':').collect());
        }
    }
    names
        .into_iter()
        .map(|name| {
            name.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect()
        })
        .collect()
}

#[test]
fn imports_point_one_way() {
    let mut breaches = Vec::new();
    for source in sources() {
        let layer = source.layer();
        if layer == "capi" || layer == "lib" {
            continue;
        }
        let allowed = allowed(layer);
        for name in imports(&source.code) {
            let is_layer = name == "capi" || LAYERS.iter().any(|(layer, _)| *layer == name);
            if is_layer && name != layer && !allowed.contains(&name.as_str()) {
                breaches.push(format!("src/{} names {name}", source.name));
            }
        }
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn only_the_border_speaks_c() {
    let mut breaches = Vec::new();
    for source in sources() {
        let border =
            source.layer() == "capi" || SPEAKS_C.iter().any(|place| source.name.starts_with(place));
        if border || source.is_test() {
            continue;
        }
        for word in [
            "extern \"",
            "c_char",
            "c_int",
            "c_long",
            "nock_",
            "no_mangle",
        ] {
            if source.code.contains(word) {
                breaches.push(format!("src/{}: {word}", source.name));
            }
        }
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let mut breaches = Vec::new();
    for source in sources() {
        let generated = source.name.ends_with("generated.rs");
        if !source.text.starts_with("//!") && !source.is_test() && !generated {
            breaches.push(format!("src/{} starts without //!", source.name));
        }
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}
