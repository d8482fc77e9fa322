//! Reads `src/capi` for the tests that hold the C boundary to its rules.

pub(crate) mod family;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use syn::ext::IdentExt;

/// One public module of the boundary: one chapter of the header.
pub(crate) struct Module {
    /// The module's path below `capi`, which is the object's name in C.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What is in it, with the functions of families in the places of these.
    pub(crate) file: syn::File,
    /// The family of each function that has one: its number, and what it says about the function.
    pub(crate) families: HashMap<String, (usize, String)>,
}

/// The folder of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The public modules in the order of the `mod` list. Modules behind a `cfg` are no part of the header.
pub(crate) fn modules() -> Vec<Module> {
    let mut found = Vec::new();
    collect(&root().join("src/capi"), "", &mut found);
    found
}

fn collect(folder: &Path, outer: &str, found: &mut Vec<Module>) {
    for item in parse(&folder.join("mod.rs")).items {
        let syn::Item::Mod(module) = item else {
            continue;
        };
        let public = matches!(module.vis, syn::Visibility::Public(_));
        if module.content.is_some() || !public || is_conditional(&module.attrs) {
            continue;
        }
        let leaf = module.ident.unraw().to_string();
        let name = format!("{outer}{leaf}");
        let inner = folder.join(&leaf);
        let path = folder.join(format!("{leaf}.rs"));
        let path = if path.exists() {
            path
        } else {
            inner.join("mod.rs")
        };
        let (file, families) = expand(parse(&path), &path);
        let outer = format!("{name}::");
        found.push(Module {
            name,
            path,
            file,
            families,
        });
        if inner.join("mod.rs").exists() {
            collect(&inner, &outer, found);
        }
    }
}

/// Replace each `family!` by its functions.
fn expand(file: syn::File, path: &Path) -> (syn::File, HashMap<String, (usize, String)>) {
    let mut families = HashMap::new();
    let mut items = Vec::new();
    for (number, item) in file.items.into_iter().enumerate() {
        let syn::Item::Macro(item) = item else {
            items.push(item);
            continue;
        };
        if !item.mac.path.is_ident("family") {
            continue;
        }
        let members = family::expand(&item)
            .unwrap_or_else(|error| panic!("{}: a family: {error}", path.display()));
        for member in members {
            let name = member.function.sig.ident.to_string();
            families.insert(name, (number, member.note));
            items.push(syn::Item::Fn(member.function));
        }
    }
    (syn::File { items, ..file }, families)
}

/// Parse one source file.
pub(crate) fn parse(path: &Path) -> syn::File {
    let text = read(path);
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Read one text file.
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether an item is compiled only under some condition.
pub(crate) fn is_conditional(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg"))
}

/// Whether a function is exported to C.
pub(crate) fn is_exported(function: &syn::ItemFn) -> bool {
    function.attrs.iter().any(|attribute| {
        if attribute.path().is_ident("unsafe") {
            attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("no_mangle"))
        } else {
            attribute.path().is_ident("no_mangle")
        }
    })
}

/// The functions of a module that C can call.
pub(crate) fn exported(module: &Module) -> impl Iterator<Item = &syn::ItemFn> {
    module.file.items.iter().filter_map(|item| match item {
        syn::Item::Fn(function) if is_exported(function) => Some(function),
        _ => None,
    })
}

/// The lines of a doc comment.
pub(crate) fn doc_lines(attributes: &[syn::Attribute]) -> Vec<String> {
    let mut lines = Vec::new();
    for attribute in attributes {
        let syn::Meta::NameValue(pair) = &attribute.meta else {
            continue;
        };
        if !pair.path.is_ident("doc") {
            continue;
        }
        if let syn::Expr::Lit(literal) = &pair.value
            && let syn::Lit::Str(text) = &literal.lit
        {
            lines.extend(text.value().split('\n').map(str::to_owned));
        }
    }
    lines
}
