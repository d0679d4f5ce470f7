//! `cargo xtask bench`: speed and sizes, with their targets. It runs the benches through cargo and prints
//! their rows as a table. A missed target is shown, but is not a failure.

use std::{
    io::{self, BufRead as _, BufReader},
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use anstream::println;
use clap::ValueEnum;

use crate::{report, root};

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

/// How often a command is timed.
const RUNS: usize = 5;

/// How long it may take, in seconds.
const WARM_CHECK: f64 = 1.0;

/// A measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Name {
    /// From the spec to files: time, memory, growth.
    Pipeline,
    /// Whether the cost of specs and descriptions grows only with their size.
    Growth,
    /// All of it at the size of the full API: 700 operations.
    Scale,
    /// Building the client, compared with the same types with serde's derive.
    Build,
    /// Decoding and encoding pages, compared with the same types with serde's derive.
    Decode,
    /// Listing and small calls, compared with the same by hand with reqwest and serde.
    Calls,
    /// The mock store: requests a second, and its start.
    Mock,
    /// The docs site in a browser: how soon a page is shown, and how soon typing shows results.
    Site,
    /// The cost of verifying untrusted input.
    Strangers,
    /// `cargo xtask codegen --check` when nothing has changed.
    Check,
    /// The commands a maintainer waits for: `check`, `codegen`, `diff`, `upstream`, `explain` and `new`.
    Commands,
}

/// Runs one bench, or all.
pub fn run(name: Option<Name>) -> ExitCode {
    let names = name.map_or(Name::value_variants().to_vec(), |name| vec![name]);
    let mut code = ExitCode::SUCCESS;
    for name in names {
        let run = match name {
            Name::Pipeline => bench("pipeline"),
            Name::Growth => bench("growth"),
            Name::Scale => bench("scale"),
            Name::Build => bench("build"),
            Name::Decode => bench("decode"),
            Name::Calls => bench("calls"),
            Name::Mock => bench("mock"),
            Name::Site => bench("site"),
            Name::Strangers => bench("strangers"),
            Name::Check => warm_check(),
            Name::Commands => bench("commands"),
        };
        if let Err(error) = run {
            report::error(&error);
            code = ExitCode::FAILURE;
        }
    }
    code
}

/// Runs a bench of the tests' package. That depends on the client, which this program must not.
fn bench(name: &str) -> io::Result<()> {
    let arguments = ["bench", "--package", "bigcommerce-tests", "--bench", name];
    let mut child = cargo(&arguments).stdout(Stdio::piped()).spawn()?;
    if let Some(rows) = child.stdout.take() {
        for line in BufReader::new(rows).lines() {
            let line = line?;
            let mut cells = line.split('\t');
            let label = cells.next().unwrap_or_default();
            match cells.next() {
                Some(value) => row(label, value, cells.next().unwrap_or_default()),
                None => println!("{BOLD}{line}{PLAIN}"),
            }
        }
    }
    if child.wait()?.success() {
        return Ok(());
    }
    let why = format!("the bench `{name}` could not run");
    Err(io::Error::other(why))
}

/// The median wall time of the command that runs most often, including cargo's own start.
fn warm_check() -> io::Result<()> {
    println!("\n{BOLD}Warm `cargo xtask codegen --check`{PLAIN}");
    let mut times = Vec::new();
    let mut stale = false;
    // The first run builds what is missing and is not counted.
    for _ in 0..=RUNS {
        let started = Instant::now();
        let output = cargo(&["xtask", "codegen", "--check"]).output()?;
        times.push(started.elapsed().as_secs_f64());
        // 1 says that something is stale, which is as much work.
        stale = output.status.code() == Some(1);
        if !output.status.success() && !stale {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(io::Error::other(said));
        }
    }
    times.remove(0);
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    let verdict = if median < WARM_CHECK { "ok" } else { "missed" };
    let judgement = format!("at most {WARM_CHECK} s: {verdict}");
    row("wall time", &format!("{median:.2} s"), &judgement);
    if stale {
        row("  with files that are not up to date", "", "");
    }
    Ok(())
}

/// A line of the table: what, how much, and the target.
fn row(label: &str, value: &str, judgement: &str) {
    let colour = match judgement.rsplit(' ').next() {
        Some("ok") => GREEN,
        Some("missed") => RED,
        _ => PLAIN,
    };
    println!("  {label:<60} {value:>16}  {colour}{judgement}{PLAIN}");
}

fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root());
    // Set by cargo for this program; a nested cargo must find its own.
    command.env_remove("CARGO_MANIFEST_DIR");
    command
}
