//! The names of groups and areas, which become modules, features and methods of the client, and pages of
//! the docs.

use std::{collections::BTreeSet, fs};

use bigcommerce_tests::{api, root, text};
use codegen::model::module_name;
use syn::{ImplItem, Item, UseTree};

use super::{free, parsed, with};
use crate::outputs::{SITE, whole};

/// The names in a group of re-exports that is of no path: each is a whole crate.
fn whole_crates(tree: UseTree) -> Vec<String> {
    let UseTree::Group(group) = tree else {
        return Vec::new();
    };
    let names = group.items.into_iter().filter_map(|tree| match tree {
        UseTree::Name(name) => Some(name.ident.to_string()),
        _ => None,
    });
    names.collect()
}

#[test]
fn no_group_takes_the_name_of_a_module_or_feature_of_the_client() {
    let client = root().join("generated-client");
    let mut names: BTreeSet<String> = BTreeSet::new();
    for item in parsed(&client.join("src/lib.rs")).items {
        match item {
            Item::Mod(module) => {
                names.insert(module.ident.to_string());
            }
            Item::Use(it) => names.extend(whole_crates(it.tree)),
            _ => {}
        }
    }
    assert!(names.contains("transport"), "the modules were not found");
    assert!(names.contains("http"), "the crates were not found");
    names.extend(own_features());
    let free = free(&names, |name| {
        with("group: things", &format!("group: {name}"))
    });
    assert!(free.is_empty(), "MODULES or FEATURES lacks {free:?}");
}

/// Twice in the manifest, it would be no manifest, and nothing could be built that repairs it.
#[test]
fn no_area_takes_the_name_of_a_feature_of_the_client() {
    let own = own_features();
    let free = free(&own, |name| {
        with("group: things", &format!("group: things\nfeature: {name}"))
    });
    assert!(free.is_empty(), "FEATURES lacks {free:?}");
}

/// The features of the client but for those of areas.
fn own_features() -> BTreeSet<String> {
    let manifest = text("generated-client/Cargo.toml");
    let features = manifest.split("[features]").nth(1).unwrap();
    let (by_hand, rest) = features.split_once("# codegen:begin").unwrap();
    let behind = rest.split_once("# codegen:end").unwrap().1;
    let behind = behind.lines().take_while(|line| !line.starts_with('['));
    let names = by_hand.lines().chain(behind);
    let names = names.filter_map(|line| Some(line.split_once(" = ")?.0.trim().to_owned()));
    let names: BTreeSet<String> = names.chain(["all".to_owned()]).collect();
    assert!(names.contains("reqwest"), "the features were not found");
    names
}

#[test]
fn no_group_takes_the_name_of_a_page_of_the_docs() {
    let api = api();
    let inbound = api.inbound.iter().flat_map(|it| &it.api.groups);
    let groups: Vec<&str> = api
        .groups
        .iter()
        .chain(inbound)
        .map(|group| &*group.name)
        .collect();
    // Names that a group could have: a module of the client has the same name.
    let could = |stem: &&str| module_name(stem) == *stem && !groups.contains(stem);
    let files = whole().iter().filter(|file| file.path.starts_with(SITE));
    let names = files.filter_map(|file| {
        let (stem, kind) = file.path.rsplit('/').next()?.rsplit_once('.')?;
        ["html", "md", "json"].contains(&kind).then_some(stem)
    });
    let names: BTreeSet<String> = names.filter(could).map(str::to_owned).collect();
    assert!(names.contains("guides"), "the pages were not found");
    let free = free(&names, |name| {
        with("group: things", &format!("group: {name}"))
    });
    assert!(free.is_empty(), "docs_pages.rs lacks {free:?}");
}

#[test]
fn no_group_takes_the_name_of_a_method_of_the_client() {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut folders = vec![root().join("generated-client/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("generated") {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let file = parsed(&path);
                names.extend(methods_of(&file, "Client"));
                names.extend(methods_of(&file, "ReadOnlyClient"));
            }
        }
    }
    assert!(names.contains("builder"), "the methods were not found");
    let free = free(&names, |name| {
        with("group: things", &format!("group: {name}"))
    });
    assert!(free.is_empty(), "CLIENT_METHODS lacks {free:?}");
}

/// The methods in the `impl`s of one type.
fn methods_of(file: &syn::File, of: &str) -> Vec<String> {
    let mut found = Vec::new();
    for item in &file.items {
        let Item::Impl(block) = item else { continue };
        let syn::Type::Path(path) = &*block.self_ty else {
            continue;
        };
        if path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == of)
        {
            for item in &block.items {
                if let ImplItem::Fn(method) = item {
                    found.push(method.sig.ident.to_string());
                }
            }
        }
    }
    found
}
