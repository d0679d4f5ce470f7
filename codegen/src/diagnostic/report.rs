//! Diagnostics for programs: as JSON, and as annotations of GitHub workflows.

use serde::Serialize;

use super::{Diagnostics, Severity, SpecPath, locate::Locator, render::ordered};
use crate::source::Sources;

/// A diagnostic with its place in numbers. The names and meanings of its members never change; members may be
/// added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The number of its code: `E012`.
    pub code: &'static str,
    /// The name of its code: `anchor`.
    pub name: &'static str,
    /// `error` or `warning`.
    pub level: &'static str,
    /// The file, relative to where the command was called.
    pub file: String,
    /// The line, from 1; null if it is about the file as a whole.
    pub line: Option<usize>,
    /// The column in characters, from 1; null if it is about the file as a whole.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// Why it is a problem.
    pub why: Option<String>,
    /// What to do about it.
    pub help: Vec<String>,
    /// Other places that belong to it.
    pub also: Vec<Also>,
}

/// Another place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Also {
    pub file: String,
    /// The line, from 1; null if it is about the file as a whole.
    pub line: Option<usize>,
    /// The column in characters, from 1; null if it is about the file as a whole.
    pub column: Option<usize>,
    /// Its label.
    pub message: String,
}

/// All of them, in the order in which they are drawn.
#[must_use]
pub fn reports(diagnostics: &Diagnostics, sources: &Sources) -> Vec<Report> {
    let mut locator = Locator::new(sources);
    let first = diagnostics.iter().collect();
    let located = ordered(first, &mut locator);
    let mut place = |at: &SpecPath| {
        let (line, column) = locator.position(at).unzip();
        (sources.display_path(&at.file), line, column)
    };
    located
        .into_iter()
        .map(|(_, one)| {
            let (file, line, column) = place(&one.at);
            let also = one.labels.iter().map(|(at, message)| {
                let (file, line, column) = place(at);
                let message = message.clone();
                Also {
                    file,
                    line,
                    column,
                    message,
                }
            });
            Report {
                code: one.code.number,
                name: one.code.name,
                level: match one.code.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                },
                file,
                line,
                column,
                message: one.message.clone(),
                why: one.why.clone(),
                help: one.help.clone(),
                also: also.collect(),
            }
        })
        .collect()
}

impl Report {
    /// The workflow command with which GitHub shows it on its line in a pull request.
    #[must_use]
    pub fn annotation(&self) -> String {
        let place =
            |name, at: Option<usize>| at.map(|at| format!(",{name}={at}")).unwrap_or_default();
        let mut text = self.message.clone();
        for more in self.why.iter().chain(&self.help) {
            text += "\n";
            text += more;
        }
        format!(
            "::{} file={}{}{},title={}::{}",
            self.level,
            property(&self.file),
            place("line", self.line),
            place("col", self.column),
            property(&format!("{} {}", self.code, self.name)),
            data(&text),
        )
    }
}

/// Text after a workflow command, with line ends and percent signs escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, with colons and commas escaped as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
