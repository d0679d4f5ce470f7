//! The names that a spec must not use, compared with the actual client: whatever its modules, features,
//! methods and generated files use must be rejected.

use std::{collections::BTreeSet, fs, path::Path};

use bigcommerce_tests::{
    api,
    cases::{cases, minimal},
    expand::{Paths, expanded},
    root, text,
};
use codegen::{
    bare_names,
    model::module_name,
    pipeline::{self, Output},
    render::File,
    source::Sources,
};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItem, Item, UseTree};

use crate::outputs::{SITE, whole};

const THINGS: &str = "groups/things.yaml";

/// The minimal spec with a replaced string in its group.
fn with(old: &str, new: &str) -> Sources {
    let minimal = minimal();
    let files = minimal.iter().map(|(path, text)| {
        let text = if path == THINGS {
            assert!(text.contains(old), "{THINGS} has no `{old}`");
            text.replacen(old, new, 1)
        } else {
            text.to_owned()
        };
        (path.to_owned(), text)
    });
    Sources::from_texts(files)
}

/// The names among `names` that a spec may use, where `sources` builds a spec that uses one.
fn free(names: &BTreeSet<String>, sources: impl Fn(&str) -> Sources) -> Vec<&String> {
    let refused = |name: &str| {
        let checked = pipeline::of(sources(name));
        let quoted = format!("`{name}` is taken");
        let mut found = checked.diagnostics.iter();
        found.any(|one| one.code.number == "E601" && one.message.contains(&quoted))
    };
    names.iter().filter(|name| !refused(name)).collect()
}

fn parsed(path: &Path) -> syn::File {
    let text = fs::read_to_string(path).unwrap();
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The generated files of one kind, of all groups.
fn generated(kind: &str) -> Vec<(String, syn::File)> {
    let mut files = Vec::new();
    for group in &api().groups {
        let at = root()
            .join("generated-client/src/generated")
            .join(&group.name)
            .join(kind);
        let paths = if at.is_dir() {
            fs::read_dir(at)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect()
        } else {
            vec![at]
        };
        for path in paths.into_iter().filter(|path| !path.ends_with("mod.rs")) {
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            files.push((
                format!("{}.{stem}", group.name),
                expanded(parsed(&path), Paths::Whole),
            ));
        }
    }
    files
}

/// The methods of every `impl` of a file, including traits.
fn methods(file: &syn::File) -> impl Iterator<Item = String> {
    let impls = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) => Some(item),
        _ => None,
    });
    impls
        .flat_map(|item| &item.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        })
}

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

#[test]
fn no_call_takes_the_name_of_a_method_that_handles_have() {
    let api = api();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (place, file) in generated("handle.rs") {
        let group = place.split('.').next().unwrap();
        let calls = api
            .endpoints
            .iter()
            .filter(|one| api.group(one.group).name == group);
        let calls: BTreeSet<&str> = calls
            .flat_map(|one| {
                let all = one.all.as_ref().map(|all| &all.name);
                let job = one.job.as_ref().map(|job| &job.name);
                [Some(&one.call), all, job]
            })
            .flatten()
            .map(String::as_str)
            .collect();
        // Methods that return the handle of another group, or of a single resource, are reserved
        // together with the calls.
        let nested = api.groups.iter().filter_map(|one| one.nested.as_ref());
        let nested: BTreeSet<&str> = nested
            .filter(|nested| api.group(nested.under).name == group)
            .map(|nested| nested.method.as_str())
            .collect();
        let own = api.groups.iter().filter(|one| one.name == group);
        let narrowed: BTreeSet<&str> = own
            .filter_map(|one| Some(one.narrowed.as_ref()?.method.as_str()))
            .collect();
        let claimed = [&calls, &nested, &narrowed];
        let free = |name: &str| claimed.iter().all(|names| !names.contains(name));
        names.extend(methods(&file).filter(|name| free(name)));
    }
    assert!(names.contains("new"), "the methods were not found");
    let free = free(&names, |name| {
        with("- id: update\n", &format!("- id: {name}\n"))
    });
    assert!(free.is_empty(), "HANDLE_METHODS lacks {free:?}");
}

#[test]
fn no_parameter_takes_the_name_of_a_method_that_requests_have() {
    let api = api();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (place, file) in generated("requests") {
        let Some(endpoint) = api.endpoints.iter().find(|one| one.id == place) else {
            panic!("{place} is the request of no endpoint");
        };
        let own = endpoint.query.iter().chain(&endpoint.headers);
        let own = own.chain(&endpoint.form).map(|one| &one.rust);
        let body = endpoint.body.iter().map(|body| &body.rust);
        let own: BTreeSet<&str> = own.chain(body).map(String::as_str).collect();
        let sorts = endpoint.sort.is_some();
        names.extend(
            methods(&file).filter(|name| !(own.contains(name.as_str()) || sorts && name == "sort")),
        );
    }
    assert!(names.contains("send"), "the methods were not found");
    let free = free(&names, |name| {
        with("      depth: {", &format!("      {name}: {{"))
    });
    assert!(free.is_empty(), "REQUEST_METHODS lacks {free:?}");
}

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
