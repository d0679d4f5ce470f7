//! Random specs: whole spec folders in memory, using everything the format supports, with the names and
//! texts that are most likely to break a renderer. Nearly all of them are valid; the rest are for the
//! checks to reject.

mod calls;
mod pairs;
mod schemas;
mod service;
mod words;
mod yaml;

use serde_json::{Map, Value, json};

pub use self::pairs::pairs;
use self::schemas::Shape;
pub use self::words::HARD;
use crate::choices::Choices;

/// A spec's files, path to text.
pub type Files = Vec<(String, String)>;

/// The groups of a spec, what each declares, and the shared schemas.
#[derive(Debug)]
struct Plan {
    groups: Vec<&'static str>,
    shapes: Vec<Shape>,
    areas: usize,
    events: usize,
}

pub fn spec(choices: &mut Choices<'_>) -> Files {
    let groups = words::some(choices, words::GROUPS, 1, 3);
    let shapes = schemas::plan(choices, &groups);
    let (areas, events) = (1 + choices.below(2), 1 + choices.below(3));
    let plan = Plan {
        groups,
        shapes,
        areas,
        events,
    };
    let mut files = vec![
        ("service.yaml".to_owned(), service::service(&plan)),
        ("scopes.yaml".to_owned(), service::scopes(choices, &plan)),
        ("events.yaml".to_owned(), service::events(choices, &plan)),
        (
            "shared.yaml".to_owned(),
            json!({ "schemas": schemas::of(choices, &plan, None) }),
        ),
    ];
    for at in 0..plan.groups.len() {
        files.push((
            format!("groups/{}.yaml", plan.groups[at]),
            group(choices, &plan, at),
        ));
    }
    files
        .into_iter()
        .map(|(path, value)| (path, yaml::text(&value)))
        .collect()
}

fn group(choices: &mut Choices<'_>, plan: &Plan, at: usize) -> Value {
    let version = if choices.once_in(3) { "v2" } else { "v3" };
    let (endpoints, path) = calls::of(choices, plan, at, version);
    let mut group = json!({
        "group": plan.groups[at],
        "title": words::text(choices),
        "does": words::text(choices),
        "warning": words::text(choices),
        "version": version,
        "scope": format!("area_{}", choices.below(plan.areas)),
        "source": "reference/things.yml",
        "endpoints": endpoints,
        "schemas": schemas::of(choices, plan, Some(at)),
    });
    if !path.is_empty() {
        group["path"] = Value::Object(path);
    }
    if choices.once_in(2) {
        group["notes"] = json!([words::text(choices)]);
    }
    group
}

/// Adds a key once in `times`.
fn maybe(
    choices: &mut Choices<'_>,
    times: usize,
    into: &mut Map<String, Value>,
    key: &str,
    value: impl FnOnce(&mut Choices<'_>) -> Value,
) {
    if choices.once_in(times) {
        let value = value(choices);
        into.insert(key.to_owned(), value);
    }
}
