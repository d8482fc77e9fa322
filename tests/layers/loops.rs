//! No loops between the files of one module: read in some order, each file needs only those before it.

use crate::capi_source;
use crate::names::{self, Edges};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

/// The modules that `lib.rs` lists.
fn modules() -> Vec<String> {
    let lib = capi_source::parse(&capi_source::root().join("src/lib.rs"));
    let module = |item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    };
    lib.items.into_iter().filter_map(module).collect()
}

fn edges_in_src(module: &str) -> Edges {
    let root = capi_source::root().join("src");
    names::edges(module, &|file| {
        std::fs::read_to_string(root.join(file)).ok()
    })
}

/// The shortest way from a file back to itself.
fn shortest_loop(edges: &Edges, start: &str) -> Option<Vec<String>> {
    let mut came_from = BTreeMap::<&str, &str>::new();
    let mut open = VecDeque::from([start]);
    while let Some(file) = open.pop_front() {
        let Some(named) = edges.get(file) else {
            continue;
        };
        for next in named.keys() {
            if next == start {
                let mut way = vec![start.to_string(), file.to_string()];
                let mut at = file;
                while at != start {
                    at = came_from[at];
                    way.push(at.to_string());
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(next.as_str()) {
                came_from.insert(next, file);
                open.push_back(next);
            }
        }
    }
    None
}

/// The shortest loop through each file, each loop once, with the names behind each step.
fn loops(edges: &Edges) -> String {
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    for start in edges.keys() {
        let Some(way) = shortest_loop(edges, start) else {
            continue;
        };
        let files: BTreeSet<String> = way.iter().cloned().collect();
        if !seen.insert(files) {
            continue;
        }
        let _ = writeln!(text, "{}", way.join(" -> "));
        for step in way.windows(2) {
            let names: Vec<&str> = edges[&step[0]][&step[1]]
                .iter()
                .map(String::as_str)
                .collect();
            let _ = writeln!(text, "    {} names {}", step[0], names.join(", "));
        }
    }
    text
}

#[test]
fn files_of_a_module_name_each_other_one_way() {
    let modules = modules();
    assert!(!modules.is_empty());
    let found: String = modules
        .iter()
        .map(|module| loops(&edges_in_src(module)))
        .collect();
    assert!(found.is_empty(), "\n{found}");
}

/// The loops in a module `m` of these files.
fn loops_in(files: &[(&str, &str)]) -> String {
    let read = |wanted: &str| {
        let found = files.iter().find(|(file, _)| *file == wanted)?;
        Some(found.1.to_string())
    };
    loops(&names::edges("m", &read))
}

#[test]
fn a_loop_is_shown_with_the_names_behind_it() {
    let found = loops_in(&[
        (
            "m/mod.rs",
            "mod a; mod b; mod c; pub use a::{A, make as new}; pub use b::*;",
        ),
        (
            "m/a.rs",
            "use super::B; pub struct A; pub fn make() -> B { B::ONE }",
        ),
        ("m/b.rs", "use crate::m::c::C; pub struct B(C);"),
        (
            "m/c.rs",
            "pub struct C; impl C { fn of() { let _ = super::new(); } }",
        ),
    ]);
    assert_eq!(
        found,
        "m/a -> m/b -> m/c -> m/a\n    m/a names B\n    m/b names m::c::C\n    m/c names new\n"
    );
}

#[test]
fn every_way_to_name_an_item_counts() {
    let ways = [
        "use super::a::A;",
        "use super::{a::{A as Other}};",
        "use super::a::*; struct B(A);",
        "use super::*; struct B(A);",
        "use super::a; struct B(a::A);",
        "use super::a::{self as first}; struct B(first::A);",
        "fn b() { use crate::m::A; }",
        "fn b() -> crate::m::a::A { todo!() }",
        "mod inner { use super::super::A; }",
        "fn b() { println!(\"{:?}\", super::A); }",
        "impl super::A {}",
        "pub use super::A; fn b(_: A) {}",
    ];
    for way in ways {
        let found = loops_in(&[
            ("m/mod.rs", "mod a; mod b; pub use a::A;"),
            ("m/a.rs", "use super::b::C; pub struct A;"),
            ("m/b.rs", &format!("pub struct C; {way}")),
        ]);
        assert!(found.starts_with("m/a -> m/b -> m/a\n"), "{way}: {found}");
    }
}

#[test]
fn a_folder_and_its_mod_file_are_files_like_others() {
    let found = loops_in(&[
        ("m/mod.rs", "mod a; pub struct M; fn m() { a::A; }"),
        ("m/a/mod.rs", "mod deep; pub use deep::A;"),
        ("m/a/deep.rs", "use crate::m::M; pub struct A(M);"),
    ]);
    assert!(
        found.starts_with("m/a/deep -> m/mod -> m/a/deep\n"),
        "{found}"
    );
}

#[test]
fn what_needs_no_order_is_no_loop() {
    let harmless = [
        // Re-exported, but not used in mod.rs.
        (
            "mod a; mod b; pub use a::A; pub struct M;",
            "use super::M; pub struct A;",
        ),
        (
            "mod a; mod b; pub(crate) use a::*; pub struct M;",
            "use super::M; pub struct A;",
        ),
        // Tests.
        (
            "mod a; mod b; struct M(a::A);",
            "pub struct A; #[cfg(test)] mod tests { use super::super::M; }",
        ),
        (
            "mod a; mod b; struct M(a::A);",
            "pub struct A; #[cfg(test)] use super::M;",
        ),
        (
            "mod a; mod b; struct M(a::A);",
            "pub struct A; impl A { #[cfg(test)] fn a(_: super::M) {} }",
        ),
        // Other modules, comments and text.
        (
            "mod a; mod b; struct M(a::A);",
            "use crate::other::M; pub struct A; // super::M\nconst T: &str = \"super::M\";",
        ),
        (
            "mod a; mod b; struct M(a::A);",
            "pub(in crate::m) struct A; pub(super) struct B;",
        ),
    ];
    for (outer, inner) in harmless {
        let found = loops_in(&[("m/mod.rs", outer), ("m/a.rs", inner), ("m/b.rs", "")]);
        assert!(found.is_empty(), "{outer} {inner}: {found}");
    }
}
