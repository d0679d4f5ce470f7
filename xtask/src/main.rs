//! The project's commands. This is the only place that prints or writes; what is made comes from the
//! `codegen` library, which has no command line.

mod bench_command;
mod changelog;
mod codegen_command;
mod common;
mod diff_command;
mod docs_command;
mod dry_run_command;
mod explain_command;
mod export_command;
mod ground;
mod import_command;
mod last;
mod manifest;
mod new_command;
mod plan;
mod progress;
mod release_command;
mod report;
mod revision;
mod scopes_command;
mod test_command;
mod upstream_command;
mod watch;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use common::{Format, Output, Printed, Reported, Tree, from_here, root};

/// The project's commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Render the client, the scope matrix and the docs from the spec.
    Codegen(Codegen),
    /// Check the spec without rendering anything.
    Check(Check),
    /// Explain a diagnostic code, with an incorrect and a correct example.
    Explain(Explain),
    /// Show what changed between two specs, whom it affects, and which version bump it requires. Exits
    /// with 1 if a change is denied, and with 2 if the comparison failed.
    Diff(Diffed),
    /// Write what changed in the spec since the last release into CHANGELOG.md.
    ReleaseNotes(Notes),
    /// Set the version that the changes of the spec since the last release require.
    Bump(Since),
    /// Scaffold an endpoint, a group, an event or a conflict, with a `todo:` for everything that has to be
    /// filled in by hand.
    New(New),
    /// Draft the spec of a group from an OpenAPI description: its structure, but not its prose.
    Import(Import),
    /// Compare the spec with official descriptions. Exits with 1 if they differ in a way that the spec
    /// does not record.
    Upstream(Upstream),
    /// Write the spec in the format of other tools.
    Export(Export),
    /// Find the minimum scopes for some calls, what scopes allow, and how a token compares with a
    /// program.
    Scopes(scopes_command::Scopes),
    /// Build the docs site below target/site.
    Docs(Docs),
    /// Run all checks that must pass before a change is submitted.
    Test(Test),
    /// Do everything that a release needs except publishing, and list the remaining manual steps.
    Release(Release),
    /// Measure speed and sizes, each with its target. A missed target is not a failure.
    Bench(Bench),
}

/// What `diff` compares.
#[derive(Args, Debug)]
struct Diffed {
    /// The old spec: a folder, or a revision of this repository.
    #[arg(default_value = "HEAD", value_name = "REV|DIR")]
    old: String,
    #[command(flatten)]
    tree: Tree,
    /// The format in which changes are printed.
    #[arg(long, value_enum, default_value_t = Printed::Text, value_name = "FORM")]
    format: Printed,
    /// Exit with 1 if there is such a change.
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<diff_command::Deny>,
    /// Also list changes that affect only the docs.
    #[arg(long)]
    verbose: bool,
}

/// The release with which the spec is compared.
#[derive(Args, Debug)]
struct Since {
    /// The revision of that release; by default the last tag such as v0.1.0.
    #[arg(value_name = "REV")]
    revision: Option<String>,
}

/// The part of the changelog about the spec.
#[derive(Args, Debug)]
struct Notes {
    #[command(flatten)]
    since: Since,
    /// Print it without changing CHANGELOG.md.
    #[arg(long)]
    print: bool,
}

/// What `new` scaffolds.
#[derive(Args, Debug)]
struct New {
    #[command(subcommand)]
    thing: Thing,
    #[command(flatten)]
    tree: Tree,
}

#[derive(Debug, Subcommand)]
enum Thing {
    /// An endpoint, after the others of its group.
    Endpoint {
        /// The group and the method in code: `brands.list`.
        #[arg(value_name = "GROUP.METHOD")]
        id: String,
        /// The HTTP method.
        #[arg(value_enum, ignore_case = true, value_name = "HTTP")]
        method: new_command::Method,
        /// The path: `/v3/catalog/brands/{brand_id}`.
        path: String,
    },
    /// A group in its own file, listed in service.yaml.
    Group {
        /// The name in code: `price_lists`.
        name: String,
        /// The generation of the API, as service.yaml names it.
        #[arg(long, value_name = "NAME")]
        version: Option<String>,
        /// The scope area, as scopes.yaml names it.
        #[arg(long, value_name = "AREA")]
        scope: Option<String>,
        /// Its official description.
        #[arg(long, value_name = "FILE")]
        source: Option<String>,
    },
    /// A webhook event, after those of the same subject.
    Event {
        /// The scope to subscribe to: `store/order/created`.
        scope: String,
    },
    /// A fact on which the sources disagree.
    Conflict {
        /// The endpoint or the event: `brands.list`, `store/order/created`.
        #[arg(value_name = "GROUP.METHOD|SCOPE")]
        on: String,
        /// The fact: `path`, `scope`, `limit`, `status` and so on.
        about: String,
    },
}

