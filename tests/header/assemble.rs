//! Puts the generated files together: one chapter per module of the boundary, in the order of its `mod` list.
//!
//! The opaque types come first, so that the order of chapters is free; each chapter then has the comments of its types,
//! its constants and structs, and its functions, in the order of the source.

use crate::capi_source::{self, Module};
use crate::declarations::{self, Declaration};
use quote::ToTokens as _;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const MAJOR: &str = env!("CARGO_PKG_VERSION_MAJOR");
const MINOR: &str = env!("CARGO_PKG_VERSION_MINOR");
const PATCH: &str = env!("CARGO_PKG_VERSION_PATCH");

/// The longest line with a note on it.
const NOTED_WIDTH: usize = 132;

struct Chapter {
    name: String,
    title: String,
    declarations: Vec<Declaration>,
    initialisers: Vec<(String, String)>,
    families: HashMap<String, (usize, String)>,
}

/// The generated files: path below the package's folder, and text. Made once, since that writes files on the way.
pub(crate) fn generate() -> &'static [(&'static str, String)] {
    static FILES: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let chapters = chapters();
        vec![
            ("include/nock/nock.h", header(&chapters)),
            ("include/nock/nock.cdef", plain(&chapters)),
            ("c_tests/symbols.txt", symbols(&chapters)),
        ]
    })
}

fn chapters() -> Vec<Chapter> {
    let modules = capi_source::modules();
    let mut places = HashMap::new();
    let mut chapters: Vec<Chapter> = Vec::new();
    for (index, module) in modules.iter().enumerate() {
        for (position, name) in names(module).into_iter().enumerate() {
            places.insert(name, (index, position));
        }
        chapters.push(Chapter {
            name: module.name.replace("::", " "),
            title: title(module),
            declarations: Vec::new(),
            initialisers: initialisers(module),
            families: module.families.clone(),
        });
    }
    for declaration in declarations::split(&bindings(&modules)) {
        let (chapter, _) = places
            .get(&declaration.name)
            .unwrap_or_else(|| panic!("{:?} comes from no module", declaration.name));
        chapters[*chapter].declarations.push(declaration);
    }
    chapters.retain(|chapter| !chapter.declarations.is_empty());
    for chapter in &mut chapters {
        let position = |declaration: &Declaration| places[&declaration.name];
        chapter.declarations.sort_by_key(position);
    }
    chapters
}

/// What cbindgen makes of the modules.
fn bindings(modules: &[Module]) -> String {
    let path = capi_source::root().join("cbindgen.toml");
    let config = cbindgen::Config::from_file(path.to_str().expect("the path is UTF-8"))
        .unwrap_or_else(|error| panic!("cbindgen.toml: {error}"));
    let mut builder = cbindgen::Builder::new().with_config(config);
    for module in modules {
        builder = builder.with_src(expanded(module));
        for name in names(module) {
            builder = builder.include_item(name);
        }
    }
    let mut text = Vec::new();
    builder
        .generate()
        .unwrap_or_else(|error| panic!("cbindgen: {error}"))
        .write(&mut text);
    String::from_utf8(text).expect("cbindgen prints UTF-8")
}

/// A file with what a module gives to C, its families as single functions: cbindgen does not expand macros.
fn expanded(module: &Module) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi");
    std::fs::create_dir_all(&folder).expect("the tests' folder can be written");
    let path = folder.join(format!("{}.rs", module.name.replace("::", "_")));
    let mut text = String::new();
    for item in &module.file.items {
        let mut item = item.clone();
        match &mut item {
            syn::Item::Fn(function) => *function.block = syn::parse_quote!({}),
            syn::Item::Mod(_) => continue,
            _ => {}
        }
        let _ = writeln!(text, "{}", item.to_token_stream());
    }
    std::fs::write(&path, text).expect("the tests' folder can be written");
    path
}

