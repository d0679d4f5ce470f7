//! What is wrong with a spec, in a form that helps to fix it: where, what, why and how. Nothing here
//! decides what is wrong; it only stores, sorts and prints.

pub mod codes;
mod locate;
mod path;
mod render;
mod report;
mod suggest;

pub use codes::{Code, Severity};
pub(crate) use locate::Locator;
pub use path::{At, Focus, Moved, Segment, SpecPath};
pub use render::{render_plain, render_styled};
pub use report::{Also, Report, reports};
pub use suggest::{did_you_mean, suggest};

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: &'static Code,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// Where.
    pub at: SpecPath,
    /// The label of the underlined text, if the message is not enough.
    pub label: Option<String>,
    /// Other places that belong to the problem, each with its label.
    pub labels: Vec<(SpecPath, String)>,
    /// Why it is a problem.
    pub why: Option<String>,
    /// What to do about it.
    pub help: Vec<String>,
    /// The missing group, if that is the only problem.
    pub lacks: Option<String>,
}

impl Diagnostic {
    /// A problem and its place.
    pub fn new(code: &'static Code, at: SpecPath, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            at,
            label: None,
            labels: Vec::new(),
            why: None,
            help: Vec::new(),
            lacks: None,
        }
    }

    /// Sets the label of the underlined text.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, at: SpecPath, text: impl Into<String>) -> Self {
        self.labels.push((at, text.into()));
        self
    }

    /// Sets why it is a problem.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Marks it as a consequence of a missing group, which is reported separately if the spec lists it.
    #[must_use]
    pub fn lacks(mut self, group: impl Into<String>) -> Self {
        self.lacks = Some(group.into());
        self
    }

    /// Suggests the most similar of the `candidates`, or lists them if they are few.
    #[must_use]
    pub fn meant<'a>(mut self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        self.help.extend(did_you_mean(word, candidates));
        self
    }

    /// Whether it makes the spec unusable.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity == Severity::Error
    }
}

/// Everything that is wrong with a spec.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// The number of errors and warnings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.0
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count()
    }

    /// The number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.len() - self.errors()
    }

    /// Whether one of them makes the spec unusable.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// Keeps only those for which `keep` is true.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
