//! The fuzz targets of `tests/fuzz`, one minute each. New inputs are kept outside the corpus and the
//! repository; the ordinary tests replay the corpus.

use std::{env, ffi::OsString, fs, path::PathBuf, process::Command};

use super::{
    command::{base, shown},
    step::{Outcome, Step},
};
use crate::root;

/// How long each target runs.
const SECONDS: u32 = 60;

/// A step for each target.
pub fn steps() -> Vec<Step> {
    match targets() {
        Ok(targets) => targets
            .into_iter()
            .map(|target| Step::new(format!("fuzz {target}"), move || fuzz(&target)))
            .collect(),
        Err(why) => vec![Step::new("fuzz", move || Err(why))],
    }
}

fn folder() -> PathBuf {
    root().join("tests/fuzz")
}

/// The names of the targets, by their files.
fn targets() -> Result<Vec<String>, String> {
    let folder = folder().join("fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{folder:?}: {error}"))?;
    let mut targets: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            name.strip_suffix(".rs").map(str::to_owned)
        })
        .collect();
    targets.sort();
    if targets.is_empty() {
        return Err(format!("{folder:?} has no target"));
    }
    Ok(targets)
}

fn fuzz(target: &str) -> Result<Outcome, String> {
    if let Err(why) = ensure_tool() {
        return Ok(Outcome::Skipped(why));
    }
    let found = folder().join("found").join(target);
    fs::create_dir_all(&found).map_err(|error| format!("{found:?}: {error}"))?;
    let mut command = tool(&["run", "--fuzz-dir", "tests/fuzz"]);
    command.arg("--target-dir").arg(root().join("target/fuzz"));
    // Without sanitizers, so the stable toolchain is enough.
    command.args(["-s", "none", target]);
    // New inputs go to the first folder.
    command
        .arg(&found)
        .arg(folder().join("corpus").join(target));
    command.args(["--".to_owned(), format!("-max_total_time={SECONDS}")]);
    match command.status() {
        Ok(status) if status.success() => Ok(Outcome::Passed),
        Ok(_) => Err(format!(
            "`{}`; the input is below tests/fuzz/artifacts: put it into the corpus once it passes",
            shown(&command)
        )),
        Err(error) => Err(format!("`{}` did not start: {error}", shown(&command))),
    }
}

/// Installs cargo-fuzz below `target` if it is missing.
fn ensure_tool() -> Result<(), String> {
    let works = |mut command: Command| {
        let output = command.arg("--version").output();
        output.is_ok_and(|output| output.status.success())
    };
    if works(tool(&[])) {
        return Ok(());
    }
    anstream::println!("installing cargo-fuzz below target/tools");
    let mut install = base(&["install", "cargo-fuzz", "--locked", "--quiet"]);
    install.arg("--root").arg(tools());
    match install.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let why = said.trim().lines().last().unwrap_or("no reason is given");
            Err(format!("cargo-fuzz cannot be installed: {}", why.trim()))
        }
        Err(error) => Err(format!("cargo-fuzz cannot be installed: {error}")),
    }
}

fn tools() -> PathBuf {
    root().join("target/tools")
}

/// `cargo fuzz`, from the path or from below `target`.
fn tool(arguments: &[&str]) -> Command {
    let mut command = base(&["fuzz"]);
    command.args(arguments).env("PATH", path());
    command
}

/// The program search path, with our own tools at the end.
fn path() -> OsString {
    let usual = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&usual).chain([tools().join("bin")]);
    env::join_paths(folders).unwrap_or(usual)
}
