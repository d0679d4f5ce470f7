//! What the commands print: the problems of the spec, the results of a check, the results of a run.
//! Colours appear only on a terminal, and not if NO_COLOR is set.

use std::{error::Error, io, io::Write as _, panic, process, time::Duration};

use anstream::{eprintln, println};
use codegen::{
    diagnostic::{self, Diagnostics},
    model::Api,
    pipeline::{Output, Spec},
};
use similar::{ChangeTag, TextDiff};

use crate::{
    Format,
    plan::{Difference, Plan, State},
};

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// The maximum number of annotations, which is that of drawn problems. GitHub shows fewer.
const ANNOTATIONS: usize = 100;

/// How many lines of a file's difference are shown.
const DIFF_LINES: usize = 8;

/// From here on, a failure to print, such as on a full disk, is an ordinary error and not a panic with a place in
/// the source.
pub fn expect_full_disks() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |met| {
        let said = met.payload().downcast_ref::<String>();
        match said.filter(|said| said.starts_with("failed printing to ")) {
            Some(said) => {
                // If this cannot be printed either, nobody can read it.
                let _ = writeln!(io::stderr(), "error: {said}");
                process::exit(2);
            }
            None => usual(met),
        }
    }));
}

/// The problems of a spec, in the requested format, and their consequence.
pub fn problems(checked: &Spec, format: Format, so: &str) {
    let found = &checked.diagnostics;
    match format {
        Format::Text => diagnostics(checked, so),
        Format::Json => {
            let reports = diagnostic::reports(found, &checked.sources);
            println!("{:#}", serde_json::json!({ "diagnostics": reports }));
        }
        Format::Github => {
            diagnostics(checked, so);
            let mut first = Diagnostics::default();
            for diagnostic in found.iter().take(ANNOTATIONS) {
                first.push(diagnostic.clone());
            }
            for report in diagnostic::reports(&first, &checked.sources) {
                println!("{}", report.annotation());
            }
        }
    }
}

/// A text from elsewhere, without the characters that control a terminal or reorder what it shows.
pub fn visible(text: &str) -> String {
    let shown = text.chars().map(|c| match c {
        '\n' | '\t' => c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    });
    shown.collect()
}

/// That the folder is watched.
pub fn watching(folder: &std::path::Path) {
    println!(
        "{DIM}watching {}; stop with Ctrl-C{PLAIN}",
        folder.display()
    );
}

/// The consequence of an error for a command that writes.
pub const UNWRITTEN: &str = "; nothing was written";
/// The consequence of an error for a command that compares.
pub const UNCOMPARED: &str = "; nothing was compared";

/// The problems of a spec, and their consequence.
pub fn diagnostics(checked: &Spec, so: &str) {
    all_diagnostics(checked, "the spec has", so);
}

/// The problems of one of two specs to compare; `of` names it.
pub fn incomparable(checked: &Spec, of: &str) {
    if !checked.diagnostics.is_empty() {
        eprintln!("{BOLD}errors in the spec of {of}:{PLAIN}\n");
    }
    all_diagnostics(checked, &format!("the spec of {of} has"), UNCOMPARED);
}

fn all_diagnostics(checked: &Spec, whose: &str, so: &str) {
    let found = &checked.diagnostics;
    if found.is_empty() {
        return;
    }
    eprintln!("{}", diagnostic::render_styled(found, &checked.sources));
    let (errors, warnings) = (found.errors(), found.warnings());
    if errors > 0 {
        eprintln!(
            "{BOLD}{RED}error{PLAIN}{BOLD}: {whose} {}{}{so}{PLAIN}",
            count(errors, "error"),
            if warnings > 0 {
                format!(" and {}", count(warnings, "warning"))
            } else {
                String::new()
            }
        );
    }
}

/// That another run has locked the tree.
pub fn waiting() {
    eprintln!("waiting for another run to end");
}

/// Why a command could not do its work.
pub fn error(error: &dyn Error) {
    eprintln!("{BOLD}{RED}error{PLAIN}{BOLD}: {error}{PLAIN}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because {cause}");
        source = cause.source();
    }
}