/// What a module gives to C.
fn names(module: &Module) -> Vec<String> {
    let mut names = Vec::new();
    for item in &module.file.items {
        let (visibility, name) = match item {
            syn::Item::Fn(function) if capi_source::is_exported(function) => {
                (&function.vis, &function.sig.ident)
            }
            syn::Item::Struct(item) => (&item.vis, &item.ident),
            syn::Item::Enum(item) => (&item.vis, &item.ident),
            syn::Item::Type(item) => (&item.vis, &item.ident),
            syn::Item::Const(item) => (&item.vis, &item.ident),
            _ => continue,
        };
        let name = name.to_string();
        let public = matches!(visibility, syn::Visibility::Public(_));
        if public && name.to_ascii_lowercase().starts_with("nock_") {
            names.push(name);
        }
    }
    names
}

fn title(module: &Module) -> String {
    let lines = capi_source::doc_lines(&module.file.attrs);
    lines
        .first()
        .map(|line| line.trim().to_owned())
        .unwrap_or_default()
}

/// The initialisers of a module's sized structs: `struct_size` filled in, everything else zero.
fn initialisers(module: &Module) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in &module.file.items {
        let syn::Item::Struct(item) = item else {
            continue;
        };
        let mut fields = item.fields.iter();
        let first = fields.next().and_then(|field| field.ident.as_ref());
        if first.is_none_or(|name| name != "struct_size") {
            continue;
        }
        let name = item.ident.to_string();
        let zeros: String = fields
            .map(|field| match field.ty {
                syn::Type::Array(_) => ", {0}",
                _ => ", 0",
            })
            .collect();
        let constant = name.trim_end_matches("_t").to_ascii_uppercase();
        found.push((
            name.clone(),
            format!("#define {constant}_INIT {{sizeof({name}){zeros}}}"),
        ));
    }
    found
}

fn header(chapters: &[Chapter]) -> String {
    let opening = capi_source::read(&capi_source::root().join("tools/header/opening.txt"));
    let frame = capi_source::read(&capi_source::root().join("tools/header/frame.txt"));
    let mut contents = String::new();
    let widest = chapters.iter().map(|chapter| chapter.name.len()).max();
    let width = widest.unwrap_or_default();
    for chapter in chapters {
        let _ = writeln!(contents, " *   {:<width$}  {}", chapter.name, chapter.title);
    }
    let opening = opening.replace(" * @CONTENTS@\n", &contents);
    let frame = frame
        .replace("@MAJOR@", MAJOR)
        .replace("@MINOR@", MINOR)
        .replace("@PATCH@", PATCH)
        .replace("@ABI@", if MAJOR == "0" { MINOR } else { MAJOR })
        .replace("@NUMBER@", &number().to_string());
    let (before, after) = frame
        .split_once("@DECLARATIONS@\n")
        .expect("frame.txt has a place for the declarations");

    let mut text = format!("{opening}{before}");
    text.push_str(
        "/* ---- objects: their fields are private, their comments stand in the chapters below ---- */\n\n",
    );
    for declaration in all(chapters).filter(|declaration| declaration.is_opaque()) {
        let _ = writeln!(text, "{}", declaration.code);
    }
    for chapter in chapters {
        heading(&mut text, &chapter.name);
        let families = &chapter.families;
        let number = |declaration: &Declaration| families.get(&declaration.name).map(|of| of.0);
        let same = |a: &Declaration, b: &Declaration| number(a).is_some() && number(a) == number(b);
        for declarations in chapter.declarations.chunk_by(same) {
            text.push('\n');
            declare(&mut text, chapter, declarations);
        }
    }
    text.push_str(after);
    text
}

/// One declaration with its comment, or a family.
fn declare(text: &mut String, chapter: &Chapter, declarations: &[Declaration]) {
    let Some(first) = declarations.first() else {
        return;
    };
    if chapter.families.contains_key(&first.name) {
        declare_family(text, chapter, declarations);
        return;
    }
    if !first.comment.is_empty() {
        let _ = writeln!(text, "{}", first.comment);
    }
    if first.is_opaque() {
        let _ = writeln!(text, "struct {};", first.name);
    } else {
        let _ = writeln!(text, "{}", first.layout());
    }
    for (name, initialiser) in &chapter.initialisers {
        if *name == first.name {
            let _ = writeln!(
                text,
                "/** Start value of a {name}: everything default. */\n{initialiser}"
            );
        }
    }
}

