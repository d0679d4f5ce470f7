//! The pages about all endpoints, which both outputs share.

use serde::Serialize;

use super::{Links, limits, refusals, service};
use crate::spec::Place;

/// Rates, paging, filters, request size and caps.
#[derive(Serialize)]
pub(in super::super) struct Limits {
    topics: Vec<service::TopicView>,
    limits: limits::LimitsView,
}

/// Rates, paging, filters, request size and caps.
pub(in super::super) fn limits(links: &Links<'_>) -> Limits {
    Limits {
        topics: service::topics(links, Place::Filters),
        limits: limits::view(links),
    }
}

/// Statuses and what to do about each.
#[derive(Serialize)]
pub(in super::super) struct Errors {
    intro: Vec<service::TopicView>,
    bodies: Vec<refusals::Refusal>,
    after: Vec<service::TopicView>,
    errors: Vec<service::StatusView>,
    successes: Vec<service::StatusView>,
}

/// Statuses and what to do about each.
pub(in super::super) fn errors(links: &Links<'_>) -> Errors {
    Errors {
        intro: service::topics(links, Place::Statuses),
        bodies: refusals::all(links),
        after: service::topics(links, Place::Repeat),
        errors: service::statuses(links, 300, 1000),
        successes: service::statuses(links, 0, 300),
    }
}

/// Generations, the history, and what the pages are generated from.
#[derive(Serialize)]
pub(in super::super) struct Versions {
    generations: Vec<service::GenerationView>,
    history: Vec<service::ReleaseView>,
    spec_hash: String,
    generator: &'static str,
}

/// Generations, the history, and what the pages are generated from.
pub(in super::super) fn versions(links: &Links<'_>) -> Versions {
    Versions {
        generations: service::generations(links),
        history: service::history(links),
        spec_hash: links.api.spec_hash.clone(),
        generator: crate::VERSION,
    }
}

/// Frequently asked questions.
#[derive(Serialize)]
pub(in super::super) struct Questions {
    questions: Vec<service::QuestionView>,
}

/// Frequently asked questions.
pub(in super::super) fn questions(links: &Links<'_>) -> Questions {
    Questions {
        questions: service::questions(links),
    }
}
