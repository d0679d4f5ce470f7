//! Checks the output of `cargo xtask export openapi` with a validator and with generators of other
//! languages. They are installed below `target/tools` in pinned versions; if that is impossible, the step is
//! skipped.

use std::{fs, path::PathBuf, process::Command};

use super::{
    command::base,
    step::{Outcome, Step},
    tools::{npm, passes, pip, skipped},
};
use crate::root;

const VALIDATOR: &[&str] = &["openapi-spec-validator==0.9.0"];
const PYTHON: &[&str] = &[
    "datamodel-code-generator==0.89.0",
    "pydantic[email]==2.14.4",
];
const TYPESCRIPT: &[&str] = &["openapi-typescript@7.13.0", "typescript@5.9.3"];

/// Checks that the document is valid, and in a long run that other tools can use it.
pub fn steps(long: bool) -> Vec<Step> {
    let mut steps = vec![Step::new("the exported OpenAPI document is valid", valid)];
    if long {
        steps.push(Step::new(
            "the exported document in TypeScript compiles",
            typescript,
        ));
        steps.push(Step::new("the exported document in Python loads", python));
    }
    steps
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
    // Our own formats are strings to other tools, which warn about each.
    generator.env("PYTHONWARNINGS", "ignore");
    passes(&mut generator)?;
    passes(Command::new(bin.join("python")).arg(&module))
}

fn folder() -> Result<PathBuf, String> {
    let folder = root().join("target/exported");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// The document, freshly written.
fn document() -> Result<PathBuf, String> {
    let file = folder()?.join("openapi.json");
    let mut export = base(&["xtask", "export", "openapi", "--out"]);
    passes(export.arg(&file))?;
    Ok(file)
}
