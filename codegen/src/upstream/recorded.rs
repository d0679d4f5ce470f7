//! The differences that the conflicts of a group record: the endpoints that each record names, its place, and
//! how it is written and removed.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{
    Difference,
    edit::{Change, Edit},
};
use crate::{
    diagnostic::{At, Segment, SpecPath},
    index::place_of,
    spec::{About, Conflict, DiffersAt, Group},
};

/// The key of recorded differences.
const LINES: &str = "differs";

/// The key of those that several endpoints have.
const SHARED: &str = "differs_at";

/// The key of these endpoints.
const ENDPOINTS: &str = "endpoints";

/// A recorded difference.
pub(super) struct Record<'a> {
    /// The line that reports it.
    pub text: &'a str,
    /// The endpoints that it names, by their positions in the group.
    pub endpoints: Vec<usize>,
    /// What its conflict is about.
    pub about: &'a About,
    /// The endpoint of the conflict.
    pub whole: At<'a>,
    /// Its conflict.
    at: At<'a>,
    /// Its position in its list.
    number: usize,
    list: List<'a>,
}

/// The list that a record is in.
#[derive(Clone, Copy)]
enum List<'a> {
    /// That of the conflict's own endpoint.
    Own(&'a Conflict),
    /// An item of those of several endpoints, by its position in the conflict.
    Shared(&'a Conflict, usize, &'a DiffersAt),
}

/// The recorded differences of a group.
pub(super) fn records(group: &Group) -> Vec<Record<'_>> {
    let mut all = Vec::new();
    for (own, endpoint) in group.endpoints.iter().enumerate() {
        let whole = place_of(group, endpoint);
        for (index, conflict) in endpoint.conflicts.iter().enumerate() {
            let at = whole.key("conflicts").index(index);
            for (number, text) in conflict.differs.iter().enumerate() {
                all.push(Record {
                    text,
                    endpoints: vec![own],
                    about: &conflict.about,
                    whole,
                    at,
                    number,
                    list: List::Own(conflict),
                });
            }
            for (place, shared) in conflict.differs_at.iter().enumerate() {
                let named = shared.endpoints.iter().filter_map(|id| {
                    let mut endpoints = group.endpoints.iter();
                    endpoints.position(|endpoint| endpoint.id == *id)
                });
                let named: Vec<usize> = named.collect();
                for (number, text) in shared.differs.iter().enumerate() {
                    all.push(Record {
                        text,
                        endpoints: named.clone(),
                        about: &conflict.about,
                        whole,
                        at,
                        number,
                        list: List::Shared(conflict, place, shared),
                    });
                }
            }
        }
    }
    all
}

/// The keys of a new conflict that records these differences, which have their first endpoint in common: the
/// conflict is that endpoint's.
pub(super) fn written(differences: &[&Difference]) -> Vec<(String, Value)> {
    let mut own: Vec<&str> = Vec::new();
    let mut shared: Vec<(&[String], Vec<&str>)> = Vec::new();
    for one in differences {
        let text = one.text.as_str();
        if one.endpoints.len() == 1 {
            own.push(text);
            continue;
        }
        let mut known = shared.iter_mut();
        match known.find(|(endpoints, _)| *endpoints == one.endpoints) {
            Some((_, texts)) => texts.push(text),
            None => shared.push((one.endpoints.as_slice(), vec![text])),
        }
    }
    let shared = shared.into_iter();
    let shared = shared.map(|(endpoints, texts)| json!({ ENDPOINTS: endpoints, LINES: texts }));
    let shared: Vec<Value> = shared.collect();
    let all = [(LINES, json!(own)), (SHARED, shared.into())];
    let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    let all = all.into_iter().filter(|(_, value)| !is_empty(value));
    all.map(|(key, value)| (key.to_owned(), value)).collect()
}

impl<'a> Record<'a> {
    /// The place of its line.
    pub(super) fn line(&self) -> SpecPath {
        self.lines().index(self.number).value()
    }

    fn lines(&self) -> At<'a> {
        match self.list {
            List::Own(_) => self.at.key(LINES),
            List::Shared(_, place, _) => self.at.key(SHARED).index(place).key(LINES),
        }
    }

    fn key(&self) -> Line {
        match self.list {
            List::Own(conflict) => (std::ptr::from_ref(conflict), None, self.number),
            List::Shared(conflict, place, _) => {
                (std::ptr::from_ref(conflict), Some(place), self.number)
            }
        }
    }

    /// The edits that remove it for these of its endpoints, and what is empty without it and the other `untrue`
    /// records. None if other lines of its list may still be true of them.
    pub(super) fn removal(&self, ids: &[String], untrue: &Untrue) -> Vec<Edit> {
        let edit = |at: At<'_>, change| {
            let at = at.own_value();
            Edit {
                file: at.file,
                at: at.segments,
                change,
            }
        };
        let line = || edit(self.lines(), Change::Take(self.text.into()));
        let (conflict, place, shared) = match self.list {
            List::Own(conflict) if untrue.has_all(conflict, None, &conflict.differs) => {
                return vec![edit(self.at, Change::Drop(LINES.to_owned()))];
            }
            List::Own(_) => return vec![line()],
            List::Shared(conflict, place, shared) => (conflict, place, shared),
        };
        let is_gone = |(place, item): (usize, &DiffersAt)| {
            untrue.has_all(conflict, Some(place), &item.differs)
        };
        if ids.len() < self.endpoints.len() {
            if shared.differs.len() > 1 {
                return Vec::new();
            }
            let endpoints = self.at.key(SHARED).index(place).key(ENDPOINTS);
            let ids = ids.iter().map(|id| Change::Take(id.as_str().into()));
            return ids.map(|change| edit(endpoints, change)).collect();
        }
        if !is_gone((place, shared)) {
            return vec![line()];
        }
        if conflict.differs_at.iter().enumerate().all(is_gone) {
            return vec![edit(self.at, Change::Drop(SHARED.to_owned()))];
        }
        let item = json!({ ENDPOINTS: shared.endpoints, LINES: shared.differs });
        vec![edit(self.at.key(SHARED), Change::Take(item))]
    }
}

/// A line of a conflict: the item of several endpoints that it is in, and its position there.
type Line = (*const Conflict, Option<usize>, usize);

/// Records that are no longer true of any of their endpoints.
#[derive(Default)]
pub(super) struct Untrue(HashSet<Line>);

impl Untrue {
    pub(super) fn add(&mut self, record: &Record<'_>) {
        self.0.insert(record.key());
    }

    /// Whether they are all lines of a list.
    fn has_all(&self, conflict: &Conflict, item: Option<usize>, lines: &[String]) -> bool {
        let conflict = std::ptr::from_ref(conflict);
        (0..lines.len()).all(|number| self.0.contains(&(conflict, item, number)))
    }
}

/// Whether an edit changes the positions of other records.
pub(super) fn moves_others(edit: &Edit) -> bool {
    let is_list = |step: &Segment| matches!(step, Segment::Key(key) if key == SHARED);
    matches!(edit.change, Change::Take(_)) && edit.at.last().is_some_and(is_list)
}
