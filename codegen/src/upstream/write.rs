//! Writes differences into the spec: as conflicts to be explained, or by adopting theirs.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{
    Difference, Topic,
    edit::{Change, Edit},
    findings::in_body,
    recorded,
    texts::Texts,
    uses::Uses,
};
use crate::{
    diagnostic::{Segment, SpecPath},
    inbound,
    load::{self, TEMPLATES},
    source::Sources,
    spec::{Document, Endpoint},
};

/// What to do with the differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The endpoint records them as a conflict, with a `todo:`.
    Conflict,
    /// The spec adopts the official side.
    Theirs,
}

/// The spec with the differences written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The changed files, each as a whole.
    pub files: Vec<(String, String)>,
    /// How many differences were written.
    pub done: usize,
    /// Those that have to be edited by hand, each with the reason.
    pub left: Vec<(Difference, String)>,
    /// Those that were written and that a person has to complete, each with the question.
    pub open: Vec<(Difference, String)>,
}

/// Writes the differences into the spec, without changing any other line.
#[must_use]
pub fn write(differences: &[Difference], sources: &Sources, take: Take) -> Written {
    // Only for a conflict or an edited template does a person have to know what else the spec says.
    let is_of_template = |one: &Difference| {
        let files = one.edits.iter().map(|edit| &edit.file);
        files
            .chain([&one.at.file])
            .any(|file| file.starts_with(TEMPLATES))
    };
    let document = (take == Take::Conflict || differences.iter().any(is_of_template))
        .then(|| load::load_sources(sources.clone()).document)
        .flatten();
    let uses = Uses::new(document.as_ref(), differences);
    let mut texts = Texts::new(sources);
    let mut written = Written::default();
    let mut whole: Vec<(Vec<&Difference>, Vec<Edit>)> = match take {
        Take::Theirs => {
            let all = differences.iter();
            all.map(|one| (vec![one], one.edits.clone())).collect()
        }
        Take::Conflict => conflicts(differences, document.as_ref()),
    };
    whole.sort_by_key(|(_, edits)| edits.iter().any(recorded::moves_others));
    let mut put_in: HashSet<Said> = HashSet::new();
    for (told, edits) in whole {
        let done = match edits.is_empty() {
            true => Err(told
                .first()
                .map_or_else(String::new, |one| why(one).to_owned())),
            false => texts.apply(&edits, |edit, texts| match told.first() {
                // A record names all endpoints of the group that it is about, so the first use has it.
                Some(one) if take == Take::Conflict && one.topic != Topic::Conflict => {
                    uses.first(edit, one, texts)
                }
                Some(one) => uses.lead(edit, one, texts),
                None => Ok(vec![edit.clone()]),
            }),
        };
        match done {
            Ok(()) => {
                written.done += told.len();
                put_in.extend(told.iter().map(|one| said(one)));
                // That a conflict has to be explained is implied.
                let mut edits = edits.iter().filter(|_| take == Take::Theirs);
                let asks = edits.find_map(|edit| asks(&edit.change));
                if let Some((asks, told)) = asks.zip(told.first()) {
                    written.open.push(((*told).clone(), asks));
                }
            }
            Err(why) => {
                let told = told.into_iter().map(|one| {
                    let place = uses.place(one, sources);
                    let place = place.map(|place| format!("; {place}"));
                    (one.clone(), format!("{why}{}", place.unwrap_or_default()))
                });
                written.left.extend(told);
            }
        }
    }
    // A remaining difference of another status is done if the first response also has it.
    let left = written.left.len();
    let is_left = |one: &Difference| !one.edits.is_empty() || !put_in.contains(&said(one));
    written.left.retain(|(one, _)| is_left(one));
    written.done += left - written.left.len();
    written.files = texts.changed.into_iter().collect();
    written
}

/// The differences by part of the spec, in the response of any status.
type Said = (String, String, String);

fn said(one: &Difference) -> Said {
    let (_, text) = in_body(&one.text);
    (one.group.clone(), one.ours.clone(), text.to_owned())
}

/// What a person has to add to a change to make the spec valid.
fn asks(change: &Change) -> Option<String> {
    match change {
        Change::Set { key, value, .. } if key == "deprecated" && *value == json!({}) => {
            Some("it does not say since when, why, or what to use instead".to_owned())
        }
        Change::Set { value, .. } | Change::Push(value) => {
            todo(value).map(|todo| format!("it has an open `todo:`: {todo}"))
        }
        _ => None,
    }
}

