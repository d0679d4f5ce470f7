//! The wording of the facts of the API: a type, a limit, a scope, a retry rule, a conflict. Every output
//! uses it; a [`Dialect`] defines how prose and links are written.

mod client;
mod conflict;
mod endpoint;
mod error_bodies;
mod event;
mod field;
mod grammar;
mod limits;
mod parameter;
mod retry;
mod scope;
mod time;
mod ty;

pub(crate) use self::{
    endpoint::{Fact, facts, money_in_short},
    event::{UNSTATED, of_channel},
    field::{FieldFact, anything_else, branch, field_facts},
    grammar::{capital, code_choice, sentence, thousands, uncapital},
    limits::{deprecation, deprecation_note},
    parameter::operator,
    retry::{adding, undivided},
    scope::{also_requires, either, needed_when},
    time::duration,
};
use crate::model::{Api, EventId, GenerationId, PageId, RateId, ScopeId, TypeId};

/// How an output writes anything but plain words. Code is in backticks in all of them.
pub(crate) trait Dialect {
    /// Prose of the spec, escaped for the output.
    fn prose(&self, text: &str) -> String {
        text.to_owned()
    }

    /// `shown`, as a link if the output has a page for `target`.
    fn link(&self, target: Target, shown: String) -> String {
        let _ = target;
        shown
    }

    /// The name of a type, with a link; `None` if the type is shown next to the words anyway.
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

    /// `text`, followed by a note in separate sentences; only with a note it ends with a full stop.
    fn with_note(&self, text: String, note: Option<&str>) -> String {
        match note {
            Some(note) => format!("{text}. {}", sentence(&self.prose(note))),
            None => text,
        }
    }
}
