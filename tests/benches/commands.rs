//! What each command costs that a maintainer waits for, built as for a release and without cargo's own start.
//! `codegen` is what `--watch` does at every save.

mod support {
    pub mod children;
    #[allow(dead_code, reason = "not every bench needs all of it")]
    pub mod report;
}

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Instant,
};

use bigcommerce_tests::root;
use codegen::load;
use support::{
    children::children,
    report::{figure, heading, judged, median, row},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How often a command is run.
const RUNS: usize = 5;
/// The limit for instant commands, in seconds of processor time.
const INSTANT: f64 = 0.1;

fn main() -> Outcome<()> {
    heading("Commands of a maintainer, in a release build");
    let program = built()?;
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("spec");
    let description = folder.path().join("openapi.json");
    fs::write(&description, run(&program, &["export", "openapi"])?.stdout)?;
    let out = folder.path().join("out");
    let [spec, out, description] =
        [&copy, &out, &description].map(|path| path.to_string_lossy().into_owned());
    let path = "/v3/catalog/brands/bench";
    // Each with the processor time it may take, in seconds.
    let commands: [(&str, &[&str], f64); 6] = [
        ("check", &["check"], 0.15),
        ("codegen", &["codegen", "--spec", &spec, "--out", &out], 1.5),
        ("diff, with the spec of HEAD", &["diff", "HEAD"], 2.0),
        (
            "upstream, all operations in one description",
            &["upstream", &description],
            2.0,
        ),
        ("explain", &["explain", "E400"], INSTANT),
        (
            "new endpoint",
            &[
                "new",
                "endpoint",
                "brands.bench",
                "GET",
                path,
                "--spec",
                &spec,
            ],
            INSTANT,
        ),
    ];
    for (label, words, most) in commands {
        measure(&program, &copy, (label, words, most))?;
    }
    Ok(())
}

fn measure(program: &Path, copy: &Path, command: (&str, &[&str], f64)) -> Outcome<()> {
    let (label, words, most) = command;
    let mut walls = Vec::new();
    let mut used = children().map(|_| 0.0);
    for _ in 0..RUNS {
        // What `new` writes into.
        copy_spec(copy)?;
        let (started, before) = (Instant::now(), children());
        run(program, words)?;
        walls.push(started.elapsed().as_secs_f64());
        let more = children().zip(before).map(|(after, before)| after - before);
        used = used.zip(more).map(|(used, more)| used + more);
    }
    let wall = figure(median(walls));
    row(&format!("{label}: wall time"), &format!("{wall} s"));
    if let Some(used) = used {
        judged("  processor time", used / RUNS as f64, "s", ..=most);
    }
    Ok(())
}

/// A release build of the command line, in a separate folder.
fn built() -> Outcome<PathBuf> {
    let target = root().join("target/bench/xtask");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--release", "--package", "xtask"]);
    build.arg("--target-dir").arg(&target).current_dir(root());
    if !build.status()?.success() {
        return Err("the release build of xtask failed".into());
    }
    let name = format!("xtask{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(name))
}

/// Runs a command of the program, which may end with 1: something differs, which is as much work.
fn run(program: &Path, words: &[&str]) -> Outcome<Output> {
    let mut command = Command::new(program);
    // Set by cargo for this bench; the program finds its spec by its own.
    command.env("CARGO_MANIFEST_DIR", root().join("xtask"));
    let output = command.args(words).current_dir(root()).output()?;
    match output.status.code() {
        Some(0 | 1) => Ok(output),
        _ => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}

/// Copies the spec into a folder.
fn copy_spec(folder: &Path) -> Outcome<()> {
    let (spec, _) = load::texts(&root().join("spec"));
    for (path, text) in spec.iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}
