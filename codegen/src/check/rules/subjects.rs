//! What conflicts are about: that a field that one names is one of the calls, or of the event.

use std::collections::{BTreeMap, BTreeSet};

use super::within::Within;
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Home, Index},
    spec::{About, Conflict},
};

pub static CONFLICT_FIELD: Code = Code::error(
    "E507",
    "conflict-field",
    "The field that a conflict is about is one of the group's calls, or of the event.",
);

/// That the fields that conflicts of calls and events are about exist there. Only a name in backticks is that of a
/// field; any other word is just shown.
pub(super) fn fields(cx: &Index<'_>, out: &mut Diagnostics) {
    // Few groups have such a conflict.
    let mut known: BTreeMap<Home, Option<BTreeSet<&str>>> = BTreeMap::new();
    for endpoint in cx.endpoints() {
        let conflicts = &endpoint.spec.conflicts;
        if !conflicts.iter().any(names_field) {
            continue;
        }
        let names = known
            .entry(endpoint.home)
            .or_insert_with(|| of_group(cx, endpoint));
        let list = endpoint.at.key("conflicts");
        about(
            cx,
            conflicts,
            (list, "the calls of this group"),
            names.as_ref(),
            out,
        );
    }
    let events = At::root("events.yaml").key("events");
    for (index, event) in cx.document.events.events.iter().enumerate() {
        if !event.conflicts.iter().any(names_field) {
            continue;
        }
        let mut within = Within::default();
        within.add(cx, Home::Events, [event.payload.as_str()]);
        let list = events.index(index).key("conflicts");
        let names = named(within);
        about(
            cx,
            &event.conflicts,
            (list, "this event"),
            names.as_ref(),
            out,
        );
    }
}

fn names_field(conflict: &Conflict) -> bool {
    matches!(conflict.about, About::Field(_))
}

/// The names of the parameters and the fields of all calls of a group; None if a type cannot be resolved, which is
/// reported elsewhere.
fn of_group<'a>(cx: &Index<'a>, of: EndpointAt<'a>) -> Option<BTreeSet<&'a str>> {
    let mut within = Within::default();
    let mut parameters: BTreeSet<&str> = of.group.path.keys().collect();
    let calls = cx.endpoints().filter(|endpoint| endpoint.home == of.home);
    for endpoint in calls {
        let spec = endpoint.spec;
        let partial = spec.partial.as_deref();
        within.add(cx, endpoint.home, endpoint.types().chain(partial));
        parameters.extend(spec.filters.keys());
        parameters.extend(spec.path.keys());
        parameters.extend(endpoint.parameters().map(|(_, name, _)| name));
    }
    let mut names = named(within)?;
    names.extend(parameters);
    Some(names)
}

fn named(within: Within<'_>) -> Option<BTreeSet<&str>> {
    if within.is_lost {
        return None;
    }
    let schemas = within.schemas.into_iter();
    let fields = schemas.flat_map(|schema| schema.fields().map(|field| field.name));
    Some(fields.collect())
}

fn about(
    cx: &Index<'_>,
    conflicts: &[Conflict],
    (list, of): (At<'_>, &str),
    known: Option<&BTreeSet<&str>>,
    out: &mut Diagnostics,
) {
    let Some(known) = known else {
        return;
    };
    for (index, conflict) in conflicts.iter().enumerate() {
        let About::Field(name) = &conflict.about else {
            continue;
        };
        if known.contains(name.as_str()) {
            continue;
        }
        let at = list.index(index).key("about").value();
        let message = format!("there is no field `{name}` in {of}");
        out.push(
            Diagnostic::new(&CONFLICT_FIELD, at, message)
                .help("correct the name, or write a word without backticks")
                .meant(name, cx.candidates(known.iter().copied())),
        );
    }
}
