//! Puts differences into the spec: as conflicts that are still to be explained, or by taking their side.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use super::{
    Difference, Topic,
    edit::{Change, Edit, apply},
    findings::in_body,
};
use crate::{
    diagnostic::{Segment, SpecPath},
    load,
    source::Sources,
};

/// What becomes of the differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The endpoint records them as a conflict, with a `todo:`.
    Conflict,
    /// The spec says what they say.
    Theirs,
}

/// The spec with differences put into it.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The files that changed, each whole.
    pub files: Vec<(String, String)>,
    /// How many differences were put in.
    pub done: usize,
    /// Those that have to be put in by hand, each with why.
    pub left: Vec<(Difference, String)>,
    /// Those that were put in and of which a person still has to say something, each with what.
    pub open: Vec<(Difference, String)>,
}

/// Puts the differences into the spec, of which every other line stays as it is.
#[must_use]
pub fn write(differences: &[Difference], sources: &Sources, take: Take) -> Written {
    let mut texts = Texts {
        sources,
        changed: BTreeMap::new(),
    };
    let mut written = Written::default();
    let whole: Vec<(Vec<&Difference>, Vec<Edit>)> = match take {
        Take::Theirs => {
            let all = differences.iter();
            all.map(|one| (vec![one], one.edits.clone())).collect()
        }
        Take::Conflict => conflicts(differences, sources),
    };
    let mut put_in: HashSet<Said> = HashSet::new();
    for (told, edits) in whole {
        let done = match edits.is_empty() {
            true => Err(told
                .first()
                .map_or_else(String::new, |one| why(one).to_owned())),
            false => texts.apply(&edits),
        };
        match done {
            Ok(()) => {
                written.done += told.len();
                put_in.extend(told.iter().map(|one| said(one)));
                // That a conflict has to be explained goes without saying.
                let mut edits = edits.iter().filter(|_| take == Take::Theirs);
                let asks = edits.find_map(|edit| asks(&edit.change));
                if let Some((asks, told)) = asks.zip(told.first()) {
                    written.open.push(((*told).clone(), asks));
                }
            }
            Err(why) => {
                let told = told.into_iter().cloned();
                written.left.extend(told.map(|one| (one, why.clone())));
            }
        }
    }
    // What is left of another status is done where the first response showed it as well.
    let left = written.left.len();
    let is_left = |one: &Difference| !one.edits.is_empty() || !put_in.contains(&said(one));
    written.left.retain(|(one, _)| is_left(one));
    written.done += left - written.left.len();
    written.files = texts.changed.into_iter().collect();
    written
}

/// What is said of which part of the spec, in the response of whichever status.
type Said = (String, String, String);

fn said(one: &Difference) -> Said {
    let (_, text) = in_body(&one.text);
    (one.group.clone(), one.ours.clone(), text.to_owned())
}

/// What a person has to say of a change, without which the spec is refused.
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

/// Why a limit that only an official description can say is left.
const UNSAID: &str = "the spec cannot express it: record the difference, and state it in `does:`";

/// Why a person has to say what to write.
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
        Topic::Multiple => UNSAID,
        Topic::Range if difference.text.contains(" without ") => UNSAID,
        _ => "this edit has to be made by hand",
    }
}

struct Texts<'s> {
    sources: &'s Sources,
    changed: BTreeMap<String, String>,
}

impl Texts<'_> {
    /// Makes all the edits or none.
    fn apply(&mut self, edits: &[Edit]) -> Result<(), String> {
        if edits
            .iter()
            .any(|edit| edit.file.starts_with(load::TEMPLATES))
        {
            return Err(
                "it comes from a template, which other groups also use; set it under `endpoints` of the use"
                    .to_owned(),
            );
        }
        let mut after = self.changed.clone();
        for edit in edits {
            let text = after.get(&edit.file).map(String::as_str);
            let Some(text) = text.or_else(|| self.sources.text(&edit.file)) else {
                return Err(format!("{} does not exist", edit.file));
            };
            let mut text = text.to_owned();
            for edit in joined(&text, edit) {
                text = apply(&text, &edit)?;
            }
            after.insert(edit.file.clone(), text);
        }
        self.changed = after;
        Ok(())
    }
}