/// A comment, and a line for each member. The notes stand behind the declarations where there is room, or in the comment.
fn declare_family(text: &mut String, chapter: &Chapter, members: &[Declaration]) {
    let notes = members.iter().map(|member| {
        let note = chapter.families.get(&member.name);
        note.map_or("", |(_, note)| note.as_str())
    });
    let notes: Vec<&str> = notes.collect();
    let lines: Vec<String> = members.iter().map(Declaration::member_layout).collect();
    let widest = lines.iter().map(String::len).max().unwrap_or_default();
    let has_room = |note: &&str| widest + note.len() + " /*  */".len() <= NOTED_WIDTH;
    let comment = members.first().map_or("", |first| &first.comment);
    if notes.iter().all(has_room) {
        let _ = writeln!(text, "{comment}");
        for (line, note) in lines.iter().zip(notes) {
            let _ = writeln!(text, "{line:widest$} /* {note} */");
        }
        return;
    }
    let names = members.iter().map(|member| member.name.len());
    let column = names.max().unwrap_or_default();
    let tags = comment.find(" * @");
    let (before, after) = comment.split_at(tags.expect("a family has parameters or a result"));
    text.push_str(before);
    for (member, note) in members.iter().zip(notes) {
        let _ = writeln!(text, " *   {:column$}  {note}", member.name);
    }
    let _ = writeln!(text, " *\n{after}");
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
}

fn heading(text: &mut String, name: &str) {
    let dashes = "-".repeat(108_usize.saturating_sub(name.len()));
    let _ = write!(text, "\n/* ---- {name} {dashes} */\n");
}

fn number() -> u32 {
    let part = |digits: &str| -> u32 { digits.parse().expect("versions are numbers") };
    part(MAJOR) * 1_000_000 + part(MINOR) * 1_000 + part(PATCH)
}

fn all(chapters: &[Chapter]) -> impl Iterator<Item = &Declaration> {
    chapters.iter().flat_map(|chapter| &chapter.declarations)
}

/// The same declarations for tools that have no preprocessor, such as cffi and LuaJIT.
fn plain(chapters: &[Chapter]) -> String {
    let mut text =
        String::from("// The declarations of nock/nock.h for tools without a preprocessor.\n");
    let arrow = capi_source::read(&capi_source::root().join("include/nock/arrow_abi.h"));
    push_plain(&mut text, &arrow);
    for declaration in all(chapters).filter(|declaration| declaration.is_opaque()) {
        push_plain(&mut text, &declaration.code);
    }
    for declaration in all(chapters) {
        if !declaration.is_opaque() && !declaration.code.starts_with('#') {
            push_plain(&mut text, &declaration.plain());
        }
    }
    text
}

fn push_plain(text: &mut String, code: &str) {
    let mut in_comment = false;
    let mut in_cpp = false;
    for line in code.lines() {
        let words = line.trim();
        if words.starts_with("/*") {
            in_comment = true;
        }
        let skip = in_comment || in_cpp || words.is_empty() || words.starts_with('#');
        if in_comment && words.ends_with("*/") {
            in_comment = false;
        }
        if words == "#ifdef __cplusplus" {
            in_cpp = true;
        } else if words == "#endif" {
            in_cpp = false;
        }
        if skip {
            continue;
        }
        let _ = writeln!(text, "{}", strip_comment(line));
    }
}

fn strip_comment(line: &str) -> &str {
    line.split_once("/*")
        .map_or(line, |(before, _)| before)
        .trim_end()
}

/// The names of all functions, sorted, one per line.
fn symbols(chapters: &[Chapter]) -> String {
    let mut names: Vec<&str> = all(chapters)
        .filter(|declaration| declaration.is_function())
        .map(|declaration| declaration.name.as_str())
        .collect();
    names.sort_unstable();
    names.join("\n") + "\n"
}
