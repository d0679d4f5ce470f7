//! Compares the findings with the differences that the spec's conflicts record: recorded ones are not
//! reported, and a record of a difference that no longer exists is.

use std::collections::{HashMap, HashSet};

use super::{
    Difference, Held, Topic,
    findings::{Endpoints, Settled},
    place::Lines,
    recorded::{self, Record, Untrue},
};
use crate::{
    diagnostic::At,
    index::place_of,
    spec::{About, Document},
};

/// A difference at an endpoint: the positions of its group and of itself, and the line that reports it.
type Told = ((usize, usize), String);

/// A difference by the names of its group and endpoint, and the line that reports it.
pub(super) type Named<'a> = (&'a str, &'a str, &'a str);

/// Which differences are not reported.
#[derive(Clone, Copy)]
pub(super) enum Recorded<'a> {
    /// Those that the spec records. A record that is no longer true is reported.
    Yes,
    /// None.
    No,
    /// Those that the spec records, and these.
    Since(&'a HashSet<Named<'a>>),
}

/// What the conflicts record. A record counts for the endpoints that it names, and for no other.
#[derive(Default)]
pub(super) struct Records<'a> {
    /// The records that may no longer be true, each with the position of its group.
    all: Vec<(usize, Record<'a>)>,
    /// Other differences that are not reported.
    before: Option<&'a HashSet<Named<'a>>>,
    /// The lines at the endpoints, each by the positions of its group and of itself.
    known: HashSet<((usize, usize), &'a str)>,
}

impl<'a> Records<'a> {
    pub(super) fn new(document: &'a Document, recorded: Recorded<'a>) -> Self {
        let before = match recorded {
            Recorded::No => return Self::default(),
            Recorded::Yes => None,
            Recorded::Since(before) => Some(before),
        };
        let mut all = Vec::new();
        let mut known = HashSet::new();
        for (place, group) in document.groups.iter().enumerate() {
            for record in recorded::records(group) {
                let endpoints = record.endpoints.iter();
                known.extend(endpoints.map(|number| ((place, *number), record.text)));
                if before.is_none() {
                    all.push((place, record));
                }
            }
        }
        Self { all, before, known }
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
        let mut recorded: HashSet<Told> = HashSet::new();
        let mut counted: HashSet<(usize, String)> = HashSet::new();
        for ((place, number), finding) in findings.all {
            let Some(group) = document.groups.get(place) else {
                continue;
            };
            let endpoint = group.endpoints.get(number);
            let id = endpoint.map_or("", |one| one.id.as_str());
            let key = (place, finding.text());
            let named = (group.group.as_str(), id, key.1.as_str());
            // Examples do not define the API, so one that is new is not a change.
            if self
                .before
                .is_some_and(|before| finding.topic == Topic::Example || before.contains(&named))
            {
                continue;
            }
            if self.known.contains(&((place, number), key.1.as_str())) {
                recorded.insert(((place, number), key.1.clone()));
                // The same one at several endpoints of a group counts once, as it is reported.
                if counted.insert(key) {
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
        let told = (&recorded, &findings.unscoped);
        self.vain(told, compared, document, lines, held);
    }

    fn vain(
        &self,
        (recorded, unscoped): (&HashSet<Told>, &Endpoints),
        compared: &Endpoints,
        document: &Document,
        lines: &mut Lines<'_>,
        held: &mut Held,
    ) {
        let mut all = Vec::new();
        let mut untrue = Untrue::default();
        for (place, record) in &self.all {
            let Some(group) = document.groups.get(*place) else {
                continue;
            };
            let gone = record.endpoints.iter().filter(|number| {
                let at = (*place, **number);
                let is_silent = match record.about {
                    // A description without prose says nothing about scopes.
                    About::Scope => unscoped.contains(&at),
                    // Descriptions may lack their examples.
                    About::Example => true,
                    About::Field(_) | About::Other(_) => false,
                };
                let is_true = recorded.contains(&(at, record.text.to_owned()));
                compared.contains(&at) && !is_silent && !is_true
            });
            let ids = gone.filter_map(|number| group.endpoints.get(*number));
            let ids: Vec<String> = ids.map(|endpoint| endpoint.id.clone()).collect();
            if ids.is_empty() {
                continue;
            }
            if ids.len() == record.endpoints.len() {
                untrue.add(record);
            }
            all.push((group, record, ids));
        }
        for (group, record, ids) in all {
            let text = record.text;
            held.differences.push(Difference {
                group: group.group.clone(),
                topic: Topic::Conflict,
                text: format!("`{text}` is recorded but no longer true"),
                ours: lines.ours(&record.line()),
                theirs: None,
                place: String::new(),
                is_string: false,
                edits: record.removal(&ids, &untrue),
                endpoints: ids,
                absent: None,
                at: record.whole.value(),
            });
        }
    }
}
