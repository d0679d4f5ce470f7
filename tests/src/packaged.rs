//! A client of another spec: the hand-written runtime, with rendered code.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::{fs, path::Path};

use codegen::{pipeline::Rendered, render::Region};

use crate::root;

const GENERATED: &str = "src/generated";

/// Copies a folder, except for generated files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_file() {
            fs::copy(source, target).unwrap();
        } else if !source.ends_with(GENERATED) {
            copy(&source, &target);
        }
    }
}

/// The text with the part between the two lines of a region replaced.
fn replaced(text: &str, region: &Region) -> String {
    let (begin, end) = (
        format!("codegen:begin {}\n", region.name),
        format!("# codegen:end {}", region.name),
    );
    let (before, rest) = text.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    format!("{before}{begin}{}{end}{after}", region.text)
}

/// Builds a package of the runtime and rendered code, outside any workspace.
///
/// # Panics
///
/// If a file cannot be read or written.
pub fn packaged(rendered: &Rendered, to: &Path) {
    let client = root().join("generated-client");
    copy(&client.join("src"), &to.join("src"));
    // An optional path dependency, which is not built but has to exist.
    copy(&client.join("mock/src"), &to.join("mock/src"));
    let mock = fs::read_to_string(client.join("mock/Cargo.toml")).unwrap();
    let mock = mock.replace("[lints]\nworkspace = true\n", "");
    fs::write(to.join("mock/Cargo.toml"), mock).unwrap();
    for (_, file) in &rendered.files {
        if let Some(path) = file.path.strip_prefix("generated-client/") {
            let path = to.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.text).unwrap();
        }
    }
    let mut manifest = fs::read_to_string(client.join("Cargo.toml")).unwrap();
    for (_, region) in &rendered.regions {
        if region.path == "generated-client/Cargo.toml" {
            manifest = replaced(&manifest, region);
        }
    }
    // The examples call what a random spec does not have, and lints only matter for the repository
    // itself.
    let (manifest, _) = manifest.split_once("[[example]]").unwrap();
    let manifest = format!("{manifest}\n[workspace]\n");
    fs::write(to.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), to.join("Cargo.lock")).unwrap();
}
