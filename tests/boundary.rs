//! Every function that C can call keeps the rules of the boundary.
//!
//! The rules stand in CONTRIBUTING.md. All breaches are listed at once, each with its file and function.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests may print and may abort when memory runs out"
)]

#[allow(dead_code, reason = "other tests use the rest")]
mod capi_source;
#[path = "boundary/docs.rs"]
mod docs;
#[path = "boundary/format.rs"]
mod format;
#[path = "boundary/objects.rs"]
mod objects;
#[path = "boundary/signature.rs"]
mod signature;

use capi_source::Module;
use std::collections::HashSet;

/// Functions that a module declares although their names do not start with its own.
const OTHER_NAMES: [(&str, &str); 3] = [
    ("version", "nock_abi_version"),
    ("version", "nock_build_info"),
    ("pool", "nock_total_allocated_bytes"),
];

/// What ends the names of the functions that add and give up owners, which stand together for all objects.
const ENDINGS: [&str; 3] = ["_ref", "_unref", "_free"];

/// One function seen by the rules.
struct Subject<'a> {
    function: &'a syn::ItemFn,
    name: String,
    parameters: Vec<(String, &'a syn::Type)>,
}

impl Subject<'_> {
    fn is_fallible(&self) -> bool {
        self.parameters
            .last()
            .is_some_and(|(_, kind)| text(kind) == "* mut * mut nock_error_t")
            && signature::returned(self.function).as_deref() == Some("nock_status_t")
    }

    fn takes_pointer(&self) -> bool {
        self.parameters
            .iter()
            .any(|(_, kind)| matches!(kind, syn::Type::Ptr(_)))
    }
}

fn text(tokens: &impl quote::ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn subject(function: &syn::ItemFn) -> Subject<'_> {
    let parameters = function.sig.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some((text(&typed.pat), &*typed.ty)),
        syn::FnArg::Receiver(_) => None,
    });
    Subject {
        function,
        name: function.sig.ident.to_string(),
        parameters: parameters.collect(),
    }
}

