//! What `cargo xtask export openapi` writes, in the hands of others: a validator, and generators of other
//! languages. They are installed below `target/tools` in these very versions; where they cannot be, the
//! step is skipped.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::steps::{Outcome, Step, base, shown};
use crate::root;

const VALIDATOR: &[&str] = &["openapi-spec-validator==0.9.0"];
const PYTHON: &[&str] = &[
    "datamodel-code-generator==0.89.0",
    "pydantic[email]==2.14.4",
];
const TYPESCRIPT: &[&str] = &["openapi-typescript@7.13.0", "typescript@5.9.3"];

/// That the document is valid, and of a long run that others can use it.
pub fn steps(long: bool) -> Vec<Step> {
    let mut steps = vec![step("the exported OpenAPI document is valid", valid)];
    if long {
        steps.push(step(
            "the exported document in TypeScript compiles",
            typescript,
        ));
        steps.push(step("the exported document in Python loads", python));
    }
    steps
}

fn step(name: &str, run: fn() -> Result<Outcome, String>) -> Step {
    Step {
        name: name.to_owned(),
        run: Box::new(run),
    }
}

fn valid() -> Result<Outcome, String> {
    let document = document()?;
    let Some(bin) = pip("openapi-validator", VALIDATOR)? else {
        return skipped("openapi-spec-validator");
    };
    passes(Command::new(bin.join("openapi-spec-validator")).arg(document))
}

fn typescript() -> Result<Outcome, String> {
    let document = document()?;
    let Some(bin) = npm("openapi-typescript", TYPESCRIPT)? else {
        return skipped("openapi-typescript");
    };
    let types = folder()?.join("types.d.ts");
    passes(
        Command::new(bin.join("openapi-typescript"))
            .arg(document)
            .arg("-o")
            .arg(&types),
    )?;
    let mut tsc = Command::new(bin.join("tsc"));
    passes(
        tsc.args(["--noEmit", "--strict", "--skipLibCheck", "false"])
            .arg(&types),
    )
}

fn python() -> Result<Outcome, String> {
    let document = document()?;
    let Some(bin) = pip("openapi-python", PYTHON)? else {
        return skipped("datamodel-code-generator");
    };
    let module = folder()?.join("models.py");
    let mut generator = Command::new(bin.join("datamodel-codegen"));
    generator
        .arg("--input")
        .arg(document)
        .arg("--output")
        .arg(&module);
    generator.args(["--input-file-type", "openapi"]);
    generator.args(["--output-model-type", "pydantic_v2.BaseModel"]);
    // Formats of ours are strings to others, which it says of each.
    generator.env("PYTHONWARNINGS", "ignore");
    passes(&mut generator)?;
    passes(Command::new(bin.join("python")).arg(&module))
}

fn skipped(tool: &str) -> Result<Outcome, String> {
    Ok(Outcome::Skipped(format!("{tool} cannot be installed here")))
}

fn folder() -> Result<PathBuf, String> {
    let folder = root().join("target/exported");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// The document, written anew.
fn document() -> Result<PathBuf, String> {
    let file = folder()?.join("openapi.json");
    let mut export = base(&["xtask", "export", "openapi", "--out"]);
    passes(export.arg(&file))?;
    Ok(file)
}

/// The programs of a Python environment with these packages; `None` where there can be none.
fn pip(name: &str, packages: &[&str]) -> Result<Option<PathBuf>, String> {
    let home = root().join("target/tools").join(name);
    let bin = home.join("bin");
    installed(&home, packages, || {
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&home)
            .output();
        let mut install = Command::new(bin.join("pip"));
        install.args(["install", "--quiet"]).args(packages);
        made.is_ok_and(|made| made.status.success()) && succeeds(&mut install)
    })
    .map(|there| there.then_some(bin))
}

/// The programs of npm packages; `None` where they cannot be had.
fn npm(name: &str, packages: &[&str]) -> Result<Option<PathBuf>, String> {
    let home = root().join("target/tools").join(name);
    installed(&home, packages, || {
        let mut install = Command::new("npm");
        install.args(["install", "--no-audit", "--no-fund", "--prefix"]);
        succeeds(install.arg(&home).args(packages))
    })
    .map(|there| there.then(|| home.join("node_modules/.bin")))
}

/// Installs the packages unless they were before, which a file beside them tells.
fn installed(
    home: &Path,
    packages: &[&str],
    install: impl FnOnce() -> bool,
) -> Result<bool, String> {
    let mark = home.join("installed");
    let wanted = packages.join("\n");
    if fs::read_to_string(&mark).is_ok_and(|there| there == wanted) {
        return Ok(true);
    }
    anstream::println!("installing {} below target/tools", packages.join(" and "));
    let failed = |error| format!("{}: {error}", home.display());
    fs::create_dir_all(home).map_err(failed)?;
    let done = install();
    if done {
        fs::write(&mark, wanted).map_err(failed)?;
    }
    Ok(done)
}

fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

fn passes(command: &mut Command) -> Result<Outcome, String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(Outcome::Passed),
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said).into_owned();
            Err(format!("`{}`: {}", shown(command), said.trim()))
        }
        Err(error) => Err(format!("`{}` did not start: {error}", shown(command))),
    }
}
