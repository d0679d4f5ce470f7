//! `cargo xtask release --dry-run`: everything that a release needs, except publishing.

use std::{env, fs, process::Command, process::ExitCode, time::Instant};

use anstream::println;
use codegen::{diff, pipeline};

use crate::{
    changelog,
    diff_command::Compared,
    revision, root,
    test_command::{
        package,
        step::{Outcome, Step},
        take,
        tools::{crates, passes, skipped},
    },
};

const CYCLONEDX: &str = "0.5.9";
const CARGO_DENY: &str = "0.20.2";

/// What is to be released, and its tag.
const VERSION: &str = env!("CARGO_PKG_VERSION");
const TAG: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// Runs the steps, and lists what is left.
pub fn run() -> ExitCode {
    let started = Instant::now();
    let code = take(steps(), None).report(started);
    println!(
        "\nManual steps left, for {VERSION}:\n\
         1. Read the section of CHANGELOG.md as a user of the last version.\n\
         2. `git tag {TAG}` and push the tag.\n\
         3. `cargo publish -p bigcommerce-mock`, then `cargo publish -p bigcommerce-client`, with a token \
         of crates.io.\n\
         4. Attach target/release-files/ to the release."
    );
    code
}

fn steps() -> Vec<Step> {
    vec![
        Step::new("the working tree is clean", committed),
        Step::new("the changelog has a section for the version", told),
        Step::new("the changelog has the changes of the spec", noted),
        Step::new("the version is new", new),
        Step::new("the version matches the changes", asked),
        Step::cargo(
            "generated files are up to date",
            &["xtask", "codegen", "--check"],
        ),
        Step::cargo("the docs build", &["xtask", "docs"]),
        Step::new("the contents of the package", package::contents),
        Step::new("the package can be published", package::publish),
        Step::new("licences, sources and advisories", deny),
        Step::new("the bill of materials of the client", parts),
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

/// The last release before this one.
fn earlier() -> Result<String, Outcome> {
    let tag = git(&[
        "describe",
        "--tags",
        "--abbrev=0",
        "--match",
        "v[0-9]*",
        "--exclude",
        TAG,
    ]);
    tag.map_err(|_| Outcome::Skipped("there is no tag of an earlier release".to_owned()))
}

fn read_changelog() -> Result<String, String> {
    let file = root().join("CHANGELOG.md");
    fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Checks that the version has its own section, with contents.
fn told() -> Result<Outcome, String> {
    section(&read_changelog()?, VERSION).map(|()| Outcome::Passed)
}

/// Checks that this section has what `release-notes` writes.
fn noted() -> Result<Outcome, String> {
    let tag = match earlier() {
        Ok(tag) => tag,
        Err(first) => return Ok(first),
    };
    let own = env::current_exe().map_err(|error| error.to_string())?;
    let printed = Command::new(own)
        .args(["release-notes", &tag, "--print"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("`release-notes` did not start: {error}"))?;
    if !printed.status.success() {
        return Err(String::from_utf8_lossy(&printed.stderr).trim().to_owned());
    }
    let notes = String::from_utf8_lossy(&printed.stdout);
    has_notes(&read_changelog()?, VERSION, &notes).map(|()| Outcome::Passed)
}

fn has_notes(changelog: &str, version: &str, notes: &str) -> Result<(), String> {
    let section = changelog::section(changelog, version);
    match section.is_some_and(|section| changelog[section].contains(notes.trim())) {
        true => Ok(()),
        false => Err(format!(
            "the section `## {version}` of CHANGELOG.md lacks the changes of the spec: run \
             `cargo xtask release-notes`"
        )),
    }
}

/// Checks that the version is no lower than the changes since the last release require.
fn asked() -> Result<Outcome, String> {
    let tag = match earlier() {
        Ok(tag) => tag,
        Err(first) => return Ok(first),
    };
    let old = revision::spec(&tag).map_err(|error| error.to_string())?;
    let new = pipeline::read(&root().join("spec"));
    let Some(compared) = Compared::of(&old, &new) else {
        return Err(format!(
            "the spec cannot be compared with that of {tag}; `cargo xtask diff {tag}` says why"
        ));
    };
    let last = tag.trim_start_matches('v');
    let next = diff::next(last, compared.diff.bump());
    let next = next.ok_or_else(|| format!("the tag {tag} is not three numbers"))?;
    match numbers(VERSION) >= numbers(&next) {
        true => Ok(Outcome::Passed),
        false => Err(format!(
            "the changes since {tag} require {next}, but this is {VERSION}: run `cargo xtask bump`"
        )),
    }
}

fn numbers(version: &str) -> Vec<u64> {
    let parts = version.split('.');
    parts.filter_map(|part| part.parse().ok()).collect()
}

fn section(changelog: &str, version: &str) -> Result<(), String> {
    let Some(section) = changelog::section(changelog, version) else {
        return Err(format!(
            "CHANGELOG.md has no section `## {version}`: rename the section of unreleased changes"
        ));
    };
    let mut lines = changelog[section].lines();
    match lines.any(|line| line.starts_with("- ")) {
        true => Ok(()),
        false => Err(format!(
            "the section `## {version}` of CHANGELOG.md is empty"
        )),
    }
}

fn new() -> Result<Outcome, String> {
    match git(&["tag", "--list", TAG])?.as_str() {
        "" => Ok(Outcome::Passed),
        _ if git(&["rev-parse", &format!("{TAG}^{{commit}}")])? == git(&["rev-parse", "HEAD"])? => {
            Ok(Outcome::Passed)
        }
        _ => Err(format!(
            "{TAG} belongs to another commit: raise the version"
        )),
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
    use super::{has_notes, numbers, section};

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
    #[test]
    fn the_section_of_the_version_has_the_notes_and_the_version_is_high_enough() {
        let changelog = "## 0.2.0\n\n- Mine.\n\n- Notes.\n\n## 0.1.0\n\n- Old.\n";
        assert_eq!(has_notes(changelog, "0.2.0", "- Notes.\n"), Ok(()));
        assert!(has_notes(changelog, "0.2.0", "- Old.\n").is_err());
        assert!(has_notes(changelog, "0.3.0", "- Notes.\n").is_err());
        assert!(numbers("0.10.0") >= numbers("0.9.1"));
        assert!(numbers("0.2.0") < numbers("0.2.1"));
    }
}
