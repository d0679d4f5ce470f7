//! `cargo xtask test`: everything that must hold before a change is handed in, as a list of steps.
//! Every step runs, whatever the others found, and the list of what failed stands at the end.

mod exported;
mod fuzz;
mod html;
mod language_server;
mod licences;
mod lsp;
pub mod package;
mod redis;
mod rust_version;
pub mod steps;
pub mod tools;
mod workflows;

use std::{process::ExitCode, time::Instant};

use anstream::println;

use self::steps::{Outcome, Step, steps};

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const GREEN: &str = "\x1b[32m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Runs every step, or those whose name contains `only`.
pub fn run(long: bool, only: Option<&str>) -> ExitCode {
    take(steps(long), only)
}

/// Takes the steps one after the other, and lists in the end what failed.
pub fn take(steps: Vec<Step>, only: Option<&str>) -> ExitCode {
    let started = Instant::now();
    let mut failed = Vec::new();
    let mut skipped = Vec::new();
    let mut passed = 0;
    for Step { name, run } in steps {
        if only.is_some_and(|only| !name.contains(only)) {
            continue;
        }
        println!("{BOLD}==> {name}{PLAIN}");
        let begun = Instant::now();
        match run() {
            Ok(Outcome::Skipped(why)) => {
                println!("{BOLD}{YELLOW}skipped{PLAIN} {name}: {why}");
                skipped.push((name, why));
            }
            Ok(Outcome::Passed) => {
                passed += 1;
                println!(
                    "{GREEN}passed{PLAIN} {name} {DIM}({:.1} s){PLAIN}",
                    seconds(begun)
                );
            }
            Err(why) => {
                println!(
                    "{RED}failed{PLAIN} {name}: {why} {DIM}({:.1} s){PLAIN}",
                    seconds(begun)
                );
                failed.push(name);
            }
        }
    }
    for (name, why) in &skipped {
        println!("{BOLD}{YELLOW}skipped{PLAIN}{BOLD}: {name}: {why}{PLAIN}");
    }
    for name in &failed {
        println!("{BOLD}{RED}failed{PLAIN}{BOLD}: {name}{PLAIN}");
    }
    println!(
        "steps: {passed} passed, {} skipped, {} failed",
        skipped.len(),
        failed.len()
    );
    println!("{DIM}in {:.0} s{PLAIN}", seconds(started));
    if failed.is_empty() && passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}
