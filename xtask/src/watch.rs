//! `cargo xtask codegen --watch`: renders again whenever a file of the spec is saved, until Ctrl-C.

use std::{
    error::Error,
    path::Path,
    process::ExitCode,
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use notify_debouncer_full::{
    DebounceEventResult, new_debouncer,
    notify::{EventKind, RecursiveMode},
};

use crate::report;

/// How long the disk is to be quiet before a run: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(50);

enum Event {
    /// Something below the folder has changed.
    Changed,
    /// The folder cannot be watched any more.
    Failed(String),
    /// Somebody pressed Ctrl-C.
    Ended,
}

/// Calls `run` now and after each change of `state`, such as a hash of the files in `folder`. A started run
/// is completed before the command ends.
pub fn watch(folder: &Path, state: impl Fn() -> String, run: impl Fn()) -> ExitCode {
    match follow(folder, state, run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn follow(folder: &Path, state: impl Fn() -> String, run: impl Fn()) -> Result<(), Box<dyn Error>> {
    let (sender, events) = channel();
    let ended = sender.clone();
    ctrlc::set_handler(move || tell(&ended, Event::Ended))?;
    let mut debouncer =
        new_debouncer(QUIET, None, move |found: DebounceEventResult| match found {
            // Reading a file is an event too, and every run reads them all.
            Ok(found)
                if found
                    .iter()
                    .all(|event| matches!(event.kind, EventKind::Access(_))) => {}
            Ok(_) => tell(&sender, Event::Changed),
            Err(errors) => {
                let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
                tell(&sender, Event::Failed(errors.join("; ")));
            }
        })?;
    debouncer.watch(folder, RecursiveMode::Recursive)?;
    // Before the run, so that a save during it starts another one.
    let mut seen = state();
    run();
    report::watching(folder);
    for event in events {
        match event {
            Event::Ended => break,
            Event::Failed(error) => return Err(error.into()),
            Event::Changed => {
                let now = state();
                if now != seen {
                    seen = now;
                    run();
                    report::watching(folder);
                }
            }
        }
    }
    Ok(())
}

/// Nobody receives it once the command has ended.
fn tell(sender: &Sender<Event>, event: Event) {
    let _ = sender.send(event);
}
