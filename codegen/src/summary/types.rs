//! What changed about types, as the definitions of a catalogue show them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{About, Line, Sign};

/// The shapes of each type. An enumeration has two, as request bodies and as responses know it.
type Types = BTreeMap<String, Vec<Value>>;

/// Compares the types of two catalogues.
pub(super) fn compare(old: &Value, new: &Value, lines: &mut Vec<Line>) {
    let (old, new) = (collect(old), collect(new));
    let mut line = |sign, text: String| lines.push(Line::new(About::Type, sign, text));
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        line(Sign::Removed, name.clone());
    }
    for (name, shapes) in &new {
        match old.get(name) {
            None => line(Sign::Added, name.clone()),
            Some(before) if !alike(before, shapes) => {
                line(Sign::Changed, format!("{name}: {}", how(before, shapes)));
            }
            Some(_) => {}
        }
    }
}

/// How many types the schemas of a catalogue show.
pub(super) fn count(api: &Value) -> usize {
    collect(api).len()
}

/// Whether the same shapes stand in both, in whatever order.
fn alike(old: &[Value], new: &[Value]) -> bool {
    old.len() == new.len() && new.iter().all(|shape| old.contains(shape))
}

fn collect(api: &Value) -> Types {
    let mut types = Types::new();
    for side in ["requests", "responses"] {
        let definitions = api["schemas"][side]["$defs"].as_object();
        // What has no title is shared by schemas and no type.
        let titled = definitions
            .into_iter()
            .flatten()
            .filter(|(_, schema)| schema.get("title").is_some());
        for (name, schema) in titled {
            types.entry(name.clone()).or_default().push(schema.clone());
        }
    }
    types
}

/// What is different: fields and members that came, went or changed, or else just the texts.
fn how(old: &[Value], new: &[Value]) -> String {
    let mut parts = Vec::new();
    let (before, after) = (fields(old), fields(new));
    let mut tell = |what: &str, names: Vec<&String>| {
        if !names.is_empty() {
            let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
            parts.push(format!("{what} {}", names.join(", ")));
        }
    };
    tell(
        "without",
        before
            .keys()
            .filter(|name| !after.contains_key(*name))
            .collect(),
    );
    tell(
        "with",
        after
            .keys()
            .filter(|name| !before.contains_key(*name))
            .collect(),
    );
    let mut changed = Vec::new();
    let mut told = Vec::new();
    for (name, is) in &after {
        match before.get(name) {
            Some(was) if was.shapes != is.shapes => changed.push(name),
            Some(was) if was.texts != is.texts => told.push(name),
            _ => {}
        }
    }
    tell("changed", changed);
    tell("described anew", told);
    if parts.is_empty() {
        "described anew".to_owned()
    } else {
        parts.join("; ")
    }
}

/// A field in all the schemas of its type: what it may be, and what is said of it.
#[derive(Default)]
struct Field {
    shapes: BTreeSet<String>,
    texts: BTreeSet<String>,
}

/// The fields of an object, or the members of an enumeration.
fn fields(shapes: &[Value]) -> BTreeMap<String, Field> {
    let mut fields: BTreeMap<String, Field> = BTreeMap::new();
    for shape in shapes {
        let required: Vec<&str> = shape["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (name, field) in shape["properties"].as_object().into_iter().flatten() {
            let needed = if required.contains(&name.as_str()) {
                "required "
            } else {
                ""
            };
            let known = fields.entry(name.clone()).or_default();
            let mut bare = field.clone();
            if let Some(map) = bare.as_object_mut()
                && let Some(text) = map.shift_remove("description")
            {
                known.texts.insert(text.to_string());
            }
            known.shapes.insert(format!("{needed}{bare}"));
        }
        let members = shape.get("enum").unwrap_or(&shape["anyOf"][0]["enum"]);
        for member in members
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            fields.entry(member.to_owned()).or_default();
        }
    }
    fields
}
