//! Which file of a module names items of which other file.
//!
//! Names are followed through re-exports to the file that defines the item: `use super::Stream` in `io` is an edge to
//! `io/stream`, not to `io/mod`. Neither `mod x;` nor a re-export makes an edge by itself. Code under `#[cfg(test)]` is
//! left out.

use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use syn::buffer::{Cursor, TokenBuffer};
use syn::ext::IdentExt;

/// For each file the files that it names, with the names.
pub(crate) type Edges = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// A module: a file, or a block within one.
#[derive(Default)]
struct Module {
    parent: Option<usize>,
    file: String,
    children: BTreeMap<String, usize>,
    items: BTreeSet<String>,
    imports: Vec<Import>,
    /// Every path in the code outside of imports.
    paths: BTreeSet<Vec<String>>,
}

struct Import {
    /// What the path is called here; `*` for everything behind it.
    name: String,
    path: Vec<String>,
    is_reexport: bool,
}

/// What a path leads to.
enum Target {
    Module(usize),
    Item {
        file: String,
        /// How many names of the path come after the item: those of a method, or of a variant.
        after: usize,
    },
}

struct Tree<'a> {
    top: String,
    modules: Vec<Module>,
    read: &'a dyn Fn(&str) -> Option<String>,
}

/// The edges between the files of the top-level module `top`; `read` gives a file below `src`.
pub(crate) fn edges(top: &str, read: &dyn Fn(&str) -> Option<String>) -> Edges {
    let mut tree = Tree {
        top: top.to_string(),
        modules: Vec::new(),
        read,
    };
    tree.load(None, top);
    let mut edges = Edges::new();
    for at in 0..tree.modules.len() {
        let file = &tree.modules[at].file;
        for (name, to) in tree.named(at) {
            let from = edges.entry(file.clone()).or_default();
            if to != *file {
                from.entry(to).or_default().insert(name);
            }
        }
    }
    edges
}

impl Tree<'_> {
    /// Read the module that stands at `stem.rs` or `stem/mod.rs`.
    fn load(&mut self, parent: Option<usize>, stem: &str) -> usize {
        let files = [stem.to_string(), format!("{stem}/mod")];
        let found = files.into_iter().find_map(|file| {
            let text = (self.read)(&format!("{file}.rs"))?;
            Some((file, text))
        });
        let (file, text) = found.unwrap_or_else(|| panic!("no file of module {stem}"));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.add(parent, file, stem, parsed.items)
    }

    fn add(
        &mut self,
        parent: Option<usize>,
        file: String,
        stem: &str,
        items: Vec<syn::Item>,
    ) -> usize {
        let at = self.modules.len();
        self.modules.push(Module {
            parent,
            file: file.clone(),
            ..Module::default()
        });
        for item in items {
            if is_for_tests(attributes(&item)) {
                continue;
            }
            match item {
                syn::Item::Mod(module) => {
                    let name = module.ident.unraw().to_string();
                    let stem = format!("{stem}/{name}");
                    if self.modules[at].children.contains_key(&name) {
                        // The same module for another system.
                        continue;
                    }
                    let child = match module.content {
                        Some((_, items)) => self.add(Some(at), file.clone(), &stem, items),
                        None => self.load(Some(at), &stem),
                    };
                    self.modules[at].children.insert(name, child);
                }
                syn::Item::Impl(mut block) => {
                    block
                        .items
                        .retain(|item| !matches!(item, syn::ImplItem::Fn(function) if is_for_tests(&function.attrs)));
                    self.modules[at].scan_item(&block, false);
                }
                syn::Item::Use(import) => {
                    let is_reexport = !matches!(import.vis, syn::Visibility::Inherited);
                    self.modules[at].scan_item(&import, is_reexport);
                }
                item => {
                    self.modules[at].items.extend(name_of(&item));
                    self.modules[at].scan_item(&item, false);
                }
            }
        }
        at
    }

    /// The names of items that a module uses, each with the file that it stands in.
    fn named(&self, at: usize) -> BTreeSet<(String, String)> {
        let module = &self.modules[at];
        let mut named = BTreeSet::new();
        let is_used = |name: &str| module.paths.iter().any(|path| path[0] == name);
        for import in &module.imports {
            match self.target(at, &import.path, 0) {
                Some(Target::Item { file, after })
                    if !import.is_reexport || is_used(&import.name) =>
                {
                    named.insert((shown(&import.path, after), file));
                }
                Some(Target::Module(other)) if import.name == "*" => {
                    for path in &module.paths {
                        if let Some(Target::Item { file, after }) = self.inside(other, path, 0) {
                            named.insert((shown(path, after), file));
                        }
                    }
                }
                _ => {}
            }
        }
        for path in module.paths.iter().filter(|path| path.len() > 1) {
            if let Some(Target::Item { file, after }) = self.target(at, path, 0) {
                named.insert((shown(path, after), file));
            }
        }
        named
    }

    /// What a path in the code of a module leads to, if that is in the same top-level module.
    fn target(&self, at: usize, path: &[String], depth: usize) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => {
                let (top, rest) = rest.split_first()?;
                (*top == self.top).then(|| self.under(0, rest, depth))
            }
            "self" => Some(self.under(at, rest, depth)),
            "super" => {
                let mut outer = self.modules[at].parent?;
                let mut rest = rest;
                while rest.first().is_some_and(|name| name == "super") {
                    outer = self.modules[outer].parent?;
                    rest = &rest[1..];
                }
                Some(self.under(outer, rest, depth))
            }
            _ => self.inside(at, path, depth),
        }
    }

    /// What a path from a module on leads to. A name that is not found was made by a macro of that module.
    fn under(&self, at: usize, path: &[String], depth: usize) -> Target {
        if path.is_empty() || path[0] == "*" {
            return Target::Module(at);
        }
        self.inside(at, path, depth)
            .unwrap_or_else(|| Target::Item {
                file: self.modules[at].file.clone(),
                after: path.len() - 1,
            })
    }

    /// What the names in a module say about a path.
    fn inside(&self, at: usize, path: &[String], depth: usize) -> Option<Target> {
        const DEEPEST: usize = 16;
        let (first, rest) = path.split_first()?;
        let module = &self.modules[at];
        if depth > DEEPEST {
            return None;
        }
        if let Some(child) = module.children.get(first)
            && !rest.is_empty()
        {
            return Some(self.under(*child, rest, depth + 1));
        }
        if module.items.contains(first) {
            return Some(Target::Item {
                file: module.file.clone(),
                after: rest.len(),
            });
        }
        for import in module.imports.iter().filter(|import| import.name == *first) {
            let whole = [&import.path, rest].concat();
            // A path that starts with its own name is one into a child or another crate.
            let found = match import.path.first() {
                Some(start) if start == first && !module.children.contains_key(start) => None,
                _ => self.target(at, &whole, depth + 1),
            };
            if found.is_some() {
                return found;
            }
        }
        if let Some(child) = module.children.get(first) {
            return Some(Target::Module(*child));
        }
        let globs = module.imports.iter().filter(|import| import.name == "*");
        for glob in globs {
            if let Some(Target::Module(other)) = self.target(at, &glob.path, depth + 1)
                && other != at
                && let Some(found) = self.inside(other, path, depth + 1)
            {
                return Some(found);
            }
        }
        None
    }
}

