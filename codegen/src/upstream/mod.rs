//! Compares the spec with official descriptions: which endpoints they have, and what is missing here, not
//! official, or different. A difference that a conflict of the spec lists under `differs` is recorded; every
//! other one is reported with both places.
//!
//! It reads descriptions the way [`crate::import`] does and resolves names in the spec without requiring that
//! the spec be valid, so open `todo:`s do not matter.

mod alternatives;
mod apart;
mod branches;
mod draft;
pub(crate) mod edit;
mod endpoint;
mod examples;
mod fields;
mod findings;
mod form;
mod limits;
mod matching;
mod members;
mod numbers;
mod ours;
mod parameters;
mod place;
mod read;
mod recorded;
mod records;
mod say;
mod security;
mod selection;
mod shown;
mod since;
mod spot;
#[cfg(test)]
pub(crate) mod tests;
mod texts;
mod topic;
mod unlisted;
mod uses;
mod walk;
mod write;

use std::collections::HashSet;

use rayon::prelude::*;

pub use self::{
    since::{Became, Other, Reworded, Since, since, together},
    topic::Topic,
    unlisted::Unlisted,
    write::{Take, Written, write},
};

use self::{
    edit::Edit,
    findings::Findings,
    matching::{Match, Matching},
    ours::Spec,
    place::Lines,
    read::{Text, Theirs},
    records::{Recorded, Records},
    unlisted::List,
};
use crate::{
    diagnostic::SpecPath,
    import::{ImportError, operation::Operation},
    inbound,
    index::{EndpointAt, Home, Index},
    source::Sources,
    spec::Document,
};

/// An official description.
#[derive(Clone, Copy, Debug)]
pub struct Description<'a> {
    /// The file name in messages.
    pub file: &'a str,
    /// The text, JSON or YAML.
    pub text: &'a str,
}

/// Which endpoints must be in the descriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Every one: the descriptions are complete.
    All,
    /// Those whose `source` is one of the descriptions.
    FromThese,
}

/// The result of comparing the spec with descriptions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// How many endpoints were looked for.
    pub sought: usize,
    /// How many of those were found.
    pub matched: usize,
    /// How many endpoints come from other descriptions and were not looked for.
    pub unsought: usize,
    /// How many calls that BigCommerce makes were looked for, and how many of those were found.
    pub inbound: (usize, usize),
    /// How many official operations of the store's API the spec does not have.
    pub theirs: usize,
    /// Those of them on paths that the spec does not have either, if the list of official operations has them
    /// or the spec has no list.
    pub strangers: Vec<Stranger>,
    /// The operations that are neither endpoints nor in the list of official operations.
    pub unlisted: Vec<Unlisted>,
    /// How many official operations are on other servers.
    pub elsewhere: usize,
    /// How many differences the spec records.
    pub recorded: usize,
    /// Endpoints that no description has.
    pub unmatched: Vec<Difference>,
    /// The differences that the spec does not record.
    pub differences: Vec<Difference>,
    /// The files that could not be compared.
    pub unread: Vec<Unread>,
}

impl Held {
    /// Whether every endpoint was found, every operation is accounted for, and every difference is recorded.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.matched + self.inbound.1 > 0
            && self.unmatched.is_empty()
            && self.unlisted.is_empty()
            && self.differences.is_empty()
            && !self.unread.iter().any(|one| one.is_broken)
    }
}

/// An operation at a path that the spec does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The call and its id: `POST /v3/catalog/brands (createBrand)`.
    pub call: String,
    /// The file that describes it.
    pub file: String,
    /// The operation id.
    pub operation: String,
}

impl Stranger {
    fn new(text: &Text<'_>, operation: &Operation) -> Self {
        Self {
            call: operation.call(),
            file: text.file.to_owned(),
            operation: operation.id.clone(),
        }
    }
}

/// A file that could not be compared, although others could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub file: String,
    pub why: String,
    /// Whether it is neither JSON nor YAML. Otherwise it is another kind of file than a description.
    pub is_broken: bool,
}

/// A difference between the spec and a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub group: String,
    /// The endpoints of the group that have it, in the order of the file.
    pub endpoints: Vec<String>,
    /// What it is about.
    pub topic: Topic,
    /// The difference, as in a conflict's `differs`.
    pub text: String,
    /// The file and the line in the spec.
    pub ours: String,
    /// The file and the line in the description, if there is one.
    pub theirs: Option<String>,
    /// The description of the endpoint, if it is not one of those compared.
    pub absent: Option<String>,
    /// The part of the endpoint that differs, which is the start of the text: `body field name`.
    place: String,
    /// Whether officially it is a string, if its type or its format differs.
    is_string: bool,
    /// The edits that adopt the official side.
    edits: Vec<Edit>,
    /// The first endpoint that has it.
    at: SpecPath,
}

impl Difference {
    /// The difference without its place in the call: the body, or the response of some status.
    fn said(&self) -> &str {
        let (_, text) = findings::in_body(&self.text);
        text.strip_prefix("body ").unwrap_or(text)
    }

    /// Its place in the call, if it is not the response of the first success: `the body`, `status 207`.
    #[must_use]
    pub fn place_in_call(&self) -> Option<String> {
        let (status, text) = findings::in_body(&self.text);
        let status = status.map(|status| format!("status {status}"));
        status.or_else(|| text.starts_with("body ").then(|| "the body".to_owned()))
    }

    /// Whether it is something in the spec that is not official.
    fn is_extra(&self) -> bool {
        self.text.contains(findings::EXTRA)
    }
}

