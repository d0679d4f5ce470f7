//! Where sources disagree, and on which page a disagreement that concerns many calls stands.

use super::{Links, links::page};
use crate::{render::text::capital, spec};

/// A fact about which sources disagree: what each says, which is followed, and why.
pub(in super::super) fn conflict(links: &Links<'_>, conflict: &spec::Conflict) -> String {
    let told = links.words().conflict(conflict);
    format!("**{}.** {}", capital(&told.about), told.text)
}

/// Several of them.
pub(in super::super) fn all_conflicts(
    links: &Links<'_>,
    conflicts: &[spec::Conflict],
) -> Vec<String> {
    conflicts.iter().map(|one| conflict(links, one)).collect()
}

/// Those of the service that belong on the page the links stand on. The first page has all of them.
pub(in super::super) fn here(links: &Links<'_>) -> Vec<String> {
    let all = links.api.service.conflicts.iter();
    all.filter(|one| pages(&one.about).contains(&links.here))
        .map(|one| conflict(links, one))
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
        // What creating a webhook returns is the one envelope that is in doubt.
        "event" | "envelope" => &[page::EVENTS],
        "webhook delivery" | "webhook signature" | "webhook deletion" => {
            &[page::EVENTS, page::QUESTIONS]
        }
        _ => &[],
    }
}