/// The edit, beside what is there by now: another view may have brought the field or the schema.
fn joined(text: &str, edit: &Edit) -> Vec<Edit> {
    let root: Value = serde_yaml::from_str(text).unwrap_or_default();
    let Change::Set { key, value, .. } = &edit.change else {
        return vec![edit.clone()];
    };
    let way = edit.at.iter().try_fold(&root, |here, step| match step {
        Segment::Key(key) => here.get(key),
        Segment::Index(index) => here.get(index),
    });
    match (way.and_then(|here| here.get(key.as_str())), value) {
        (Some(Value::Object(there)), Value::Object(new)) => {
            let mut at = edit.at.clone();
            at.push(Segment::Key(key.clone()));
            let mut edits = Vec::new();
            lacking(&at, there, new, &edit.file, &mut edits);
            edits
        }
        _ => vec![edit.clone()],
    }
}

/// What a mapping has not of a new one, its items together with those of the other.
fn lacking(
    at: &[Segment],
    there: &Map<String, Value>,
    new: &Map<String, Value>,
    file: &str,
    edits: &mut Vec<Edit>,
) {
    for (key, value) in new {
        let value = match (there.get(key), value) {
            (Some(Value::Object(there)), Value::Object(new)) => {
                let mut at = at.to_vec();
                at.push(Segment::Key(key.clone()));
                lacking(&at, there, new, file, edits);
                continue;
            }
            (Some(Value::Array(there)), Value::Array(new)) => {
                let more = new.iter().filter(|item| !there.contains(item));
                let all: Vec<Value> = there.iter().chain(more).cloned().collect();
                if all.len() == there.len() {
                    continue;
                }
                all.into()
            }
            (Some(_), _) => continue,
            (None, value) => value.clone(),
        };
        edits.push(Edit {
            file: file.to_owned(),
            at: at.to_vec(),
            change: Change::set(key, value),
        });
    }
}

/// One conflict for each endpoint and topic.
fn conflicts<'d>(
    differences: &'d [Difference],
    sources: &Sources,
) -> Vec<(Vec<&'d Difference>, Vec<Edit>)> {
    let mut all: Vec<(&SpecPath, Topic, Vec<&Difference>)> = Vec::new();
    for one in differences {
        // A record in vain is taken away, whichever side is taken.
        let same = all.iter_mut().find(|(at, topic, _)| {
            **at == one.at && *topic == one.topic && *topic != Topic::Conflict
        });
        match same {
            Some((_, _, told)) => told.push(one),
            None => all.push((&one.at, one.topic, vec![one])),
        }
    }
    let document = load::load_sources(sources.clone()).document;
    let has = |at: &SpecPath, told: &[&Difference]| {
        let groups = document.iter().flat_map(|document| &document.groups);
        let mut endpoints = groups
            .filter(|group| group.file == at.file)
            .flat_map(|g| &g.endpoints);
        let id = told.first().and_then(|one| one.endpoints.first());
        endpoints.any(|one| Some(&one.id) == id && !one.conflicts.is_empty())
    };
    let mut begun: Vec<&SpecPath> = Vec::new();
    let mut edits = Vec::new();
    for (at, topic, told) in all {
        if topic == Topic::Conflict {
            let edit = told.iter().flat_map(|one| one.edits.clone()).collect();
            edits.push((told, edit));
            continue;
        }
        let lines: Vec<&str> = told.iter().map(|one| one.text.as_str()).collect();
        let conflict = json!({
            "about": topic.as_str(),
            "official": lines.join("; "),
            "holds": "both",
            "why": "",
            "todo": "why",
            "differs": lines,
        });
        let there = begun.contains(&at) || has(at, &told);
        begun.push(at);
        let mut way = at.segments.clone();
        let change = match there {
            true => {
                way.push(Segment::Key("conflicts".to_owned()));
                Change::Push(conflict)
            }
            false => Change::set("conflicts", json!([conflict])),
        };
        let edit = Edit {
            file: at.file.clone(),
            at: way,
            change,
        };
        edits.push((told, vec![edit]));
    }
    edits
}
