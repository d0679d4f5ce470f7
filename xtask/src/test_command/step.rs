//! A step and its outcome.

use std::process::Command;

use super::command::{base, shown};

/// A check.
pub struct Step {
    /// Its name, for the report and for `--only`.
    pub name: String,
    /// Runs the check.
    pub run: Box<dyn FnOnce() -> Result<Outcome, String>>,
}

/// The result of a step that found nothing wrong.
pub enum Outcome {
    /// It passed.
    Passed,
    /// It could not be checked here, and why.
    Skipped(String),
}

impl Step {
    /// A step that is a function.
    pub fn new(
        name: impl Into<String>,
        run: impl FnOnce() -> Result<Outcome, String> + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            run: Box::new(run),
        }
    }

    /// A step that is a command.
    pub fn command(name: impl Into<String>, mut command: Command) -> Self {
        Self::new(name, move || match command.status() {
            Ok(status) if status.success() => Ok(Outcome::Passed),
            Ok(_) => Err(format!("`{}`", shown(&command))),
            Err(error) => Err(format!("`{}` did not start: {error}", shown(&command))),
        })
    }

    /// A step that is a cargo command.
    pub fn cargo(name: &str, arguments: &[&str]) -> Self {
        Self::command(name, base(arguments))
    }
}
