//! What happened to operations beyond their differences from the spec: new and removed ones, changes that the
//! spec cannot express, and prose.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::{Became, Call, Other, Ours, Reworded, Since, by_call, key, operations};
use crate::{
    import::{operation::Operation, read::list, resolve::Source},
    upstream::{
        Difference, Topic, Unlisted,
        findings::in_body,
        place::Lines,
        read::Text,
        security::raw,
        spot,
        walk::{Said, between},
    },
};

/// How many places of one operation are reported.
const PLACES: usize = 12;

/// What the spec has of operations, which is reported with their changes.
pub(super) struct Spoken<'s> {
    pub ours: &'s Ours,
    /// Whether there is a list of official operations, and what it lacks.
    pub list: Option<&'s [Unlisted]>,
    pub lines: Lines<'s>,
}

impl Spoken<'_> {
    fn other(&mut self, text: &Text<'_>, one: &Operation, call: &Call, became: Became) -> Other {
        let ours = self.ours.get(call);
        let mut unlisted = self.list.into_iter().flatten();
        let unlisted = unlisted.find(|other| other.operation.call == one.call());
        Other {
            call: one.call(),
            file: text.file.to_owned(),
            operation: one.id.clone(),
            ours: ours.map(|(name, at)| (name.clone(), self.lines.ours(at))),
            is_accounted_for: ours.is_some() || self.list.is_some() && unlisted.is_none(),
            unlisted: unlisted.cloned(),
            became,
        }
    }

    /// What happened to each operation without a difference from the spec.
    pub fn others<'t>(mut self, olds: &'t [Text<'t>], news: &'t [Text<'t>], told: &mut Since) {
        let (old, new) = (by_call(olds), by_call(news));
        let all = operations(olds);
        let gone: Vec<_> = all
            .filter(|(_, one)| !new.contains_key(&key(one)))
            .collect();
        // An operation that moved keeps its description and its id.
        let id = |text: &'t Text<'t>, one: &'t Operation| (&*text.official.title, &*one.id);
        let by_id: HashMap<_, _> = gone
            .iter()
            .map(|&(text, one)| (id(text, one), (text, one)))
            .collect();
        let mut moved: HashSet<Call> = HashSet::new();
        let mut spoken: HashMap<String, Vec<&Difference>> = HashMap::new();
        for one in told.changed.iter().chain(&told.corrected) {
            for id in &one.endpoints {
                let name = format!("{}.{id}", one.group);
                spoken.entry(name).or_default().push(one);
            }
        }
        let (mut others, mut reworded, mut prose) = (Vec::new(), Vec::new(), Vec::new());
        for (text, one) in operations(news) {
            let call = key(one);
            let before = old.get(&call).or_else(|| by_id.get(&id(text, one)));
            let Some((old_text, old_one)) = before.copied() else {
                others.push(self.other(text, one, &call, Became::New));
                continue;
            };
            let was = key(old_one);
            // If the spec has followed a move, its endpoint has the new call.
            let own = if self.ours.contains_key(&was) {
                &was
            } else {
                &call
            };
            let told = self.ours.get(own).and_then(|(name, _)| spoken.get(name));
            let tells =
                |topic: Topic| told.is_some_and(|all| all.iter().any(|it| it.topic == topic));
            if was != call {
                moved.insert(was.clone());
                if !tells(Topic::Path) {
                    let became = Became::Moved(old_one.call());
                    others.push(self.other(text, one, own, became));
                }
            }
            let (Some(before), Some(now)) = (raw(old_text, old_one), raw(text, one)) else {
                continue;
            };
            let changes = between((&old_text.root, before), (&text.root, now));
            let places = changes.places.iter();
            let mut places: BTreeSet<String> =
                places.map(|place| named(place, now, text)).collect();
            places.retain(|place| spot::split(place).0 != "parameters");
            places.extend(parameters(old_one, one));
            // What is reported in the spec's terms is reported once.
            places
                .retain(|place| !told.is_some_and(|told| told.iter().any(|one| is_at(one, place))));
            // A number may be the only statement of a limit, so it is reported whatever else changed.
            if !changes.said.is_empty() {
                self.reword(one, own, (now, text), changes.said, &mut reworded);
            } else if changes.prose && places.is_empty() && told.is_none() {
                prose.push(one.id.clone());
            }
            let places: BTreeSet<String> = places.iter().map(|it| spot::said(it)).collect();
            if !places.is_empty() {
                let more = places.len().saturating_sub(PLACES);
                let mut places: Vec<String> = places.into_iter().take(PLACES).collect();
                places.extend((more > 0).then(|| format!("and {more} more places")));
                others.push(self.other(text, one, own, Became::Changed(places)));
            }
        }
        for (text, one) in gone {
            let call = key(one);
            if !moved.contains(&call) {
                others.push(self.other(text, one, &call, Became::Gone));
            }
        }
        told.reworded = reworded;
        told.prose = prose;
        told.others = others;
    }

    /// Reports a text once, with all its operations.
    fn reword(
        &mut self,
        operation: &Operation,
        call: &Call,
        (raw, text): (&Value, &Text<'_>),
        said: Vec<Said>,
        told: &mut Vec<Reworded>,
    ) {
        let ours = self.ours.get(call);
        let ours = ours.map(|(name, at)| (name.clone(), self.lines.ours(at)));
        for Said { place, was, is } in said {
            let place = named(&place, raw, text);
            let (about, subject) = (spot::thing(&place), spot::subject(&place));
            let known = told.iter().position(|one| one.was == was && one.is == is);
            let known = known.unwrap_or_else(|| {
                told.push(Reworded {
                    operations: Vec::new(),
                    ours: Vec::new(),
                    about: Vec::new(),
                    was,
                    is,
                    parts: Vec::new(),
                });
                told.len() - 1
            });
            if let Some(one) = told.get_mut(known) {
                if one.operations.last() != Some(&operation.id) {
                    one.operations.push(operation.id.clone());
                    one.ours.extend(ours.clone());
                }
                if let Some((name, _)) = &ours {
                    let part = (name.clone(), subject);
                    if !one.parts.contains(&part) {
                        one.parts.push(part);
                    }
                }
                if !about.is_empty() && !one.about.contains(&about) {
                    one.about.push(about);
                }
            }
        }
    }
}

/// A place in an operation, in which a parameter is identified by its name.
fn named(place: &str, operation: &Value, text: &Text<'_>) -> String {
    let parameter = place.strip_prefix("parameters/").and_then(|rest| {
        let (index, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let parameter = list(operation, "parameters").get(index.parse::<usize>().ok()?)?;
        let parameter = Source::new(&text.root).follow(parameter);
        Some((parameter.get("name")?.as_str()?, rest))
    });
    match parameter {
        Some((name, rest)) => format!("parameter {name}: {rest}"),
        None => place.to_owned(),
    }
}

/// Whether a difference is what changed at a place of its operation.
fn is_at(difference: &Difference, place: &str) -> bool {
    let (place, became) = spot::split(place);
    let (_, told) = in_body(&difference.place);
    let (kind, rest) = told.split_once(' ').unwrap_or((told, ""));
    let name = told.rsplit([' ', '.']).next().unwrap_or(told);
    let name = name.trim_end_matches("[]").trim_end_matches("{}");
    // Required properties are listed by name.
    let is_listed = || place.ends_with("required") && became.contains(&format!("`{name}`"));
    let has_name = || place.split('/').any(|segment| segment == name) || is_listed();
    let parameter = place.strip_prefix("parameter ").map(|rest| {
        let end = rest.split_once(": ").or_else(|| rest.split_once(" is "));
        end.map_or(rest, |(name, _)| name)
    });
    match (difference.topic, kind) {
        (Topic::Security | Topic::Scope, _) => place.starts_with("security"),
        (Topic::Limit, _) => parameter == Some("limit"),
        (Topic::Deprecated, "") => place == "deprecated",
        (Topic::OperationId, _) => place == "operationId",
        (Topic::Batch, _) => place.starts_with("requestBody") && place.ends_with("Items"),
        (Topic::Body, _) => place.starts_with("requestBody"),
        (_, "parameter" | "header") => parameter == Some(rest),
        (_, "success" | "error") => place.starts_with("responses") && has_name(),
        (_, "body") => place.starts_with("requestBody") && has_name(),
        (_, "field") => place.starts_with("responses") && has_name(),
        (_, "the") if rest == "body" => place.starts_with("requestBody"),
        (_, "the") => place.starts_with("responses"),
        _ => false,
    }
}

/// The added and the removed parameters.
fn parameters(old: &Operation, new: &Operation) -> Vec<String> {
    let lacks = |all: &Operation, name: &str| !all.parameters.iter().any(|one| one.name == name);
    let came = new.parameters.iter().filter(|one| lacks(old, &one.name));
    let came = came.map(|one| format!("parameter {} is new", one.name));
    let went = old.parameters.iter().filter(|one| lacks(new, &one.name));
    let went = went.map(|one| format!("parameter {} is removed", one.name));
    came.chain(went).collect()
}
