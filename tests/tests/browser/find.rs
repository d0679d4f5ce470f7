//! Finds a browser: a named one, one of the system's, one that was downloaded before, or one that is
//! installed or downloaded now.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::{fetch, install};

/// The programs that support the DevTools protocol.
const NAMES: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
];

/// Their locations on systems that do not add them to the path.
const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
];

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
    on_path().or_else(|| {
        let mut places = PLACES.iter().map(PathBuf::from);
        places.find(|place| place.is_file())
    })
}

fn own(program: PathBuf) -> Browser {
    Browser {
        program,
        libraries: None,
    }
}

fn on_path() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    NAMES.iter().find_map(|name| {
        let name = Path::new(name).with_extension(env::consts::EXE_EXTENSION);
        folders
            .iter()
            .map(|folder| folder.join(&name))
            .find(|program| program.is_file())
    })
}