/// Compares the spec with the descriptions. They define a shared schema only together: a field that one of
/// them declares is official, and so may be one that none of them declares if an endpoint of another description
/// has it.
///
/// # Errors
///
/// If no string is an OpenAPI 3 description; the first of them is returned with the error.
pub fn hold(
    descriptions: &[Description<'_>],
    document: &Document,
    sources: &Sources,
    expected: Expected,
) -> Result<Held, (String, ImportError)> {
    let (texts, unread) = texts(descriptions)?;
    let mut held = compared(&texts, document, sources, expected, Recorded::Yes);
    held.unread = unread;
    Ok(held)
}

/// Reads descriptions, each once, and returns which could not be read although others could.
fn texts<'d>(
    descriptions: &[Description<'d>],
) -> Result<(Vec<Text<'d>>, Vec<Unread>), (String, ImportError)> {
    let read: Vec<_> = descriptions.par_iter().map(Text::read).collect();
    let (mut texts, mut failed) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(text) => texts.push(text),
            Err(error) => failed.push(error),
        }
    }
    if texts.is_empty() && !failed.is_empty() {
        return Err(failed.swap_remove(0));
    }
    let unread = failed.into_iter().map(|(file, error)| Unread {
        file,
        why: error.to_string(),
        is_broken: !matches!(error, ImportError::NotOpenApi(_)),
    });
    Ok((texts, unread.collect()))
}

fn compared(
    texts: &[Text<'_>],
    document: &Document,
    sources: &Sources,
    expected: Expected,
    recorded: Recorded<'_>,
) -> Held {
    let described = Sources::from_texts(texts.iter().map(|text| (text.file, text.text)));
    let mut lines = Lines::new(sources, texts, &described);
    let comparison = Comparison {
        texts,
        sources,
        expected,
        recorded,
        list: List::new(document),
    };
    let base = [document.service.base_url.as_str()];
    let (mut held, mut met) = comparison.one_side(document, &base, &mut lines);
    if let Some(other) = inbound::document(document) {
        let bases = document.inbound.iter().map(|it| it.base_url.as_str());
        let bases: Vec<&str> = bases.collect();
        let (inbound, more) = comparison.one_side(&other, &bases, &mut lines);
        held.inbound = (inbound.sought, inbound.matched);
        held.elsewhere = held.elsewhere.saturating_sub(inbound.matched);
        held.recorded += inbound.recorded;
        held.unmatched.extend(inbound.unmatched);
        held.differences.extend(inbound.differences);
        met.extend(more);
    }
    held.unlisted = comparison.list.unlisted(texts, &met, &mut lines);
    let unlisted = &held.unlisted;
    held.strangers
        .retain(|one| !unlisted.iter().any(|other| other.operation == *one));
    held
}

/// The input of a comparison, and its options.
struct Comparison<'c, 'd> {
    texts: &'c [Text<'d>],
    sources: &'c Sources,
    expected: Expected,
    recorded: Recorded<'c>,
    list: List<'c>,
}

impl Comparison<'_, '_> {
    /// Compares the endpoints of a document, which are on one of these servers, with the descriptions.
    /// Returns the matched operations as well.
    fn one_side(
        &self,
        document: &Document,
        bases: &[&str],
        lines: &mut Lines<'_>,
    ) -> (Held, HashSet<Theirs>) {
        let texts = self.texts;
        let index = Index::new(document, self.sources);
        let spec = Spec { document };
        let matching = Matching::new(texts, &index, bases, self.expected);
        let mut findings = Findings::new();
        for found in &matching.found {
            let Some(text) = texts.get(found.theirs.file) else {
                continue;
            };
            compare(found, text, &spec, &mut findings);
        }
        matching.not_ours(texts, &self.list, &mut findings);
        // Between two revisions, a field that is gone from the descriptions that have it is a change.
        if matches!(self.recorded, Recorded::Yes) {
            findings.apart(&apart::schemas(&spec, &matching.unsought));
        }
        let mut held = Held {
            sought: matching.sought,
            matched: matching.found.len(),
            unsought: matching.unsought.len(),
            theirs: matching.theirs,
            strangers: matching.strangers(texts),
            elsewhere: matching.elsewhere,
            unmatched: matching.unmatched(texts, lines),
            ..Held::default()
        };
        let compared = matching.compared();
        let records = Records::new(document, self.recorded);
        records.settle(findings.settled(), &compared, document, lines, &mut held);
        (held, matching.met(texts))
    }
}

fn compare<'a>(
    found: &Match<'a>,
    text: &'a Text<'_>,
    spec: &'a Spec<'a>,
    findings: &mut Findings<'a>,
) {
    let official = &text.official;
    let Some(operation) = official.operations.get(found.theirs.operation) else {
        return;
    };
    let EndpointAt {
        home: Home::Group(group_id),
        group,
        spec: endpoint,
        at,
    } = found.ours
    else {
        return;
    };
    findings.enter((group_id.0, found.number), at, found.theirs);
    let home = ours::Home::Group(group_id.0);
    let pair = endpoint::Pair {
        spec,
        official,
        home,
        at,
    };
    pair.compare(group, endpoint, operation, findings);
    security::headers(found.ours, operation, spec, findings);
    security::compare(found.ours, operation, text, spec, findings);
    selection::compare(found.ours, operation, spec, home, findings);
    if let Some(raw) = security::raw(text, operation) {
        examples::compare(raw, &text.root, findings);
    }
}
