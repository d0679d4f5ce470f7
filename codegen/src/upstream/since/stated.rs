//! Limits that only a text states: if its old number is in the part of the spec that the text is about, the new
//! number is proposed for it.

use std::collections::HashSet;

use super::Reworded;
use crate::{
    diagnostic::{At, Segment, SpecPath},
    index::{EndpointAt, FieldAt, Index, Meant, SchemaAt, Typed},
    upstream::{
        Difference, Topic,
        edit::{Change, Edit},
        numbers::numbers,
        place::Lines,
        spot::Subject,
    },
};

/// A number that replaced another one in a text, with their unit.
struct Replaced {
    was: String,
    is: String,
    unit: Option<String>,
}

/// A limit of the spec with the old number.
struct Limit {
    topic: Topic,
    place: String,
    text: String,
    /// Its place in the spec.
    ours: SpecPath,
    edit: Edit,
}

/// The limits of the spec that texts now state with another number, except those that are among the `changed` ones
/// anyway. Nothing is proposed if a text has several new numbers, if several limits of the spec have the old one, or
/// if texts have different new numbers for one limit: a person has to decide.
pub(super) fn stated(
    cx: &Index<'_>,
    reworded: &[Reworded],
    changed: &[Difference],
    lines: &mut Lines<'_>,
) -> Vec<Difference> {
    let known: HashSet<Target<'_>> = changed
        .iter()
        .flat_map(|one| one.edits.iter().filter_map(target))
        .collect();
    let mut told: Vec<Difference> = Vec::new();
    for one in reworded {
        let Some(number) = Replaced::of(one) else {
            continue;
        };
        for (name, _) in &one.ours {
            let named = name.split_once('.');
            let group = named.and_then(|(group, id)| Some((cx.group(group)?, id)));
            let endpoint = group.and_then(|(group, id)| {
                cx.endpoints_of(group)
                    .find(|endpoint| endpoint.spec.id == id)
            });
            let Some(endpoint) = endpoint else { continue };
            let mut limits = Vec::new();
            for (_, about) in one.parts.iter().filter(|(of, _)| of == name) {
                of_part(cx, endpoint, about, &number, &mut limits);
            }
            let alone = limits.pop().filter(|_| limits.is_empty());
            let alone = alone.filter(|one| target(&one.edit).is_none_or(|it| !known.contains(&it)));
            if let Some(limit) = alone {
                tell(endpoint, limit, lines, &mut told);
            }
        }
    }
    let edits: Vec<Edit> = told.iter().flat_map(|one| one.edits.clone()).collect();
    let is_disputed = |edit: &Edit| {
        let mut others = edits.iter();
        others.any(|other| target(other) == target(edit) && other.change != edit.change)
    };
    told.retain(|one| !one.edits.iter().any(is_disputed));
    told
}

/// A key of the spec: its file, the way to what has the key, and the key.
type Target<'e> = (&'e str, &'e [Segment], &'e str);

/// The key that an edit sets.
fn target(edit: &Edit) -> Option<Target<'_>> {
    match &edit.change {
        Change::Set { key, .. } => Some((edit.file.as_str(), edit.at.as_slice(), key.as_str())),
        _ => None,
    }
}

/// Adds a limit. Several parts of a call may have the same one, such as its body and its response.
fn add(limit: Limit, limits: &mut Vec<Limit>) {
    if !limits.iter().any(|known| known.edit == limit.edit) {
        limits.push(limit);
    }
}

/// Adds a difference, or the endpoint to the same one of another endpoint.
fn tell(endpoint: EndpointAt<'_>, limit: Limit, lines: &mut Lines<'_>, told: &mut Vec<Difference>) {
    let group = &endpoint.group.group;
    let id = &endpoint.spec.id;
    let edits = [limit.edit];
    let same = told
        .iter_mut()
        .find(|one| one.group == *group && one.edits == edits && one.text == limit.text);
    if let Some(same) = same {
        if !same.endpoints.contains(id) {
            same.endpoints.push(id.clone());
        }
        return;
    }
    told.push(Difference {
        group: group.clone(),
        endpoints: vec![id.clone()],
        topic: limit.topic,
        text: limit.text,
        ours: lines.ours(&limit.ours),
        theirs: None,
        absent: None,
        place: limit.place,
        is_string: false,
        edits: edits.into(),
        at: endpoint.at.value(),
    });
}

impl Replaced {
    /// The only number that a text lost, and the only one that it gained.
    fn of(text: &Reworded) -> Option<Self> {
        let (before, now) = (numbers(&text.was), numbers(&text.is));
        let mut gone = before.difference(&now);
        let mut come = now.difference(&before);
        let (Some(was), None) = (gone.next(), gone.next()) else {
            return None;
        };
        let (Some(is), None) = (come.next(), come.next()) else {
            return None;
        };
        let split = |number: &str| match number.split_once(' ') {
            Some((figure, unit)) => (figure.to_owned(), Some(unit.to_owned())),
            None => (number.to_owned(), None),
        };
        let ((was, unit), (is, other)) = (split(was), split(is));
        (unit == other).then_some(Self { was, is, unit })
    }

    /// The bounds with the new number, if one of them is the old one.
    fn bounds(&self, bounds: &str) -> Option<String> {
        let (min, max) = bounds.split_once("..")?;
        match (min == self.was, max == self.was) {
            (false, true) => Some(format!("{min}..{}", self.is)),
            (true, false) => Some(format!("{}..{max}", self.is)),
            _ => None,
        }
    }
}

