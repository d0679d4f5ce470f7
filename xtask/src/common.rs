//! Options that several commands share, and the root of the repository.

use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};

/// How problems of the spec are reported.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Reported {
    /// The format of diagnostics; `github` by default in a GitHub workflow.
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

impl Reported {
    pub(crate) fn get(self) -> Format {
        let on_github = std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true");
        let usual = if on_github {
            Format::Github
        } else {
            Format::Text
        };
        self.format.unwrap_or(usual)
    }
}

/// The format of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Human-readable.
    Text,
    /// A single JSON object on standard output: `diagnostics`, each with `code`, `name`, `level`,
    /// `file`, `line`, `column`, `message`, `why`, `help` and `also`.
    Json,
    /// Human-readable, and as GitHub annotations on the lines of a pull request.
    Github,
}

/// How the result of a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Printed {
    /// Lines, and a summary.
    Text,
    /// For programs.
    Json,
    /// Markdown, for a review.
    Md,
}

/// Which spec to read.
#[derive(Args, Debug)]
pub(crate) struct Tree {
    /// The folder of the spec; by default this repository's.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,
}

impl Tree {
    /// The folder, relative to the current directory.
    pub(crate) fn folder(&self) -> PathBuf {
        let folder = || from_here(&root().join("spec"));
        self.spec.clone().unwrap_or_else(folder)
    }
}

/// An output of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// The Rust client.
    Client,
    /// The scope matrix.
    Scopes,
    /// The reference in Markdown and JSON.
    Docs,
    /// The JSON Schemas of the spec's own format.
    Format,
}

impl From<Output> for codegen::pipeline::Output {
    fn from(output: Output) -> Self {
        match output {
            Output::Client => Self::Client,
            Output::Scopes => Self::Scopes,
            Output::Docs => Self::Docs,
            Output::Format => Self::Format,
        }
    }
}

/// The path relative to the current folder, so that messages can be followed from there.
pub(crate) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let (Ok(here), Ok(there)) = (here, path.canonicalize()) else {
        return path.to_owned();
    };
    let same = here.components().zip(there.components());
    let same = same.take_while(|(a, b)| a == b).count();
    // With only the root in common, the absolute path is clearer.
    if same < 2 {
        return path.to_owned();
    }
    let up = here.components().skip(same).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(there.components().skip(same)).collect();
    // An empty path names no folder.
    if way.as_os_str().is_empty() {
        return PathBuf::from(".");
    }
    way
}

/// The root of this repository: where cargo found the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let xtask = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    xtask
        .parent()
        .map_or_else(|| PathBuf::from("."), std::path::Path::to_path_buf)
}
