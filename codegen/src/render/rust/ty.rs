//! The form of the model's types in Rust: as a field, as an argument, as a path; and that of a name and an
//! optional string.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::print::Text;
use crate::bare_names::VALUES;
use crate::model::{Api, Field, Home, Kind, Ty, TypeDef, TypeId};

pub(super) fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

pub(super) fn option(value: Option<&String>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// The path of a type inside the crate, short within `home`.
pub(super) fn named(api: &Api, id: TypeId, home: Option<Home>) -> String {
    path(api, api.ty(id), home)
}

/// The same of a type itself.
pub(super) fn path(api: &Api, ty: &TypeDef, home: Option<Home>) -> String {
    if Some(ty.home) == home {
        return format!("super::{}", ty.name);
    }
    format!("crate::{}::{}", api.module(ty.home), ty.name)
}

/// A separate value: inside a list, a mapping, an envelope.
pub(super) fn value(api: &Api, ty: &Ty, home: Option<Home>) -> String {
    match ty {
        Ty::Named(id) => named(api, *id, home),
        Ty::List(inner) => format!("Vec<{}>", value(api, inner, home)),
        Ty::Map(inner) => format!("BTreeMap<String, {}>", value(api, inner, home)),
        Ty::Nullable(inner) => format!("Option<{}>", value(api, inner, home)),
        Ty::Link(inner) => format!("Linked<{}>", value(api, inner, home)),
        Ty::OneOrMany(item) => format!("OneOrMany<{}>", value(api, item, home)),
        Ty::Int => "i64".to_owned(),
        Ty::Text | Ty::Uuid => "String".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Number => "Number".to_owned(),
        Ty::DateTime => "DateTime".to_owned(),
        Ty::Date => "Date".to_owned(),
        Ty::Id => "Id".to_owned(),
        Ty::Json => "RawJson".to_owned(),
    }
}

/// The field of a model that is read.
pub(super) fn read_field(api: &Api, field: &Field, home: Option<Home>) -> String {
    if let (Ty::List(inner), false) = (&field.ty, field.is_certain()) {
        return format!("List<{}>", value(api, inner, home));
    }
    let value = boxed(field, value(api, &field.ty, home));
    if field.is_certain() {
        value
    } else {
        format!("Option<{value}>")
    }
}

/// The field of a model that is written.
pub(super) fn write_field(api: &Api, field: &Field, home: Option<Home>) -> String {
    let value = boxed(field, value(api, &field.ty, home));
    if field.is_certain() {
        value
    } else {
        format!("Patch<{value}>")
    }
}

fn boxed(field: &Field, value: String) -> String {
    if field.boxed {
        format!("Box<{value}>")
    } else {
        value
    }
}

/// How a value is passed as an argument, and as which type.
pub(super) fn argument(api: &Api, ty: &Ty, home: Option<Home>) -> (&'static str, String) {
    match ty {
        Ty::Int | Ty::Bool => ("own", value(api, ty, home)),
        Ty::Named(id) if matches!(api.ty(*id).kind, Kind::Object { .. }) => {
            ("own", value(api, ty, home))
        }
        Ty::List(inner) => match &**inner {
            inner @ (Ty::List(_) | Ty::Map(_) | Ty::Link(_) | Ty::Nullable(_)) => {
                ("list", value(api, inner, home))
            }
            inner => match argument(api, inner, home) {
                ("own", item) => ("list", item),
                (_, item) => ("list_into", item),
            },
        },
        _ => ("into", value(api, ty, home)),
    }
}

/// Prints the imports that `body` needs: the runtime's value types and the `fixed` ones are used by their
/// bare names. A type that is declared in the file, `own`, is not imported.
pub(super) fn import(text: &mut Text, body: &Text, fixed: &[&'static str], own: &str) {
    let mut used = BTreeSet::new();
    // Invalid tokens are rejected when the client is compiled.
    collect(&body.as_str().parse().unwrap_or_default(), &mut used);
    let mut names: BTreeSet<&str> = fixed.iter().copied().collect();
    let values = VALUES.iter().filter(|name| used.contains(**name));
    names.extend(values.filter(|name| **name != own));
    let names: Vec<_> = names.into_iter().collect();
    let map = used.contains("BTreeMap");
    if map {
        text.line("use std::collections::BTreeMap;");
    }
    match names.as_slice() {
        [] if !map => return,
        [] => {}
        [name] => text.line(&format!("use crate::{name};")),
        names => text.line(&format!("use crate::{{{}}};", names.join(", "))),
    }
    text.line("");
}

fn collect(tokens: &TokenStream, used: &mut BTreeSet<String>) {
    let mut qualified = 0;
    for token in tokens.clone() {
        match token {
            proc_macro2::TokenTree::Ident(name) => {
                // A name after `::` is not the runtime's; nor is one in a doc attribute or a literal.
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
