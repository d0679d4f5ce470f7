//! The input of the templates: the model as ready text, including links. Every text field is Markdown unless
//! it is a bare name, so templates need only loops and conditions.

pub(super) mod area;
pub(super) mod conflicts;
pub(super) mod coverage;
mod curl;
mod delivery;
pub(super) mod diagnostics;
pub(super) mod diagrams;
pub(super) mod endpoint;
pub(super) mod events;
mod example;
pub(super) mod fields;
pub(super) mod frame;
pub(super) mod glossary;
pub(super) mod group;
pub(super) mod guides;
pub(super) mod inbound;
pub(super) mod limits;
pub(super) mod links;
mod marks;
pub(super) mod matters;
mod nesting;
pub(super) mod orientation;
pub(super) mod parameter;
pub(super) mod policy;
mod reach;
pub(super) mod refusals;
mod response;
pub(super) mod rows;
pub(super) mod scope;
pub(super) mod scopes;
pub(super) mod search;
pub(super) mod service;
pub(super) mod sources;
pub(super) mod twins;
pub(super) mod types;
mod value;

use serde::Serialize;

pub(super) use self::{
    conflicts::all_conflicts,
    links::{Links, Output, ScopeLink},
};
use super::text::prose;
use crate::{spec, words};

/// A named fact.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub name: &'static str,
    pub text: String,
}

/// What is deprecated, since when, and what to use instead.
pub(super) fn deprecation(deprecated: &spec::Deprecated) -> String {
    prose(&words::deprecation(deprecated))
}

/// Each of `texts` as prose.
pub(super) fn all_prose(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| prose(text)).collect()
}
