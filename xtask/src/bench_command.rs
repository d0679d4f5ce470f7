//! `cargo xtask bench`: speed and sizes, with their targets. It runs the benches through cargo and prints
//! their rows as a table. A missed target is shown, but is not a failure.

use std::{
    fs,
    io::{self, BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use anstream::println;
use clap::ValueEnum;
use codegen::load;

use crate::{report, root};

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

/// How often a command is timed.
const RUNS: usize = 5;

/// How long it may take, in seconds.
const WARM_CHECK: f64 = 1.0;

/// The limit for instant commands, in seconds of processor time.
const INSTANT: f64 = 0.1;

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
            Name::Commands => commands(),
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

/// What each command costs that a maintainer waits for, built as for a release.
fn commands() -> io::Result<()> {
    println!("\n{BOLD}Commands of a maintainer, in a release build{PLAIN}");
    let program = released()?;
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("spec");
    let out = folder.path().join("out");
    let description = folder.path().join("openapi.json");
    let exported = run_once(&program, &["export", "openapi"])?;
    fs::write(&description, exported.stdout)?;
    let [copy, out, description] =
        [&copy, &out, &description].map(|path| path.to_string_lossy().into_owned());
    let new = [
        "new",
        "endpoint",
        "brands.bench",
        "GET",
        "/v3/catalog/brands/bench",
        "--spec",
        &copy,
    ];
    // Each with the processor time it may take, in seconds. `codegen` is what `--watch` does at every save.
    let commands: [(&str, &[&str], f64); 6] = [
        ("check", &["check"], 0.15),
        ("codegen", &["codegen", "--spec", &copy, "--out", &out], 1.5),
        ("diff, with the spec of HEAD", &["diff", "HEAD"], 2.0),
        (
            "upstream, all operations in one description",
            &["upstream", &description],
            2.0,
        ),
        ("explain", &["explain", "E400"], INSTANT),
        ("new endpoint", &new, INSTANT),
    ];
    for (label, words, most) in commands {
        let mut walls = Vec::new();
        let mut used: Option<f64> = None;
        for _ in 0..RUNS {
            // What `new` writes into.
            copy_spec(Path::new(&copy))?;
            let (started, before) = (Instant::now(), children());
            let output = run_once(&program, words)?;
            walls.push(started.elapsed().as_secs_f64());
            let run = children().zip(before).map(|(after, before)| after - before);
            used = run.map(|run| used.unwrap_or(0.0) + run);
            // 1 says that something differs, which is as much work.
            if !matches!(output.status.code(), Some(0 | 1)) {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                return Err(io::Error::other(said));
            }
        }
        walls.sort_by(f64::total_cmp);
        let wall = walls[walls.len() / 2];
        row(&format!("{label}: wall time"), &format!("{wall:.2} s"), "");
        if let Some(used) = used {
            let cpu = used / RUNS as f64;
            let verdict = if cpu <= most { "ok" } else { "missed" };
            let judgement = format!("at most {most} s: {verdict}");
            row("  processor time", &format!("{cpu:.3} s"), &judgement);
        }
    }
    Ok(())
}

/// A release build of this program, in a separate folder.
fn released() -> io::Result<PathBuf> {
    let target = root().join("target/bench/xtask");
    let mut build = cargo(&["build", "--quiet", "--release", "--package", "xtask"]);
    let status = build.arg("--target-dir").arg(&target).status()?;
    if !status.success() {
        return Err(io::Error::other("the release build of xtask failed"));
    }
    let name = format!("xtask{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(name))
}

/// Runs a command of the program.
fn run_once(program: &Path, words: &[&str]) -> io::Result<std::process::Output> {
    Command::new(program)
        .args(words)
        .current_dir(root())
        .output()
}

/// The processor time of the programs that this one has waited for, in seconds; `None` if the system does not
/// report it.
fn children() -> Option<f64> {
    /// What Linux counts such times in.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may contain spaces, the state is field 3; fields 16 and 17 are the times.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(13);
    let user: f64 = times.next()?.parse().ok()?;
    let system: f64 = times.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}

/// Copies the spec into a folder.
fn copy_spec(folder: &Path) -> io::Result<()> {
    let (spec, _) = load::texts(&root().join("spec"));
    for (path, text) in spec.iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
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
