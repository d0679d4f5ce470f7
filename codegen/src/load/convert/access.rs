//! The items of a list and the entries of a mapping, one after the other.

use std::{borrow::Cow, collections::HashSet};

use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess};

use super::{
    super::{node::Node, required::required},
    Step, Stop, Trail, Value,
};
use crate::diagnostic::{Diagnostic, codes, suggest};

/// The items of a list.
pub(super) struct Items<'n> {
    items: &'n [Node<'n>],
    next: usize,
    list: Value<'n>,
}

impl<'n> Items<'n> {
    pub const fn new(items: &'n [Node<'n>], list: Value<'n>) -> Self {
        Self {
            items,
            next: 0,
            list,
        }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Stop> {
        let Some(item) = self.items.get(self.next) else {
            return Ok(None);
        };
        let trail = Trail {
            outer: self.list.at,
            step: Step::Index(self.next),
        };
        self.next += 1;
        let report = self.list.report;
        seed.deserialize(Value {
            node: Some(item.untagged()),
            at: Some(&trail),
            report,
            in_struct: false,
        })
        .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

/// The entries of a mapping, then stand-ins for the keys it lacks.
pub(super) struct Entries<'n> {
    entries: &'n [(Cow<'n, str>, Node<'n>)],
    next: usize,
    map: Value<'n>,
    /// The keys a struct knows; a plain mapping knows any.
    fields: Option<&'static [&'static str]>,
    /// The keys in the mapping.
    present: HashSet<&'n str>,
    /// Those that have been read.
    seen: HashSet<&'n str>,
    /// Required keys that the mapping lacks.
    missing: Vec<&'static str>,
    /// The missing key that the only unknown key must be, whatever its spelling.
    instead: Option<&'static str>,
    /// The key whose value comes next.
    pending: Option<(&'n str, Option<&'n Node<'n>>)>,
}

impl<'n> Entries<'n> {
    pub fn all(entries: &'n [(Cow<'n, str>, Node<'n>)], map: Value<'n>) -> Self {
        Self {
            entries,
            next: 0,
            map,
            fields: None,
            present: HashSet::new(),
            seen: HashSet::new(),
            missing: Vec::new(),
            instead: None,
            pending: None,
        }
    }

    pub fn of_struct(
        entries: &'n [(Cow<'n, str>, Node<'n>)],
        map: Value<'n>,
        name: &'static str,
        fields: &'static [&'static str],
        missing_is_news: bool,
    ) -> Self {
        let present: HashSet<&str> = entries.iter().map(|(key, _)| key.as_ref()).collect();
        // Nearly every mapping has all of them, which is fast to check.
        let required = required(name);
        let lacking = required.filter(|keys| keys.iter().any(|key| !present.contains(&**key)));
        let missing: Vec<&'static str> = match lacking {
            Some(keys) => fields
                .iter()
                .copied()
                .filter(|field| keys.contains(*field) && !present.contains(field))
                .collect(),
            None => Vec::new(),
        };
        // A misspelled key is reported on its own, with a suggestion.
        let unknown: Vec<&str> = present
            .iter()
            .copied()
            .filter(|key| *key != "<<" && !fields.contains(key))
            .collect();
        let meant: HashSet<&str> = unknown
            .iter()
            .filter_map(|key| suggest(key, missing.iter().copied()))
            .collect();
        let news: Vec<&'static str> = missing
            .iter()
            .copied()
            .filter(|key| !meant.contains(key))
            .collect();
        let instead = match (news.as_slice(), unknown.as_slice()) {
            ([one], [_]) if meant.is_empty() => Some(*one),
            _ => None,
        };
        if missing_is_news && instead.is_none() && !news.is_empty() {
            report_missing(map, &news);
        }
        Self {
            fields: Some(fields),
            present,
            missing,
            instead,
            ..Self::all(entries, map)
        }
    }

    /// Whether this entry is read: its key is known, and it is the first with that key. A repetition has
    /// already been reported.
    fn is_read(&mut self, index: usize) -> bool {
        let (key, _) = &self.entries[index];
        if !self.seen.insert(key) {
            return false;
        }
        let Some(fields) = self.fields else {
            return true;
        };
        if fields.iter().any(|field| field == key) {
            return true;
        }
        // A merge key has already been reported.
        if key == "<<" {
            return false;
        }
        let trail = Trail {
            outer: self.map.at,
            step: Step::Key(key),
        };
        let entry = Value {
            at: Some(&trail),
            ..self.map
        };
        let missing = suggest(key, self.missing.iter().copied());
        let optional = fields.iter().copied();
        let optional = optional.filter(|field| !self.present.contains(field));
        if missing.is_none()
            && let Some(meant) = suggest(key, optional)
        {
            // The value of the intended key is unknown.
            let trail = Trail {
                outer: self.map.at,
                step: Step::Key(meant),
            };
            let meant = Value {
                at: Some(&trail),
                ..self.map
            };
            meant.stand_in();
        }
        let mut unknown = Diagnostic::new(
            &codes::UNKNOWN_KEY,
            entry.name_path(),
            format!("there is no key `{key}` here"),
        )
        .meant(
            key,
            fields.iter().copied().filter(|field| {
                missing.map_or_else(
                    || !self.present.contains(field),
                    |missing| missing == *field,
                )
            }),
        );
        if let Some(instead) = self.instead {
            unknown.help.clear();
            unknown = unknown.help(format!(
                "the key `{instead}` is missing; did you mean that one?"
            ));
        }
        if unknown.help.is_empty() {
            unknown = unknown.help("remove it; the file's JSON Schema lists the valid keys");
        }
        entry.report(unknown);
        false
    }
}

fn report_missing(map: Value<'_>, missing: &[&str]) {
    let listed: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
    let message = match listed.as_slice() {
        [one] => format!("the key {one} is missing"),
        many => format!("the keys {} are missing", many.join(", ")),
    };
    let lines: Vec<String> = missing.iter().map(|key| format!("`{key}: ...`")).collect();
    map.report(
        Diagnostic::new(&codes::MISSING_KEY, map.name_path(), message)
            .help(format!("add {}", lines.join(" and "))),
    );
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Stop> {
        while self.next < self.entries.len() {
            let index = self.next;
            self.next += 1;
            if self.is_read(index) {
                let (key, node) = &self.entries[index];
                self.pending = Some((key, Some(node.untagged())));
                return seed.deserialize(key.as_ref().into_deserializer()).map(Some);
            }
        }
        let Some(key) = self.missing.pop() else {
            return Ok(None);
        };
        self.pending = Some((key, None));
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        let Some((key, node)) = self.pending.take() else {
            return Err(Stop::custom("a value was asked for before its key"));
        };
        let trail = Trail {
            outer: self.map.at,
            step: Step::Key(key),
        };
        let in_struct = self.fields.is_some();
        let value = Value {
            node,
            at: Some(&trail),
            report: self.map.report,
            in_struct,
        };
        if node.is_none() {
            value.stand_in();
        }
        seed.deserialize(value)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len() - self.next + self.missing.len())
    }
}
