//! A value of a file, with its place and what is reported about it.

use std::{borrow::Cow, cell::RefCell};

use super::{
    super::node::{Node, Step},
    Findings,
    advice::{LIST, STRING, advice},
};
use crate::diagnostic::{Code, Diagnostic, Focus, SpecPath, codes};

/// What is found while a file is read.
pub(super) struct Report<'r> {
    pub(super) file: &'r str,
    pub(super) findings: RefCell<Findings>,
}

/// The path from the root, as a list whose head is the innermost step.
#[derive(Clone, Copy)]
pub(super) struct Trail<'t> {
    pub(super) outer: Option<&'t Trail<'t>>,
    pub(super) step: Step<'t>,
}

/// A value to read, or the stand-in for a missing one.
#[derive(Clone, Copy)]
pub(super) struct Value<'n> {
    pub(super) node: Option<&'n Node<'n>>,
    pub(super) at: Option<&'n Trail<'n>>,
    pub(super) report: &'n Report<'n>,
    /// Whether its key is optional.
    pub(super) in_struct: bool,
}

impl<'n> Value<'n> {
    pub(super) fn path(&self, focus: Focus) -> SpecPath {
        let mut segments: Vec<_> = self.way().map(Step::segment).collect();
        segments.reverse();
        SpecPath {
            file: self.report.file.to_owned(),
            segments,
            focus,
        }
    }

    /// The steps that lead here, the innermost first.
    fn way(&self) -> impl Iterator<Item = Step<'n>> + use<'n> {
        let trails = std::iter::successors(self.at, |trail| trail.outer);
        trails.map(|trail| trail.step)
    }

    /// The key or the index that leads here.
    pub(super) fn name_path(&self) -> SpecPath {
        match self.at.map(|trail| trail.step) {
            Some(Step::Key(_)) => self.path(Focus::Key),
            Some(Step::Index(_)) | None => self.path(Focus::Value),
        }
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.report
            .findings
            .borrow_mut()
            .diagnostics
            .push(diagnostic);
    }

    pub(super) fn problem(&self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::new(code, self.path(Focus::Value), message)
    }

    /// Records that everything read from here on is not the contents of the file.
    pub(super) fn stand_in(&self) {
        let path = self.path(Focus::Value);
        self.report.findings.borrow_mut().stand_ins.push(path);
    }

    /// Reports that `wanted` was expected here; silent for the stand-in of something missing.
    pub(super) fn wrong_kind(&self, wanted: &str) {
        let Some(node) = self.node else { return };
        self.stand_in();
        match node {
            Node::Null => {
                let is_item = matches!(self.way().next(), Some(Step::Index(_)));
                let what = if is_item { "item" } else { "key" };
                let says = format!("this {what} has no value; expected {wanted}");
                let help = match wanted {
                    _ if is_item => "write a value for it, or remove it",
                    LIST => "write a value after the key; an empty list is `[]`",
                    _ => "write a value after the key",
                };
                let problem = Diagnostic::new(&codes::EMPTY_VALUE, self.name_path(), says);
                self.report(problem.help(help));
            }
            node => {
                let found = node.kind();
                let diagnostic = self.problem(
                    &codes::WRONG_KIND,
                    format!("expected {wanted}, found {found}"),
                );
                self.report(match node {
                    Node::Float(_) if wanted == STRING => diagnostic
                        .why("read as a number, `1.10` and `1.1` are the same")
                        .help("put it in quotes"),
                    node => diagnostic.help(advice(wanted, node, self.way())),
                });
            }
        }
    }

    pub(super) fn text(&self) -> Option<Cow<'n, str>> {
        match self.node? {
            Node::Text(text) => Some(Cow::Borrowed(text)),
            Node::Int(number) => Some(number.to_string().into()),
            Node::Bool(truth) => Some(truth.to_string().into()),
            _ => {
                self.wrong_kind(STRING);
                None
            }
        }
    }

    pub(super) fn integer(&self, wanted: &str, min: i128, max: i128) -> i128 {
        let fallback = 0.clamp(min, max);
        match self.node {
            None => fallback,
            Some(Node::Int(number)) if (min..=max).contains(number) => *number,
            Some(Node::Int(number)) => {
                self.stand_in();
                let problem = self.problem(&codes::WRONG_KIND, format!("{number} is out of range"));
                self.report(problem.help(format!("write a number from {min} to {max}")));
                fallback
            }
            Some(_) => {
                self.wrong_kind(wanted);
                fallback
            }
        }
    }
}
