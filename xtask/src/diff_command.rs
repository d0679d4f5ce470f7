//! `cargo xtask diff`: what an edit of the spec means for programs that use the client.

use std::{error::Error, path::Path, process::ExitCode};

use anstream::print;
use clap::ValueEnum;
use codegen::{
    diff::{self, Diff, Places, Verdict, View},
    pipeline::{self, Spec},
};

use crate::{Diffed, common::Printed, report, revision};

/// The version of the workspace, for changes whose base version git does not know.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The changes to deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Changes that require a breaking release, due to the compiler or a needed scope.
    Breaking,
    /// Changes that stop programs from compiling.
    Rust,
    /// All changes that affect a program.
    Any,
}

/// Compares, and prints what changed.
pub fn run(options: &Diffed) -> ExitCode {
    match compare(options) {
        Ok(code) => code,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn compare(options: &Diffed) -> Result<ExitCode, Box<dyn Error>> {
    let old = revision::spec(&options.old)?;
    let folder = options.tree.folder();
    let new = pipeline::read(&folder);
    let Some(compared) = Compared::of(&old, &new) else {
        for (spec, of) in [(&old, &*options.old), (&new, &*folder.to_string_lossy())] {
            if spec.api.is_none() {
                report::incomparable(spec, &format!("`{of}`"));
            }
        }
        return Ok(ExitCode::from(2));
    };
    let diff = &compared.diff;
    let format = match options.format {
        Printed::Text => diff::Format::Text,
        Printed::Json => diff::Format::Json,
        Printed::Md => diff::Format::Markdown,
    };
    // A folder has no history, so its changes are relative to the work tree's version.
    let since = match Path::new(&options.old).is_dir() {
        true => "HEAD",
        false => options.old.as_str(),
    };
    print!("{}", compared.view(since, options.verbose).print(format));
    let denied = options.deny.is_some_and(|deny| match deny {
        Deny::Breaking => diff.breaking() > 0,
        Deny::Rust => diff.count(Verdict::Rust) > 0,
        Deny::Any => diff.count(Verdict::Rust) + diff.count(Verdict::Live) > 0,
    });
    Ok(if denied {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Two specs and what changed between them.
pub struct Compared<'a> {
    old: &'a Spec,
    new: &'a Spec,
    /// What changed.
    pub diff: Diff,
}

impl<'a> Compared<'a> {
    /// Compares two specs; `None` if one of them has errors.
    pub fn of(old: &'a Spec, new: &'a Spec) -> Option<Self> {
        let diff = diff::compare(old.api.as_ref()?, new.api.as_ref()?);
        Some(Self { old, new, diff })
    }

    /// The changes since a revision, for printing; with `all`, also those without an effect on programs.
    pub fn view(&self, since: &str, all: bool) -> View<'_> {
        View {
            diff: &self.diff,
            places: Places::of(self.old, self.new),
            version: revision::released_version(since).map_or_else(|| VERSION.into(), Into::into),
            all,
            most: None,
        }
    }
}
