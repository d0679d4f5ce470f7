//! The minimum supported Rust version: no dependency requires a newer one, and the workspace builds with
//! it.

use std::process::Command;

use serde_json::Value;

use super::{licences::metadata, step::Outcome};
use crate::root;

/// Whether every dependency states that it builds with the stated version.
pub fn dependencies() -> Result<Outcome, String> {
    let metadata = metadata(&["--all-features"])?;
    let stated = stated(&metadata)?;
    let newer: Vec<String> = packages(&metadata)
        .filter_map(|package| {
            let asks = package["rust_version"].as_str()?;
            let name = package["name"].as_str()?;
            (version(asks) > version(&stated)).then(|| format!("{name} requires {asks}"))
        })
        .collect();
    if newer.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(format!(
        "`rust-version` is {stated}, but {}; raise it, or use an older version of them",
        newer.join(", ")
    ))
}

/// Whether the workspace builds with the stated version, if rustup has it or can install it.
pub fn builds() -> Result<Outcome, String> {
    let stated = stated(&metadata(&["--no-deps"])?)?;
    let mut installed = rustup(&["run", &stated, "cargo", "--version"]);
    if !installed
        .output()
        .is_ok_and(|output| output.status.success())
    {
        let install = [
            "toolchain",
            "install",
            &stated,
            "--profile",
            "minimal",
            "--no-self-update",
        ];
        match rustup(&install).output() {
            Ok(output) if output.status.success() => {}
            Ok(output) => {
                let why = String::from_utf8_lossy(&output.stderr);
                let why = why.trim().lines().last().unwrap_or("no reason is given");
                return Ok(Outcome::Skipped(format!(
                    "rustup cannot install Rust {stated}: {why}"
                )));
            }
            Err(error) => {
                return Ok(Outcome::Skipped(format!(
                    "there is no rustup to run Rust {stated}: {error}"
                )));
            }
        }
    }
    let mut command = rustup(&[
        "run",
        &stated,
        "cargo",
        "check",
        "--workspace",
        "--all-features",
    ]);
    command
        .args(["--locked", "--target-dir"])
        .arg(root().join("target/oldest"));
    match command.status() {
        Ok(status) if status.success() => Ok(Outcome::Passed),
        Ok(_) => Err(format!("the workspace does not build with Rust {stated}")),
        Err(error) => Err(format!("`rustup` did not start: {error}")),
    }
}

fn rustup(arguments: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    command.args(arguments).current_dir(root());
    // Set by cargo for this program; another toolchain must find its own.
    for name in [
        "RUSTUP_TOOLCHAIN",
        "CARGO",
        "RUSTC",
        "RUSTDOC",
        "CARGO_MANIFEST_DIR",
    ] {
        command.env_remove(name);
    }
    command
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn stated(metadata: &Value) -> Result<String, String> {
    packages(metadata)
        .find(|package| package["name"] == "bigcommerce-client")
        .and_then(|package| package["rust_version"].as_str())
        .map(str::to_owned)
        .ok_or_else(|| "the client states no `rust-version`".to_owned())
}

/// The parts of a version, for comparing 1.9 with 1.10.
fn version(text: &str) -> Vec<u64> {
    let mut parts: Vec<u64> = text
        .split('.')
        .map(|part| part.parse().unwrap_or(0))
        .collect();
    parts.resize(3, 0);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(version("1.9") < version("1.10"));
        assert!(version("1.88") == version("1.88.0"));
        assert!(version("1.88.1") > version("1.88"));
    }
}
