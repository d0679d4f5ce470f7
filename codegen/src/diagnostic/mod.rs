//! What is wrong with a spec, said so that the reader can mend it: where, what, why and how.
//! Nothing here judges; it only carries, orders and draws.

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

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of problem it is.
    pub code: &'static Code,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// Where.
    pub at: SpecPath,
    /// What the underlined text is called, where the message alone does not tell.
    pub label: Option<String>,
    /// Other places that belong to the problem, each with what it has to do with it.
    pub labels: Vec<(SpecPath, String)>,
    /// Why it is a problem.
    pub why: Option<String>,
    /// What to do about it.
    pub help: Vec<String>,
    /// The group that is not there, where that is all that is wrong.
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

    /// Says what the underlined text is.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }

    /// Shows another place.
    #[must_use]
    pub fn also(mut self, at: SpecPath, text: impl Into<String>) -> Self {
        self.labels.push((at, text.into()));
        self
    }

    /// Says why it is a problem.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Says that it is wrong only because a group is not there, whose absence is reported on its own if the
    /// spec lists it.
    #[must_use]
    pub fn lacks(mut self, group: impl Into<String>) -> Self {
        self.lacks = Some(group.into());
        self
    }

    /// Says which of `candidates` was probably meant, or which there are when they are few.
    #[must_use]
    pub fn meant<'a>(mut self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        self.help.extend(did_you_mean(word, candidates));
        self
    }

    /// Whether it stops the spec from being used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity == Severity::Error
    }
}

/// All that is wrong with a spec.
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

    /// How many there are, errors and warnings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of them are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.0
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count()
    }

    /// How many of them are warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.len() - self.errors()
    }

    /// Whether one of them stops the spec from being used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// Keeps only those that `keep` wants.
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
