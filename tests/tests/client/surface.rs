//! The public surface of the client as a readable diff: every public signature, one file per module.

use std::collections::BTreeMap;

use syn::{Attribute, Fields, ImplItem, Item, TraitItem, parse_quote};

use crate::source::{Source, is_public};

/// The surface of each module, by its name.
type Surface = BTreeMap<String, String>;

#[test]
fn the_public_surface_of_each_group_changes_only_where_a_reviewer_sees_it() {
    let modules = collect("generated", Detail::Own);
    assert!(modules.len() > 10, "few modules were found");
    keep("surface", &modules);
}

#[test]
fn the_public_surface_of_the_runtime_changes_only_where_a_reviewer_sees_it() {
    let mut modules = collect("", Detail::Traits);
    modules.remove("generated");
    assert!(modules.contains_key("client"));
    keep("surface-runtime", &modules);
}

#[test]
fn no_two_public_types_of_the_runtime_have_the_same_name() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in Source::below("") {
        if source.module() == "generated" {
            continue;
        }
        for item in source.parsed().items {
            let (name, visibility) = match item {
                Item::Enum(item) => (item.ident, item.vis),
                Item::Struct(item) => (item.ident, item.vis),
                Item::Trait(item) => (item.ident, item.vis),
                Item::Type(item) => (item.ident, item.vis),
                _ => continue,
            };
            if is_public(&visibility) {
                let home = source.path.display().to_string();
                homes.entry(name.to_string()).or_default().push(home);
            }
        }
    }
    assert!(homes.len() > 50, "few types were found");
    homes.retain(|_, homes| homes.len() > 1);
    assert!(homes.is_empty(), "{homes:#?}");
}

fn keep(folder: &str, modules: &Surface) {
    let _accept = bigcommerce_tests::accept::accept();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (module, text) in modules {
            insta::assert_snapshot!(module.as_str(), text);
        }
    });
}

/// How much of a module is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Its own items. The traits of generated types are always the same.
    Own,
    /// Also the traits of its types.
    Traits,
}

/// The surface of every file below a folder, by module.
fn collect(folder: &str, detail: Detail) -> Surface {
    let mut modules = Surface::new();
    for source in Source::below(folder) {
        let surface = surface(&source.parsed(), detail);
        if !surface.is_empty() {
            let so_far = modules.entry(source.module().to_owned()).or_default();
            so_far.push_str(&(surface + "\n"));
        }
    }
    modules
}

/// The public items of a file without docs, methods without bodies.
fn surface(file: &syn::File, detail: Detail) -> String {
    let items = file.items.iter().filter(|item| !is_for_tests(item));
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: items.filter_map(|item| public(item, detail)).collect(),
    })
}

fn public(item: &Item, detail: Detail) -> Option<Item> {
    let mut item = item.clone();
    match &mut item {
        Item::Struct(item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            fields(&mut item.fields);
        }
        Item::Enum(item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            for variant in &mut item.variants {
                variant.attrs.retain(is_fact);
                for field in &mut variant.fields {
                    field.attrs.clear();
                }
            }
        }
        Item::Const(item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            // Its value is not part of the surface: the hash of the spec would change with every edit.
            item.expr = parse_quote!(_);
        }
        Item::Type(item) if is_public(&item.vis) => item.attrs.retain(is_fact),
        Item::Use(item) if is_public(&item.vis) => item.attrs.retain(is_fact),
        Item::Mod(item) if is_public(&item.vis) => item.attrs.retain(is_fact),
        Item::Fn(item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            item.block.stmts.clear();
        }
        Item::Trait(item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            for inner in &mut item.items {
                match inner {
                    TraitItem::Fn(method) => {
                        method.attrs.retain(is_fact);
                        if let Some(block) = &mut method.default {
                            block.stmts.clear();
                        }
                    }
                    TraitItem::Const(item) => item.attrs.retain(is_fact),
                    TraitItem::Type(item) => item.attrs.retain(is_fact),
                    _ => {}
                }
            }
        }
        Item::Impl(item) if item.trait_.is_none() => {
            item.attrs.retain(is_fact);
            item.items.retain_mut(is_public_member);
            if item.items.is_empty() {
                return None;
            }
        }
        Item::Impl(item) if detail == Detail::Traits => {
            item.attrs.retain(is_fact);
            item.items
                .retain(|inner| matches!(inner, ImplItem::Type(_)));
        }
        _ => return None,
    }
    Some(item)
}

/// Keeps only public fields.
fn fields(fields: &mut Fields) {
    let of = match fields {
        Fields::Named(fields) => &mut fields.named,
        Fields::Unnamed(fields) => &mut fields.unnamed,
        Fields::Unit => return,
    };
    let all = std::mem::take(of);
    of.extend(all.into_iter().filter(|field| is_public(&field.vis)));
    of.iter_mut().for_each(|field| field.attrs.clear());
}

/// Whether a member of a type is public; its body and value are removed.
fn is_public_member(member: &mut ImplItem) -> bool {
    match member {
        ImplItem::Fn(method) if is_public(&method.vis) => {
            method.attrs.retain(is_fact);
            method.block.stmts.clear();
            true
        }
        ImplItem::Const(item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            item.expr = parse_quote!(_);
            true
        }
        _ => false,
    }
}

/// Attributes that affect callers.
fn is_fact(attribute: &Attribute) -> bool {
    ["must_use", "non_exhaustive", "cfg", "deprecated", "derive"]
        .iter()
        .any(|name| attribute.path().is_ident(name))
}

fn is_for_tests(item: &Item) -> bool {
    let attributes = match item {
        Item::Mod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        let words = attribute.meta.require_list();
        attribute.path().is_ident("cfg")
            && words.is_ok_and(|list| list.tokens.to_string() == "test")
    })
}