fn breaches(rule: impl Fn(&Module, &Subject<'_>, &mut Vec<String>)) -> Vec<String> {
    let mut all = Vec::new();
    for module in capi_source::modules() {
        for function in capi_source::exported(&module) {
            let subject = subject(function);
            let mut found = Vec::new();
            rule(&module, &subject, &mut found);
            let place = format!("src/capi/{}.rs: {}", module.name, subject.name);
            all.extend(found.iter().map(|breach| format!("{place}: {breach}")));
        }
    }
    all
}

fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn names_start_with_the_object() {
    assert_none(&breaches(|module, subject, found| {
        let other = OTHER_NAMES.contains(&(module.name.as_str(), subject.name.as_str()));
        let ownership = module.name == "ownership"
            && ENDINGS.iter().any(|ending| subject.name.ends_with(ending));
        let prefixes = prefixes(module);
        let starts = |prefix: &String| subject.name.starts_with(prefix);
        if !other && !ownership && !prefixes.iter().any(starts) {
            found.push(format!("the name does not start with one of {prefixes:?}"));
        }
    }));
}

/// What the names of a module's functions may start with: a folder is an object whose functions are spread over its
/// files, a file in it may be an object of its own, and so is each opaque struct.
fn prefixes(module: &Module) -> Vec<String> {
    let mut prefixes = Vec::new();
    let mut path = String::from("nock_");
    for part in module.name.split("::") {
        path = format!("{path}{part}_");
        prefixes.push(path.clone());
        prefixes.push(format!("nock_{part}_"));
    }
    for object in objects::objects(module) {
        prefixes.push(format!("{}_", objects::stem(&object.ident.to_string())));
    }
    prefixes
}

#[test]
fn functions_that_take_pointers_are_unsafe() {
    assert_none(&breaches(|_, subject, found| {
        let signature = &subject.function.sig;
        let abi = signature.abi.as_ref().and_then(|abi| abi.name.as_ref());
        if abi.is_none_or(|name| name.value() != "C") {
            found.push("not extern \"C\"".to_owned());
        }
        if subject.takes_pointer() != signature.unsafety.is_some() {
            found.push("unsafe exactly when a parameter is a pointer".to_owned());
        }
        if !matches!(subject.function.vis, syn::Visibility::Public(_)) {
            found.push("not pub, so it is missing from the header".to_owned());
        }
    }));
}

#[test]
fn bodies_are_guarded() {
    assert_none(&breaches(|_, subject, found| {
        let body = text(&subject.function.block);
        let getter = [
            "value (",
            "value_of (",
            "value_of_shared (",
            "value_of_immutable (",
            "shared_ref (",
            "unref (",
            "free (",
        ];
        if subject.is_fallible() {
            if !body.starts_with("{ guarded ! (error ,") {
                found.push("reports a status but is not guarded!(error, ...)".to_owned());
            }
        } else if subject.takes_pointer() && !getter.iter().any(|call| body.contains(call)) {
            found.push("takes a pointer but has no guard::value, ref, unref or free".to_owned());
        }
    }));
}

/// Its macros do unsafe operations that rest on the C contract, which only exported functions have.
#[test]
fn only_boundary_functions_take_arguments() {
    let mut all = Vec::new();
    for module in capi_source::modules() {
        for item in &module.file.items {
            let exported = matches!(item, syn::Item::Fn(item) if capi_source::is_exported(item));
            let item = text(item);
            for call in ["guarded ! (", "arg ! (", "pool ! ("] {
                if !exported && item.contains(call) {
                    all.push(format!("src/capi/{}.rs: {call} in {item}", module.name));
                }
            }
        }
    }
    assert_none(&all);
}

#[test]
fn signatures_have_only_types_that_c_can_trust() {
    assert_none(&breaches(|_, subject, found| {
        for (name, kind) in &subject.parameters {
            if let Err(reason) = signature::check_parameter(kind) {
                found.push(format!("{name}: {reason}"));
            }
        }
        if let syn::ReturnType::Type(_, kind) = &subject.function.sig.output
            && let Err(reason) = signature::check_result(kind)
        {
            found.push(format!("result: {reason}"));
        }
        let error = subject
            .parameters
            .iter()
            .position(|(_, kind)| text(kind) == "* mut * mut nock_error_t");
        if error.is_some_and(|at| at + 1 != subject.parameters.len()) {
            found.push("error is not the last parameter".to_owned());
        }
        if error.is_some() && !subject.is_fallible() {
            found.push("takes an error but does not return nock_status_t".to_owned());
        }
    }));
}

#[test]
fn comments_say_what_c_needs_to_know() {
    assert_none(&breaches(|module, subject, found| {
        let names: Vec<&str> = subject
            .parameters
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let owned: HashSet<&str> = subject
            .parameters
            .iter()
            .filter(|(name, kind)| signature::has_owner(name, kind))
            .map(|(name, _)| name.as_str())
            .collect();
        let returns = signature::returned(subject.function).is_some();
        if let Some((_, note)) = module.families.get(&subject.name) {
            docs::check_note(note, found);
        }
        let lines = capi_source::doc_lines(&subject.function.attrs);
        docs::check(
            &lines,
            &names,
            &owned,
            returns,
            subject.is_fallible(),
            found,
        );
    }));
}

#[test]
fn objects_say_how_they_are_used() {
    let modules = capi_source::modules();
    let mut functions = objects::Functions::default();
    for module in &modules {
        for function in capi_source::exported(module) {
            functions.add(&subject(function));
        }
    }
    let places: Vec<(&str, &syn::ItemStruct)> = modules
        .iter()
        .flat_map(|module| objects::objects(module).map(|item| (module.name.as_str(), item)))
        .collect();
    let names: Vec<String> = places
        .iter()
        .map(|(_, item)| item.ident.to_string())
        .collect();
    assert!(names.len() > 10, "only these objects were found: {names:?}");
    let mut all = Vec::new();
    for (module, item) in places {
        let name = item.ident.to_string();
        let lines = capi_source::doc_lines(&item.attrs);
        let mut found = Vec::new();
        objects::check(&name, &lines, &names, &functions, &mut found);
        let place = format!("src/capi/{module}.rs: {name}");
        all.extend(found.iter().map(|breach| format!("{place}: {breach}")));
    }
    assert_none(&all);
}

#[test]
fn objects_are_described() {
    let text = capi_source::read(&capi_source::root().join("docs/c-api.md"));
    let described: HashSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .collect();
    let mut missing = Vec::new();
    for module in capi_source::modules() {
        let names = objects::objects(&module).map(|object| object.ident.to_string());
        let mut names: Vec<String> = names
            .map(|name| objects::stem(&name).replacen("nock_", "", 1))
            .collect();
        if names.is_empty() && !module.name.contains("::") {
            names.push(module.name.clone());
        }
        names.retain(|name| !described.contains(name.as_str()));
        missing.extend(
            names
                .iter()
                .map(|name| format!("docs/c-api.md has no section {name}")),
        );
    }
    assert_none(&missing);
}

/// Families are what the compiler makes of them, or refused.
#[test]
fn families_are_expanded() {
    let expand = |text: &str| {
        let item: syn::ItemMacro = syn::parse_str(&format!("family! {{ {text} }}")).expect("Rust");
        capi_source::family::expand(&item)
    };
    let good = "#[doc = \" Do.\"]
        for ($name:ident, $value:ty, $read:expr, $note:literal) in [
            (nock_a, *const u8, |a, b| a & b, \"one\"),
            (nock_b, u16, u16::MAX, \"two\"),
        ]
        pub extern \"C\" fn $name(value: $value) -> u8 { $read(value) }";
    let members = expand(good).expect("a good family");
    let expected: syn::ItemFn = syn::parse_quote! {
        #[doc = " Do."]
        #[unsafe(no_mangle)]
        pub extern "C" fn nock_a(value: *const u8) -> u8 { (|a, b| a & b)(value) }
    };
    assert_eq!(text(&members[0].function), text(&expected));
    assert_eq!((members.len(), members[1].note.as_str()), (2, "two"));
    for (from, to) in [
        ("$read:expr", "$read:tt"),
        ("\"two\"", "2"),
        ("$note:literal", "$other:literal"),
        ("u16::MAX, ", ""),
        ("fn $name", "fn $nom"),
        ("for", "members"),
        ("$read(value)", "$($read)*"),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(expand(&good.replace(from, to)).is_err(), "{from} as {to}");
    }
    for bad in ["", " padded", "A sentence.", "end */"] {
        let mut found = Vec::new();
        docs::check_note(bad, &mut found);
        assert_eq!(found.len(), 1, "{bad:?}: {found:?}");
    }
}

/// The rules bite: each of these would be a breach.
#[test]
fn bad_signatures_and_comments_are_found() {
    for bad in [
        "bool",
        "&u8",
        "*const bool",
        "Option<u8>",
        "nock_status_values",
        "isize",
        "*const [u8]",
        "String",
    ] {
        let kind: syn::Type = syn::parse_str(bad).expect("a type");
        assert!(signature::check_parameter(&kind).is_err(), "{bad}");
    }
    for good in [
        "usize",
        "*const c_void",
        "*mut *mut nock_error_t",
        "nock_release_fn",
    ] {
        let kind: syn::Type = syn::parse_str(good).expect("a type");
        assert!(signature::check_parameter(&kind).is_ok(), "{good}");
    }
    let comments: [(&str, usize); 5] = [
        ("Do.\n\n@param x  borrowed", 0),
        ("Do.\n\n@param y  borrowed", 1),
        ("Do.\n\n@param x  the thing", 1),
        ("Do\n\n@param x  borrowed\n@return 0", 2),
        ("Do.\nMore.\n\n@param x  borrowed\n\nSince: 0.1", 2),
    ];
    for (comment, expected) in comments {
        let lines: Vec<String> = comment.lines().map(str::to_owned).collect();
        let mut found = Vec::new();
        docs::check(
            &lines,
            &["x"],
            &HashSet::from(["x"]),
            false,
            false,
            &mut found,
        );
        assert_eq!(found.len(), expected, "{comment:?}: {found:?}");
    }
}
