//! Compares two revisions of an operation in parallel, following their references, and separates changes of
//! the API from changes of prose. The order of plain lists, such as `enum` and `required`, means nothing in
//! OpenAPI, and neither does that of properties and parameters.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::{
    numbers::{exchanged, numbers, sentences},
    spot,
};
use crate::{
    code_span::code,
    import::resolve::{Source, reference},
};

/// How deep an operation is followed, and how many places are searched.
const DEPTH: usize = 48;
const PLACES: usize = 200;

/// The differences between two revisions of an operation.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Where they differ in the API.
    pub places: Vec<String>,
    /// Whether they differ in prose.
    pub prose: bool,
    /// The texts with changed numbers, which may be the only statement of a limit.
    pub said: Vec<Said>,
}

/// A text with changed numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The path to its subject.
    pub place: String,
    /// The sentences with removed numbers, or all of a short text.
    pub was: String,
    /// The sentences with added numbers, or all of a short text.
    pub is: String,
}

/// Compares two revisions of an operation, each with its document.
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
                            self.prose(key, place, one, other);
                        }
                        continue;
                    }
                    let place = match place {
                        "" => key.clone(),
                        place => format!("{place}/{key}"),
                    };
                    match (one, other) {
                        (Some(one), Some(other)) => self.value(one, other, &place, depth),
                        (Some(alone), None) | (None, Some(alone))
                            if !properties && is_off(key, alone) => {}
                        (one, _) => {
                            let became = one.map_or(spot::NEW, |_| spot::GONE);
                            self.changes.places.push(format!("{place}{became}"));
                        }
                    }
                }
            }
            (Value::Array(one), Value::Array(other)) if place == "parameters" => {
                self.parameters(one, other, depth);
            }
            (Value::Array(one), Value::Array(other)) if are_plain(one) && are_plain(other) => {
                if let Some(members) = members(one, other) {
                    self.changes.places.push(format!("{place} ({members})"));
                }
            }
            (Value::Array(one), Value::Array(other)) if goes_by_name(one, other) => {
                self.by_name(one, other, place, depth);
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

impl<'v> Walk<'v> {
    /// Compares the parameters that both have, in any order; added and removed ones are reported elsewhere.
    fn parameters(&mut self, old: &'v [Value], new: &'v [Value], depth: usize) {
        let key = |source: Source<'v>, parameter: &'v Value| {
            let parameter = source.follow(parameter);
            (parameter.get("name"), parameter.get("in"))
        };
        for (at, other) in new.iter().enumerate() {
            let wanted = key(self.new, other);
            let known = old.iter().find(|one| key(self.old, one) == wanted);
            if let Some(one) = known {
                self.value(one, other, &format!("parameters/{at}"), depth);
            }
        }
    }
}

impl<'v> Walk<'v> {
    /// Compares the items with the same name in two lists, and reports added and removed names.
    fn by_name(&mut self, old: &'v [Value], new: &'v [Value], place: &str, depth: usize) {
        for (at, other) in new.iter().enumerate() {
            let known = old.iter().find(|one| component(one) == component(other));
            if let Some(one) = known {
                self.value(one, other, &format!("{place}/{at}"), depth);
            }
        }
        let names = |all: &[Value]| -> Vec<Value> {
            let names = all.iter().filter_map(component);
            names.map(Value::from).collect()
        };
        if let Some(members) = members(&names(old), &names(new)) {
            self.changes.places.push(format!("{place} ({members})"));
        }
    }
}

impl Walk<'_> {
    /// Records changed prose and its changed numbers, because a limit may be stated only there.
    fn prose(&mut self, key: &str, place: &str, old: Option<&Value>, new: Option<&Value>) {
        let changes = &mut self.changes;
        changes.prose = true;
        if !["description", "summary", "title"].contains(&key) {
            return;
        }
        let [old, new] = [old, new].map(|text| text.and_then(Value::as_str).unwrap_or_default());
        let (before, now) = (numbers(old), numbers(new));
        let (gone, come): (BTreeSet<String>, BTreeSet<String>) = if before == now {
            let moved = exchanged(old, new);
            if moved.is_empty() {
                return;
            }
            (moved.clone(), moved)
        } else {
            (
                before.difference(&now).cloned().collect(),
                now.difference(&before).cloned().collect(),
            )
        };
        let said = Said {
            place: place.to_owned(),
            was: sentences(old, &gone),
            is: sentences(new, &come),
        };
        if !changes.said.contains(&said) {
            changes.said.push(said);
        }
    }
}

