//! Where sources differ, and on which page a difference that concerns many calls stands.

use super::{Links, links::page};
use crate::{
    render::text::{capital, prose, sentence},
    spec,
};

/// A fact about which sources disagree: what each says, what holds, and why.
pub(in super::super) fn conflict(conflict: &spec::Conflict) -> String {
    // Mostly a word of ours, such as `path`, but it can be the name of a field.
    let mut text = if conflict.about.contains('_') {
        format!("**`{}`.**", conflict.about)
    } else {
        format!("**{}.**", prose(&capital(&conflict.about)))
    };
    if let Some(guide) = &conflict.guide {
        text += &format!(" The guide: {}", sentence(&prose(guide)));
    }
    if let Some(official) = &conflict.official {
        text += &format!(" Officially: {}", sentence(&prose(official)));
    }
    let holds = match conflict.holds.as_str() {
        "guide" => "*The guide is followed here.*".to_owned(),
        "official" => "*The official description is followed here.*".to_owned(),
        "both" => "*Both are kept here.*".to_owned(),
        other => format!("*Followed here: {}*", sentence(&prose(other))),
    };
    format!("{text} {holds} {}", prose(&conflict.why))
}

/// Several of them.
pub(in super::super) fn all_conflicts(conflicts: &[spec::Conflict]) -> Vec<String> {
    conflicts.iter().map(conflict).collect()
}

/// Those of the service that belong on the page the links stand on. The first page has all of them.
pub(in super::super) fn here(links: &Links<'_>) -> Vec<String> {
    let all = links.api.service.conflicts.iter();
    all.filter(|one| pages(&one.about).contains(&links.here))
        .map(conflict)
        .collect()
}

/// Where a reader who needs to know of it looks, beside the first page.
fn pages(about: &str) -> &'static [&'static str] {
    match about {
        "endpoints" => &[page::ENDPOINTS, page::QUESTIONS],
        "generation" => &[page::VERSIONS, page::QUESTIONS],
        "token" => &[page::AUTHENTICATION, page::QUESTIONS],
        "callback token" => &[page::AUTHENTICATION],
        "rate limit" => &[page::LIMITS, page::QUESTIONS],
        "concurrency" | "cursor" => &[page::LIMITS],
        "status" => &[page::ERRORS],
        // What creating a webhook answers is the one envelope that is in doubt.
        "event" | "envelope" => &[page::EVENTS],
        "webhook delivery" | "webhook signature" | "webhook deletion" => {
            &[page::EVENTS, page::QUESTIONS]
        }
        _ => &[],
    }
}
