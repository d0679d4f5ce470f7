//! The documentation of the client: every public function that is written by hand shows itself at work,
//! and so does every call that is generated.

use std::{collections::BTreeSet, fs, path::Path};

use bigcommerce_tests::root;
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta, Type, Visibility};

const SOURCE: &str = "generated-client/src";

/// Public in modules that are not, for other files of the client alone.
const INTERNAL: [&str; 2] = ["generated", "sample.rs"];

#[test]
fn every_public_function_that_is_written_by_hand_has_an_example() {
    let mut without = BTreeSet::new();
    let mut seen = 0;
    each_file(&root().join(SOURCE), &mut |path, file| {
        functions(&file.items, &mut |name, attributes| {
            seen += 1;
            if !has_example(attributes) {
                without.insert(format!("{}: {name}", path.display()));
            }
        });
    });
    assert!(seen > 300, "only {seen} functions were found");
    let list = without.into_iter().collect::<Vec<_>>().join("\n");
    assert!(list.is_empty(), "no example in the docs of\n{list}");
}

#[test]
fn every_call_and_every_value_that_creates_or_updates_has_an_example() {
    let generated = root().join(SOURCE).join("generated");
    let mut without = BTreeSet::new();
    let mut seen = 0;
    for group in fs::read_dir(generated).unwrap() {
        let group = group.unwrap().path();
        for kind in ["handle.rs", "models"] {
            each_file_or_one(&group.join(kind), &mut |path, file| {
                for item in &file.items {
                    let (name, attributes) = match item {
                        Item::Impl(item) if kind == "handle.rs" => {
                            for (name, attributes) in methods(item) {
                                seen += 1;
                                if !has_example(attributes) {
                                    without.insert(format!("{}: {name}", path.display()));
                                }
                            }
                            continue;
                        }
                        Item::Struct(item) if kind == "models" => (&item.ident, &item.attrs),
                        _ => continue,
                    };
                    let written = ["Create", "Update"]
                        .iter()
                        .any(|view| name.to_string().ends_with(view));
                    seen += usize::from(written);
                    if written && !has_example(attributes) {
                        without.insert(format!("{}: {name}", path.display()));
                    }
                }
            });
        }
    }
    assert!(seen > 46, "only {seen} calls and values were found");
    let list = without.into_iter().collect::<Vec<_>>().join("\n");
    assert!(list.is_empty(), "no example in the docs of\n{list}");
}

fn each_file_or_one(path: &Path, look: &mut dyn FnMut(&Path, &syn::File)) {
    if path.is_dir() {
        each_file(path, look);
    } else if path.is_file() {
        look(
            path,
            &syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap(),
        );
    }
}

fn each_file(folder: &Path, look: &mut dyn FnMut(&Path, &syn::File)) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let name = name.to_str().unwrap();
        if !INTERNAL.contains(&name) && (entry.path().is_dir() || name.ends_with(".rs")) {
            each_file_or_one(&entry.path(), look);
        }
    }
}

/// The public functions, and those of types, by name.
fn functions(items: &[Item], look: &mut dyn FnMut(String, &[Attribute])) {
    for item in items {
        match item {
            Item::Fn(item) if is_shown(&item.vis, &item.attrs) => {
                look(item.sig.ident.to_string(), &item.attrs);
            }
            Item::Impl(item) => {
                for (name, attributes) in methods(item) {
                    look(name, attributes);
                }
            }
            _ => {}
        }
    }
}

fn methods(item: &syn::ItemImpl) -> impl Iterator<Item = (String, &[Attribute])> {
    let of = match &*item.self_ty {
        Type::Path(ty) => ty.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    let inherent = item.trait_.is_none();
    item.items.iter().filter_map(move |member| match member {
        ImplItem::Fn(method) if inherent && is_shown(&method.vis, &method.attrs) => {
            let of = of.as_deref().unwrap_or_default();
            Some((format!("{of}::{}", method.sig.ident), &method.attrs[..]))
        }
        _ => None,
    })
}

fn is_shown(visibility: &Visibility, attributes: &[Attribute]) -> bool {
    let hidden = attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string() == "hidden")
    });
    matches!(visibility, Visibility::Public(_)) && !hidden
}

/// Whether the docs hold a block of code.
fn has_example(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::NameValue(value) = &attribute.meta else {
            return false;
        };
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &value.value
        else {
            return false;
        };
        attribute.path().is_ident("doc") && text.value().contains("```")
    })
}
