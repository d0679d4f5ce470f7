//! The source of the client, for the tests of its surface and its documentation.

use std::{fs, path::PathBuf};

use bigcommerce_tests::{
    expand::{Paths, expanded},
    root,
};
use syn::Visibility;

/// Files and folders that are only compiled for tests.
const TESTS: [&str; 2] = ["tests", "tests.rs"];

/// A file of the client's source.
pub struct Source {
    /// Its path below the requested folder.
    pub path: PathBuf,
    at: PathBuf,
}

impl Source {
    /// Every file below this folder of `generated-client/src`, sorted by path.
    pub fn below(folder: &str) -> Vec<Self> {
        let folder = root().join("generated-client/src").join(folder);
        let (mut found, mut folders) = (Vec::new(), vec![folder.clone()]);
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let at = entry.unwrap().path();
                let name = at.file_name().unwrap().to_str().unwrap();
                if TESTS.contains(&name) {
                    continue;
                }
                if at.is_dir() {
                    folders.push(at);
                } else if name.ends_with(".rs") {
                    let path = at.strip_prefix(&folder).unwrap().to_owned();
                    found.push(Self { path, at });
                }
            }
        }
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    }

    /// The outermost module that it belongs to; files at the top belong to the root.
    pub fn module(&self) -> &str {
        let mut parts = self.path.iter();
        match (parts.next(), parts.next()) {
            (Some(module), Some(_)) => module.to_str().unwrap(),
            _ => "root",
        }
    }

    /// Its text.
    pub fn text(&self) -> String {
        fs::read_to_string(&self.at).unwrap()
    }

    /// Its items; generated declarations are expanded by their macros.
    pub fn parsed(&self) -> syn::File {
        let file = syn::parse_file(&self.text()).unwrap();
        let generated = root().join("generated-client/src/generated");
        if self.at.starts_with(generated) {
            expanded(file, Paths::Short)
        } else {
            file
        }
    }
}

/// Whether it is public.
pub fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