/// The number of items, the page size, and the number of calls at once.
fn of_call(endpoint: EndpointAt<'_>, number: &Replaced, limits: &mut Vec<Limit>) {
    let spec = endpoint.spec;
    let batch = spec.batch.as_ref().map(|it| it.max);
    let page = spec.limit.as_ref().map(|it| it.max);
    let calls = spec.concurrency.as_ref().map(|it| it.max);
    for (topic, key, what, ours) in [
        (Topic::Batch, "batch", "a batch has", batch),
        (Topic::Limit, "limit", "a page has at most", page),
        (
            Topic::Limit,
            "concurrency",
            "the number of calls at once is",
            calls,
        ),
    ] {
        let is_meant = ours.is_some_and(|ours| ours.to_string() == number.was);
        let Ok(is) = number.is.parse::<u32>() else {
            continue;
        };
        if is_meant && number.unit.is_none() {
            let at = endpoint.at.key(key);
            let limit = Limit {
                topic,
                place: what.to_owned(),
                text: format!("{what} {is} officially but {} here", number.was),
                ours: at.name(),
                edit: edit(at, Change::set("max", is)),
            };
            add(limit, limits);
        }
    }
}

/// The limits of the part of a call that a text is about.
fn of_part(
    cx: &Index<'_>,
    endpoint: EndpointAt<'_>,
    about: &Subject,
    number: &Replaced,
    limits: &mut Vec<Limit>,
) {
    let (typed, what, names) = match about {
        Subject::Call | Subject::Body => return of_call(endpoint, number, limits),
        // The page size is a limit of the call.
        Subject::Parameter(name) if name == "limit" => return of_call(endpoint, number, limits),
        Subject::Parameter(name) => return of_parameter(endpoint, name, number, limits),
        Subject::BodyField(names) => (cx.body(endpoint), "body field", names),
        Subject::ResponseField { status, names } if has_answer(endpoint, status) => {
            (cx.answer(endpoint), "field", names)
        }
        Subject::ResponseField { .. } | Subject::Other => return,
    };
    let Some((field, names)) = typed.and_then(|typed| field(cx, &typed, names)) else {
        return;
    };
    let place = format!("{what} {names}");
    let is_of_characters = number.unit.as_deref() == Some("characters");
    for (topic, key, ours) in [
        (Topic::Length, "length", &field.spec.length),
        (Topic::Items, "items", &field.spec.items),
        (Topic::Range, "range", &field.spec.range),
    ] {
        let has_unit = match topic {
            Topic::Length => number.unit.is_none() || is_of_characters,
            Topic::Items => number.unit.is_none(),
            _ => !is_of_characters,
        };
        if let Some(ours) = ours.as_deref().filter(|_| has_unit) {
            bound((topic, key, ours), &place, field.at(), number, limits);
        }
    }
}

/// The range of a parameter of the query.
fn of_parameter(endpoint: EndpointAt<'_>, name: &str, number: &Replaced, limits: &mut Vec<Limit>) {
    let parameter = endpoint.spec.query.entry(name);
    let own = parameter.and_then(|(name, it)| Some((name, it.range.as_deref()?)));
    if let Some((name, range)) = own {
        let at = endpoint.at.key("query").key(name);
        let place = format!("parameter {name}");
        bound((Topic::Range, "range", range), &place, at, number, limits);
    }
}

/// Whether the response of a status is what the call returns: neither an error nor a report on a batch.
fn has_answer(endpoint: EndpointAt<'_>, status: &str) -> bool {
    let spec = endpoint.spec;
    let mut success = spec.success.iter().map(u16::to_string);
    success.any(|one| one == status) && (status != "207" || spec.partial.is_none())
}

fn bound(
    (topic, key, ours): (Topic, &str, &str),
    place: &str,
    at: At<'_>,
    number: &Replaced,
    limits: &mut Vec<Limit>,
) {
    if let Some(theirs) = number.bounds(ours) {
        let limit = Limit {
            topic,
            place: place.to_owned(),
            text: format!("{place}: {key} is {theirs} officially but {ours} here"),
            ours: at.name(),
            edit: edit(at, Change::set(key, theirs)),
        };
        add(limit, limits);
    }
}

fn edit(at: At<'_>, change: Change) -> Edit {
    let place = at.own_value();
    Edit {
        file: place.file,
        at: place.segments,
        change,
    }
}

/// The field to which these names lead, and the names without the envelope: `data[].codes`, where `data` is the
/// envelope unless it is a field.
fn field<'a>(cx: &Index<'a>, typed: &Typed<'a>, names: &str) -> Option<(FieldAt<'a>, String)> {
    let mut schema = schema_of(typed);
    let mut found: Option<FieldAt<'a>> = None;
    let mut way: Vec<&str> = Vec::new();
    for step in names.split('.') {
        let name = step.trim_end_matches(['[', ']', '{', '}']);
        let own = schema.and_then(|schema| schema.field(name));
        if name.is_empty() || name == "data" && own.is_none() && found.is_none() {
            continue;
        }
        let field = own?;
        schema = cx.plain_type(field).and_then(|typed| typed.schema);
        found = Some(field);
        way.push(step);
    }
    Some((found?, way.join(".")))
}

/// The schema that a body or a response means.
fn schema_of<'a>(typed: &Typed<'a>) -> Option<SchemaAt<'a>> {
    match typed.written {
        Meant::Choice(schema) | Meant::View(schema, _) | Meant::NoView(schema, _) => Some(schema),
        Meant::Nothing => typed.schema,
    }
}
