//! `cargo xtask release --dry-run`: all that a release needs but publishing.

use std::{fs, process::Command, process::ExitCode, time::Instant};

use anstream::println;

use crate::{
    changelog, root,
    test_command::{
        package,
        steps::{Outcome, Step, cargo},
        take,
        tools::{crates, passes, skipped},
    },
};

const CYCLONEDX: &str = "0.5.9";
const CARGO_DENY: &str = "0.20.2";

/// Takes the steps, and says what is left.
pub fn run() -> ExitCode {
    let started = Instant::now();
    let version = env!("CARGO_PKG_VERSION");
    let code = take(steps(), None).report(started);
    println!(
        "\nLeft to a person, for {version}:\n\
         1. Read the section of CHANGELOG.md as somebody who depends on the last version.\n\
         2. `git tag v{version}` and push the tag.\n\
         3. `cargo publish -p bigcommerce-mock`, then `cargo publish -p bigcommerce-client`, with a token \
         of crates.io.\n\
         4. Put target/release-files/ beside the release."
    );
    code
}

fn steps() -> Vec<Step> {
    let step = |name: &str, run: fn() -> Result<Outcome, String>| Step {
        name: name.to_owned(),
        run: Box::new(run),
    };
    vec![
        step("nothing is left to commit", committed),
        step("the changelog has the version", told),
        step("the version is new", new),
        cargo(
            "generated files are up to date",
            &["xtask", "codegen", "--check"],
        ),
        cargo("the docs build", &["xtask", "docs"]),
        step("what is in the package", package::contents),
        step("the package could be published", package::publish),
        step("licences, sources and advisories", deny),
        step("what the client is made of", parts),
    ]
}

fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|error| format!("`git` did not start: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn committed() -> Result<Outcome, String> {
    match git(&["status", "--porcelain"])?.as_str() {
        "" => Ok(Outcome::Passed),
        left => Err(format!("commit or remove\n{left}")),
    }
}

/// That the version has a section of its own, with something in it.
fn told() -> Result<Outcome, String> {
    let file = root().join("CHANGELOG.md");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    section(&text, env!("CARGO_PKG_VERSION")).map(|()| Outcome::Passed)
}

fn section(changelog: &str, version: &str) -> Result<(), String> {
    let Some(section) = changelog::section(changelog, version) else {
        return Err(format!(
            "CHANGELOG.md has no section `## {version}`: name the one of what is unreleased so"
        ));
    };
    let mut lines = changelog[section].lines();
    match lines.any(|line| line.starts_with("- ")) {
        true => Ok(()),
        false => Err(format!(
            "the section `## {version}` of CHANGELOG.md says nothing"
        )),
    }
}

fn new() -> Result<Outcome, String> {
    let tag = concat!("v", env!("CARGO_PKG_VERSION"));
    match git(&["tag", "--list", tag])?.as_str() {
        "" => Ok(Outcome::Passed),
        _ if git(&["rev-parse", &format!("{tag}^{{commit}}")])? == git(&["rev-parse", "HEAD"])? => {
            Ok(Outcome::Passed)
        }
        _ => Err(format!("{tag} is another commit's: raise the version")),
    }
}

fn deny() -> Result<Outcome, String> {
    let Some(bin) = crates("cargo-deny", CARGO_DENY)? else {
        return skipped("cargo-deny");
    };
    passes(
        Command::new(bin.join("cargo-deny"))
            .args(["check", "--hide-inclusion-graph"])
            .current_dir(root()),
    )
}

/// The bill of materials of the client, as CycloneDX.
fn parts() -> Result<Outcome, String> {
    let Some(bin) = crates("cargo-cyclonedx", CYCLONEDX)? else {
        return skipped("cargo-cyclonedx");
    };
    let client = root().join("generated-client");
    let mut tool = Command::new(bin.join("cargo-cyclonedx"));
    tool.current_dir(root());
    tool.args([
        "cyclonedx",
        "--format",
        "json",
        "--all-features",
        "--override-filename",
        "sbom",
    ]);
    tool.arg("--manifest-path").arg(client.join("Cargo.toml"));
    passes(&mut tool)?;
    let folder = root().join("target/release-files");
    let moved = || {
        fs::create_dir_all(&folder)?;
        fs::rename(
            client.join("sbom.json"),
            folder.join("bigcommerce-client.cdx.json"),
        )
    };
    moved().map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_version_needs_a_section_of_its_own_that_says_something() {
        for (text, passes) in [
            ("## 0.1.0\n\n- New.\n", true),
            ("## 0.1.0 (2026-12-01)\n\n### Added\n\n- New.\n", true),
            ("## 0.1.01\n\n- New.\n", false),
            ("## 0.1.0\n\n## 0.0.9\n\n- Old.\n", false),
            ("## Unreleased\n\n- New.\n", false),
        ] {
            assert_eq!(section(text, "0.1.0").is_ok(), passes, "{text}");
        }
    }
}
