//! Replaces drafted endpoints by the use of a template of endpoints, if they are what it makes: one item of
//! the group's `endpoints` replaces them.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{
    arguments, files,
    says::{Values, alone, filled},
};
use crate::import::{
    ImportedFile,
    draft::{DraftEndpoint, DraftGroup, DraftUse},
    known::{Known, KnownGroup},
    names, write,
};

/// What determines the arguments, the most reliable first.
const TELLING: [&str; 6] = ["operation", "returns", "takes", "id", "acts_on", "does"];
/// What a template states in its own words.
const PROSE: [&str; 5] = ["id", "does", "note", "acts_on", "whole"];
/// What no description states and a draft therefore never has.
const BY_HAND: [&str; 12] = [
    "also_needs",
    "concurrency",
    "conflicts",
    "event",
    "fires",
    "guide",
    "inherits",
    "job",
    "money",
    "rate",
    "reads",
    "repeat",
];
/// What a use sets for its endpoints if the template does not.
const SAID: [&str; 9] = [
    "operation",
    "version",
    "scope",
    "success",
    "errors",
    "envelope",
    "deprecated",
    "source",
    "todo",
];

/// A template of endpoints.
struct Template {
    name: String,
    arguments: IndexMap<String, Option<String>>,
    calls: Vec<Value>,
}

/// Endpoints of a group that a template makes.
struct Found {
    /// Their places in the group.
    places: Vec<usize>,
    used: DraftUse,
}

/// Replaces drafted endpoints by uses of templates, and returns how many endpoints those are.
pub(crate) fn list(groups: &mut [DraftGroup], there: &[ImportedFile], known: &Known) -> usize {
    let templates = files(there).filter_map(|(name, root)| Template::of(name, &root));
    let templates: Vec<Template> = templates.collect();
    let mut made = 0;
    for group in groups {
        let there = known.groups.get(&group.name);
        let taken = there.map(KnownGroup::methods).unwrap_or_default();
        for template in &templates {
            while let Some(found) = template.find(group, &taken) {
                made += found.places.len();
                found.put(group);
            }
        }
    }
    made
}

impl Template {
    /// `None` for a template of a group, and for one that makes a single endpoint.
    fn of(name: &str, root: &Value) -> Option<Self> {
        let is_of_group = ["group", "title"].iter().any(|key| root.get(key).is_some());
        let calls = root["endpoints"].as_array().filter(|_| !is_of_group)?;
        (calls.len() > 1).then(|| Self {
            name: name.to_owned(),
            arguments: arguments(root),
            calls: calls.clone(),
        })
    }

    /// Endpoints of a group that it makes.
    fn find(&self, group: &DraftGroup, taken: &HashSet<String>) -> Option<Found> {
        let mut places = 0..group.endpoints.len();
        places.find_map(|first| self.beginning(first, group, taken))
    }

    /// The same, with the first one at this position.
    fn beginning(
        &self,
        first: usize,
        group: &DraftGroup,
        taken: &HashSet<String>,
    ) -> Option<Found> {
        let mut values = Values::new();
        let mut places: Vec<usize> = Vec::new();
        for call in &self.calls {
            let all = group.endpoints.iter().enumerate();
            let mut all = all.filter(|(place, one)| {
                let is_turn = !places.is_empty() || *place == first;
                one.used.is_none() && is_turn && !places.contains(place)
            });
            let (place, more) = all.find_map(|(place, one)| {
                let mut more = values.clone();
                let pattern = call.get(one.method)?.as_str()?;
                settle(pattern, &one.path, &mut more).then_some((place, more))
            })?;
            values = more;
            places.push(place);
        }
        let calls = self.calls.iter().zip(&places);
        let pairs = calls.filter_map(|(call, place)| Some((call, group.endpoints.get(*place)?)));
        let pairs: Vec<(&Value, &DraftEndpoint)> = pairs.collect();
        self.learn(&pairs, &mut values);
        let says = self.says(&mut values)?;
        let mut endpoints = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for (call, one) in &pairs {
            let made = fill(call, &values);
            let id = made["id"].as_str()?.to_owned();
            let differs = differs(&made, &spelled(one)?)?;
            if !differs.is_empty() {
                endpoints.push((id.clone(), differs));
            }
            ids.push(id);
        }
        let others = group.endpoints.iter().enumerate();
        let others = others.filter(|(place, _)| !places.contains(place));
        let others = others.flat_map(|(_, one)| match &one.used {
            Some(used) => used.ids.iter().collect::<Vec<_>>(),
            None => vec![&one.id],
        });
        let mut others = others.chain(taken);
        let is_free = !others.any(|id| ids.contains(id));
        let is_name = |id: &String| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        (is_free && ids.iter().all(is_name)).then(|| Found {
            places,
            used: DraftUse {
                template: self.name.clone(),
                says,
                methods: pairs.iter().map(|(_, one)| one.method).collect(),
                ids,
                endpoints,
                ..DraftUse::default()
            },
        })
    }

