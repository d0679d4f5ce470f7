//! Holds our spec against the official description: what of the operations we have is official and
//! missing, ours and not official, or said differently. It matches operations by id and fields by
//! their path, and compares types loosely; it changes nothing.

mod endpoint;
mod fields;
mod findings;
mod limits;
mod ours;
mod parameters;
mod say;

use std::fmt;

use serde_json::Value;

use self::{
    findings::{Finding, Findings},
    ours::Spec,
};
use super::{
    ImportError, facts, known, official,
    operation::{Official, Operation},
};
use crate::spec::{Document, Endpoint, Group};

/// A difference between the spec and the official description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The group.
    pub group: String,
    /// The endpoints of the group that show it, in the order of the file.
    pub endpoints: Vec<String>,
    /// What it is about: `path`, `status`, `parameter`, `field`, `required`, `type` and so on.
    pub topic: &'static str,
    /// The difference, as the end of a sentence that begins with the endpoint.
    pub text: String,
    /// Whether a conflict in the spec seems to tell of it already.
    pub recorded: bool,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{}: {}",
            self.group,
            self.endpoints.join(", "),
            self.text
        )?;
        f.write_str(if self.recorded {
            " (a recorded conflict)"
        } else {
            ""
        })
    }
}

/// Compares every endpoint of the spec that comes from this file with the file.
///
/// # Errors
///
/// When the text is not JSON or not an OpenAPI 3 description.
pub fn coverage(json_text: &str, document: &Document) -> Result<Vec<Missing>, ImportError> {
    coverage_of([json_text], document)
}

/// Compares every endpoint of the spec with the files, which know about a shared schema only
/// together: a field that one of them declares is official.
///
/// # Errors
///
/// When a text is not JSON or not an OpenAPI 3 description.
pub fn coverage_of<'t>(
    json_texts: impl IntoIterator<Item = &'t str>,
    document: &Document,
) -> Result<Vec<Missing>, ImportError> {
    let spec = Spec { document };
    let mut findings = Findings::default();
    for text in json_texts {
        let root: Value = serde_json::from_str(text).map_err(ImportError::Json)?;
        compare(&official(&root)?, &spec, &mut findings);
    }
    let mut all: Vec<Missing> = Vec::new();
    for (place, group) in document.groups.iter().enumerate() {
        let mut found = Vec::new();
        for (number, endpoint) in group.endpoints.iter().enumerate() {
            for finding in findings.at((place, number)) {
                note(&mut found, group, endpoint, finding);
            }
        }
        all.append(&mut found);
    }
    Ok(all)
}

fn compare(official: &Official, spec: &Spec<'_>, findings: &mut Findings) {
    for (place, group) in spec.document.groups.iter().enumerate() {
        for (number, endpoint) in group.endpoints.iter().enumerate() {
            findings.enter((place, number));
            let from_here = comes_from(endpoint, group, &official.title);
            let operation = official.operations.iter().find(|operation| {
                operation.id == endpoint.operation && (from_here || same_call(operation, endpoint))
            });
            match operation {
                Some(operation) => {
                    let home = ours::Home::Group(place);
                    let pair = endpoint::Pair {
                        spec,
                        official,
                        home,
                    };
                    pair.compare(group, endpoint, operation, findings);
                }
                None if from_here => {
                    findings.extra("operation", &format!("operation {}", endpoint.operation));
                }
                None => {}
            }
        }
    }
}

/// Adds a finding, or the endpoint to one that says the same.
fn note(found: &mut Vec<Missing>, group: &Group, endpoint: &Endpoint, finding: &Finding) {
    let recorded = finding.is_told_by(&endpoint.conflicts);
    let text = finding.text();
    match found.iter_mut().find(|known| known.text == text) {
        Some(known) => {
            known.recorded |= recorded;
            if !known.endpoints.contains(&endpoint.id) {
                known.endpoints.push(endpoint.id.clone());
            }
        }
        None => found.push(Missing {
            group: group.group.clone(),
            endpoints: vec![endpoint.id.clone()],
            topic: finding.topic,
            text,
            recorded,
        }),
    }
}

/// Whether the spec names the file of this title as the endpoint's source.
fn comes_from(endpoint: &Endpoint, group: &Group, title: &str) -> bool {
    let source = endpoint.source.as_deref().unwrap_or(&group.source);
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    !title.is_empty() && (stem == title || stem.ends_with(&format!("/{title}")))
}

fn same_call(operation: &Operation, endpoint: &Endpoint) -> bool {
    known::call(endpoint).is_some_and(|(method, path)| {
        (method, facts::bare(path)) == (operation.method, facts::bare(&operation.path))
    })
}
