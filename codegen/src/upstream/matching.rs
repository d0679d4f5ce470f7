//! Finds the operation of each endpoint: by its method and path, otherwise by its id in its own description.

use std::collections::{HashMap, HashSet};

use super::{
    Difference, Expected, Stranger, Topic,
    findings::{Endpoints, Findings},
    place::Lines,
    read::{Text, Theirs, operation, operations},
    unlisted::List,
};
use crate::{
    bare_path::bare,
    import::known::call,
    index::{EndpointAt, Home, Index},
    spec::{Endpoint, Group},
};

/// An endpoint and its operation.
pub(super) struct Match<'a> {
    pub ours: EndpointAt<'a>,
    /// The place of the endpoint in its group.
    pub number: usize,
    pub theirs: Theirs,
}

/// Which endpoint matches which operation, and which match none.
pub(super) struct Matching<'a> {
    pub found: Vec<Match<'a>>,
    pub sought: usize,
    /// The endpoints of other descriptions, which were not looked for.
    pub unsought: Vec<EndpointAt<'a>>,
    pub theirs: usize,
    pub elsewhere: usize,
    lost: Vec<EndpointAt<'a>>,
    /// Official operations at paths of the spec, each with an endpoint of that path.
    left: Vec<(usize, usize, EndpointAt<'a>, Theirs)>,
    /// Official operations at other paths.
    strangers: Vec<Theirs>,
}

