//! Which types may stand in the signature of a boundary function.
//!
//! C may pass any bits: a Rust enum, bool or reference made of the wrong bits is undefined behaviour, an integer or a raw
//! pointer is not.

use super::text;
use std::collections::HashSet;

const NUMBERS: [&str; 12] = [
    "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize", "f32", "f64", "c_char",
];

pub(crate) fn check_parameter(kind: &syn::Type) -> Result<(), String> {
    match kind {
        syn::Type::Ptr(pointer) => check_pointee(&pointer.elem),
        syn::Type::Path(_) => {
            let name = text(kind);
            if name == "bool" {
                Err("bool is for results only; take uint8_t or flags".to_owned())
            } else {
                check_value(&name)
            }
        }
        _ => Err(format!("{} is no C type", text(kind))),
    }
}

pub(crate) fn check_result(kind: &syn::Type) -> Result<(), String> {
    match kind {
        syn::Type::Ptr(pointer) => check_pointee(&pointer.elem),
        syn::Type::Path(_) if text(kind) == "bool" => Ok(()),
        syn::Type::Path(_) => check_value(&text(kind)),
        _ => Err(format!("{} is no C type", text(kind))),
    }
}

fn check_pointee(kind: &syn::Type) -> Result<(), String> {
    match kind {
        syn::Type::Ptr(pointer) => check_pointee(&pointer.elem),
        syn::Type::Path(_) => match text(kind).as_str() {
            "bool" => Err("a bool that C wrote may hold any byte".to_owned()),
            "c_void" => Ok(()),
            name if name.starts_with("Arrow") => Ok(()),
            name => check_value(name),
        },
        _ => Err(format!("a pointer to {}", text(kind))),
    }
}

fn check_value(name: &str) -> Result<(), String> {
    if NUMBERS.contains(&name) {
        return Ok(());
    }
    if name.ends_with("_values") {
        return Err(format!("{name} is a Rust enum; take its i32 alias"));
    }
    let ours = name.starts_with("nock_") && (name.ends_with("_t") || name.ends_with("_fn"));
    if ours {
        Ok(())
    } else {
        Err(format!(
            "{name} is neither a fixed-width number nor a nock_ type"
        ))
    }
}

/// Whether the comment of a parameter must say who owns what it points to: every address but those of plain outputs.
pub(crate) fn has_owner(name: &str, kind: &syn::Type) -> bool {
    let output = name == "out" || name.starts_with("out_");
    is_handle(kind) || (matches!(kind, syn::Type::Ptr(_)) && !output)
}

/// Whether a parameter carries an object: `nock_x_t *` or `nock_x_t **`.
fn is_handle(kind: &syn::Type) -> bool {
    match kind {
        syn::Type::Ptr(pointer) => match &*pointer.elem {
            syn::Type::Ptr(inner) => is_object(&inner.elem),
            elem => is_object(elem),
        },
        _ => false,
    }
}

fn is_object(kind: &syn::Type) -> bool {
    OBJECTS.with(|objects| objects.contains(&text(kind)))
}

thread_local! {
    static OBJECTS: HashSet<String> = objects();
}

/// The opaque structs of the boundary.
fn objects() -> HashSet<String> {
    let modules = super::capi_source::modules();
    modules
        .iter()
        .flat_map(super::objects::objects)
        .map(|item| item.ident.to_string())
        .collect()
}

/// The name of the result's type; `None` when there is no result.
pub(crate) fn returned(function: &syn::ItemFn) -> Option<String> {
    match &function.sig.output {
        syn::ReturnType::Default => None,
        syn::ReturnType::Type(_, kind) => Some(text(kind)),
    }
}
