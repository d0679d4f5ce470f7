//! `cargo xtask release-notes` and `cargo xtask bump`: what the changes since the last release add to the
//! changelog, and which version they require.
//!
//! The API has its own history, in `service.yaml`; the changelog is the client's and links to it.

use std::{error::Error, fs, process::ExitCode};

use anstream::{eprintln, print, println};
use codegen::{
    diff::{self, Bump},
    pipeline::{self, Spec},
    render::docs::history,
};

use crate::{Notes, Since, changelog, diff_command::Compared, report, revision, root};

/// The manifests with the version.
const MANIFESTS: [&str; 3] = [
    "Cargo.toml",
    "generated-client/Cargo.toml",
    "generated-client/mock/Cargo.toml",
];

/// The workspaces whose lock files have it.
const LOCKED: [&str; 3] = [
    "Cargo.toml",
    "tests/downstream/Cargo.toml",
    "tests/fuzz/Cargo.toml",
];

/// Writes the section of the changelog, or prints it.
pub fn notes(options: &Notes) -> ExitCode {
    finished(since(&options.since).and_then(|since| {
        let notes = since.notes().ok_or("the specs cannot be compared")?;
        if options.print {
            print!("{notes}");
            return Ok(());
        }
        let version = since.target()?;
        let file = root().join("CHANGELOG.md");
        let text =
            fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let after = changelog::written(&text, &version, &notes)?;
        if after == text {
            println!("CHANGELOG.md already has the section of {version}");
            return Ok(());
        }
        fs::write(&file, after)?;
        println!(
            "wrote the changes of {version} since {} into CHANGELOG.md",
            since.revision
        );
        Ok(())
    }))
}

/// Sets the version that the changes require.
pub fn bump(options: &Since) -> ExitCode {
    finished(since(options).and_then(|since| {
        let (next, now) = (since.next()?, version_now()?);
        if parts(&now) >= parts(&next) {
            println!(
                "{now} is sufficient: the changes since {} require {next}",
                since.revision
            );
            return Ok(());
        }
        for path in MANIFESTS {
            let file = root().join(path);
            let text = fs::read_to_string(&file)?;
            fs::write(&file, raised(&text, &now, &next))?;
        }
        for manifest in LOCKED {
            let mut command = std::process::Command::new(
                std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            );
            command.current_dir(root()).args([
                "update",
                "--workspace",
                "--offline",
                "--quiet",
                "--manifest-path",
                manifest,
            ]);
            if !command.status()?.success() {
                eprintln!("the lock file next to {manifest} is unchanged");
            }
        }
        println!(
            "{now} -> {next}: required by the changes since {}",
            since.revision
        );
        Ok(())
    }))
}

fn finished(outcome: Result<(), Box<dyn Error>>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

/// What has changed since a release.
struct Release {
    revision: String,
    /// The released version.
    version: String,
    old: Spec,
    new: Spec,
}

fn since(options: &Since) -> Result<Release, Box<dyn Error>> {
    let revision = options.revision.clone();
    let revision = revision.or_else(|| revision::last_release("HEAD"));
    let revision = revision.ok_or(
        "there is no release tag, such as v0.1.0: name the released revision, as in `HEAD~20`",
    )?;
    let (old, new) = (
        revision::spec(&revision)?,
        pipeline::read(&root().join("spec")),
    );
    for (spec, of) in [(&old, &*revision), (&new, "now")] {
        if spec.api.is_none() {
            report::incomparable(spec, &format!("`{of}`"));
            return Err("without both specs the changes are unknown".into());
        }
    }
    let version = version(&revision::file(&revision, "Cargo.toml")?)?;
    Ok(Release {
        revision,
        version,
        old,
        new,
    })
}

impl Release {
    fn next(&self) -> Result<String, Box<dyn Error>> {
        let bump =
            Compared::of(&self.old, &self.new).map_or(Bump::None, |compared| compared.diff.bump());
        let next = diff::next(&self.version, bump);
        Ok(next.ok_or_else(|| format!("the version {} is not three numbers", self.version))?)
    }

    /// The version to release: the one that the changes require, or a higher one that is already set.
    fn target(&self) -> Result<String, Box<dyn Error>> {
        let (next, now) = (self.next()?, version_now()?);
        Ok(if parts(&now) >= parts(&next) {
            now
        } else {
            next
        })
    }

    /// What changed, with the new entries of the API's history.
    fn notes(&self) -> Option<String> {
        let compared = Compared::of(&self.old, &self.new)?;
        let history = |spec: &'_ Spec| -> Vec<history::Entry> {
            spec.api.iter().flat_map(history::entries).collect()
        };
        let (before, after) = (history(&self.old), history(&self.new));
        let mut notes = format!("### The API, since {}\n\n", self.revision);
        let entries: Vec<_> = after.iter().filter(|it| !before.contains(it)).collect();
        if !entries.is_empty() {
            notes += &format!("It follows the API's [history]({}):\n\n", history::place());
            for entry in entries {
                notes += &format!("- [{}]({})\n", entry.heading, entry.place);
            }
            notes.push('\n');
        }
        let mut view = compared.view(&self.revision, false).since(&self.version);
        // The headings are one level below the one above.
        for line in view.print(diff::Format::Changelog).lines() {
            let below = if line.starts_with('#') { "#" } else { "" };
            notes += &format!("{below}{line}\n");
        }
        Some(notes)
    }
}

/// The version of the workspace on disk.
fn version_now() -> Result<String, Box<dyn Error>> {
    version(&fs::read_to_string(root().join("Cargo.toml"))?)
}

fn version(manifest: &str) -> Result<String, Box<dyn Error>> {
    Ok(revision::version_in(manifest).ok_or("the manifest has no version")?)
}

/// The manifest with the next version, for our own packages.
fn raised(manifest: &str, now: &str, next: &str) -> String {
    let (now, next) = (
        format!("version = \"{now}\""),
        format!("version = \"{next}\""),
    );
    let lines = manifest.split_inclusive('\n').map(|line| {
        let is_ours = line.starts_with("version = ") || line.starts_with("bigcommerce-");
        if is_ours {
            line.replace(&now, &next)
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

fn parts(version: &str) -> Vec<u64> {
    version
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{raised, version};

    #[test]
    fn only_the_version_of_our_own_packages_is_raised() {
        let manifest = "[package]\nversion = \"0.1.0\"\n[dependencies]\njiter = \"0.1.0\"\n\
                        other = { version = \"0.1.0\" }\nbigcommerce-mock = { path = \"mock\", version = \"0.1.0\" }\n";
        let expected = "[package]\nversion = \"0.2.0\"\n[dependencies]\njiter = \"0.1.0\"\n\
                        other = { version = \"0.1.0\" }\nbigcommerce-mock = { path = \"mock\", version = \"0.2.0\" }\n";
        assert_eq!(raised(manifest, "0.1.0", "0.2.0"), expected);
        assert_eq!(version(manifest).ok().as_deref(), Some("0.1.0"));
    }
}
