//! Expands the macros in generated code, for tests that read its source: the rules of `macro_rules!` in
//! the client, applied to the items, members and types of a file.

mod matching;
mod writing;

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    File, ImplItem, Item, Macro, Type,
    parse::{ParseStream, Parser, Result},
    visit_mut::{VisitMut, visit_type_mut},
};

use crate::root;

thread_local! {
    /// The rules of each macro of the client, by name.
    static MACROS: HashMap<String, Vec<Rule>> = {
        let mut macros = HashMap::new();
        collect(&root().join("generated-client/src"), &mut macros);
        macros
    };
}

/// A rule: its pattern and its transcription.
struct Rule {
    pattern: Vec<matching::Part>,
    written: TokenStream,
}

/// The macros of the files below a folder.
fn collect(folder: &Path, macros: &mut HashMap<String, Vec<Rule>>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, macros);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            if !text.contains("macro_rules!") {
                continue;
            }
            for item in syn::parse_file(&text).unwrap().items {
                if let Item::Macro(item) = item
                    && let Some(name) = item.ident
                {
                    let rules = rules.parse2(item.mac.tokens).unwrap();
                    // Modules may have macros of the same name.
                    let known: &mut Vec<Rule> = macros.entry(name.to_string()).or_default();
                    known.extend(rules);
                }
            }
        }
    }
}

/// The rules in the body of a `macro_rules!`.
fn rules(input: ParseStream<'_>) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    while !input.is_empty() {
        let pattern = group(input)?;
        input.parse::<syn::Token![=>]>()?;
        let written = group(input)?;
        input.parse::<Option<syn::Token![;]>>()?;
        let pattern = matching::parts.parse2(pattern)?;
        rules.push(Rule { pattern, written });
    }
    Ok(rules)
}

fn group(input: ParseStream<'_>) -> Result<TokenStream> {
    match input.parse()? {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => Ok(group.stream()),
        other => Err(syn::Error::new(other.span(), "expected a group")),
    }
}

/// How a path from the crate's root, as macros write it, is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Paths {
    /// Unchanged.
    Whole,
    /// By its last name, as if that were imported.
    Short,
}

/// The expansion of a macro call; `None` for a macro that is not the client's.
fn made(call: &Macro, paths: Paths) -> Option<TokenStream> {
    let name = call.path.segments.last()?.ident.to_string();
    MACROS.with(|macros| {
        let written = macros.get(&name)?.iter().find_map(|rule| {
            let bound = matching::bound(&rule.pattern, call.tokens.clone())?;
            Some(writing::write(&rule.written, &bound, paths))
        });
        Some(written.unwrap_or_else(|| panic!("no rule of `{name}!` matches {}", call.tokens)))
    })
}

/// The file with the client's macros expanded. Bodies are unchanged.
pub fn expanded(mut file: File, paths: Paths) -> File {
    file.items = items(file.items, paths);
    Types(paths).visit_file_mut(&mut file);
    file
}

fn items(found: Vec<Item>, paths: Paths) -> Vec<Item> {
    let mut out = Vec::new();
    for item in found {
        match item {
            Item::Macro(item) if item.ident.is_none() => match made(&item.mac, paths) {
                Some(tokens) => {
                    out.extend(items(syn::parse2::<File>(tokens).unwrap().items, paths));
                }
                None => out.push(Item::Macro(item)),
            },
            Item::Impl(mut block) => {
                block.items = members(block.items, paths);
                out.push(Item::Impl(block));
            }
            item => out.push(item),
        }
    }
    out
}

fn members(found: Vec<ImplItem>, paths: Paths) -> Vec<ImplItem> {
    let mut out = Vec::new();
    for item in found {
        match item {
            ImplItem::Macro(item) => {
                let tokens = made(&item.mac, paths).expect("a macro of the client");
                let made = syn::parse2::<syn::ItemImpl>(quote::quote!(impl Any { #tokens }));
                out.extend(members(made.unwrap().items, paths));
            }
            item => out.push(item),
        }
    }
    out
}

struct Types(Paths);

impl VisitMut for Types {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Macro(call) = ty
            && let Some(tokens) = made(&call.mac, self.0)
        {
            *ty = syn::parse2(tokens).unwrap();
        }
        visit_type_mut(self, ty);
    }
}
