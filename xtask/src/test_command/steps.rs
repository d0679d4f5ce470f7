//! The steps, in the order that finds a mistake soonest.

use super::{
    command::{base, outside},
    exported, fuzz, html, language_server, licences, package, recipe, redis, rust_version, semver,
    step::{Outcome, Step},
    workflows,
};
use crate::root;

/// The steps that build in the workspace's own folder; a long run includes those that take more than minutes.
pub fn here(long: bool) -> Vec<Step> {
    let mut steps = vec![
        Step::cargo("format", &["fmt", "--all", "--check"]),
        Step::cargo(
            "generated files are up to date",
            &["xtask", "codegen", "--check"],
        ),
        Step::cargo(
            "clippy",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ],
        ),
        Step::new("a Redis server for the tests", redis::provide),
        tests(long),
        documentation_tests(),
        browser(long),
        html::step(long),
        rustdoc(),
    ];
    steps.extend(exported::steps(long));
    if long {
        steps.push(Step::new(
            "builds with the stated Rust",
            rust_version::builds,
        ));
        steps.push(Step::new(
            "cargo-semver-checks agrees with diff",
            semver::agrees,
        ));
        steps.push(Step::new(
            "what CONTRIBUTING.md says can be done",
            recipe::follows,
        ));
        steps.extend(fuzz::steps());
    }
    steps
}

/// The steps that do not depend on the builds of the others, for a parallel process.
pub fn parallel() -> Vec<Step> {
    let mut steps = vec![
        Step::new("licences", || licences::check().map(|()| Outcome::Passed)),
        Step::new(
            "dependencies build with the stated Rust",
            rust_version::dependencies,
        ),
        Step::new("the contents of the package", package::contents),
        workflows::step(),
        language_server::step(),
    ];
    steps.extend(features());
    steps.push(downstream());
    steps.push(Step::new("the package can be published", package::publish));
    steps
}

/// All tests of the workspace except those in the documentation.
///
/// Only targets with tests, because cargo would also build the examples. Those that a test runs are programs
/// of `tests/`, and clippy has checked all of them.
fn tests(long: bool) -> Step {
    let mut command = base(&["test", "--workspace", "--all-features", "--no-fail-fast"]);
    command.arg("--tests");
    if long {
        command.env("BIGCOMMERCE_LONG", "1");
    }
    Step::command("tests", command)
}

/// The examples in the documentation.
fn documentation_tests() -> Step {
    Step::cargo(
        "examples in the documentation",
        &["test", "--quiet", "--workspace", "--all-features", "--doc"],
    )
}

/// The docs site in a browser, which is found, installed or downloaded. Without one the step fails.
fn browser(long: bool) -> Step {
    // The same packages and features as for all tests, so nothing is built again.
    let mut command = base(&[
        "test",
        "--quiet",
        "--workspace",
        "--all-features",
        "--test",
        "browser",
    ]);
    // As root on Debian, prefer the system package.
    command.env("BROWSER_INSTALL", "1");
    if long {
        command.env("BIGCOMMERCE_LONG", "1");
    }
    Step::command("the docs site in a browser", command)
}

/// The client with one feature at a time, and with none.
fn features() -> Vec<Step> {
    let names = match feature_names() {
        Ok(names) => names,
        Err(why) => return vec![Step::new("features", move || Err(why))],
    };
    let mut steps = Vec::new();
    for name in std::iter::once(String::new()).chain(names) {
        let mut arguments = vec![
            "clippy",
            "--package",
            "bigcommerce-client",
            "--no-default-features",
        ];
        if !name.is_empty() {
            arguments.extend(["--features", &name]);
        }
        arguments.extend(["--", "-D", "warnings"]);
        let title = if name.is_empty() {
            "no feature".to_owned()
        } else {
            name.clone()
        };
        steps.push(Step::command(
            format!("builds with {title} alone"),
            outside(&arguments),
        ));
    }
    steps
}

/// The features of the client, from its manifest.
fn feature_names() -> Result<Vec<String>, String> {
    let metadata = licences::metadata(&["--no-deps"])?;
    let package = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "bigcommerce-client")
        .ok_or("cargo knows no package bigcommerce-client")?;
    let features = package["features"]
        .as_object()
        .ok_or("the client has no features")?;
    Ok(features
        .keys()
        .filter(|name| *name != "default")
        .cloned()
        .collect())
}

/// A separate crate outside the workspace that uses one group of the client: what compiles, and what does
/// not.
fn downstream() -> Step {
    let mut command = outside(&["test", "--quiet"]);
    let manifest = root().join("tests/downstream/Cargo.toml");
    command.arg("--manifest-path").arg(manifest);
    Step::command("a downstream crate with one group", command)
}

/// The documentation of every package, without a warning.
fn rustdoc() -> Step {
    let mut command = base(&["doc", "--workspace", "--all-features", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    Step::command("rustdoc", command)
}