/// The component name of a list's item.
fn component(item: &Value) -> Option<&str> {
    reference(item)?.rsplit('/').next()
}

/// Whether two lists contain components that are compared by name: they have the same ones in another order,
/// or one has more of them. If one just replaced another, their contents are compared.
fn goes_by_name(one: &[Value], other: &[Value]) -> bool {
    let have_names = |all: &[Value]| all.iter().all(|item| component(item).is_some());
    let is_known = |item: &Value| one.iter().any(|it| component(it) == component(item));
    let is_same = || other.iter().all(is_known);
    have_names(one) && have_names(other) && (one.len() != other.len() || is_same())
}

/// Whether a list has only plain items, whose order does not matter.
fn are_plain(all: &[Value]) -> bool {
    !all.iter().any(|one| one.is_object() || one.is_array())
}

/// The added and removed items of a list, if it changed.
fn members(old: &[Value], new: &[Value]) -> Option<String> {
    let only = |here: &[Value], there: &[Value], became: &str| {
        let all = here.iter().filter(|one| !there.contains(one));
        let name = |value: &Value| match value {
            Value::String(text) => code(text),
            other => format!("`{other}`"),
        };
        let all: Vec<String> = all.map(name).collect();
        let verb = if all.len() == 1 { "is" } else { "are" };
        (!all.is_empty()).then(|| format!("{} {verb} {became}", all.join(", ")))
    };
    let all = [only(new, old, "new"), only(old, new, "removed")];
    let all: Vec<String> = all.into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// Whether a flag only states its default.
fn is_off(key: &str, value: &Value) -> bool {
    let flags = [
        "deprecated",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "nullable",
        "readOnly",
        "required",
        "uniqueItems",
        "writeOnly",
    ];
    *value == Value::Bool(false) && flags.contains(&key)
}

/// Keys that only contain prose.
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::between;

    #[test]
    fn alternatives_are_named_in_whatever_order_they_are() {
        let root = json!({ "A": { "type": "string" }, "B": { "type": "object" }, "C": {} });
        let of = |names: &[&str]| {
            let all = names
                .iter()
                .map(|name| json!({ "$ref": format!("#/{name}") }));
            json!({ "oneOf": all.collect::<Vec<Value>>() })
        };
        for (old, new, told) in [
            (vec!["A", "B"], vec!["B", "A"], None),
            (
                vec!["A", "B"],
                vec!["B", "C", "A"],
                Some("oneOf (`C` is new)"),
            ),
            (vec!["A", "B"], vec!["B"], Some("oneOf (`A` is removed)")),
            (vec!["A"], vec!["B"], Some("oneOf/0/type")),
        ] {
            let found = between((&root, &of(&old)), (&root, &of(&new))).places;
            let found: Vec<&str> = found.iter().map(String::as_str).collect();
            assert_eq!(found, Vec::from_iter(told), "{old:?} -> {new:?}");
        }
    }
    #[test]
    fn numbers_that_two_texts_exchange_are_told_of_both() {
        let of = |creates: u8, deletes: u8| {
            json!({
                "create": { "description": format!("Takes {creates} items.") },
                "delete": { "description": format!("Takes {deletes} ids.") },
            })
        };
        let (old, new) = (of(50, 250), of(250, 50));
        assert_eq!(between((&old, &old), (&new, &new)).said.len(), 2);
        assert_eq!(between((&old, &old), (&old, &old)).said, []);
        let of = |text: &str| json!({ "description": text });
        let (old, new) = (
            of("Takes 50 items or 250 ids."),
            of("Takes 250 items or 50 ids."),
        );
        let said = between((&old, &old), (&new, &new)).said;
        let [one] = said.as_slice() else {
            panic!("{said:?}");
        };
        assert_eq!(one.is, "Takes 250 items or 50 ids.");
    }
}
