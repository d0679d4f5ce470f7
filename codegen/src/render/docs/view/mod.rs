//! What the templates are given: the model as ready text, links included. Every text field is
//! Markdown unless it is a bare name, so that templates need nothing but loops and conditions.

pub(super) mod choices;
pub(super) mod conflicts;
pub(super) mod endpoint;
pub(super) mod events;
mod example;
mod facts;
pub(super) mod frame;
pub(super) mod group;
pub(super) mod limits;
pub(super) mod links;
pub(super) mod matters;
pub(super) mod orientation;
pub(super) mod parameter;
mod reach;
pub(super) mod scopes;
pub(super) mod search;
pub(super) mod service;
pub(super) mod types;
mod words;

use serde::Serialize;

pub(super) use self::{
    conflicts::{all_conflicts, conflict},
    links::{Links, Output},
};
use super::text::prose;
use crate::{model, spec};

/// A named fact.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub name: &'static str,
    pub text: String,
}

/// What is on its way out, since when, and what to use instead.
pub(super) fn deprecation(deprecated: &spec::Deprecated) -> String {
    prose(&model::deprecation(deprecated))
}

/// How many items a batch may hold.
pub(super) fn batch(batch: &spec::Batch) -> String {
    let mut text = format!("at most {} items a call", batch.max);
    if batch.unstated {
        text += ", as observed";
    }
    with_note(text, batch.note.as_deref())
}

/// How many calls a store allows at once.
pub(super) fn concurrency(concurrency: &spec::Concurrency) -> String {
    let text = match concurrency.max {
        1 => "one call at a time in a store".to_owned(),
        max => format!("at most {max} calls at a time in a store"),
    };
    with_note(text, concurrency.note.as_deref())
}

fn with_note(text: String, note: Option<&str>) -> String {
    match note {
        Some(note) => format!("{text}. {}", prose(note)),
        None => text,
    }
}

/// Each of `texts` as prose.
pub(super) fn all_prose(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| prose(text)).collect()
}
