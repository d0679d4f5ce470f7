//! Compares the findings with the differences that the spec's conflicts record: recorded ones are not
//! reported, and a record of a difference that no longer exists is.

use std::collections::{HashMap, HashSet};

use super::{
    Difference, Held, Topic,
    edit::{Change, Edit},
    findings::{Endpoints, Settled},
    place::Lines,
};
use crate::{
    diagnostic::At,
    index::place_of,
    spec::{About, Document},
};

/// What the conflicts of each group record.
#[derive(Default)]
pub(super) struct Records<'a> {
    /// The group, and a line of `differs` in it.
    all: HashSet<(usize, &'a str)>,
}

impl<'a> Records<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut all = HashSet::new();
        for (place, group) in document.groups.iter().enumerate() {
            for endpoint in &group.endpoints {
                let told = endpoint.conflicts.iter().flat_map(|one| &one.differs);
                all.extend(told.map(|text| (place, text.as_str())));
            }
        }
        Self { all }
    }

    /// Reports unrecorded differences, one line for all endpoints of a group that have it, and obsolete
    /// records.
    pub(super) fn settle(
        &self,
        findings: Settled,
        compared: &Endpoints,
        document: &Document,
        lines: &mut Lines<'_>,
        held: &mut Held,
    ) {
        let mut known: HashMap<(usize, String), usize> = HashMap::new();
        let mut recorded: HashSet<(usize, String)> = HashSet::new();
        for ((place, number), finding) in findings.all {
            let Some(group) = document.groups.get(place) else {
                continue;
            };
            let endpoint = group.endpoints.get(number);
            let id = endpoint.map_or("", |one| one.id.as_str());
            let key = (place, finding.text());
            if self.all.contains(&(place, key.1.as_str())) {
                if recorded.insert(key) {
                    held.recorded += 1;
                }
                continue;
            }
            if finding.is_apart {
                continue;
            }
            let at = known.get(&key).copied();
            match at.and_then(|at| held.differences.get_mut(at)) {
                Some(difference) => {
                    for edit in finding.edits {
                        if !difference.edits.contains(&edit) {
                            difference.edits.push(edit);
                        }
                    }
                    if difference.endpoints.last().is_none_or(|last| last != id) {
                        difference.endpoints.push(id.to_owned());
                    }
                }
                None => {
                    known.insert(key.clone(), held.differences.len());
                    held.differences.push(Difference {
                        group: group.group.clone(),
                        endpoints: vec![id.to_owned()],
                        topic: finding.topic,
                        text: key.1,
                        ours: lines.ours(&finding.ours),
                        theirs: lines.theirs(finding.theirs, &finding.place),
                        place: finding.place,
                        is_string: finding.is_string,
                        edits: finding.edits,
                        absent: None,
                        at: match endpoint {
                            Some(endpoint) => place_of(group, endpoint),
                            None => At::root(&group.file).key("endpoints").index(number),
                        }
                        .value(),
                    });
                }
            }
        }
        if self.all.is_empty() {
            return;
        }
        let told = (&recorded, &findings.unscoped);
        self.vain(told, compared, document, lines, held);
    }

    fn vain(
        &self,
        (recorded, unscoped): (&HashSet<(usize, String)>, &Endpoints),
        compared: &Endpoints,
        document: &Document,
        lines: &mut Lines<'_>,
        held: &mut Held,
    ) {
        for (place, group) in document.groups.iter().enumerate() {
            for (number, endpoint) in group.endpoints.iter().enumerate() {
                if !compared.contains(&(place, number)) {
                    continue;
                }
                let whole = place_of(group, endpoint);
                // A description without prose says nothing about scopes.
                let is_unscoped = unscoped.contains(&(place, number));
                for (number, conflict) in endpoint.conflicts.iter().enumerate() {
                    let is_silent = match conflict.about {
                        About::Scope => is_unscoped,
                        // Descriptions may lack their examples.
                        About::Example => true,
                        About::Field(_) | About::Other(_) => false,
                    };
                    if is_silent {
                        continue;
                    }
                    let at = whole.key("conflicts").index(number).key("differs");
                    for (line, text) in conflict.differs.iter().enumerate() {
                        if recorded.contains(&(place, text.clone())) {
                            continue;
                        }
                        held.differences.push(Difference {
                            group: group.group.clone(),
                            endpoints: vec![endpoint.id.clone()],
                            topic: Topic::Conflict,
                            text: format!("`{text}` is recorded but no longer true"),
                            ours: lines.ours(&at.index(line).value()),
                            theirs: None,
                            place: String::new(),
                            is_string: false,
                            edits: vec![gone(at, text, conflict.differs.len())],
                            absent: None,
                            at: whole.value(),
                        });
                    }
                }
            }
        }
    }
}

/// The edit that removes a record, and the list with its last one.
fn gone(differs: At<'_>, text: &str, count: usize) -> Edit {
    let at = differs.value();
    let mut edit = Edit {
        file: at.file,
        at: at.segments,
        change: Change::Take(text.into()),
    };
    if count == 1 {
        edit.at.pop();
        edit.change = Change::Drop("differs".to_owned());
    }
    edit
}