/// What `import` reads and where it writes.
#[derive(Args, Debug)]
struct Import {
    /// The OpenAPI descriptions, as JSON or YAML.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print each path of the descriptions with its methods, in the format of `files:` in official.yaml,
    /// instead of drafting.
    #[arg(long, conflicts_with_all = ["operations", "tags", "group", "out"])]
    paths: bool,
    /// Only the operation with this id; can be repeated.
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// Only the operations with this tag; can be repeated.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// A single group with this name for everything. By default a description that is the source of a group
    /// is added to that group; otherwise each tag becomes a group named after it.
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// The folder of a spec to write to; by default the draft is printed. Endpoints and schemas are added to
    /// existing files, whose lines are kept.
    #[arg(long, visible_alias = "onto", value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What `upstream` reads.
#[derive(Args, Debug)]
struct Upstream {
    /// The OpenAPI descriptions, as JSON or YAML. For a folder, all descriptions below it, which must
    /// contain every endpoint of the spec. For files, only the endpoints with them as their source.
    #[arg(required = true, value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
    /// Report what changed since this older revision of the descriptions instead: changes of the API,
    /// corrections of a description, or edits of prose. Changes of the API are proposed as edits.
    #[arg(long, value_name = "OLD")]
    since: Option<PathBuf>,
    /// Add unrecorded differences to the spec, as conflicts that have to be explained or by adopting
    /// theirs. Every other line stays unchanged.
    #[arg(long, value_enum, value_name = "AS")]
    write: Option<upstream_command::Write>,
    /// The format in which differences are printed.
    #[arg(long, value_enum, default_value_t = Printed::Text, value_name = "FORM")]
    format: Printed,
    #[command(flatten)]
    tree: Tree,
}

/// What `export` writes.
#[derive(Args, Debug)]
struct Export {
    /// The format.
    #[arg(value_enum)]
    format: export_command::Format,
    #[command(flatten)]
    tree: Tree,
    /// The file to write; by default the document is printed.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Options of the site build.
#[derive(Args, Debug)]
struct Docs {
    /// Open it in the browser once it is built.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    tree: Tree,
    /// The folder to build it in; by default target/site of this repository.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Which tests are run.
#[derive(Args, Debug)]
struct Test {
    /// Also run the long tests.
    #[arg(long)]
    long: bool,
    /// Only the steps whose name contains this.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Only the parallel steps, and write their results to this file.
    #[arg(long, value_name = "FILE", hide = true)]
    parallel: Option<PathBuf>,
}

/// Options of a release.
#[derive(Args, Debug)]
struct Release {
    /// Do not publish or tag. Required, since it is the only supported mode.
    #[arg(long, required = true)]
    dry_run: bool,
}

/// Which measurements are run.
#[derive(Args, Debug)]
struct Bench {
    /// Only this measurement; all by default.
    #[arg(value_enum)]
    name: Option<bench_command::Name>,
}

/// What `codegen` renders, and where.
#[derive(Args, Debug)]
struct Codegen {
    /// Only this output; all of them by default.
    #[arg(value_enum)]
    output: Option<Output>,
    /// Do not write anything; list stale, missing and orphaned files, and exit with 1 if there are
    /// any.
    #[arg(long)]
    check: bool,
    /// Keep running until Ctrl-C, and render again whenever a spec file is saved.
    #[arg(long, conflicts_with_all = ["check", "format"])]
    watch: bool,
    /// List every change since the last rendering, including those that affect only the docs.
    #[arg(long)]
    verbose: bool,
    #[command(flatten)]
    tree: Tree,
    #[command(flatten)]
    format: Reported,
    /// The folder to render into, laid out like this repository.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What `check` checks.
#[derive(Args, Debug)]
struct Check {
    #[command(flatten)]
    tree: Tree,
    #[command(flatten)]
    format: Reported,
}

/// What `explain` explains.
#[derive(Args, Debug)]
struct Explain {
    /// The code, by its number or name; by default all of them are listed.
    code: Option<String>,
}

fn main() -> ExitCode {
    report::expect_full_disks();
    match Cli::parse().command {
        Command::Codegen(options) => codegen_command::run(&options),
        Command::Check(options) => codegen_command::check(&options),
        Command::Explain(options) => explain_command::run(options.code.as_deref()),
        Command::Diff(options) => diff_command::run(&options),
        Command::ReleaseNotes(options) => release_command::notes(&options),
        Command::Bump(options) => release_command::bump(&options),
        Command::New(options) => new_command::run(&options),
        Command::Import(options) => import_command::run(&options),
        Command::Export(options) => export_command::run(&options),
        Command::Scopes(options) => scopes_command::run(&options),
        Command::Upstream(options) => upstream_command::run(&options),
        Command::Docs(options) => docs_command::run(&options),
        Command::Test(options) => test_command::run(&options),
        Command::Release(_) => dry_run_command::run(),
        Command::Bench(options) => bench_command::run(options.name),
    }
}