/// The first `todo:` in what is written.
fn todo(value: &Value) -> Option<&str> {
    match value {
        Value::Object(entries) => {
            let own = entries.get("todo").and_then(Value::as_str);
            own.or_else(|| entries.values().find_map(todo))
        }
        Value::Array(items) => items.iter().find_map(todo),
        _ => None,
    }
}

/// The reason for a limit that the spec cannot express.
const UNSAID: &str = "the spec cannot express it: record the difference, and state it in `does:`";

/// The reason why a person has to make the edit.
fn why(difference: &Difference) -> &'static str {
    match difference.topic {
        Topic::Field if difference.is_extra() => {
            "the API may still have it: remove the field, mark it `deprecated:`, or set its `source:`"
        }
        Topic::Parameter if difference.is_extra() => {
            "the API may still accept it: remove the parameter, mark it `deprecated:`, or record the difference"
        }
        Topic::Branch => {
            "a branch requires a name and a schema, and programs may use a removed one"
        }
        Topic::Conflict => {
            "the other endpoints that the record names still differ: move its line to an item of `differs_at` that \
             names only those"
        }
        Topic::Multiple => UNSAID,
        Topic::Range if difference.text.contains(" without ") => UNSAID,
        _ => "this edit has to be made by hand",
    }
}

/// One conflict for each endpoint and topic.
fn conflicts<'d>(
    differences: &'d [Difference],
    document: Option<&Document>,
) -> Vec<(Vec<&'d Difference>, Vec<Edit>)> {
    // The endpoints of several uses of a template are in one place.
    let mut all: Vec<(Whose<'d>, Topic, Vec<&Difference>)> = Vec::new();
    for one in differences {
        // An obsolete record is removed on either side.
        let same = all.iter_mut().find(|(whose, topic, _)| {
            *whose == Whose::of(one) && *topic == one.topic && *topic != Topic::Conflict
        });
        match same {
            Some((_, _, told)) => told.push(one),
            None => all.push((Whose::of(one), one.topic, vec![one])),
        }
    }
    let inbound = document.and_then(inbound::document);
    let documents = || document.into_iter().chain(&inbound);
    let mut begun: Vec<Whose<'d>> = Vec::new();
    let mut edits = Vec::new();
    for (whose, topic, told) in all {
        if topic == Topic::Conflict {
            let edit = told.iter().flat_map(|one| one.edits.clone()).collect();
            edits.push((told, edit));
            continue;
        }
        let lines: Vec<&str> = told.iter().map(|one| one.text.as_str()).collect();
        let mut conflict = json!({
            "about": topic.as_str(),
            "official": lines.join("; "),
            "holds": "both",
            "why": "",
            "todo": "why",
        });
        if let Some(conflict) = conflict.as_object_mut() {
            conflict.extend(recorded::written(&told));
        }
        let endpoint = documents().find_map(|document| endpoint(document, whose));
        let has = endpoint.is_some_and(|endpoint| !endpoint.conflicts.is_empty());
        let there = begun.contains(&whose) || has;
        begun.push(whose);
        let mut way = whose.2.segments.clone();
        let change = match there {
            true => {
                way.push(Segment::Key("conflicts".to_owned()));
                Change::Push(conflict)
            }
            false => Change::set("conflicts", json!([conflict])),
        };
        let edit = Edit {
            file: whose.2.file.clone(),
            at: way,
            change,
        };
        edits.push((told, vec![edit]));
    }
    edits
}

/// The group and the id of the first endpoint with a difference, and its place.
#[derive(Clone, Copy, PartialEq)]
struct Whose<'d>(&'d str, &'d str, &'d SpecPath);

impl<'d> Whose<'d> {
    fn of(one: &'d Difference) -> Self {
        let id = one.endpoints.first().map_or("", String::as_str);
        Self(&one.group, id, &one.at)
    }
}

fn endpoint<'s>(document: &'s Document, whose: Whose<'_>) -> Option<&'s Endpoint> {
    let group = document
        .groups
        .iter()
        .find(|group| group.group == whose.0)?;
    group
        .endpoints
        .iter()
        .find(|endpoint| endpoint.id == whose.1)
}
