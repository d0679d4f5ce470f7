//! What the facts of the API read like: a type, a limit, a scope, a retry rule, a conflict. Every output
//! takes its words from here; a [`Dialect`] says how prose and links are spelled in it.

mod conflict;
mod endpoint;
mod field;
mod grammar;
mod limits;
mod parameter;
mod time;
mod ty;

pub(crate) use self::{
    endpoint::{Fact, adds, facts, money_in_short, undivided},
    field::{FieldFact, branch, field_facts},
    grammar::{capital, code_choice, sentence, thousands},
    limits::{deprecation, deprecation_note},
    parameter::comparison,
    time::duration,
};
use crate::model::{Api, EventId, GenerationId, PageId, RateId, ScopeId, TypeId};

/// How an output spells what is not plain words. Code stands between backticks in all of them.
pub(crate) trait Dialect {
    /// Prose of the spec, made safe for the output.
    fn prose(&self, text: &str) -> String {
        text.to_owned()
    }

    /// `shown`, as a link where the output has a place for `target`.
    fn link(&self, target: Target, shown: String) -> String {
        let _ = target;
        shown
    }

    /// The name of a type, with a link; `None` where the type stands beside the words anyway.
    fn type_name(&self, ty: TypeId) -> Option<String> {
        let _ = ty;
        None
    }
}

/// What words can link to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    Scope(ScopeId),
    /// A webhook event.
    Event(EventId),
    /// A generation of the API.
    Generation(GenerationId),
    /// A rate limit.
    Rate(RateId),
    /// A style of pagination.
    Pages(PageId),
    /// What any endpoint can return instead of success.
    Errors,
}

/// Neither markup nor links: for data that programs read.
pub(crate) struct Plain;

impl Dialect for Plain {}

/// Turns facts of one API into the words of one dialect.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    api: &'a Api,
    dialect: &'a dyn Dialect,
}

impl<'a> Words<'a> {
    /// The words for `api` in `dialect`.
    pub(crate) fn new(api: &'a Api, dialect: &'a dyn Dialect) -> Self {
        Self { api, dialect }
    }

    fn prose(&self, text: &str) -> String {
        self.dialect.prose(text)
    }

    /// `text`, and a note in sentences of its own behind it: with them it ends in a full stop, and needs none
    /// without.
    fn with_note(&self, text: String, note: Option<&str>) -> String {
        match note {
            Some(note) => format!("{text}. {}", sentence(&self.prose(note))),
            None => text,
        }
    }
}
