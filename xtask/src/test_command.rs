//! `cargo xtask test`: everything that must pass before a change is submitted, as a list of steps. Every
//! step runs, whatever the others found, and the failures are listed at the end.

mod command;
mod exported;
mod fuzz;
mod html;
mod lanes;
mod language_server;
mod licences;
mod lsp;
pub mod package;
mod recipe;
mod redis;
mod rust_version;
mod semver;
pub mod step;
mod steps;
pub mod tools;
mod workflows;

use std::{process::ExitCode, time::Instant};

use anstream::println;
use serde::{Deserialize, Serialize};

use self::step::{Outcome, Step};
use crate::Test;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const GREEN: &str = "\x1b[32m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Runs every step, or those whose name contains `only`. Steps that do not depend on the builds of the others
/// run in a parallel process, because cargo builds one thing at a time in a folder.
pub fn run(options: &Test) -> ExitCode {
    let started = Instant::now();
    let Test {
        long,
        only,
        parallel,
    } = options;
    let only = only.as_deref();
    if let Some(told) = parallel {
        return lanes::tell(&take(steps::parallel(), only), told);
    }
    let parallel = lanes::start(only);
    let mut taken = take(steps::here(*long), only);
    taken.add(lanes::end(parallel));
    if let Some(text) = only.filter(|_| taken.is_none()) {
        println!("{BOLD}{RED}error{PLAIN}{BOLD}: no step has `{text}` in its name{PLAIN}");
        return ExitCode::from(2);
    }
    taken.report(started)
}

/// The results of the steps.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Taken {
    passed: usize,
    /// The names of the steps that could not be run here, and why.
    skipped: Vec<(String, String)>,
    failed: Vec<String>,
}

impl Taken {
    fn is_none(&self) -> bool {
        self.passed == 0 && self.skipped.is_empty() && self.failed.is_empty()
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.skipped.extend(other.skipped);
        self.failed.extend(other.failed);
    }

    /// Lists what was skipped and what failed, with totals.
    pub fn report(&self, started: Instant) -> ExitCode {
        for (name, why) in &self.skipped {
            println!("{BOLD}{YELLOW}skipped{PLAIN}{BOLD}: {name}: {why}{PLAIN}");
        }
        for name in &self.failed {
            println!("{BOLD}{RED}failed{PLAIN}{BOLD}: {name}{PLAIN}");
        }
        println!(
            "steps: {} passed, {} skipped, {} failed",
            self.passed,
            self.skipped.len(),
            self.failed.len()
        );
        println!("{DIM}in {:.0} s{PLAIN}", seconds(started));
        if self.failed.is_empty() && self.passed > 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// Runs the steps one after the other.
pub fn take(steps: Vec<Step>, only: Option<&str>) -> Taken {
    let mut taken = Taken::default();
    for Step { name, run } in steps {
        if only.is_some_and(|only| !name.contains(only)) {
            continue;
        }
        println!("{BOLD}==> {name}{PLAIN}");
        let begun = Instant::now();
        match run() {
            Ok(Outcome::Skipped(why)) => {
                println!("{BOLD}{YELLOW}skipped{PLAIN} {name}: {why}");
                taken.skipped.push((name, why));
            }
            Ok(Outcome::Passed) => {
                taken.passed += 1;
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
                taken.failed.push(name);
            }
        }
    }
    taken
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}
