//! The client's package as users get it: what it holds, how large it is, and whether it could be
//! published.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    licences::metadata,
    steps::{Outcome, base, shown},
};
use crate::root;

const PACKAGE: &str = "bigcommerce-client";

/// What crates.io takes.
const MOST_BYTES: u64 = 10 * 1024 * 1024;

/// What must be in it, beside the code.
const NEEDED: [&str; 6] = [
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "docs/scope-matrix.md",
    "src/lib.rs",
];

/// What cargo adds by itself.
const ADDED: [&str; 3] = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

/// How cargo says that it did not reach the registry.
const UNREACHED: [&str; 4] = [
    "--offline was specified",
    "Could not connect to server",
    "Could not resolve host",
    "download of config.json failed",
];

/// Whether the package holds all of the client's code and examples, what it needs and nothing else,
/// and is small enough.
pub fn contents() -> Result<Outcome, String> {
    let mut list = base(&["package", "--list", "--allow-dirty", "--package", PACKAGE]);
    let output = list.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let listed = String::from_utf8_lossy(&output.stdout).replace('\\', "/");
    let listed: Vec<&str> = listed.lines().collect();

    let client = root().join("generated-client");
    let mut code = Vec::new();
    for folder in ["src", "examples"] {
        sources(&client, Path::new(folder), &mut code).map_err(|error| error.to_string())?;
    }
    let needed = NEEDED.into_iter().chain(code.iter().map(String::as_str));
    let missing: Vec<&str> = needed.filter(|path| !listed.contains(path)).collect();
    if !missing.is_empty() {
        return Err(format!("the package lacks {}", missing.join(", ")));
    }
    let stray: Vec<&str> = listed.into_iter().filter(|path| !belongs(path)).collect();
    if !stray.is_empty() {
        return Err(format!(
            "the package holds what nobody needs: {}; see `include` in its manifest",
            stray.join(", ")
        ));
    }
    size()
}

/// Whether the packed client is small enough.
fn size() -> Result<Outcome, String> {
    let mut pack = base(&["package", "--no-verify", "--allow-dirty", "--quiet"]);
    pack.args(["--package", PACKAGE]);
    let output = pack.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let packed = packed()?;
    let size = fs::metadata(&packed).map_err(|error| format!("{}: {error}", packed.display()))?;
    if size.len() > MOST_BYTES {
        return Err(format!("the package has {} bytes", size.len()));
    }
    anstream::println!("the package has {} KiB", size.len().div_ceil(1024));
    Ok(Outcome::Passed)
}

/// Whether it could be published: it is packed, and builds from what was packed.
pub fn publish() -> Result<Outcome, String> {
    // What is judged is the tree as it stands, committed or not.
    let mut command = base(&["publish", "--dry-run", "--allow-dirty", "--locked"]);
    command.args(["--package", PACKAGE]);
    let output = command.output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        if UNREACHED.iter().any(|words| said.contains(words)) {
            let last = said.trim().lines().last().unwrap_or_default().trim();
            return Ok(Outcome::Skipped(format!(
                "the registry was not reached: {last}"
            )));
        }
        return Err(format!("`{}`: {said}", shown(&command)));
    }
    Ok(Outcome::Passed)
}

/// Where cargo puts the packed client.
fn packed() -> Result<PathBuf, String> {
    let metadata = metadata(&["--no-deps"])?;
    let package = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == PACKAGE);
    let version = package.and_then(|package| package["version"].as_str());
    match (version, metadata["target_directory"].as_str()) {
        (Some(version), Some(target)) => {
            Ok(Path::new(target).join(format!("package/{PACKAGE}-{version}.crate")))
        }
        _ => Err(format!("cargo knows no package {PACKAGE}")),
    }
}

/// Whether a file has a place in the package.
fn belongs(path: &str) -> bool {
    let rust = |folder| path.starts_with(folder) && path.ends_with(".rs");
    let script = path.starts_with("src/") && path.ends_with(".lua");
    script || rust("src/") || rust("examples/") || NEEDED.contains(&path) || ADDED.contains(&path)
}

/// Every file of code below a folder, as the package names it.
fn sources(root: &Path, folder: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            sources(root, &path, found)?;
        } else if path
            .extension()
            .is_some_and(|ext| ext == "rs" || ext == "lua")
        {
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_and_notes_of_an_editor_do_not_belong_into_the_package() {
        for (path, fits) in [
            ("src/call/mod.rs", true),
            ("examples/support/mod.rs", true),
            ("Cargo.lock", true),
            ("docs/scope-matrix.md", true),
            ("docs/api.json", false),
            ("src/call/mod.rs.orig", false),
            ("codegen.manifest", false),
        ] {
            assert_eq!(belongs(path), fits, "{path}");
        }
    }
}
