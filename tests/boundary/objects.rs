//! What the comment of an object must say: how it may be shared, how to get one, how to end it, and what its functions are.

use super::capi_source::Module;
use super::{Subject, signature, text};

/// One of these lines stands in each comment.
const SHARING: [&str; 3] = [
    "*Shared*: any function, any threads, at once.",
    "*Exclusive*: may move between threads, one call at a time.",
    "*Immutable*: like shared, and never changes.",
];
const GET: &str = "Get one: ";
const KEEP: &str = "Keep it: ";
const END: &str = "Release it: ";

/// What an object's comment is held against: the functions of the boundary, by what they do with objects.
#[derive(Default)]
pub(crate) struct Functions {
    all: Vec<String>,
    /// Function and object, for each that gives one away.
    gives: Vec<(String, String)>,
    /// Function and object, for each that lends one.
    lends: Vec<(String, String)>,
    /// Function and object, for each that takes one from the caller.
    ends: Vec<(String, String)>,
}

impl Functions {
    pub(crate) fn add(&mut self, subject: &Subject<'_>) {
        let name = &subject.name;
        for (parameter, kind) in &subject.parameters {
            let kind = text(kind);
            let Some(object) = kind.strip_prefix("* mut * mut ") else {
                continue;
            };
            if parameter == "out" || parameter.starts_with("out_") {
                self.gives.push((name.clone(), object.to_owned()));
            } else if parameter != "error" {
                self.ends.push((name.clone(), object.to_owned()));
            }
        }
        if name.ends_with("_unref") || name.ends_with("_free") {
            for (_, kind) in &subject.parameters {
                let object = text(kind).replace("* mut ", "");
                self.ends.push((name.clone(), object));
            }
        }
        let returned = signature::returned(subject.function).unwrap_or_default();
        let lent = returned
            .strip_prefix("* const ")
            .or(returned.strip_prefix("* mut "));
        if let Some(object) = lent
            && !name.ends_with("_ref")
        {
            self.lends.push((name.clone(), object.to_owned()));
        }
        self.all.push(name.clone());
    }
}

/// The opaque structs of a module.
pub(crate) fn objects(module: &Module) -> impl Iterator<Item = &syn::ItemStruct> {
    module.file.items.iter().filter_map(|item| match item {
        syn::Item::Struct(item) if is_opaque(item) => Some(item),
        _ => None,
    })
}

fn is_opaque(item: &syn::ItemStruct) -> bool {
    item.fields
        .iter()
        .any(|field| field.ident.as_ref().is_some_and(|field| field == "_opaque"))
}

/// Hold the comment of `object` against the rules; `objects` are the names of all.
pub(crate) fn check(
    object: &str,
    lines: &[String],
    objects: &[String],
    functions: &Functions,
    found: &mut Vec<String>,
) {
    let comment = lines
        .iter()
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ");
    if SHARING
        .iter()
        .filter(|line| comment.contains(*line))
        .count()
        != 1
    {
        found.push(format!("needs one of {SHARING:?} in its comment"));
    }
    let sharing = SHARING.iter().find_map(|line| comment.find(line));
    let (Some(get), Some(end)) = (comment.find(GET), comment.find(END)) else {
        found.push(format!("needs {GET:?} and {END:?} in its comment"));
        return;
    };
    if !sharing.is_some_and(|sharing| sharing < get && get < end) {
        found.push(format!(
            "says how it may be shared, then {GET:?}, then {END:?}"
        ));
    }

    let get = names(comment.get(get..end).unwrap_or_default());
    let end = names(sentence(comment.get(end..).unwrap_or_default()));
    for (function, given) in &functions.gives {
        if given == object && !lists(&get, function) {
            found.push(format!(
                "{function} gives one, but {GET:?} does not name it"
            ));
        }
    }
    for (function, ended) in &functions.ends {
        if ended == object && !lists(&end, function) {
            found.push(format!("{function} ends one, but {END:?} does not name it"));
        }
    }

    let all = names(&comment);
    for (function, lent) in &functions.lends {
        if lent == object && !lists(&all, function) {
            found.push(format!("{function} lends one, and is not named"));
        }
    }
    let counted = format!("{}_ref", stem(object));
    if functions.all.contains(&counted) && !comment.contains(&format!("{KEEP}{counted}")) {
        found.push(format!(
            "{counted} keeps one, but {KEEP:?} does not name it"
        ));
    }
    for function in &functions.all {
        if owner(function, objects) == Some(object) && !lists(&all, function) {
            found.push(format!("does not name {function}"));
        }
    }
    for name in all {
        let is_type = name.ends_with("_t");
        let members = match name.strip_suffix("...") {
            Some(family) => functions
                .all
                .iter()
                .filter(|function| function.starts_with(family))
                .count(),
            None => 0,
        };
        if !is_type && members < 2 && !functions.all.iter().any(|function| function == name) {
            found.push(format!("{name} is no function, and no group of them"));
        }
    }
}

