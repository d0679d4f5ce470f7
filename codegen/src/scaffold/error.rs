//! Why nothing was begun.

use std::fmt;

use crate::{
    diagnostic::{Locator, SpecPath, did_you_mean},
    source::Sources,
};

/// Why nothing was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaffoldError {
    why: String,
    help: Option<String>,
    at: Option<SpecPath>,
}

impl ScaffoldError {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            help: None,
            at: None,
        }
    }

    /// An unknown name, with the most similar one that exists.
    pub(super) fn unknown<'n>(
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Self {
        let meant = did_you_mean(name, known).map(|meant| format!("; {meant}"));
        let meant = meant.unwrap_or_default();
        Self::new(format!("there is no {what} `{name}`{meant}"))
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn at(mut self, at: SpecPath) -> Self {
        self.at = Some(at);
        self
    }

    /// The file and the line of what already exists, as messages show them.
    #[must_use]
    pub fn place(&self, sources: &Sources) -> Option<String> {
        let at = self.at.as_ref()?;
        let file = sources.display_path(&at.file);
        let range = Locator::new(sources).locate(at);
        let before = range.and_then(|range| sources.text(&at.file)?.get(..range.start));
        Some(match before {
            Some(before) => format!("{file}:{}", before.matches('\n').count() + 1),
            None => file,
        })
    }
}

impl fmt::Display for ScaffoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ScaffoldError {}
