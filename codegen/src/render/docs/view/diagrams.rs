//! The contents of the docs' diagrams, as text and, on the site, as the diagrams themselves.

use serde::Serialize;

use super::{
    super::{
        diagram::{self, About, Message, Node, Quota, Wait},
        html::plain,
        text::{capital, prose, sentence, slug, thousands},
    },
    Links, Output, all_prose,
};
use crate::{model::Group, spec, words};

/// The depth of a diagram.
const DEEPEST: usize = 4;

/// Nested items.
#[derive(Debug, Serialize)]
pub(in super::super) struct Nesting {
    pub title: String,
    pub anchor: String,
    pub picture: Option<String>,
    pub things: Vec<Thing>,
    /// The items as lines of a list, for Markdown.
    pub lines: Vec<String>,
}

/// An item, with the items inside it.
#[derive(Debug, Serialize)]
pub(in super::super) struct Thing {
    pub name: String,
    pub href: String,
    pub does: String,
    pub inside: Vec<Thing>,
}

/// The nesting within the largest family of groups; nothing if there is none.
pub(in super::super) fn nesting(links: &Links<'_>) -> Option<Nesting> {
    let (family, groups) = links.api.largest_family()?;
    let things = groups.into_iter().map(|group| thing(links, group, 0));
    let things: Vec<Thing> = things.collect();
    let title = format!("Inside the {}", family.to_lowercase());
    (!things.is_empty()).then(|| drawn(links, title, "nesting", things))
}

/// The nesting within a group; nothing if there is none.
pub(in super::super) fn inside(links: &Links<'_>, group: &Group) -> Option<Nesting> {
    let thing = thing(links, group, 0);
    let title = format!("Inside {}", lowered(&prose(group.short_title())));
    (!thing.inside.is_empty()).then(|| drawn(links, title, "inside", vec![thing]))
}

