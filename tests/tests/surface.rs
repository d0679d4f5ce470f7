//! The public surface of the client as a readable diff: every public signature, a file per module.

use std::{collections::BTreeMap, path::Path};

use bigcommerce_tests::root;
use syn::{Fields, ImplItem, Item, Visibility};

const GENERATED: &str = "generated-client/src/generated";

#[test]
fn the_public_surface_changes_only_where_a_reviewer_sees_it() {
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    collect(&root().join(GENERATED), "", &mut modules);
    assert!(modules.len() > 10, "no module was found below {GENERATED}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/surface");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (module, text) in modules {
            insta::assert_snapshot!(module, text);
        }
    });
}

/// Adds the surface of every file below `folder` to that of the module it belongs to.
fn collect(folder: &Path, module: &str, into: &mut BTreeMap<String, String>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let module = if module.is_empty() {
                name
            } else {
                module.to_owned()
            };
            collect(&entry.path(), &module, into);
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let surface = surface(&syn::parse_file(&text).unwrap());
        let module = if module.is_empty() { "root" } else { module };
        if !surface.is_empty() {
            into.entry(module.to_owned())
                .or_default()
                .push_str(&(surface + "\n"));
        }
    }
}

/// What of a file others can name: public items without docs, methods without bodies.
fn surface(file: &syn::File) -> String {
    let items = file.items.iter().filter_map(public).collect();
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}

fn public(item: &Item) -> Option<Item> {
    match item.clone() {
        Item::Struct(mut item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            if let Fields::Named(fields) = &mut item.fields {
                let kept = std::mem::take(&mut fields.named);
                fields.named = kept
                    .into_iter()
                    .filter(|field| is_public(&field.vis))
                    .collect();
                fields
                    .named
                    .iter_mut()
                    .for_each(|field| field.attrs.clear());
            }
            Some(Item::Struct(item))
        }
        Item::Enum(mut item) if is_public(&item.vis) => {
            item.attrs.retain(is_fact);
            item.variants
                .iter_mut()
                .for_each(|variant| variant.attrs.clear());
            Some(Item::Enum(item))
        }
        Item::Const(mut item) if is_public(&item.vis) => {
            item.attrs.clear();
            Some(Item::Const(item))
        }
        Item::Impl(mut item) if item.trait_.is_none() => {
            item.items.retain_mut(|inner| match inner {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    method.attrs.retain(is_fact);
                    method.block.stmts.clear();
                    true
                }
                _ => false,
            });
            (!item.items.is_empty()).then_some(Item::Impl(item))
        }
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Attributes that a caller feels.
fn is_fact(attribute: &syn::Attribute) -> bool {
    ["must_use", "non_exhaustive", "cfg", "deprecated"]
        .iter()
        .any(|name| attribute.path().is_ident(name))
}
