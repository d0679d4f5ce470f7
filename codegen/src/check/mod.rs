//! Judges a document by a list of rules. Each rule is a small function that looks at the whole
//! document and reports all it finds; none depends on what another has found.

mod context;
mod rules;
mod written;

use std::{collections::HashSet, path::Path};

pub use self::{context::Context, rules::RULES};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, Segment, SpecPath, codes},
    load::{self, Loaded},
    source::Sources,
    spec::Document,
};

/// Something a spec is held to.
#[derive(Debug)]
pub struct Rule {
    /// What it may report.
    pub codes: &'static [&'static Code],
    /// Looks at the document.
    pub run: fn(&Context<'_>, &mut Diagnostics),
}

/// Every kind of problem, those of reading first, each with its name and a sentence.
pub fn all_codes() -> impl Iterator<Item = &'static Code> {
    let judging = RULES.iter().flat_map(|rule| rule.codes);
    codes::READING.iter().chain(judging).copied()
}

/// Holds the document against every rule.
#[must_use]
pub fn check(document: &Document, sources: &Sources) -> Diagnostics {
    let context = Context::new(document, sources);
    let mut diagnostics = Diagnostics::default();
    for rule in RULES {
        (rule.run)(&context, &mut diagnostics);
    }
    let absent = rules::absent_groups(&context);
    if !absent.is_empty() {
        diagnostics.retain(|diagnostic| !follows(diagnostic, &absent));
    }
    diagnostics
}

/// Whether it says no more than that a group is absent, which is told where the group is listed.
fn follows(diagnostic: &Diagnostic, absent: &HashSet<&str>) -> bool {
    let file = diagnostic.at.file.strip_prefix("store/");
    let store = file.and_then(|file| file.strip_suffix(".yaml"));
    let lacks = diagnostic.lacks.as_deref();
    diagnostic.code == &rules::GUIDE_TOTALS
        || [store, lacks]
            .into_iter()
            .flatten()
            .any(|group| absent.contains(group))
}

type Place<'a> = (&'a str, &'a [Segment]);

/// The places of stand-ins, to ask of any other place without going through all of them.
#[derive(Default)]
struct Filled<'a> {
    places: HashSet<Place<'a>>,
    around: HashSet<Place<'a>>,
}

impl<'a> Filled<'a> {
    fn new(stand_ins: &'a [SpecPath]) -> Self {
        let mut filled = Self::default();
        for path in stand_ins {
            filled.places.insert((&path.file, &path.segments));
            filled.around.extend(ways(path));
        }
        filled
    }

    /// Whether the path is one of them or lies within one.
    fn hold(&self, path: &SpecPath) -> bool {
        ways(path).any(|way| self.places.contains(&way))
    }

    /// Whether the path is one of them or one lies within it.
    fn lie_within(&self, path: &SpecPath) -> bool {
        self.around.contains(&(&*path.file, &*path.segments))
    }
}

/// The path and every one around it.
fn ways(path: &SpecPath) -> impl Iterator<Item = Place<'_>> {
    (0..=path.segments.len()).map(|end| (&*path.file, &path.segments[..end]))
}

/// A spec that has been read and judged.
#[derive(Debug, Default)]
pub struct Checked {
    /// The document, when there are no errors.
    pub document: Option<Document>,
    /// The texts it was read from, to draw the diagnostics with.
    pub sources: Sources,
    /// What is wrong, errors and warnings.
    pub diagnostics: Diagnostics,
}

impl Checked {
    /// Reads and judges the spec in the folder `dir`.
    #[must_use]
    pub fn read(dir: &Path) -> Self {
        Self::judge(load::load(dir))
    }

    /// Reads and judges a spec whose texts are in memory.
    #[must_use]
    pub fn of(sources: Sources) -> Self {
        Self::judge(load::load_sources(sources))
    }

    fn judge(loaded: Loaded) -> Self {
        let Loaded {
            mut document,
            sources,
            mut diagnostics,
            stand_ins,
        } = loaded;
        if let Some(document) = &document {
            let mut judged = check(document, &sources);
            // Where the loader had to fill in for what it has reported, a rule has nothing to add.
            let filled = Filled::new(&stand_ins);
            judged.retain(|diagnostic| {
                !filled.hold(&diagnostic.at)
                    && !diagnostic
                        .labels
                        .iter()
                        .any(|(at, _)| filled.hold(at) || filled.lie_within(at))
            });
            diagnostics.extend(judged);
        }
        if diagnostics.has_errors() {
            document = None;
        }
        Self {
            document,
            sources,
            diagnostics,
        }
    }

    /// The document and the warnings about it.
    ///
    /// # Errors
    ///
    /// When there is no document to use: all that is wrong.
    pub fn into_result(self) -> Result<(Document, Diagnostics), Diagnostics> {
        match self.document {
            Some(document) => Ok((document, self.diagnostics)),
            None => Err(self.diagnostics),
        }
    }
}

#[cfg(test)]
mod tests;
