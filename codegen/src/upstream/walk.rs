//! Walks two revisions of an operation side by side, through their references, and tells apart what says
//! something of the API from what is only said to readers.

use std::collections::HashSet;

use serde_json::Value;

use crate::import::resolve::{Source, reference};

/// How deep an operation is followed, and how many places are told of one.
const DEPTH: usize = 48;
const PLACES: usize = 12;

/// What differs between two revisions of an operation.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Where they say different things of the API.
    pub places: Vec<String>,
    /// Whether they say anything differently to readers.
    pub prose: bool,
}

/// Compares two revisions of an operation, each with the document that it stands in.
pub(super) fn between(old: (&Value, &Value), new: (&Value, &Value)) -> Changes {
    let mut walk = Walk {
        old: Source::new(old.0),
        new: Source::new(new.0),
        seen: HashSet::new(),
        changes: Changes::default(),
    };
    walk.value(old.1, new.1, "", DEPTH);
    walk.changes
}

struct Walk<'v> {
    old: Source<'v>,
    new: Source<'v>,
    seen: HashSet<(String, String)>,
    changes: Changes,
}

impl<'v> Walk<'v> {
    fn value(&mut self, old: &'v Value, new: &'v Value, place: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        if self.changes.places.len() >= PLACES {
            return;
        }
        if let (Some(one), Some(other)) = (reference(old), reference(new))
            && !self.seen.insert((one.to_owned(), other.to_owned()))
        {
            return;
        }
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        match (old, new) {
            (Value::Object(one), Value::Object(other)) => {
                let properties = place.rsplit('/').next() == Some("properties");
                let more = other.keys().filter(|key| !one.contains_key(*key));
                for key in one.keys().chain(more) {
                    let (one, other) = (one.get(key), other.get(key));
                    if !properties && is_prose(key) {
                        self.changes.prose |= one != other;
                        continue;
                    }
                    let place = match place {
                        "" => key.clone(),
                        place => format!("{place}/{key}"),
                    };
                    match (one, other) {
                        (Some(one), Some(other)) => self.value(one, other, &place, depth),
                        _ => self.changes.places.push(place),
                    }
                }
            }
            (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
                for (at, (one, other)) in one.iter().zip(other).enumerate() {
                    self.value(one, other, &format!("{place}/{at}"), depth);
                }
            }
            (one, other) if one != other => self.changes.places.push(place.to_owned()),
            _ => {}
        }
    }
}

/// What is said to readers alone.
fn is_prose(key: &str) -> bool {
    let words = [
        "description",
        "summary",
        "title",
        "example",
        "examples",
        "externalDocs",
        "tags",
    ];
    let facts = ["x-required", "x-nullable", "x-deprecated"];
    words.contains(&key) || key.starts_with("x-") && !facts.contains(&key)
}