/// That a spec has no problems, and what it contains.
pub fn fine(api: &Api, took: Duration) {
    println!(
        "{GREEN}fine{PLAIN}: {} in {}, {}, {}, {} {DIM}({}){PLAIN}",
        count(api.endpoints.len(), "endpoint"),
        count(api.groups.len(), "group"),
        count(api.types.len(), "type"),
        count(api.scopes.len(), "scope"),
        count(api.events.len(), "event"),
        time(took)
    );
}

/// The results of `--check`.
pub fn check(plan: &Plan, outputs: &[Output], took: Duration) {
    if plan.is_empty() {
        let files = count(plan.rendered, "file");
        println!(
            "{GREEN}up to date{PLAIN}: {files} {DIM}({}){PLAIN}",
            time(took)
        );
        return;
    }
    for difference in &plan.differences {
        let state = match difference.state {
            State::Stale => "stale",
            State::Missing => "missing",
            State::Orphaned => "orphaned",
        };
        eprintln!(
            "{BOLD}{RED}{state}{PLAIN}{BOLD}: {}{PLAIN}",
            difference.path
        );
        if difference.state == State::Stale {
            diff(difference);
        }
    }
    let command = match outputs {
        [output] => format!("cargo xtask codegen {}", output.name()),
        _ => "cargo xtask codegen".to_owned(),
    };
    eprintln!(
        "{BOLD}{RED}error{PLAIN}{BOLD}: {} stale, {} missing, {} orphaned. Run `{command}` and commit \
         what it writes{PLAIN}",
        plan.count(State::Stale),
        plan.count(State::Missing),
        plan.count(State::Orphaned),
    );
    if plan.count(State::Orphaned) > 0 {
        eprintln!("A file that the command keeps was not written by it: move or delete it.");
    }
}

/// The first lines in which a file differs.
fn diff(difference: &Difference) {
    let diff = TextDiff::from_lines(&difference.before, &difference.after);
    let mut shown = 0;
    let mut changed = 0;
    for change in diff.iter_all_changes() {
        let (sign, colour, line) = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => ('-', RED, change.old_index()),
            ChangeTag::Insert => ('+', GREEN, change.new_index()),
        };
        changed += 1;
        if shown < DIFF_LINES {
            let line = line.map_or(0, |line| line + 1);
            let text = shortened(change.value().trim_end());
            eprintln!("{DIM}{line:>6}{PLAIN} {colour}{sign} {text}{PLAIN}");
            shown += 1;
        }
    }
    if changed > shown {
        eprintln!(
            "{DIM}       and {} more{PLAIN}",
            count(changed - shown, "line")
        );
    }
}

/// A line as far as a terminal shows it.
fn shortened(line: &str) -> String {
    const WIDTH: usize = 120;
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// What a run did.
pub fn written(plan: &Plan, changes: Option<&str>, took: Duration) {
    if let Some(changes) = changes {
        println!("{}", changes.trim_end());
    }
    let (stale, missing, orphaned) = (
        plan.count(State::Stale),
        plan.count(State::Missing),
        plan.count(State::Orphaned),
    );
    if plan.is_empty() {
        let files = count(plan.rendered, "file");
        println!(
            "{GREEN}up to date{PLAIN}: {files}, nothing to write {DIM}({}){PLAIN}",
            time(took)
        );
        return;
    }
    println!(
        "{GREEN}written{PLAIN}: {} changed, {missing} new, {orphaned} removed, of {} {DIM}({}){PLAIN}",
        count(stale, "file"),
        plan.rendered,
        time(took)
    );
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn time(took: Duration) -> String {
    format!("{:.2} s", took.as_secs_f64())
}

/// Where the site was built.
pub fn site(plan: &Plan, out: &std::path::Path, took: Duration) {
    println!(
        "{GREEN}built{PLAIN}: {} in {} {DIM}({}){PLAIN}",
        count(plan.rendered, "file"),
        out.display(),
        time(took)
    );
}
