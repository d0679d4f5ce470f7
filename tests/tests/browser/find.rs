//! Finds a browser: a named one, one of the system's, one that was downloaded before, or one that is
//! installed or downloaded now.

use std::{env, path::PathBuf};

use chromiumoxide::detection::{DetectionOptions, default_executable};

use super::{fetch, install};

/// A browser that can be started.
pub struct Browser {
    pub program: PathBuf,
    /// The location of its libraries, if it brings its own.
    pub libraries: Option<PathBuf>,
}

/// A browser, or why there is none and how to get one. `BROWSER_PROGRAM` names one; its value `fetch`
/// selects the downloaded one.
pub fn browser() -> Result<Browser, String> {
    match env::var_os("BROWSER_PROGRAM") {
        Some(word) if word == "fetch" => return fetch::browser(),
        Some(program) => return Ok(own(PathBuf::from(program))),
        None => {}
    }
    if let Some(program) = of_the_system() {
        return Ok(own(program));
    }
    if let Some(browser) = fetch::fetched() {
        return Ok(browser);
    }
    let mut tried = Vec::new();
    if install::is_allowed() {
        match install::chromium() {
            Ok(()) => match of_the_system() {
                Some(program) => return Ok(own(program)),
                None => tried.push("what apt-get installed is not on the path".to_owned()),
            },
            Err(why) => tried.push(why),
        }
    }
    fetch::browser().map_err(|why| {
        tried.push(why);
        format!(
            "there is no Chromium here ({}). Install one, for example by `{}`, or name one by BROWSER_PROGRAM",
            tried.join("; "),
            install::COMMAND
        )
    })
}

/// A browser on the path or in a system location.
fn of_the_system() -> Option<PathBuf> {
    let program = default_executable(DetectionOptions::default()).ok()?;
    // Some of the locations are folders.
    program.is_file().then_some(program)
}

fn own(program: PathBuf) -> Browser {
    Browser {
        program,
        libraries: None,
    }
}
