//! `cargo xtask release-notes` and `cargo xtask bump`: what the changes since the last release say in the
//! changelog, and which version they ask for.
//!
//! The API has a history of its own, in `service.yaml`; the changelog is the client's and points to it.

use std::{error::Error, fs, process::ExitCode};

use anstream::{eprintln, print, println};
use codegen::{
    diff::{self, Bump},
    pipeline::{self, Spec},
};

use crate::{Since, diff_command::Compared, report, revision, root};

/// The manifests that name the version.
const MANIFESTS: [&str; 3] = [
    "Cargo.toml",
    "generated-client/Cargo.toml",
    "generated-client/mock/Cargo.toml",
];

/// The workspaces whose lock files name it.
const LOCKED: [&str; 3] = [
    "Cargo.toml",
    "tests/downstream/Cargo.toml",
    "tests/fuzz/Cargo.toml",
];

/// Prints the section of the changelog.
pub fn notes(options: &Since) -> ExitCode {
    finished(since(options).and_then(|since| {
        let (Some(compared), Some(next)) = (Compared::of(&since.old, &since.new), since.next()) else {
            return Err("the versions cannot be compared".into());
        };
        println!("## {next}\n");
        let history = |spec: &Spec| -> Vec<(String, String)> {
            let api = spec.api.iter();
            let releases = api.flat_map(|api| &api.service.history);
            releases.map(|it| (it.name.clone(), it.title.clone())).collect()
        };
        let before = history(&since.old);
        let entries = history(&since.new);
        let entries: Vec<_> = entries.iter().filter(|it| !before.contains(it)).collect();
        if !entries.is_empty() {
            println!("Follows the API's [version history](generated-client/docs/index.md#version-history):\n");
            for (name, title) in entries {
                println!("- {name}: {title}");
            }
            println!();
        }
        print!("{}", compared.view(false).since(&since.version).print(diff::Format::Markdown));
        Ok(())
    }))
}

/// Sets the version that the changes ask for.
pub fn bump(options: &Since) -> ExitCode {
    finished(since(options).and_then(|since| {
        let next = since.next().ok_or("the version is not three numbers")?;
        let now = version(&fs::read_to_string(root().join("Cargo.toml"))?)?;
        if parts(&now) >= parts(&next) {
            println!(
                "{now} is enough: the changes since {} ask for {next}",
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
                eprintln!("the lock file beside {manifest} is as it was");
            }
        }
        println!(
            "{now} -> {next}: the changes since {} ask for it",
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
    /// The version that was released.
    version: String,
    old: Spec,
    new: Spec,
}

fn since(options: &Since) -> Result<Release, Box<dyn Error>> {
    let revision = options.revision.clone().or_else(revision::last_release);
    let revision =
        revision.ok_or("there is no tag of a release, such as v0.1.0: name a revision")?;
    let (old, new) = (
        revision::spec(&revision)?,
        pipeline::read(&root().join("spec")),
    );
    for spec in [&old, &new] {
        if spec.api.is_none() {
            report::diagnostics(spec);
            return Err(format!("the specs of `{revision}` and of now cannot be compared").into());
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
    fn next(&self) -> Option<String> {
        let bump =
            Compared::of(&self.old, &self.new).map_or(Bump::None, |compared| compared.diff.bump());
        diff::next(&self.version, bump)
    }
}

/// The version in a manifest, the workspace's or a package's.
fn version(manifest: &str) -> Result<String, Box<dyn Error>> {
    let mut lines = manifest.lines();
    let found = lines.find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    Ok(found.ok_or("the manifest has no version")?.to_owned())
}

/// The manifest with the next version, where it is that of our own packages.
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
