//! The names that a spec must not use, compared with the actual client: whatever its modules, features,
//! methods and generated files use must be rejected.

mod groups;
mod methods;
mod types;

use std::{collections::BTreeSet, fs, path::Path};

use bigcommerce_tests::{
    api,
    cases::minimal,
    expand::{Paths, expanded},
    root,
};
use codegen::{pipeline, source::Sources};

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