    /// Derives the arguments from the endpoints.
    fn learn(&self, pairs: &[(&Value, &DraftEndpoint)], values: &mut Values) {
        for key in TELLING {
            for (call, one) in pairs {
                let Some(pattern) = call[key].as_str() else {
                    continue;
                };
                let told = match key {
                    "operation" => settle(pattern, &one.operation, values),
                    "returns" => settle(pattern, &one.returns, values),
                    "takes" => {
                        let takes = one.takes.as_deref();
                        takes.is_some_and(|takes| settle(pattern, takes, values))
                    }
                    "acts_on" => settle(pattern, &one.acts_on, values),
                    // The path names the only resource at it.
                    "id" => {
                        let words = one.path.split('/').rev();
                        let mut words = words.filter(|word| !word.starts_with('{'));
                        let name = names::snake(words.next().unwrap_or_default());
                        settle(pattern, &one.id, values) || guess(pattern, &name, values)
                    }
                    _ => {
                        let does = one.does.as_deref();
                        does.is_some_and(|does| settle(pattern, does, values))
                            || guess(pattern, &format!("the {}", one.acts_on), values)
                    }
                };
                if told {
                    self.tell(values);
                }
            }
        }
    }

    /// The default of an argument may determine another that it contains.
    fn tell(&self, values: &mut Values) {
        for (name, default) in &self.arguments {
            let (Some(value), Some(default)) = (values.get(name), default) else {
                continue;
            };
            if let Some((hole, part)) = alone(&filled(default, values), value) {
                values.entry(hole).or_insert(part);
            }
        }
    }

    /// The use; `None` if an argument stays unknown.
    fn says(&self, values: &mut Values) -> Option<Vec<(String, String)>> {
        let mut says = Vec::new();
        for (name, default) in &self.arguments {
            let usual = default.as_ref().map(|default| filled(default, values));
            let value = values.get(name).cloned().or_else(|| usual.clone())?;
            if usual.as_ref() != Some(&value) {
                says.push((name.clone(), value.clone()));
            }
            values.insert(name.clone(), value);
        }
        Some(says)
    }
}

impl Found {
    fn put(self, group: &mut DraftGroup) {
        let Self { places, used } = self;
        let first = places.iter().min().copied();
        let mut used = Some(used);
        let all = std::mem::take(&mut group.endpoints).into_iter();
        let kept = all.enumerate().filter_map(|(place, mut one)| {
            if Some(place) == first {
                one.used = used.take();
            } else if places.contains(&place) {
                return None;
            }
            Some(one)
        });
        group.endpoints = kept.collect();
    }
}

/// Whether a text matches the pattern with the known values, and with one unknown placeholder.
fn settle(pattern: &str, text: &str, values: &mut Values) -> bool {
    let known = filled(pattern, values);
    if !known.contains("${") {
        return known == text;
    }
    let Some((hole, value)) = alone(&known, text) else {
        return false;
    };
    let mut more = values.clone();
    more.insert(hole, value);
    let fits = filled(pattern, &more) == text;
    if fits {
        *values = more;
    }
    fits
}

/// Fills the one placeholder of a pattern that nothing else determines.
fn guess(pattern: &str, value: &str, values: &mut Values) -> bool {
    let known = filled(pattern, values);
    let Some((before, rest)) = known.split_once("${") else {
        return false;
    };
    let Some((_, after)) = rest.split_once('}') else {
        return false;
    };
    settle(&known, &format!("{before}{value}{after}"), values)
}

/// A value of the template with its holes filled.
fn fill(value: &Value, values: &Values) -> Value {
    match value {
        Value::String(text) => filled(text, values).into(),
        Value::Array(items) => items.iter().map(|item| fill(item, values)).collect(),
        Value::Object(entries) => {
            let entries = entries.iter();
            entries
                .map(|(key, value)| (key.clone(), fill(value, values)))
                .collect()
        }
        other => other.clone(),
    }
}

/// A drafted endpoint as it would be in the file of its group.
fn spelled(one: &DraftEndpoint) -> Option<Value> {
    let text = write::endpoints(std::slice::from_ref(one));
    let list: Value = serde_yaml::from_str(&text).ok()?;
    list.get(0).cloned()
}

/// What a use sets for an endpoint in addition to the template; `None` if no use can.
fn differs(made: &Value, drafted: &Value) -> Option<Map<String, Value>> {
    let (made, drafted) = (facts(made)?, facts(drafted)?);
    let mut differs = Map::new();
    for key in made.keys().chain(drafted.keys()) {
        if made.get(key) == drafted.get(key) {
            continue;
        }
        if !SAID.contains(&key.as_str()) {
            return None;
        }
        let own = drafted.get(key).cloned();
        differs.insert(key.clone(), own.unwrap_or_default());
    }
    Some(differs)
}

/// The facts of an endpoint that a description can state.
fn facts(endpoint: &Value) -> Option<Map<String, Value>> {
    let entries = endpoint.as_object()?.iter();
    let entries = entries
        .filter(|(key, _)| !PROSE.contains(&key.as_str()) && !BY_HAND.contains(&key.as_str()));
    let entries = entries.map(|(key, value)| (key.clone(), without_prose(value)));
    Some(entries.collect())
}

fn without_prose(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().filter(|(key, _)| *key != "does");
            entries
                .map(|(key, value)| (key.clone(), without_prose(value)))
                .collect()
        }
        other => other.clone(),
    }
}
