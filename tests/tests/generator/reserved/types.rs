//! The names of types and requests, which must differ from those that generated files use on their own.

use std::collections::BTreeSet;

use bigcommerce_tests::{
    cases::cases,
    expand::{Paths, expanded},
};
use codegen::{
    bare_names,
    pipeline::{self, Output},
    render::File,
};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

use super::{free, generated, with};
use crate::outputs::whole;

/// Capitalized names that occur on their own: not after `::`, a dot or a quote.
fn bare(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut behind = ' ';
    let mut path = false;
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
                // A constant does not conflict with a type.
                let constant = name.len() > 1 && name == name.to_uppercase();
                if capital && !constant && !path {
                    found.insert(name);
                }
                behind = ' ';
                path = false;
            }
            TokenTree::Punct(mark) => {
                let mark = mark.as_char();
                path = mark == ':' && behind == ':';
                behind = mark;
            }
            TokenTree::Group(group) => {
                bare(group.stream(), found);
                behind = ' ';
                path = false;
            }
            TokenTree::Literal(_) => {}
        }
    }
}

#[test]
fn no_request_takes_a_name_that_generated_requests_use() {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (_, file) in generated("requests") {
        let mut used = BTreeSet::new();
        let mut own = BTreeSet::new();
        for item in &file.items {
            if let Item::Struct(item) = item {
                own.insert(item.ident.to_string());
            }
            bare(item.to_token_stream(), &mut used);
        }
        names.extend(used.difference(&own).cloned());
    }
    // Names of associated types and of a type parameter.
    for name in ["IntoFuture", "Item", "Output", "T"] {
        names.remove(name);
    }
    assert!(names.contains("Endpoint"), "the names were not found");
    let refused = |name: &str| {
        let id = heck::ToSnakeCase::to_snake_case(name);
        let checked = pipeline::of(with("- id: update\n", &format!("- id: {id}\n")));
        let quoted = format!("`{name}` is taken");
        let mut found = checked.diagnostics.iter();
        found.any(|one| one.code.number == "E601" && one.message.contains(&quoted))
    };
    // An id that is a keyword is not a Rust method name, so no request has its name.
    let free: Vec<_> = names
        .iter()
        .filter(|name| *name != "Self" && !refused(name))
        .collect();
    assert!(free.is_empty(), "bare_names.rs lacks {free:?}");
}

#[test]
fn no_type_takes_a_name_that_generated_types_use() {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (_, file) in generated("models") {
        let choice = file.items.iter().any(|item| matches!(item, Item::Enum(_)));
        let mut used = BTreeSet::new();
        let mut own = BTreeSet::new();
        for item in &file.items {
            match item {
                Item::Use(_) => bare(item.to_token_stream(), &mut used),
                // The variants of an enumeration do not conflict with types.
                _ if choice => {}
                Item::Struct(item) => {
                    own.insert(item.ident.to_string());
                    bare(item.fields.to_token_stream(), &mut used);
                }
                item => bare(item.to_token_stream(), &mut used),
            }
        }
        names.extend(used.difference(&own).cloned());
    }
    // The item type of an iterator does not conflict with types, nor do the parameters of the bridge to
    // serde.
    for name in ["D", "Item", "S"] {
        names.remove(name);
    }
    assert!(names.contains("Patch"), "the names were not found");
    let free = free(&names, |name| {
        with(
            "schemas:\n",
            &format!(
                "schemas:\n  {name}:\n    does: Clash.\n    fields:\n      a: {{ type: int }}\n\n"
            ),
        )
    });
    assert!(free.is_empty(), "bare_names.rs lacks {free:?}");
}

/// The bare names in a group's file, including that of an enumeration, but not its variants.
fn bare_in(file: syn::File, used: &mut BTreeSet<String>) {
    for item in expanded(file, Paths::Whole).items {
        let Item::Enum(item) = item else {
            bare(item.into_token_stream(), used);
            continue;
        };
        used.insert(item.ident.to_string());
        for attribute in item.attrs {
            bare(attribute.into_token_stream(), used);
        }
        for variant in item.variants {
            bare(variant.fields.into_token_stream(), used);
        }
    }
}

#[test]
fn no_name_is_kept_from_specs_that_no_generated_file_uses() {
    let mut used = BTreeSet::new();
    let mut look = |file: &File| {
        if file.path.ends_with(".rs") && !file.path.contains("/catalogue/") {
            bare_in(syn::parse_file(&file.text).unwrap(), &mut used);
        }
    };
    for case in cases("fragments") {
        let api = pipeline::of(case.sources()).api.unwrap();
        let rendered = pipeline::render(&api, &[Output::Client]).unwrap();
        rendered.files.iter().for_each(|(_, file)| look(file));
    }
    whole().iter().for_each(look);
    let kept: BTreeSet<&str> = bare_names::all().collect();
    let stale: Vec<_> = kept.iter().filter(|name| !used.contains(**name)).collect();
    assert!(stale.is_empty(), "bare_names.rs has {stale:?}");
}
