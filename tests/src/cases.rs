//! The small specs of the tests: a valid one, and cases that change a few lines of it.

use std::path::Path;

use codegen::{fixture, model::Api, pipeline, source::Sources};

use crate::{fail, root, text};

/// A case: a name, a line or two about it, and its spec.
#[derive(Debug)]
pub struct Case {
    /// The name of its file, without `.txt`.
    pub name: String,
    pub about: String,
    /// The whole text.
    pub text: String,
}

impl Case {
    /// Its spec.
    ///
    /// # Panics
    ///
    /// If the case does not fit the valid spec.
    pub fn sources(&self) -> Sources {
        match fixture::apply(&minimal(), &self.text) {
            Ok(sources) => sources,
            Err(error) => fail(&format!("{}: {error}", self.name)),
        }
    }
}

/// The valid spec.
pub fn minimal() -> Sources {
    codegen::load::texts(&root().join("tests/data/minimal")).0
}

/// The cases of a folder below `tests/data`, by name.
///
/// # Panics
///
/// If the folder cannot be read.
pub fn cases(folder: &str) -> Vec<Case> {
    let folder = format!("tests/data/{folder}");
    let entries = match std::fs::read_dir(root().join(&folder)) {
        Ok(entries) => entries,
        Err(error) => fail(&format!("{folder}: {error}")),
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut cases: Vec<Case> = names
        .filter_map(|name| {
            let text = text(&format!("{folder}/{name}"));
            let name = name.strip_suffix(".txt")?.to_owned();
            let about = text.split("--- ").next().unwrap_or_default();
            let about = about.trim_end().to_owned();
            Some(Case { name, about, text })
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The model of a spec in memory.
///
/// # Panics
///
/// If the spec has errors.
pub fn model(name: &str, sources: Sources) -> Api {
    let checked = pipeline::of(sources);
    let drawn = || codegen::diagnostic::render_plain(&checked.diagnostics, &checked.sources);
    match checked.api {
        Some(api) => api,
        None => fail(&format!("{name}:\n{}", drawn())),
    }
}

/// The names of the snapshots in a folder below `tests/tests/snapshots`, including subfolders as
/// prefixes.
pub fn snapshots(folder: &str) -> Vec<String> {
    fn walk(folder: &Path, before: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{before}{name}/"), found);
            } else if let Some(name) = name.strip_suffix(".snap") {
                found.push(format!("{before}{name}"));
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &root().join("tests/tests/snapshots").join(folder),
        "",
        &mut found,
    );
    found.sort();
    found
}
