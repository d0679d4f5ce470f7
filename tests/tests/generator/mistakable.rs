//! No constructor of the client has two arguments that could be swapped unnoticed.

use std::{fs, path::PathBuf};

use bigcommerce_tests::{
    expand::{Paths, expanded},
    root,
};
use quote::ToTokens;
use syn::{FnArg, ImplItem, Item};

/// What a caller can write for an argument of this type, as kinds of literals; `None` for an unknown
/// type.
fn takes(ty: &str) -> Option<Vec<String>> {
    let item = ty
        .strip_prefix("impl IntoIterator < Item = ")
        .and_then(|ty| ty.strip_suffix(" >"));
    if let Some(item) = item {
        return Some(takes(item)?.iter().map(|it| format!("[{it}]")).collect());
    }
    let inner = |ty: &str| ty.strip_suffix(" >").map(str::to_owned);
    let kinds: &[&str] = match ty {
        "i64" | "impl Into < Number >" => &["integer"],
        "impl Into < Id >" => &["integer", "text"],
        "bool" => &["boolean"],
        "impl Into < RawJson >" => &["integer", "text", "boolean", "[text]"],
        _ if ty.starts_with("impl Into < BTreeMap <") => &["map"],
        // A nullable value can be passed as it is, too.
        _ if ty.starts_with("impl Into < Option <") => {
            let of = inner(
                ty.strip_prefix("impl Into < Option < ")?
                    .strip_suffix(" >")?,
            )?;
            return takes(&of).or_else(|| takes(&format!("impl Into < {of} >")));
        }
        // Enumerations and dates can be passed as strings, too.
        _ if ty.starts_with("impl Into < ") => &["text"],
        // Only a model itself is accepted.
        _ if ty.starts_with("super :: ") || ty.starts_with("crate :: ") => &[],
        _ => return None,
    };
    Some(kinds.iter().map(ToString::to_string).collect())
}

/// The pairs of arguments that could be swapped unnoticed.
fn exchangeable(types: &[String]) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (at, one) in types.iter().enumerate() {
        let taken = takes(one).unwrap_or_else(|| panic!("nobody knows what `{one}` takes"));
        for other in &types[at + 1..] {
            let takes = takes(other).unwrap_or_default();
            if one == other || takes.iter().any(|it| taken.contains(it)) {
                found.push((one.as_str(), other.as_str()));
            }
        }
    }
    found
}

/// One-ofs without a string branch, as arguments name them: no literal is one.
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
    let (mut constructors, mut several) = (0, 0);
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
                for (one, other) in exchangeable(&types) {
                    let of = block.self_ty.to_token_stream();
                    mistakable.push(format!("{of}: `{one}` and `{other}`"));
                }
                several += usize::from(types.len() > 1);
            }
        }
    }
    // Every written type has one, and many of them have more than one argument.
    assert_eq!(
        constructors,
        written(&files),
        "constructors that were not read"
    );
    assert!(several > 20, "only {several} take more than one argument");
    assert!(mistakable.is_empty(), "{mistakable:#?}");
}

/// The number of declared types that a program creates.
fn written(files: &[PathBuf]) -> usize {
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts
        .map(|text| text.matches("declare::write! {").count())
        .sum()
}

#[test]
fn arguments_that_could_be_exchanged_are_seen() {
    for (types, seen) in [
        (["i64", "impl Into < Number >"], true),
        (["i64", "impl Into < Id >"], true),
        (["impl Into < String >", "impl Into < Id >"], true),
        (
            ["impl Into < String >", "impl Into < super :: Color >"],
            true,
        ),
        (["impl Into < RawJson >", "bool"], true),
        (["impl Into < Option < Number > >", "i64"], true),
        (
            ["impl Into < Option < String > >", "impl Into < DateTime >"],
            true,
        ),
        (
            [
                "impl IntoIterator < Item = i64 >",
                "impl IntoIterator < Item = impl Into < Number > >",
            ],
            true,
        ),
        (["super :: Part", "super :: Part"], true),
        (["super :: Part", "super :: Other"], false),
        (["i64", "impl Into < String >"], false),
        (["bool", "i64"], false),
        (["impl IntoIterator < Item = i64 >", "i64"], false),
    ] {
        let types = types.map(str::to_owned);
        assert_eq!(!exchangeable(&types).is_empty(), seen, "{types:?}");
    }
}

fn argument(argument: &FnArg) -> String {
    match argument {
        FnArg::Typed(typed) => typed.ty.to_token_stream().to_string(),
        FnArg::Receiver(_) => "self".to_owned(),
    }
}

/// The model files of all groups.
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