impl Module {
    fn scan_item(&mut self, item: &impl ToTokens, is_reexport: bool) {
        let buffer = TokenBuffer::new2(item.to_token_stream());
        self.scan(buffer.begin(), is_reexport);
    }

    /// Collect the paths and imports in a run of tokens.
    fn scan(&mut self, mut at: Cursor<'_>, is_reexport: bool) {
        let mut before = String::new();
        while !at.eof() {
            if let Some((inner, _, _, next)) = at.any_group() {
                // In `pub(in crate::x)` no item is named.
                if before != "pub" {
                    self.scan(inner, is_reexport);
                }
                before = String::from("()");
                at = next;
            } else if let Some((path, next)) = path(at) {
                let is_import = path == ["use"] && punct(next) != Some('<');
                at = next;
                if is_import {
                    self.import(&mut at, Vec::new(), is_reexport);
                } else if before != "." && before != "fn" {
                    self.paths.insert(path.clone());
                }
                before = path.concat();
            } else if let Some((_, next)) = at.token_tree() {
                before = punct(at).map(String::from).unwrap_or_default();
                at = next;
            }
        }
    }

    /// Collect what a `use` brings in, from behind the `use` or the `{` on.
    fn import(&mut self, at: &mut Cursor<'_>, mut path: Vec<String>, is_reexport: bool) {
        while let Some((name, next)) = ident(*at) {
            path.push(name);
            *at = colons(next).unwrap_or(next);
        }
        let mut name = last(&path);
        if let Some((mut inner, _, _, next)) = at.any_group() {
            while !inner.eof() {
                self.import(&mut inner, path.clone(), is_reexport);
                if let Some((_, next)) = inner.token_tree() {
                    inner = next;
                }
            }
            *at = next;
            return;
        }
        if let Some(place) = path.iter().position(|name| name == "as") {
            path.truncate(place);
        }
        if punct(*at) == Some('*') {
            name = String::from("*");
            path.push(name.clone());
            if let Some((_, next)) = at.token_tree() {
                *at = next;
            }
        } else if path.len() > 1 && last(&path) == "self" {
            path.pop();
            if name == "self" {
                name = last(&path);
            }
        }
        self.imports.push(Import {
            name,
            path,
            is_reexport,
        });
    }
}

/// The path of an item as a message shows it.
fn shown(path: &[String], after: usize) -> String {
    let item = &path[..path.len() - after];
    let is_relative = |name: &&String| matches!(name.as_str(), "crate" | "self" | "super");
    let start = item.iter().take_while(is_relative).count();
    item[start..].join("::")
}

fn last(path: &[String]) -> String {
    path.last().cloned().unwrap_or_default()
}

fn ident(at: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (ident, next) = at.ident()?;
    Some((ident.unraw().to_string(), next))
}

fn punct(at: Cursor<'_>) -> Option<char> {
    Some(at.punct()?.0.as_char())
}

/// Behind `::`.
fn colons(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let (first, next) = at.punct()?;
    let (second, next) = next.punct()?;
    (first.as_char() == ':' && second.as_char() == ':').then_some(next)
}

fn path(at: Cursor<'_>) -> Option<(Vec<String>, Cursor<'_>)> {
    let (first, mut at) = ident(at)?;
    let mut path = vec![first];
    while let Some((name, next)) = colons(at).and_then(ident) {
        path.push(name);
        at = next;
    }
    Some((path, at))
}

/// The attributes of the items that may be for tests only.
fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Union(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

fn name_of(item: &syn::Item) -> Option<String> {
    let ident = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Macro(item) => item.ident.as_ref()?,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.unraw().to_string())
}
