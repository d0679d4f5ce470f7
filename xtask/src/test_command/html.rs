//! Validates the pages of the docs site as HTML. `tests/data/html/` has the rules, and a page that breaks
//! some of them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use super::{
    command::base,
    step::{Outcome, Step},
    tools::{npm, passes, skipped},
};
use crate::root;

/// The last version that runs with Node 20.
const VALIDATOR: &[&str] = &["html-validate@10.17.0"];

/// What is wrong with the invalid page.
const BROKEN: [&str; 8] = [
    "close-order",
    "element-permitted-content",
    "element-required-attributes",
    "long-title",
    "no-dup-id",
    "unique-landmark",
    "wcag/h37",
    "wcag/h71",
];

/// One in how many pages is checked, except in a long run. All are made from the same templates, and the
/// validator needs some seconds for the largest.
const ONE_IN: usize = 4;

/// Checks that each page is valid HTML: every page in a long run, otherwise pages of all sizes.
pub fn step(long: bool) -> Step {
    let one_in = if long { 1 } else { ONE_IN };
    Step::new("the docs site is valid HTML", move || check(one_in))
}

fn check(one_in: usize) -> Result<Outcome, String> {
    let Some(bin) = npm("html-validate", VALIDATOR)? else {
        return skipped("html-validate");
    };
    let validator = Validator {
        program: bin.join("html-validate"),
        rules: root().join("tests/data/html/rules.mjs"),
    };
    validator.refuses(&root().join("tests/data/html/broken.html"))?;
    passes(&mut base(&["xtask", "docs"]))?;
    let passed = Passed::with(&validator.rules)?;
    let pages = passed.others(&root().join("target/site"), one_in)?;
    anstream::println!("{} pages are new or changed", pages.len());
    validator.accepts(&pages)?;
    for page in &pages {
        passed.keep(page)?;
    }
    Ok(Outcome::Passed)
}

struct Validator {
    program: PathBuf,
    rules: PathBuf,
}

impl Validator {
    fn of(&self, pages: &[PathBuf]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["--formatter", "text", "--max-warnings", "0", "--config"]);
        command.arg(&self.rules).args(pages);
        command
    }

    /// Checks that it reports what is wrong with a page.
    fn refuses(&self, page: &Path) -> Result<(), String> {
        let output = self.of(&[page.to_owned()]).output();
        let output = output.map_err(|error| format!("html-validate did not start: {error}"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let untold: Vec<&str> = BROKEN
            .into_iter()
            .filter(|rule| !said.contains(&format!("[{rule}]")))
            .collect();
        if output.status.success() || !untold.is_empty() {
            let page = page.display();
            return Err(format!("{untold:?} was not reported in {page}: {said}"));
        }
        Ok(())
    }

    /// Checks that it finds nothing wrong with pages. It uses one processor, so there is one process for
    /// each.
    fn accepts(&self, pages: &[PathBuf]) -> Result<(), String> {
        let many = thread::available_parallelism().map_or(1, usize::from);
        let mut shares: Vec<(u64, Vec<PathBuf>)> = vec![(0, Vec::new()); many];
        for page in pages {
            let size = fs::metadata(page).map_or(0, |about| about.len());
            // To the process with least to do.
            if let Some((load, share)) = shares.iter_mut().min_by_key(|(load, _)| *load) {
                *load += size;
                share.push(page.clone());
            }
        }
        let wrong: Vec<String> = thread::scope(|scope| {
            let shares = shares.iter().filter(|(_, share)| !share.is_empty());
            let running: Vec<_> = shares
                .map(|(_, share)| scope.spawn(|| told(&mut self.of(share))))
                .collect();
            running
                .into_iter()
                .filter_map(|one| one.join().unwrap_or_else(|_| Some("it exited".to_owned())))
                .collect()
        });
        if wrong.is_empty() {
            return Ok(());
        }
        Err(wrong.join("\n"))
    }
}

/// The complaints of a run.
fn told(command: &mut Command) -> Option<String> {
    match command.output() {
        Ok(output) if output.status.success() => None,
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            Some(String::from_utf8_lossy(&said).trim().to_owned())
        }
        Err(error) => Some(format!("html-validate did not start: {error}")),
    }
}

/// The pages that passed before. They are skipped until they or a rule change.
struct Passed {
    folder: PathBuf,
}

impl Passed {
    fn with(rules: &Path) -> Result<Self, String> {
        let failed = |error| format!("the pages that passed before: {error}");
        let folder = root().join("target/tools/html-validate/passed");
        let mark = folder.join("rules");
        let rules = fs::read_to_string(rules).map_err(failed)? + VALIDATOR[0];
        if !fs::read_to_string(&mark).is_ok_and(|known| known == rules) {
            if folder.exists() {
                fs::remove_dir_all(&folder).map_err(failed)?;
            }
            fs::create_dir_all(&folder).map_err(failed)?;
            fs::write(mark, rules).map_err(failed)?;
        }
        Ok(Self { folder })
    }

    /// A sample of the pages of a site by size, the largest first: those that have not passed as they are.
    fn others(&self, site: &Path, one_in: usize) -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(site).map_err(|error| format!("{}: {error}", site.display()))?;
        let paths = entries.flatten().map(|entry| entry.path());
        let pages = paths.filter(|path| path.extension().is_some_and(|it| it == "html"));
        let mut pages: Vec<(Vec<u8>, PathBuf)> = pages
            .map(|page| match fs::read(&page) {
                Ok(text) => Ok((text, page)),
                Err(error) => Err(format!("{}: {error}", page.display())),
            })
            .collect::<Result<_, _>>()?;
        pages.sort_by(|(a, one), (b, other)| (b.len(), one).cmp(&(a.len(), other)));
        let taken = pages.into_iter().step_by(one_in);
        let others =
            taken.filter(|(text, page)| fs::read(self.of(page)).ok().as_ref() != Some(text));
        Ok(others.map(|(_, page)| page).collect())
    }

    fn keep(&self, page: &Path) -> Result<(), String> {
        let kept = fs::copy(page, self.of(page));
        let kept = kept.map_err(|error| format!("{}: {error}", page.display()));
        kept.map(|_| ())
    }

    fn of(&self, page: &Path) -> PathBuf {
        self.folder.join(page.file_name().unwrap_or_default())
    }
}
