//! How a type of the model is spelled in Rust: as a field, as an argument, as a path.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::CRATE;
use crate::bare_names::{JSON, VALUES};
use crate::model::{Api, Field, Home, Kind, Ty, TypeDef, TypeId};

pub(super) fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

/// The path of a type inside the crate, short beside the types of `home`.
pub(super) fn named(api: &Api, id: TypeId, home: Option<Home>) -> TokenStream {
    let ty = api.ty(id);
    let name = ident(&ty.name);
    if Some(ty.home) == home {
        return quote!(super::#name);
    }
    let module = ident(api.module(ty.home));
    quote!(crate::#module::#name)
}

/// The path of a type as a user of the crate writes it.
pub fn path_text(api: &Api, ty: &TypeDef) -> String {
    format!("{CRATE}::{}::{}", api.module(ty.home), ty.name)
}

/// A value in its own right: inside a list, a mapping, an envelope.
pub(super) fn value(api: &Api, ty: &Ty, home: Option<Home>) -> TokenStream {
    match ty {
        Ty::Int => quote!(i64),
        Ty::Text | Ty::Uuid => quote!(String),
        Ty::Bool => quote!(bool),
        Ty::Number => quote!(Number),
        Ty::DateTime => quote!(DateTime),
        Ty::Date => quote!(Date),
        Ty::Id => quote!(Id),
        Ty::Json => quote!(RawJson),
        Ty::Named(id) => named(api, *id, home),
        Ty::List(inner) => {
            let inner = value(api, inner, home);
            quote!(Vec<#inner>)
        }
        Ty::Map(inner) => {
            let inner = value(api, inner, home);
            quote!(BTreeMap<String, #inner>)
        }
        Ty::Nullable(inner) => {
            let inner = value(api, inner, home);
            quote!(Option<#inner>)
        }
        Ty::Link(inner) => {
            let inner = value(api, inner, home);
            quote!(Linked<#inner>)
        }
    }
}

/// The same as text, as a user of the crate writes it.
pub(super) fn value_text(api: &Api, ty: &Ty) -> String {
    match ty {
        Ty::Int => "i64".to_owned(),
        Ty::Text | Ty::Uuid => "String".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Number => format!("{CRATE}::Number"),
        Ty::DateTime => format!("{CRATE}::DateTime"),
        Ty::Date => format!("{CRATE}::Date"),
        Ty::Id => format!("{CRATE}::Id"),
        Ty::Json => format!("{CRATE}::RawJson"),
        Ty::Named(id) => path_text(api, api.ty(*id)),
        Ty::List(inner) => format!("Vec<{}>", value_text(api, inner)),
        Ty::Map(inner) => {
            format!(
                "std::collections::BTreeMap<String, {}>",
                value_text(api, inner)
            )
        }
        Ty::Nullable(inner) => format!("Option<{}>", value_text(api, inner)),
        Ty::Link(inner) => format!("{CRATE}::Linked<{}>", value_text(api, inner)),
    }
}

/// The field of a model that is read.
pub(super) fn read_field(api: &Api, field: &Field, home: Option<Home>) -> TokenStream {
    if let (Ty::List(inner), false) = (&field.ty, field.is_certain()) {
        let inner = value(api, inner, home);
        return quote!(List<#inner>);
    }
    let value = boxed(field, value(api, &field.ty, home));
    if field.is_certain() {
        value
    } else {
        quote!(Option<#value>)
    }
}

/// The field of a model that is written.
pub(super) fn write_field(api: &Api, field: &Field, home: Option<Home>) -> TokenStream {
    let value = boxed(field, value(api, &field.ty, home));
    if field.is_certain() {
        value
    } else {
        quote!(Patch<#value>)
    }
}

fn boxed(field: &Field, value: TokenStream) -> TokenStream {
    if field.boxed {
        quote!(Box<#value>)
    } else {
        value
    }
}

/// A type as an argument, and the expression that makes a value of `name`.
pub(super) fn argument(
    api: &Api,
    ty: &Ty,
    home: Option<Home>,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    match ty {
        Ty::Int | Ty::Bool => (value(api, ty, home), quote!(#name)),
        Ty::Named(id) if !matches!(api.ty(*id).kind, Kind::Object { .. }) => {
            let value = named(api, *id, home);
            (quote!(impl Into<#value>), quote!(#name.into()))
        }
        Ty::Named(_) => (value(api, ty, home), quote!(#name)),
        Ty::List(inner) => match &**inner {
            inner @ (Ty::List(_) | Ty::Map(_) | Ty::Link(_)) => {
                let inner = value(api, inner, home);
                (
                    quote!(impl IntoIterator<Item = #inner>),
                    quote!(#name.into_iter().collect()),
                )
            }
            inner => {
                let (item, made) = argument(api, inner, home, &ident("item"));
                let collected = if made.to_string() == "item" {
                    quote!(#name.into_iter().collect())
                } else {
                    quote!(#name.into_iter().map(Into::into).collect())
                };
                (quote!(impl IntoIterator<Item = #item>), collected)
            }
        },
        _ => {
            let value = value(api, ty, home);
            (quote!(impl Into<#value>), quote!(#name.into()))
        }
    }
}

/// The imports that `tokens` need: the runtime's value types stand in the text by their bare names,
/// as do the `fixed` ones. A type that is declared in the file, `own`, is not imported.
pub(super) fn imports(tokens: &TokenStream, fixed: &[&'static str], own: &str) -> TokenStream {
    let mut used = BTreeSet::new();
    collect(tokens, &mut used);
    let mut names: BTreeSet<&str> = fixed.iter().copied().collect();
    names.extend(
        VALUES
            .iter()
            .filter(|name| used.contains(**name) && **name != own),
    );
    let map = used.contains("BTreeMap").then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let names: Vec<_> = names.into_iter().map(ident).collect();
    let values = match names.as_slice() {
        [] => None,
        [name] => Some(quote!(use crate::#name;)),
        names => Some(quote!(use crate::{#(#names),*};)),
    };
    quote!(#map #values)
}

/// The imports that a model needs of the runtime's codec.
pub(super) fn codec_of(tokens: &TokenStream) -> TokenStream {
    let mut used = BTreeSet::new();
    collect(tokens, &mut used);
    codec(|name| used.contains(name))
}

/// The imports of the runtime's codec that are wanted.
pub(super) fn codec(wanted: impl Fn(&str) -> bool) -> TokenStream {
    let names: Vec<_> = JSON
        .iter()
        .filter(|name| wanted(name))
        .map(|name| ident(name))
        .collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use crate::json::#name;),
        names => quote!(use crate::json::{#(#names),*};),
    }
}

fn collect(tokens: &TokenStream, used: &mut BTreeSet<String>) {
    let mut qualified = 0;
    for token in tokens.clone() {
        match token {
            proc_macro2::TokenTree::Ident(name) => {
                // A name behind `::` is not the runtime's; nor is one in a doc attribute, a literal.
                if qualified < 2 {
                    used.insert(name.to_string());
                }
                qualified = 0;
            }
            proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ':' => qualified += 1,
            proc_macro2::TokenTree::Group(group) => {
                collect(&group.stream(), used);
                qualified = 0;
            }
            _ => qualified = 0,
        }
    }
}
