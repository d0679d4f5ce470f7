//! A second opinion on what an edit of the spec breaks: cargo-semver-checks compares the clients rendered
//! before and after it.

use super::{
    command::{base, shown},
    step::Outcome,
    tools::{crates, skipped},
};

/// This version reads the JSON documentation of Rust 1.93 and later.
const SEMVER_CHECKS: &str = "0.50.0";

/// Checks that it agrees with `diff`, where it can tell.
pub fn agrees() -> Result<Outcome, String> {
    let Some(bin) = crates("cargo-semver-checks", SEMVER_CHECKS)? else {
        return skipped("cargo-semver-checks");
    };
    // The same packages and features as for all tests, so nothing is built again.
    let mut command = base(&[
        "test",
        "--quiet",
        "--workspace",
        "--all-features",
        "--test",
        "rendered_rust",
        "semver",
    ]);
    command.env("BIGCOMMERCE_SEMVER_CHECKS", bin.join("cargo-semver-checks"));
    match command.status() {
        Ok(status) if status.success() => Ok(Outcome::Passed),
        Ok(_) => Err(format!("`{}`", shown(&command))),
        Err(error) => Err(format!("`{}` did not start: {error}", shown(&command))),
    }
}
