//! The meaning of diagnostic codes: a page for each, and the list of them.

use serde::Serialize;
use serde_json::{Value, json};

use super::{super::text::prose, Links};
use crate::{
    diagnostic::{Code, Severity},
    explain::{self, Example},
    render::{Defect, json_text},
};

/// A code with its example.
#[derive(Debug, Serialize)]
pub(in super::super) struct CodeView {
    pub number: &'static str,
    pub name: &'static str,
    /// `error` or `warning`.
    pub level: &'static str,
    /// The requirement on the spec.
    pub holds: String,
    pub page: String,
    pub href: String,
    /// What the example is about.
    pub about: String,
    /// The example, file by file.
    pub parts: Vec<Part>,
    /// What its other cases are about.
    pub others: Vec<String>,
}

/// The part of a file that differs.
#[derive(Debug, Serialize)]
pub(in super::super) struct Part {
    /// The file; empty if the example is not from a spec.
    pub file: String,
    /// The incorrect and the correct text; empty if there is none.
    pub wrong: String,
    pub right: String,
}

/// All codes, in the order of their numbers.
#[derive(Debug, Serialize)]
pub(in super::super) struct Codes {
    pub codes: Vec<CodeView>,
}

/// All codes, with their examples.
pub(in super::super) fn all(links: &Links<'_>) -> Codes {
    let codes = explain::codes().into_iter();
    Codes {
        codes: codes.map(|one| view(links, one)).collect(),
    }
}

/// A code with its example.
fn view(links: &Links<'_>, code: &'static Code) -> CodeView {
    // Every code explains itself; without an example it would have none.
    let explained = explain::explain(code.number).ok();
    let about = explained.as_ref().map_or("", |one| &one.about);
    CodeView {
        number: code.number,
        name: code.name,
        level: level(code),
        holds: prose(code.explains),
        href: links.file(&page(code)),
        page: page(code),
        about: prose(about),
        parts: explained
            .iter()
            .flat_map(|one| &one.examples)
            .map(part)
            .collect(),
        others: explained
            .iter()
            .flat_map(|one| &one.others)
            .map(|about| prose(about))
            .collect(),
    }
}

/// A part of a file, with the indentation removed that both versions share.
fn part(example: &Example) -> Part {
    let lines = example.wrong.lines().chain(example.right.lines());
    let lines = lines.filter(|line| !line.trim().is_empty());
    let indents = lines.map(|line| line.len() - line.trim_start().len());
    let indent = indents.min().unwrap_or_default();
    let shown = |text: &str| {
        let lines = text.trim_end().lines();
        let lines = lines.map(|line| line.get(indent..).unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    };
    Part {
        file: example.file.clone().unwrap_or_default(),
        wrong: shown(&example.wrong),
        right: shown(&example.right),
    }
}

const fn level(code: &Code) -> &'static str {
    match code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The name of a code's page.
pub(in super::super) fn page(code: &Code) -> String {
    format!("diagnostic-{}", code.number.to_lowercase())
}

/// All codes for programs.
pub(in super::super) fn json() -> Result<String, Defect> {
    let all: Vec<Value> = explain::codes().into_iter().map(value).collect();
    json_text::print(&json!({ "diagnostics": all }))
        .map_err(|cause| Defect::new("diagnostics.json", cause))
}

/// One code for programs.
pub(in super::super) fn json_of(code: &'static Code) -> Result<String, Defect> {
    json_text::print(&value(code)).map_err(|cause| Defect::new(&page(code), cause))
}

fn value(code: &'static Code) -> Value {
    let explained = explain::explain(code.number).ok();
    let examples = explained.iter().flat_map(|one| &one.examples);
    let examples =
        examples.map(|one| json!({ "file": one.file, "wrong": one.wrong, "right": one.right }));
    json!({
        "code": code.number,
        "name": code.name,
        "level": level(code),
        "explains": code.explains,
        "about": explained.as_ref().map_or("", |one| &one.about),
        "examples": examples.collect::<Vec<_>>(),
        "others": explained.as_ref().map(|one| &one.others),
    })
}
