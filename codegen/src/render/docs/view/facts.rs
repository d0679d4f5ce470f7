//! The facts of an endpoint, in the order of the guide: what it acts on, what it needs, what it causes,
//! what it allows.

use super::{
    super::text::{prose, sentence},
    Fact, Links,
    links::page,
};
use crate::model::{All, Endpoint, PageId};

/// The facts of an endpoint.
pub(super) fn all(links: &Links<'_>, endpoint: &Endpoint) -> Vec<Fact> {
    let api = links.api;
    let mut facts = Vec::new();
    let mut fact = |name, text: String| {
        facts.push(Fact {
            name,
            text: closed(text),
        })
    };
    fact("Acts on", prose(&endpoint.acts_on));
    fact(
        "Access",
        if endpoint.writes {
            "write".to_owned()
        } else {
            "read".to_owned()
        },
    );
    fact("Scope", scope(links, endpoint));
    let (_, generation) = api.generation(endpoint.generation);
    let title = &generation.title;
    fact(
        "Version",
        format!("[{title}]({})", links.to(page::VERSIONS, title)),
    );
    events(links, endpoint, &mut fact);
    let (_, rate) = api.rate(endpoint.rate);
    fact(
        "Rate limit",
        format!(
            "[{}]({})",
            prose(&rate.title),
            links.to(page::LIMITS, &rate.title)
        ),
    );
    if let Some(batch) = endpoint.body.as_ref().and_then(|body| body.batch.as_ref()) {
        fact("Batch", super::batch(batch));
    }
    if let Some(all) = &endpoint.all {
        fact("Any number", any_number(endpoint, all));
    }
    if let Some(concurrency) = &endpoint.concurrency {
        fact("At once", super::concurrency(concurrency));
    }
    if let Some(style) = endpoint.page {
        fact("Paging", paging(links, endpoint, style));
    }
    if endpoint.needs_filter {
        let text =
            "needed; the call acts on whatever its filters match, so it never goes out without one";
        fact("A filter", text.to_owned());
    }
    for names in &endpoint.at_most_one_of {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        fact("At most one of", names.join(", "));
    }
    let again = if endpoint.repeatable {
        "safe"
    } else {
        "not safe"
    };
    let mut again = format!("{again} when the outcome is unknown");
    if let Some(why) = &endpoint.repeat_why {
        again = format!("{again}. {}", prose(why));
    }
    fact("Repeating", again);
    fact("Success", statuses(links, &endpoint.success));
    if !endpoint.errors.is_empty() {
        fact(
            "Errors declared",
            format!(
                "{}; [others]({}) can come from any call",
                statuses(links, &endpoint.errors),
                links.file(page::ERRORS)
            ),
        );
    }
    facts
}

/// A fact of several sentences gets its full stop; a bare one needs none.
fn closed(text: String) -> String {
    if text.contains(". ") {
        sentence(&text)
    } else {
        text
    }
}

fn scope(links: &Links<'_>, endpoint: &Endpoint) -> String {
    let scope = links.api.scope(endpoint.scope);
    let area = &links.api.areas[scope.area];
    let mut text = format!(
        "{} ({}, {})",
        links.scope(scope),
        prose(&area.label),
        prose(&scope.level)
    );
    if !scope.satisfied_by.is_empty() {
        let others: Vec<String> = scope
            .satisfied_by
            .iter()
            .map(|id| links.scope(links.api.scope(*id)))
            .collect();
        text += &format!("; {} grants it too", others.join(", "));
    }
    text
}

/// The event that the guide links to the row, and what the call really fires: they differ.
fn events(links: &Links<'_>, endpoint: &Endpoint, fact: &mut impl FnMut(&'static str, String)) {
    let api = links.api;
    let fires: Vec<String> = endpoint
        .fires
        .iter()
        .map(|id| links.event(api.event(*id)))
        .collect();
    match (endpoint.event, fires.is_empty()) {
        (Some(event), true) => fact(
            "Webhook event",
            format!(
                "{}, as the guide links it; this call fires none",
                links.event(api.event(event))
            ),
        ),
        (None, true) => fact("Webhook event", "none".to_owned()),
        (linked, false) => {
            let extra = match linked {
                Some(event) if !endpoint.fires.contains(&event) => format!(
                    "; the guide links {}, which this call does not fire",
                    links.event(api.event(event))
                ),
                _ => String::new(),
            };
            fact(
                "Webhook event",
                format!("fires {}{extra}", fires.join(", ")),
            );
        }
    }
}

/// The call that takes any number of items, and how it sends them.
fn any_number(endpoint: &Endpoint, all: &All) -> String {
    let sent = match all.by.and_then(|at| endpoint.query.get(at)) {
        Some(by) => format!("as many a call as an address holds, in `{}`", by.wire),
        None => match endpoint.body.as_ref().and_then(|body| body.batch.as_ref()) {
            Some(batch) => format!("{} at a time", batch.max),
            None => "in one call".to_owned(),
        },
    };
    format!(
        "`{}` takes any number of them, sends them {sent}, and tells of each what became of it",
        all.name
    )
}

fn paging(links: &Links<'_>, endpoint: &Endpoint, style: PageId) -> String {
    let title = &links.api.page_style(style).1.title;
    let mut text = format!("[{}]({})", prose(title), links.to(page::LIMITS, title));
    if let Some(limit) = &endpoint.limit {
        text += &format!("; {} a page, at most {}", limit.default, limit.max);
        if limit.unstated {
            text += " by common practice";
        }
        if let Some(note) = &limit.note {
            text += &format!(". {}", prose(note));
        }
    }
    text
}

fn statuses(links: &Links<'_>, statuses: &[u16]) -> String {
    let named: Vec<String> = statuses
        .iter()
        .map(|status| {
            let known = links
                .api
                .service
                .statuses
                .iter()
                .find(|one| one.status == *status);
            match known {
                Some(known) => format!("{status} {}", prose(&known.name)),
                None => status.to_string(),
            }
        })
        .collect();
    named.join(", ")
}
