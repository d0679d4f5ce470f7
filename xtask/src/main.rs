//! The project's commands. This is the only place that prints or writes; what is made comes from the
//! `codegen` library, which knows no command line.

mod codegen_command;
mod plan;
mod report;
mod write;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The project's commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Render what the spec says: the client, the scope matrix and the docs.
    Codegen(Codegen),
    /// Judge the spec without rendering anything.
    Check(Tree),
}

/// What `codegen` renders, and where.
#[derive(Args, Debug)]
struct Codegen {
    /// Only this output; all of them when left out.
    #[arg(value_enum)]
    output: Option<Output>,
    /// Write nothing: list what is stale, missing or left over, and exit with 1 if anything is.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    tree: Tree,
    /// The folder to render into, laid out like this repository.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Which spec to read.
#[derive(Args, Debug)]
struct Tree {
    /// The folder of the spec; this repository's when left out.
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
}

/// An output of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// The Rust client.
    Client,
    /// The scope matrix.
    Scopes,
    /// The reference in Markdown and JSON.
    Docs,
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Codegen(options) => codegen_command::run(&options),
        Command::Check(tree) => codegen_command::check(&tree),
    }
}

/// The root of this repository: where cargo found the workspace.
fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let xtask = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    xtask.parent().map_or_else(|| PathBuf::from("."), std::path::Path::to_path_buf)
}
