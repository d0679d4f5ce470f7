//! Every dependency must have a licence that its users can accept.

use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::root;

/// The allowed licences of a dependency: those of `deny.toml`, which cargo-deny also reads.
fn allowed() -> Result<Vec<String>, String> {
    #[derive(Deserialize)]
    struct Deny {
        licenses: Licences,
    }
    #[derive(Deserialize)]
    struct Licences {
        allow: Vec<String>,
    }
    let file = root().join("deny.toml");
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = std::fs::read_to_string(&file).map_err(|error| told(&error))?;
    let deny: Deny = toml::from_str(&text).map_err(|error| told(&error))?;
    Ok(deny.licenses.allow)
}

/// Whether every dependency has an allowed licence.
pub fn check() -> Result<(), String> {
    let allowed = allowed()?;
    let metadata = metadata(&["--all-features"])?;
    let mut refused = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = format!(
            "{} {}",
            package["name"].as_str().unwrap_or("?"),
            package["version"].as_str().unwrap_or("?")
        );
        match package["license"].as_str() {
            Some(licence) if is_allowed(licence, &allowed) => {}
            Some(licence) => refused.push(format!("{name} ({licence})")),
            None => refused.push(format!("{name} (none stated)")),
        }
    }
    if refused.is_empty() {
        return Ok(());
    }
    Err(format!(
        "not under an allowed licence: {}",
        refused.join(", ")
    ))
}

/// Whether a licence expression can be met with the allowed ones.
fn is_allowed(licence: &str, allowed: &[String]) -> bool {
    // Older manifests write `MIT/Apache-2.0`.
    let Ok(expression) = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX) else {
        return false;
    };
    expression.evaluate(|requirement| {
        requirement
            .license
            .id()
            .is_some_and(|id| allowed.iter().any(|name| name == id.name))
    })
}

/// What cargo knows of the workspace.
pub fn metadata(arguments: &[&str]) -> Result<Value, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|error| format!("`cargo metadata` did not start: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("`cargo metadata` returned no JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_allowed_when_one_of_its_choices_is() {
        let ours = ["Apache-2.0".to_owned(), "MIT".to_owned()];
        for (licence, allowed) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only OR MIT", true),
            ("MIT AND GPL-3.0-only", false),
            ("GPL-3.0-only", false),
            ("whatever", false),
        ] {
            assert_eq!(is_allowed(licence, &ours), allowed, "{licence}");
        }
    }
}
