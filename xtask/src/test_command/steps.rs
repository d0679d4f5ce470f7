//! //! The steps, in the order that finds a mistake soonest.

use std::{path::Path, process::Command};

use super::{
    exported, fuzz, html, language_server, licences, package, recipe, redis, rust_version, semver,
    workflows,
};
use crate::root;

/// A check.
pub struct Step {
    /// Its name, for the report and for `--only`.
    pub name: String,
    /// Runs the check.
    pub run: Box<dyn FnOnce() -> Result<Outcome, String>>,
}

/// The result of a step that found nothing wrong.
pub enum Outcome {
    /// All of it holds.
    Passed,
    /// It could not be checked here, and why.
    Skipped(String),
}

/// The steps that build in the workspace's own folder; a long run includes those that take more than minutes.
pub fn here(long: bool) -> Vec<Step> {
    let mut steps = vec![
        cargo("format", &["fmt", "--all", "--check"]),
        cargo(
            "generated files are up to date",
            &["xtask", "codegen", "--check"],
        ),
        cargo(
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
        own("a Redis server for the tests", redis::provide),
        tests(long),
        documentation_tests(),
        browser(long),
        html::step(long),
        rustdoc(),
    ];
    steps.extend(exported::steps(long));
    if long {
        steps.push(own("builds with the stated Rust", rust_version::builds));
        steps.push(own("cargo-semver-checks agrees with diff", semver::agrees));
        steps.push(own(
            "what CONTRIBUTING.md says can be done",
            recipe::follows,
        ));
        steps.extend(fuzz::steps());
    }
    steps
}

/// The steps that do not depend on the builds of the others, for a parallel process.
pub fn beside() -> Vec<Step> {
    let mut steps = vec![
        own("licences", || licences::check().map(|()| Outcome::Passed)),
        own(
            "dependencies build with the stated Rust",
            rust_version::dependencies,
        ),
        own("the contents of the package", package::contents),
        workflows::step(),
        language_server::step(),
    ];
    steps.extend(features());
    steps.push(downstream());
    steps.push(own("the package can be published", package::publish));
    steps
}

/// A step that is a function.
fn own(name: &str, run: fn() -> Result<Outcome, String>) -> Step {
    Step {
        name: name.to_owned(),
        run: Box::new(run),
    }
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
    step("tests", command)
}

/// The examples in the documentation.
fn documentation_tests() -> Step {
    cargo(
        "examples in the documentation",
        &["test", "--quiet", "--workspace", "--all-features", "--doc"],
    )
}

/// The docs site in a browser, which is found, installed or downloaded. Without one the step fails.
fn browser(long: bool) -> Step {
    // // The same packages and features as for all tests, so nothing is built again.
    let mut command = base(&[
        "test",
        "--quiet",
        "--workspace",
        "--all-features",
        "--test",
        "browser",
    ]);
    // // As root on Debian, prefer the system package.
    command.env("BROWSER_INSTALL", "1");
    if long {
        command.env("BIGCOMMERCE_LONG", "1");
    }
    step("the docs site in a browser", command)
}

/// The client with one feature at a time, and with none.
fn features() -> Vec<Step> {
    let names = match feature_names() {
        Ok(names) => names,
        Err(why) => {
            let name = "features".to_owned();
            return vec![Step {
                name,
                run: Box::new(move || Err(why)),
            }];
        }
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
        steps.push(step(
            &format!("builds with {title} alone"),
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
    step("a downstream crate with one group", command)
}

/// The documentation of every package, without a warning.
fn rustdoc() -> Step {
    let mut command = base(&["doc", "--workspace", "--all-features", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    step("rustdoc", command)
}

/// A step that is a cargo command.
pub fn cargo(name: &str, arguments: &[&str]) -> Step {
    step(name, base(arguments))
}

/// A command of cargo's, at the root.
pub fn base(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root());
    // // Set by cargo for this program; a nested cargo must find its own.
    command.env_remove("CARGO_MANIFEST_DIR");
    command
}

/// The target folder of builds outside the workspace's folder.
pub const OUTSIDE: &str = "target/outside";

/// A cargo command that builds outside the workspace's folder: for crates outside the workspace, and for
/// builds that would only wait there. All of them share one folder, because they have most dependencies in
/// common.
pub fn outside(arguments: &[&str]) -> Command {
    let mut command = base(arguments);
    command.env("CARGO_TARGET_DIR", root().join(OUTSIDE));
    // // The workspace's profile does not apply to them, and nobody debugs these builds.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
}

fn step(name: &str, mut command: Command) -> Step {
    let run = move || match command.status() {
        Ok(status) if status.success() => Ok(Outcome::Passed),
        Ok(_) => Err(format!("`{}`", shown(&command))),
        Err(error) => Err(format!("`{}` did not start: {error}", shown(&command))),
    };
    Step {
        name: name.to_owned(),
        run: Box::new(run),
    }
}

/// A command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