type Call = (&'static str, String);

impl<'a> Matching<'a> {
    pub(super) fn new(
        texts: &[Text<'_>],
        index: &Index<'a>,
        bases: &[&str],
        expected: Expected,
    ) -> Self {
        let calls = calls(texts, bases);
        let mut found = Vec::new();
        let (mut lost, mut unsought) = (Vec::new(), Vec::new());
        let mut own: HashSet<Call> = HashSet::new();
        let mut paths: HashMap<String, (usize, usize, EndpointAt<'a>)> = HashMap::new();
        for group in 0..index.document.groups.len() {
            for (number, ours) in index.endpoints_of(group).enumerate() {
                if let Some((method, path)) = call(ours.spec) {
                    own.insert((method, bare(path)));
                    paths.entry(bare(path)).or_insert((group, number, ours));
                }
                let from = from(texts, ours.group, ours.spec);
                let theirs =
                    by_call(ours.spec, &calls, from).or_else(|| by_id(ours.spec, texts, from?));
                match theirs {
                    Some(theirs) => found.push(Match {
                        ours,
                        number,
                        theirs,
                    }),
                    None if from.is_none() && expected == Expected::FromThese => {
                        unsought.push(ours);
                    }
                    None => lost.push(ours),
                }
            }
        }
        let taken: HashSet<Theirs> = found.iter().map(|one| one.theirs).collect();
        let (mut theirs, mut elsewhere) = (0, 0);
        let (mut left, mut strangers) = (Vec::new(), Vec::new());
        for (place, operation) in operations(texts) {
            let text = texts.get(place.file);
            let is_elsewhere = text.is_some_and(|text| text.is_elsewhere(bases));
            match (taken.contains(&place), is_elsewhere) {
                (true, _) => {}
                (false, true) => elsewhere += 1,
                // Two descriptions may have the same call.
                (false, false) if own.contains(&(operation.method, bare(&operation.path))) => {}
                (false, false) => {
                    theirs += 1;
                    match paths.get(&bare(&operation.path)) {
                        Some((group, number, ours)) => {
                            left.push((*group, *number, *ours, place));
                        }
                        None => strangers.push(place),
                    }
                }
            }
        }
        Self {
            sought: found.len() + lost.len(),
            found,
            unsought,
            theirs,
            elsewhere,
            lost,
            left,
            strangers,
        }
    }

    /// The operations at paths that the spec does not have, from the first description that has them.
    pub(super) fn strangers(&self, texts: &[Text<'_>]) -> Vec<Stranger> {
        let mut told = HashSet::new();
        let all = self.strangers.iter().filter_map(|place| {
            let operation = operation(texts, *place)?;
            let is_new = told.insert((operation.method, bare(&operation.path)));
            let text = texts.get(place.file)?;
            is_new.then(|| Stranger::new(text, operation))
        });
        all.collect()
    }

    /// The operations that are compared with an endpoint, or that a group leaves out.
    pub(super) fn met(&self, texts: &[Text<'_>]) -> HashSet<Theirs> {
        let found = self.found.iter().map(|one| one.theirs);
        let left = self.left.iter();
        let left_out = left.filter_map(|(_, _, ours, theirs)| {
            let operation = operation(texts, *theirs)?;
            ours.group
                .left_out
                .contains(&operation.id)
                .then_some(*theirs)
        });
        found.chain(left_out).collect()
    }

    /// The endpoints that were found.
    pub(super) fn compared(&self) -> Endpoints {
        let places = self.found.iter().filter_map(|one| match one.ours.home {
            Home::Group(group) => Some((group.0, one.number)),
            _ => None,
        });
        places.collect()
    }

    /// Records official methods on paths of the spec that are missing here, unless the group leaves them out,
    /// or they are reported as missing from the list of official operations.
    pub(super) fn not_ours(&self, texts: &[Text<'_>], list: &List<'_>, found: &mut Findings<'a>) {
        let mut told = HashSet::new();
        for (group, number, ours, theirs) in &self.left {
            let Some(operation) = operation(texts, *theirs) else {
                continue;
            };
            let is_left_out = ours.group.left_out.contains(&operation.id);
            let text = texts.get(theirs.file);
            let is_unlisted = text.is_some_and(|text| list.lacks(text, operation));
            if is_left_out || is_unlisted {
                continue;
            }
            if !told.insert((operation.method, bare(&operation.path))) {
                continue;
            }
            found.enter((*group, *number), ours.at, *theirs);
            let method = operation.method.to_ascii_uppercase();
            let call = format!("`{method} {}` ({})", operation.path, operation.id);
            found.missing(Topic::Operation, &call);
        }
    }

    /// The endpoints that were not found, each with a possible replacement.
    pub(super) fn unmatched(&self, texts: &[Text<'_>], lines: &mut Lines<'_>) -> Vec<Difference> {
        let lost = self.lost.iter().map(|ours| {
            let call = call(ours.spec);
            let shown = call.map_or_else(String::new, |(method, path)| {
                format!("`{} {path}` ", method.to_ascii_uppercase())
            });
            let source = ours.spec.source.as_deref().unwrap_or(&ours.group.source);
            let file = from(texts, ours.group, ours.spec).and_then(|place| texts.get(place));
            let absent = file.is_none().then(|| source.to_owned());
            let place = file.map_or_else(
                || format!("in none of the descriptions; `{source}` is not one of them"),
                |text| format!("not in {}", text.file),
            );
            let id = &ours.spec.operation;
            Difference {
                group: ours.group.group.clone(),
                endpoints: vec![ours.spec.id.clone()],
                topic: Topic::Operation,
                text: format!("{shown}({id}) is {place}"),
                ours: lines.ours(&ours.at.name()),
                theirs: None,
                place: String::new(),
                is_string: false,
                edits: Vec::new(),
                at: ours.at.value(),
                absent,
            }
        });
        lost.collect()
    }
}

/// The description of an endpoint.
fn from(texts: &[Text<'_>], group: &Group, endpoint: &Endpoint) -> Option<usize> {
    let source = endpoint.source.as_deref().unwrap_or(&group.source);
    texts.iter().position(|text| text.is(source))
}

/// Where each call to one of these servers is described.
fn calls(texts: &[Text<'_>], bases: &[&str]) -> HashMap<Call, Vec<Theirs>> {
    let mut calls: HashMap<Call, Vec<Theirs>> = HashMap::new();
    for (place, operation) in operations(texts) {
        let text = texts.get(place.file);
        if text.is_none_or(|text| !text.is_elsewhere(bases)) {
            let call = (operation.method, bare(&operation.path));
            calls.entry(call).or_default().push(place);
        }
    }
    calls
}

/// The operation at the endpoint's path, from its own description if several have it.
fn by_call(
    endpoint: &Endpoint,
    calls: &HashMap<Call, Vec<Theirs>>,
    from: Option<usize>,
) -> Option<Theirs> {
    let (method, path) = call(endpoint)?;
    let all = calls.get(&(method, bare(path)))?;
    let own = all.iter().find(|theirs| Some(theirs.file) == from);
    own.or_else(|| all.first()).copied()
}

fn by_id(endpoint: &Endpoint, texts: &[Text<'_>], file: usize) -> Option<Theirs> {
    let operations = &texts.get(file)?.official.operations;
    let operation = operations
        .iter()
        .position(|one| one.id == endpoint.operation)?;
    Some(Theirs { file, operation })
}
