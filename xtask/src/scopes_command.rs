//! `cargo xtask scopes`: the minimum scopes for some calls, what scopes allow, and how a token compares
//! with the calls of a program.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anstream::print;
use clap::{Args, Subcommand, ValueEnum};
use codegen::{
    model::Api,
    pipeline,
    scopes::{self, Form, Granted, Told},
};

use crate::{common::Tree, ground::at, report};

/// Scopes are missing or in excess.
const DIFFERS: u8 = 3;

/// The query about scopes.
#[derive(Args, Debug)]
pub struct Scopes {
    #[command(subcommand)]
    question: Question,
    #[command(flatten)]
    tree: Tree,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text, global = true, value_name = "FORM")]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// The minimum scopes for all of these calls.
    For {
        /// Ids such as `products.list`, `METHOD /path` in quotes, or groups: `products`, `products:read`.
        #[arg(required = true, value_name = "CALL")]
        calls: Vec<String>,
    },
    /// The calls that scopes allow, and for each other call the scope that would allow it.
    Allow {
        /// The scopes, as scope strings of a token.
        #[arg(required = true, value_name = "SCOPE")]
        scopes: Vec<String>,
    },
    /// The scopes that a token lacks or does not need for these calls. Exits with 3 if there are
    /// any.
    Check {
        /// The scopes of the token, separated by spaces or commas; can be repeated.
        #[arg(long, required = true, value_name = "SCOPES")]
        granted: Vec<String>,
        /// Ids such as `products.list`, `METHOD /path` in quotes, or groups: `products`, `products:read`.
        #[arg(required = true, value_name = "CALL")]
        calls: Vec<String>,
    },
    /// What a scope allows, which other scopes include it, and where it is in the control panel.
    Explain {
        /// The scope string of a token.
        scope: String,
    },
    /// Find the calls in Rust source, and the minimum scopes they need. It matches the names of
    /// handles and methods without type inference, and lists macros and closures that it cannot read.
    Scan {
        /// A folder or a file. In a folder, all Rust files below it, except in `target` and hidden
        /// folders.
        #[arg(value_name = "DIR")]
        path: PathBuf,
        /// Compare with the scopes of a token, and exit with 3 if some are missing or not needed, and with 2 if
        /// a file cannot be read.
        #[arg(long, value_name = "SCOPES")]
        granted: Vec<String>,
        /// Also include code that is compiled only for tests.
        #[arg(long)]
        tests: bool,
    },
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Human-readable.
    Text,
    /// For programs.
    Json,
    /// Markdown.
    Md,
    /// A table with a header row.
    Csv,
}

impl From<Format> for Form {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Md => Self::Markdown,
            Format::Csv => Self::Csv,
        }
    }
}

/// Prints the requested answer.
pub fn run(options: &Scopes) -> ExitCode {
    match answer(options) {
        Ok(code) => code,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn answer(options: &Scopes) -> Result<ExitCode, Box<dyn Error>> {
    let checked = pipeline::read(&options.tree.folder());
    let Some(api) = &checked.api else {
        report::diagnostics(&checked, "");
        return Ok(ExitCode::from(2));
    };
    let form = options.format.into();
    let fits = match &options.question {
        Question::For { calls } => {
            let calls = scopes::calls(api, calls)?;
            tell(&scopes::Needed::of(api, &calls), form)?;
            true
        }
        Question::Allow { scopes } => {
            tell(&scopes::Allowed::of(api, &granted(api, scopes)), form)?;
            true
        }
        Question::Check {
            granted: held,
            calls,
        } => {
            let calls = scopes::calls(api, calls)?;
            let checked = scopes::Checked::of(api, &granted(api, held), &calls);
            tell(&checked, form)?;
            checked.fits
        }
        Question::Explain { scope } => {
            tell(&scopes::explain(api, scope)?, form)?;
            true
        }
        Question::Scan {
            path,
            granted: held,
            tests,
        } => {
            let files = sources(path)?;
            let held = (!held.is_empty()).then(|| granted(api, held));
            let options = scopes::Scan {
                granted: held.as_ref(),
                tests: *tests,
            };
            let scanned = scopes::scan(api, &files, options);
            tell(&scanned, form)?;
            // A token that fits the rest may still lack what these files need.
            if scanned.checked.is_some() && !scanned.unread.is_empty() {
                let files: Vec<_> = scanned.unread.iter().map(|one| &*one.file).collect();
                let files = files.join(", ");
                return Err(format!("not compared, because they cannot be read: {files}").into());
            }
            scanned.checked.is_none_or(|checked| checked.fits)
        }
    };
    Ok(if fits {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(DIFFERS)
    })
}

fn tell(answer: &impl Told, form: Form) -> Result<(), serde_json::Error> {
    print!("{}", answer.tell(form)?);
    Ok(())
}

fn granted(api: &Api, names: &[String]) -> Granted {
    Granted::read(api, &names.join(" "))
}

/// The Rust files below a folder, or a single one, in the order of their paths.
fn sources(path: &Path) -> Result<Vec<scopes::Text>, Box<dyn Error>> {
    let mut found = Vec::new();
    let mut left = vec![path.to_owned()];
    while let Some(path) = left.pop() {
        let shown = path.display().to_string();
        if fs::metadata(&path)
            .map_err(|error| at(error, &shown))?
            .is_dir()
        {
            for entry in fs::read_dir(&path).map_err(|error| at(error, &shown))? {
                let entry = entry?;
                let name = entry.file_name();
                let name = name.to_string_lossy();
                let folder = entry.file_type()?.is_dir();
                let skipped = name.starts_with('.') || name == "target";
                if !skipped && (folder || name.ends_with(".rs")) {
                    left.push(entry.path());
                }
            }
        } else {
            let text = fs::read(&path).map_err(|error| at(error, &shown))?;
            // A file that is not text is not Rust either, and is reported with other such files.
            let text = String::from_utf8_lossy(&text).into_owned();
            found.push(scopes::Text { file: shown, text });
        }
    }
    found.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(found)
}
