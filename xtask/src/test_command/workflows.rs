//! Checks the GitHub workflows with a linter that knows common mistakes and the schema of workflows.

use std::process::Command;

use super::{
    step::{Outcome, Step},
    tools::{passes, pip, skipped},
};
use crate::root;

const LINTERS: &[&str] = &["zizmor==1.32.0", "check-jsonschema==0.39.0"];

/// Checks that each workflow is valid, pins its actions and has no unused permission.
pub fn step() -> Step {
    Step::new("the workflows of GitHub", check)
}

fn check() -> Result<Outcome, String> {
    let Some(bin) = pip("workflow-linters", LINTERS)? else {
        return skipped("zizmor");
    };
    let folder = root().join(".github/workflows");
    let mut schema = Command::new(bin.join("check-jsonschema"));
    schema.args(["--builtin-schema", "vendor.github-workflows"]);
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(Result::ok);
    passes(schema.args(entries.map(|entry| entry.path())))?;
    let mut linter = Command::new(bin.join("zizmor"));
    passes(linter.args(["--offline", "--no-progress"]).arg(&folder))
}
