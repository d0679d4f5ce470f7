//! The packages as users get them: their contents, their size, and whether they could be published.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    command::{OUTSIDE, base, outside, shown},
    licences::metadata,
    step::Outcome,
    tools::passes,
};
use crate::root;

/// A published package.
struct Package {
    name: &'static str,
    /// Where it is.
    folder: &'static str,
    /// What must be in it, in addition to the code.
    needed: &'static [&'static str],
}

/// In the order of publication: the client can only depend on a published mock.
const PACKAGES: [Package; 2] = [
    Package {
        name: "bigcommerce-mock",
        folder: "generated-client/mock",
        needed: &[
            "Cargo.toml",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "api.json",
            "src/control/page.html",
            "src/lib.rs",
        ],
    },
    Package {
        name: "bigcommerce-client",
        folder: "generated-client",
        needed: &[
            "Cargo.toml",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "docs/scope-matrix.md",
            "src/lib.rs",
        ],
    },
];

/// The limit of crates.io.
const MOST_BYTES: u64 = 10 * 1024 * 1024;

/// What cargo adds by itself.
const ADDED: [&str; 3] = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

/// How cargo reports that it could not reach the registry.
const UNREACHED: [&str; 4] = [
    "--offline was specified",
    "Could not connect to server",
    "Could not resolve host",
    "download of config.json failed",
];

/// Whether each package contains all of its code and examples, the necessary files and nothing else, and is
/// small enough.
pub fn contents() -> Result<Outcome, String> {
    for package in &PACKAGES {
        holds(package).map_err(|why| format!("{}: {why}", package.name))?;
    }
    size()
}

fn holds(package: &Package) -> Result<(), String> {
    let mut list = base(&["package", "--list", "--allow-dirty"]);
    list.args(["--package", package.name]);
    let output = list.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let listed = String::from_utf8_lossy(&output.stdout).replace('\\', "/");
    let listed: Vec<&str> = listed.lines().collect();

    let mut code = Vec::new();
    for folder in ["src", "examples"] {
        let folder = Path::new(folder);
        if root().join(package.folder).join(folder).is_dir() {
            sources(&root().join(package.folder), folder, &mut code)
                .map_err(|error| error.to_string())?;
        }
    }
    let needed = package.needed.iter().copied();
    let needed = needed.chain(code.iter().map(String::as_str));
    let missing: Vec<&str> = needed.filter(|path| !listed.contains(path)).collect();
    if !missing.is_empty() {
        return Err(format!("the package lacks {}", missing.join(", ")));
    }
    let stray = listed.into_iter().filter(|path| !belongs(package, path));
    let stray: Vec<&str> = stray.collect();
    if !stray.is_empty() {
        return Err(format!(
            "the package contains unnecessary files: {}; see `include` in its manifest",
            stray.join(", ")
        ));
    }
    Ok(())
}

/// Packages the current tree.
fn pack() -> Result<(), String> {
    let mut pack = outside(&["package", "--no-verify", "--allow-dirty", "--quiet"]);
    pack.args(named());
    let output = pack.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(())
}

/// Whether the packed files are small enough.
fn size() -> Result<Outcome, String> {
    pack()?;
    for package in &PACKAGES {
        let packed = packed(package.name)?;
        let size =
            fs::metadata(&packed).map_err(|error| format!("{}: {error}", packed.display()))?;
        if size.len() > MOST_BYTES {
            return Err(format!("{} has {} bytes", package.name, size.len()));
        }
        anstream::println!("{} has {} KiB", package.name, size.len().div_ceil(1024));
    }
    Ok(Outcome::Passed)
}

/// All packages as arguments of one command: cargo then finds each locally if the registry does not have it
/// yet.
fn named() -> impl Iterator<Item = &'static str> {
    PACKAGES
        .iter()
        .flat_map(|package| ["--package", package.name])
}

/// Whether they could be published: the registry would accept them, and the archives are complete.
pub fn publish() -> Result<Outcome, String> {
    // The current tree is checked, committed or not.
    let mut command = outside(&["publish", "--dry-run", "--allow-dirty", "--locked"]);
    // Cargo would build them at the end, but whether they compile is already known.
    command.arg("--no-verify").args(named());
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
    compiles()
}

/// Whether the packed client compiles with all of its features, using the packed mock.
fn compiles() -> Result<Outcome, String> {
    // `cargo publish` leaves no archives, and existing ones may be of an earlier tree.
    pack()?;
    // What a user unpacks is in no workspace, and cargo never considers a new place fresh.
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut unpacked = Vec::new();
    for package in &PACKAGES {
        let archive = packed(package.name)?;
        let mut unpack = Command::new("tar");
        unpack
            .arg("-xzf")
            .arg(&archive)
            .arg("-C")
            .arg(folder.path());
        passes(&mut unpack)?;
        unpacked.push(folder.path().join(archive.file_stem().unwrap_or_default()));
    }
    let [mock, client] = unpacked.as_slice() else {
        return Err("there are packages other than the mock and the client".to_owned());
    };
    // The registry has the mock first.
    let mut check = outside(&["check", "--quiet", "--all-features", "--config"]);
    check.arg(format!(
        "patch.crates-io.bigcommerce-mock.path={:?}",
        mock.display().to_string()
    ));
    check.current_dir(client);
    passes(&mut check)?;
    Ok(Outcome::Passed)
}

/// Where cargo puts a packed package.
fn packed(name: &str) -> Result<PathBuf, String> {
    let metadata = metadata(&["--no-deps"])?;
    let package = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == name);
    package
        .and_then(|package| package["version"].as_str())
        .map(|version| root().join(format!("{OUTSIDE}/package/{name}-{version}.crate")))
        .ok_or_else(|| format!("cargo knows no package {name}"))
}

/// Whether a file belongs in a package.
fn belongs(package: &Package, path: &str) -> bool {
    let rust = |folder| path.starts_with(folder) && path.ends_with(".rs");
    let data = [".lua", ".txt", ".json"];
    let data = path.starts_with("src/") && data.iter().any(|it| path.ends_with(it));
    let code = data || rust("src/") || rust("examples/");
    code || package.needed.contains(&path) || ADDED.contains(&path)
}

/// Every code file below a folder, as the package names it.
fn sources(root: &Path, folder: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            sources(root, &path, found)?;
        } else if path
            .extension()
            .is_some_and(|ext| ["rs", "lua", "txt", "json"].iter().any(|it| ext == *it))
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
        let client = &PACKAGES[1];
        for (path, fits) in [
            ("src/call/mod.rs", true),
            ("examples/support/mod.rs", true),
            ("Cargo.lock", true),
            ("docs/scope-matrix.md", true),
            ("docs/api.json", false),
            ("src/call/mod.rs.orig", false),
            ("codegen.manifest", false),
        ] {
            assert_eq!(belongs(client, path), fits, "{path}");
        }
    }
}