/// A title inside a sentence. A title with a digit is a name, such as V2, and keeps its case.
fn lowered(title: &str) -> String {
    let words = title.split(' ').map(|word| {
        if word.contains(|c: char| c.is_ascii_digit()) {
            word.to_owned()
        } else {
            word.to_lowercase()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn thing(links: &Links<'_>, group: &Group, depth: usize) -> Thing {
    let name = match &group.nested {
        Some(nested) => capital(&nested.method.replace('_', " ")),
        None => group.short_title().to_owned(),
    };
    let api = links.api;
    let parts = api.inside(group).filter(|_| depth < DEEPEST);
    Thing {
        name: prose(&name),
        href: links.file(&group.name),
        does: prose(&group.does),
        inside: parts.map(|part| thing(links, part, depth + 1)).collect(),
    }
}

fn drawn(links: &Links<'_>, title: String, id: &str, things: Vec<Thing>) -> Nesting {
    let nodes: Vec<Node> = things.iter().map(node).collect();
    let about = About {
        id,
        title: &title,
        does: "Each box contains its parts. The list has the same content.",
    };
    Nesting {
        picture: (links.output == Output::Site).then(|| diagram::boxes(&nodes, about)),
        anchor: links.anchor(&title),
        lines: things.iter().flat_map(|thing| lines(thing, 0)).collect(),
        title,
        things,
    }
}

fn lines(thing: &Thing, depth: usize) -> Vec<String> {
    let own = format!(
        "{}- [{}]({}): {}",
        "  ".repeat(depth),
        thing.name,
        thing.href,
        thing.does
    );
    let inner = thing.inside.iter();
    let inner = inner.flat_map(|one| lines(one, depth + 1));
    [own].into_iter().chain(inner).collect()
}

fn node(thing: &Thing) -> Node {
    Node {
        name: plain(&thing.name),
        inside: thing.inside.iter().map(node).collect(),
    }
}

/// A step of a sequence.
#[derive(Debug, Serialize)]
pub(in super::super) struct StepView {
    pub from: String,
    pub to: String,
    pub text: String,
}

/// The steps of a topic, and their diagram.
pub(in super::super) fn steps(
    links: &Links<'_>,
    topic: &spec::Topic,
) -> (Vec<StepView>, Option<String>) {
    let views = topic.steps.iter().map(|step| {
        let with = step.with.iter().map(|with| sentence(&prose(with)));
        let does = [sentence(&prose(&step.does))].into_iter().chain(with);
        StepView {
            from: prose(&step.from),
            to: prose(&step.to),
            text: does.collect::<Vec<_>>().join(" "),
        }
    });
    let messages: Vec<Message> = topic
        .steps
        .iter()
        .map(|step| Message {
            from: step.from.clone(),
            to: step.to.clone(),
            text: plain(&step.does).trim_end_matches('.').to_owned(),
        })
        .collect();
    let id = format!("steps-{}", slug(&topic.title));
    let about = About {
        id: &id,
        title: &topic.title,
        does: "Who sends what to whom, step by step. The list has the same content.",
    };
    let is_drawn = links.output == Output::Site && !messages.is_empty();
    let picture = is_drawn.then(|| diagram::messages(&messages, about));
    (views.collect(), picture)
}

/// How a failed delivery is retried.
#[derive(Debug, Serialize)]
pub(in super::super) struct Retries {
    /// All of it in a sentence or two.
    pub told: String,
    pub tries: Vec<Try>,
    /// Other facts about failed deliveries.
    pub notes: Vec<String>,
    pub picture: Option<String>,
}

/// A retry of a delivery.
#[derive(Debug, Serialize)]
pub(in super::super) struct Try {
    pub number: usize,
    pub wait: String,
    /// The time since the first attempt.
    pub since: String,
}

/// How a failed delivery is retried, if the spec says so.
pub(in super::super) fn retries(links: &Links<'_>) -> Option<Retries> {
    let retries = links.api.retries.as_ref()?;
    let mut since = 0;
    let tries = (1..).zip(&retries.after).map(|(number, wait)| {
        since = wait.saturating_add(since);
        Try {
            number,
            wait: words::duration(*wait),
            since: words::duration(since),
        }
    });
    let tries: Vec<Try> = tries.collect();
    let waits: Vec<Wait> = retries
        .after
        .iter()
        .map(|wait| Wait {
            seconds: *wait,
            told: words::duration(*wait),
        })
        .collect();
    let about = About {
        id: "retries-picture",
        title: "Waits between the attempts of a delivery",
        does: "A bar for each wait, on a logarithmic scale. The table has the numbers.",
    };
    let picture = || diagram::waits("First try", &waits, "Given up", about);
    Some(Retries {
        told: links.words().retries(retries),
        picture: (links.output == Output::Site).then(picture),
        notes: all_prose(&retries.notes),
        tries,
    })
}

/// How a quota is used up and refilled.
#[derive(Debug, Serialize)]
pub(in super::super) struct Course {
    pub steps: Vec<String>,
    pub picture: Option<String>,
}

/// The course of a quota, by the first plan that states one; nothing if no headers report it.
pub(in super::super) fn course(links: &Links<'_>, rate: &spec::Rate, id: &str) -> Option<Course> {
    let (requests, seconds, plan) = rate.plans.iter().find_map(|plan| {
        let (requests, seconds) = (plan.requests?, plan.window_seconds?);
        Some((requests, seconds, &plan.name))
    })?;
    let signals = &rate.signals;
    if signals.left.is_empty() || signals.reset_ms.is_empty() {
        return None;
    }
    let (many, window) = (thousands(requests), words::duration(seconds));
    let steps = vec![
        format!(
            "A window starts with the full quota: {many} requests ({}).",
            prose(plan)
        ),
        format!(
            "Each request uses one of them. `{}` reports how many are left.",
            signals.left
        ),
        format!(
            "When none are left, requests get a 429. `{}` reports how long to wait, in milliseconds.",
            signals.reset_ms
        ),
        format!("The window ends after {window}, and the quota is full again."),
    ];
    let quota = Quota {
        requests,
        seconds,
        left: signals.left.clone(),
        reset: signals.reset_ms.clone(),
    };
    let id = format!("course-{id}");
    let about = About {
        id: &id,
        title: "A quota over two windows",
        does: "Requests use up the quota, further ones get a 429 until the window ends, and then the quota is full \
               again. The list has the same content.",
    };
    let picture = || diagram::quota(&quota, about);
    Some(Course {
        steps,
        picture: (links.output == Output::Site).then(picture),
    })
}
