//! Expands `family!` as the compiler does, and keeps the notes of its members: see src/capi/family.rs.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::HashMap;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Token, bracketed, parenthesized};

/// One function of a family.
pub(crate) struct Member {
    /// The function, with the comment of the family.
    pub(crate) function: syn::ItemFn,
    /// What the header says behind its declaration.
    pub(crate) note: String,
}

/// What stands between the braces of `family!`.
struct Source {
    attributes: Vec<syn::Attribute>,
    parameters: Vec<Parameter>,
    rows: Vec<TokenStream>,
    function: TokenStream,
}

/// `$name:fragment`.
struct Parameter {
    name: String,
    fragment: String,
}

/// The functions that a family makes.
pub(crate) fn expand(item: &syn::ItemMacro) -> syn::Result<Vec<Member>> {
    let source: Source = syn::parse2(item.mac.tokens.clone())?;
    let rows = source.rows.iter();
    rows.map(|row| member(&source, row)).collect()
}

impl Parse for Source {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(syn::Attribute::parse_outer)?;
        input.parse::<Token![for]>()?;
        let inside;
        parenthesized!(inside in input);
        let parameters = inside.parse_terminated(Parameter::parse, Token![,])?;
        input.parse::<Token![in]>()?;
        let inside;
        bracketed!(inside in input);
        let rows = inside.parse_terminated(row, Token![,])?;
        Ok(Source {
            attributes,
            parameters: parameters.into_iter().collect(),
            rows: rows.into_iter().collect(),
            function: input.parse()?,
        })
    }
}

impl Parse for Parameter {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Token![$]>()?;
        let name = input.parse::<Ident>()?.to_string();
        input.parse::<Token![:]>()?;
        let fragment = input.parse::<Ident>()?.to_string();
        Ok(Parameter { name, fragment })
    }
}

fn row(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let inside;
    parenthesized!(inside in input);
    inside.parse()
}

fn member(source: &Source, row: &TokenStream) -> syn::Result<Member> {
    let bind = |input: ParseStream<'_>| bind(&source.parameters, input);
    let bindings = bind.parse2(row.clone())?;
    let note = bindings
        .get("note")
        .cloned()
        .ok_or_else(|| syn::Error::new_spanned(row, "each member says in $note what is its own"))?;
    let note = syn::parse2::<syn::LitStr>(note)?.value();
    let attributes = &source.attributes;
    let function = substitute(source.function.clone(), &bindings)?;
    let function = syn::parse2(quote! {
        #(#attributes)*
        #[unsafe(no_mangle)]
        #function
    })?;
    Ok(Member { function, note })
}

/// What each parameter stands for in a row.
fn bind(
    parameters: &[Parameter],
    input: ParseStream<'_>,
) -> syn::Result<HashMap<String, TokenStream>> {
    let mut bindings = HashMap::new();
    for (index, parameter) in parameters.iter().enumerate() {
        if index > 0 {
            input.parse::<Token![,]>()?;
        }
        let tokens = match parameter.fragment.as_str() {
            "ident" => input.parse::<Ident>()?.to_token_stream(),
            "ty" => input.parse::<syn::Type>()?.to_token_stream(),
            "literal" => input.parse::<syn::Lit>()?.to_token_stream(),
            "expr" => {
                let value = input.parse::<syn::Expr>()?;
                quote!((#value))
            }
            other => return Err(input.error(format!("families have no fragments {other}"))),
        };
        bindings.insert(parameter.name.clone(), tokens);
    }
    Ok(bindings)
}

/// Put what they stand for in the place of the parameters.
fn substitute(
    tokens: TokenStream,
    bindings: &HashMap<String, TokenStream>,
) -> syn::Result<TokenStream> {
    let mut result = TokenStream::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '$' => {
                let name = tokens.next().map(|name| name.to_string());
                let bound = name.and_then(|name| bindings.get(&name));
                let unknown = || syn::Error::new(mark.span(), "this is no parameter of the family");
                result.extend(bound.ok_or_else(unknown)?.clone());
            }
            TokenTree::Group(group) => {
                let inside = substitute(group.stream(), bindings)?;
                result.extend([TokenTree::Group(Group::new(group.delimiter(), inside))]);
            }
            other => result.extend([other]),
        }
    }
    Ok(result)
}
