//! Walks two revisions of an operation side by side, through their references, and tells apart what says
//! something of the API from what is only said to readers.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use crate::import::resolve::{Source, reference};

/// How deep an operation is followed, and how many places are looked for.
const DEPTH: usize = 48;
const PLACES: usize = 200;

/// What differs between two revisions of an operation.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Where they say different things of the API.
    pub places: Vec<String>,
    /// Whether they say anything differently to readers.
    pub prose: bool,
    /// The numbers that readers were told and are told no longer.
    pub gone: BTreeSet<String>,
    /// The numbers that readers are told only now.
    pub come: BTreeSet<String>,
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
                        if one != other {
                            self.prose(key, one, other);
                        }
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

impl Walk<'_> {
    /// Notes that prose changed, and which numbers did in what is written, since a limit may stand there alone.
    fn prose(&mut self, key: &str, old: Option<&Value>, new: Option<&Value>) {
        self.changes.prose = true;
        if !["description", "summary", "title"].contains(&key) {
            return;
        }
        let said = |value: Option<&Value>| value.and_then(Value::as_str).map(numbers);
        let [old, new] = [old, new].map(said).map(Option::unwrap_or_default);
        self.changes.gone.extend(old.difference(&new).cloned());
        self.changes.come.extend(new.difference(&old).cloned());
    }
}

/// The numbers that stand by themselves in what is written, outside of names and addresses.
fn numbers(text: &str) -> BTreeSet<String> {
    let words = text.split_whitespace();
    let words = words.filter(|word| !word.contains(|c: char| c.is_alphabetic() || c == '/'));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
    let numbers = words.filter(|word| !word.is_empty());
    numbers.map(str::to_owned).collect()
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
