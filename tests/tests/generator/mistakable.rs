//! No constructor of the client takes two arguments that could be exchanged without anybody noticing.

use std::{fs, path::PathBuf};

use bigcommerce_tests::{
    expand::{Paths, expanded},
    root,
};
use quote::ToTokens;
use syn::{FnArg, ImplItem, Item};

/// What a caller can write for an argument of this type, by the kinds of literals.
fn takes(ty: &str) -> &'static [&'static str] {
    let item = ty
        .strip_prefix("impl IntoIterator < Item = ")
        .and_then(|ty| ty.strip_suffix(" >"));
    if let Some(item) = item {
        return match takes(item) {
            ["integer"] => &["[integer]"],
            ["text"] => &["[text]"],
            _ => &[],
        };
    }
    match ty {
        "i64" | "impl Into < Number >" => &["integer"],
        "impl Into < Id >" => &["integer", "text"],
        "bool" => &["boolean"],
        "impl Into < RawJson >" => &["integer", "text", "boolean", "[text]"],
        _ if ty.starts_with("impl Into < BTreeMap <") => &["map"],
        // Enumerations and dates can be given as text, too.
        _ if ty.starts_with("impl Into <") => &["text"],
        _ => &[],
    }
}

/// The one-ofs of which no branch is a string, as arguments name them: no literal is one.
fn objects(files: &[PathBuf]) -> Vec<String> {
    let mut names = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let Some((_, of)) = text.split_once("declare::one_of! {") else {
            continue;
        };
        let mut lines = of.lines().map(str::trim);
        let head = lines
            .find(|line| line.starts_with(char::is_uppercase))
            .unwrap();
        if !of.contains("into_text") {
            let name = head.split([' ', '{']).next().unwrap();
            names.push(format!("impl Into < super :: {name} >"));
        }
    }
    names
}

#[test]
fn no_two_arguments_of_a_constructor_take_the_same_value() {
    let mut constructors = 0;
    let mut mistakable = Vec::new();
    let files: Vec<PathBuf> = walk().into_iter().collect();
    let objects = objects(&files);
    for entry in &files {
        let text = fs::read_to_string(entry).unwrap();
        for item in expanded(syn::parse_file(&text).unwrap(), Paths::Short).items {
            let Item::Impl(block) = item else { continue };
            for item in block.items {
                let ImplItem::Fn(function) = item else {
                    continue;
                };
                if function.sig.ident != "new" || block.trait_.is_some() {
                    continue;
                }
                constructors += 1;
                let mut types: Vec<_> = function.sig.inputs.iter().map(argument).collect();
                types.retain(|ty| !objects.contains(ty));
                for (at, one) in types.iter().enumerate() {
                    let other = types[at + 1..].iter().find(|other| {
                        *other == one || takes(other).iter().any(|it| takes(one).contains(it))
                    });
                    if let Some(other) = other {
                        let of = block.self_ty.to_token_stream();
                        mistakable.push(format!("{of}: `{one}` and `{other}`"));
                    }
                }
            }
        }
    }
    assert!(constructors > 50, "only {constructors} were found");
    assert!(mistakable.is_empty(), "{mistakable:#?}");
}

fn argument(argument: &FnArg) -> String {
    match argument {
        FnArg::Typed(typed) => typed.ty.to_token_stream().to_string(),
        FnArg::Receiver(_) => "self".to_owned(),
    }
}

/// The files of the models of all groups.
fn walk() -> Vec<std::path::PathBuf> {
    let generated = root().join("generated-client/src/generated");
    let folders = fs::read_dir(generated)
        .unwrap()
        .map(|it| it.unwrap().path());
    let models = folders.map(|folder| folder.join("models"));
    let models = models.filter(|folder| folder.is_dir());
    models
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|it| it.unwrap().path())
        .collect()
}