/// What starts with `nock_`; dots after an underscore belong to the name of a group.
fn names(text: &str) -> Vec<&str> {
    text.match_indices("nock_")
        .map(|(at, _)| {
            let rest = text.get(at..).unwrap_or_default();
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let is_group = rest.get(..end).is_some_and(|name| name.ends_with('_'))
                && rest
                    .get(end..)
                    .is_some_and(|after| after.starts_with("..."));
            rest.get(..if is_group { end + 3 } else { end })
                .unwrap_or_default()
        })
        .collect()
}

/// Whether a list has a function, by its own name or that of its group.
fn lists(names: &[&str], function: &str) -> bool {
    names.iter().any(|name| match name.strip_suffix("...") {
        Some(group) => function.starts_with(group),
        None => *name == function,
    })
}

/// Up to the first full stop that ends a sentence.
fn sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first)
}

pub(crate) fn stem(object: &str) -> &str {
    object.trim_end_matches("_t")
}

/// The object whose function it is: the one with the longest name that starts its name.
fn owner<'a>(function: &str, objects: &'a [String]) -> Option<&'a str> {
    objects
        .iter()
        .filter(|object| function.starts_with(&format!("{}_", stem(object))))
        .max_by_key(|object| object.len())
        .map(String::as_str)
}

/// The rules bite: each change of a good comment is a breach.
#[test]
fn bad_comments_of_objects_are_found() {
    let source: syn::File = syn::parse_quote! {
        fn nock_thing_new(out: *mut *mut nock_thing_t, error: *mut *mut nock_error_t) {}
        fn nock_box_thing(a: *const nock_box_t) -> *const nock_thing_t {}
        fn nock_thing_ref(thing: *const nock_thing_t) -> *mut nock_thing_t {}
        fn nock_thing_unref(thing: *mut nock_thing_t) {}
        fn nock_thing_finish(thing: *mut *mut nock_thing_t) {}
        fn nock_thing_get_one(thing: *const nock_thing_t) -> u32 {}
        fn nock_thing_get_two(thing: *const nock_thing_t) -> u32 {}
        fn nock_thing_list_size(list: *const nock_thing_list_t) -> u32 {}
    };
    let mut functions = Functions::default();
    for item in &source.items {
        if let syn::Item::Fn(function) = item {
            functions.add(&super::subject(function));
        }
    }
    let names = ["nock_thing_t", "nock_thing_list_t"].map(str::to_owned);
    let good = "A thing.\n\n*Immutable*: like shared, and never changes.\n\
                Get one: nock_thing_new,\nnock_box_thing. Keep it: nock_thing_ref. Release it: nock_thing_finish or\n\
                nock_thing_unref. Ask: nock_thing_get_....";
    let check = |comment: &str| {
        let lines: Vec<String> = comment.lines().map(str::to_owned).collect();
        let mut found = Vec::new();
        check(names[0].as_str(), &lines, &names, &functions, &mut found);
        found
    };
    assert_eq!(check(good), Vec::<String>::new());
    for (from, to, expected) in [
        ("*Immutable*", "Immutable", "*Shared*"),
        ("Get one: ", "From: ", "needs"),
        ("Release it: ", "Releases: ", "needs"),
        ("Keep it: ", "Or: ", "nock_thing_ref keeps"),
        ("nock_thing_new,", "", "nock_thing_new gives"),
        ("\nnock_box_thing", "", "nock_box_thing lends"),
        ("nock_thing_finish or\n", "", "nock_thing_finish ends"),
        ("nock_thing_unref", "", "nock_thing_unref ends"),
        (
            "nock_thing_get_...",
            "nock_thing_get_one",
            "nock_thing_get_two",
        ),
        (
            "nock_thing_get_...",
            "nock_thing_get_",
            "nock_thing_get_ is no",
        ),
        (
            "nock_thing_get_...",
            "nock_thing_get_..., nock_gone",
            "nock_gone is no",
        ),
        ("A thing.", "Get one: x. Release it: y.", "then"),
    ] {
        let found = check(&good.replace(from, to));
        let is_found = found.iter().any(|breach| breach.contains(expected));
        assert!(is_found, "{from:?} as {to:?}: {found:?}");
    }
}
