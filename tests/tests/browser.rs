//! The docs site in a real browser, loaded from disk without a network: search, keyboard, the tables, narrow
//! screens, no script. If no browser is available, it fails and says how to get one.
//!
//! Arguments select the checks whose names contain one of them. `BIGCOMMERCE_SHOTS=DIR` saves a screenshot of
//! a page of each kind there, at three widths, light and dark.

#[path = "browser/access.rs"]
mod access;
#[path = "browser/checks.rs"]
mod checks;
#[path = "browser/choices.rs"]
mod choices;
#[path = "browser/devtools.rs"]
mod devtools;
#[path = "browser/events.rs"]
mod events;
#[path = "browser/fetch.rs"]
mod fetch;
#[path = "browser/find.rs"]
mod find;
#[path = "browser/install.rs"]
mod install;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "browser/odd.rs"]
mod odd;
#[path = "browser/page.rs"]
mod page;
#[path = "browser/pages.rs"]
mod pages;
#[path = "browser/paste.rs"]
mod paste;
#[path = "browser/pdf.rs"]
mod pdf;
#[path = "browser/pictures.rs"]
mod pictures;
#[path = "browser/scopes.rs"]
mod scopes;
#[path = "browser/search.rs"]
mod search;
#[path = "browser/sources.rs"]
mod sources;
#[path = "browser/tables.rs"]
mod tables;

use std::{fs, num::NonZero, path::Path, process::ExitCode, sync::Mutex, thread};

use bigcommerce_tests::api;
use codegen::render::docs;

use self::{checks::CHECKS, page::Page};

/// The maximum number of browsers: more would only wait for the longest check.
const MANY: usize = 4;

fn main() -> ExitCode {
    let browser = match find::browser() {
        Ok(browser) => browser,
        Err(why) => {
            println!("{why}");
            return ExitCode::FAILURE;
        }
    };
    println!("with {}", browser.program.display());
    match all(&browser) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            println!("{failed} failed");
            ExitCode::FAILURE
        }
        Err(why) => {
            println!(
                "{} does not work here: {why}. Name another by BROWSER_PROGRAM",
                browser.program.display()
            );
            ExitCode::FAILURE
        }
    }
}

/// Runs every check in its own page; returns how many failed. There are as many browsers as the machine has
/// cores for, because rendering a page uses one, and each takes the next check when it has finished one.
fn all(browser: &find::Browser) -> Result<usize, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let site = folder.path().join("site");
    let pages = build(&site).map_err(|error| error.to_string())?;
    let words = std::env::args().skip(1);
    let words: Vec<String> = words.filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let left = Mutex::new(CHECKS.iter().filter(|(name, _)| wanted(name)));
    let browsers = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(MANY);
    let failed = thread::scope(|scope| {
        let all: Vec<_> = (0..browsers)
            .map(|number| {
                let profile = folder.path().join(format!("profile-{number}"));
                let (left, site, pages) = (&left, &site, &pages);
                scope.spawn(move || {
                    let mut devtools = devtools::Devtools::launch(browser, &profile)?;
                    take(&mut devtools, left, site, pages)
                })
            })
            .collect();
        let ended = all.into_iter().map(|one| {
            one.join()
                .unwrap_or_else(|_| Err("a check panicked".to_owned()))
        });
        ended.sum::<Result<usize, String>>()
    })?;
    if let Some(shots) = std::env::var_os("BIGCOMMERCE_SHOTS") {
        let profile = folder.path().join("profile-shots");
        let mut devtools = devtools::Devtools::launch(browser, &profile)?;
        let mut page = Page::new(&mut devtools, &site)?;
        pictures::pictures(&mut page, Path::new(&shots))?;
        page.close()?;
    }
    Ok(failed)
}

/// Runs one check after the other until none is left; returns how many failed.
fn take<'a>(
    devtools: &mut devtools::Devtools,
    left: &Mutex<impl Iterator<Item = &'a checks::Named>>,
    site: &Path,
    pages: &[String],
) -> Result<usize, String> {
    let mut failed = 0;
    loop {
        let next = left.lock().map_err(|error| error.to_string())?.next();
        let Some((name, check)) = next else {
            return Ok(failed);
        };
        let mut page = Page::new(devtools, site)?;
        let outcome = check(&mut page, pages).and_then(|()| page.quiet());
        page.close()?;
        match outcome {
            Ok(()) => println!("ok     {name}"),
            Err(why) => {
                failed += 1;
                println!("failed {name}: {why}");
            }
        }
    }
}

/// Writes the site; returns the names of its pages.
fn build(site: &Path) -> std::io::Result<Vec<String>> {
    fs::create_dir_all(site)?;
    let mut pages = Vec::new();
    for file in docs::site(&api()).map_err(std::io::Error::other)? {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        fs::write(site.join(name), &file.text)?;
        if name.ends_with(".html") {
            pages.push(name.to_owned());
        }
    }
    Ok(pages)
}
