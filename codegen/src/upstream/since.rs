//! Reports what changed between two revisions of descriptions: the API changed, a description was corrected
//! to what was already true, or prose was edited.
//!
//! What differs from the spec now and did not before is a change of the API, unless the old examples already
//! show it; what no longer differs is a correction. Every other change of an operation is outside the spec's
//! terms, and is reported with its place.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::{
    Description, Difference, Expected, Recorded, Topic, Unlisted, Unread, compared,
    findings::in_body,
    place::Lines,
    read::Text,
    security::raw,
    shown::is_shown,
    spot, texts,
    walk::{Said, between},
};
use crate::{
    bare_path::bare,
    diagnostic::{At, SpecPath},
    import::{ImportError, known::call, operation::Operation, read::list, resolve::Source},
    inbound,
    index::place_of,
    source::Sources,
    spec::Document,
};

/// What changed between two revisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// Changes of the API that the spec does not have yet.
    pub changed: Vec<Difference>,
    /// Corrections of what was already true.
    pub corrected: Vec<Difference>,
    /// New and removed operations, and changes of operations that the spec cannot express.
    pub others: Vec<Other>,
    /// Texts with changed numbers, whatever else changed. A limit may be stated only there, so a person has
    /// to read them.
    pub reworded: Vec<Reworded>,
    /// The operations whose prose was edited without a change of numbers, by their ids.
    pub prose: Vec<String>,
    /// How many new differences the spec's conflicts already record.
    pub recorded: usize,
    /// How many differences are in operations that the old side lacks, so nobody knows what changed.
    pub unseen: usize,
    /// The files that could not be compared.
    pub unread: Vec<Unread>,
}

impl Since {
    /// Whether the spec has to change: it differs from the API now, has a removed operation, or lacks a new
    /// one.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.changed.is_empty() || self.asks_for_operations()
    }

    /// Whether it has a removed operation or lacks a new one, which no edit of a part can fix.
    #[must_use]
    pub fn asks_for_operations(&self) -> bool {
        self.others.iter().any(|one| match one.became {
            Became::New => !one.is_accounted_for,
            Became::Gone | Became::Moved(_) => one.ours.is_some(),
            Became::Changed(_) => false,
        })
    }
}

/// Differences in the order of the report: each with the same one of the same part of the spec in a body, or
/// in the response of another status, which is one change.
#[must_use]
pub fn together(differences: &[Difference]) -> Vec<(&Difference, Vec<&Difference>)> {
    let mut told: Vec<(&Difference, Vec<&Difference>)> = Vec::new();
    let mut known: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for one in differences {
        let key = (&*one.group, &*one.ours, one.said());
        match known.get(&key).and_then(|at| told.get_mut(*at)) {
            Some((_, alike)) => alike.push(one),
            None => {
                known.insert(key, told.len());
                told.push((one, Vec::new()));
            }
        }
    }
    told
}

/// A change of an operation as a whole, or of a part that the spec does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The call and its id: `POST /v3/pricelists/{id}/records (createPriceListRecords)`.
    pub call: String,
    /// The file that describes it.
    pub file: String,
    /// The operation id.
    pub operation: String,
    /// The endpoint, if it is one, with its file and line.
    pub ours: Option<(String, String)>,
    /// Whether it is an endpoint, or in the list of official operations.
    pub is_accounted_for: bool,
    /// What that list lacks of it.
    pub unlisted: Option<Unlisted>,
    pub became: Became,
}

/// A text with changed numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// The ids of its operations.
    pub operations: Vec<String>,
    /// The endpoints of these operations, each with its file and its line.
    pub ours: Vec<(String, String)>,
    /// The part of them that it is about: `body field codes`.
    pub about: Vec<String>,
    /// The old text: the sentences with removed numbers, or all of a short text.
    pub was: String,
    /// The new text: the sentences with added numbers, or all of a short text.
    pub is: String,
}

/// What happened to an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    New,
    Gone,
    /// It was this call before.
    Moved(String),
    /// It changed at these places.
    Changed(Vec<String>),
}

type Call = (&'static str, String);

/// The endpoints by their calls, each with its name and its place.
type Ours = HashMap<Call, (String, SpecPath)>;

/// How many places of one operation are reported.
const PLACES: usize = 12;

/// Reports what changed between the descriptions in `old` and those in `new`.
///
/// # Errors
///
/// If no string on one of the sides is an OpenAPI 3 description; the first of them is returned with the
/// error.
pub fn since(
    old: &[Description<'_>],
    new: &[Description<'_>],
    document: &Document,
    sources: &Sources,
) -> Result<Since, (String, ImportError)> {
    let ((olds, unread), (news, more)) = (texts(old)?, texts(new)?);
    let tell =
        |all: &[Text<'_>]| compared(all, document, sources, Expected::FromThese, Recorded::No);
    let (before, now) = (tell(&olds), tell(&news));
    let mut told = Since::default();
    told.unread.extend(unread.into_iter().chain(more));
    let key = |one: &Difference| (one.group.clone(), one.text.clone());
    let was: HashSet<_> = before.differences.iter().map(key).collect();
    let is: HashSet<_> = now.differences.iter().map(key).collect();
    let whole = |one: &Difference| one.topic == Topic::Operation;
    let (calls, now_by_call) = (by_call(&olds), by_call(&news));
    let ours = endpoints(document);
    let called: HashMap<&str, &Call> = ours
        .iter()
        .map(|(call, (name, _))| (name.as_str(), call))
        .collect();
    let known: HashSet<(&str, &str)> = operations(&olds)
        .map(|(text, one)| (&*text.official.title, &*one.id))
        .collect();
    let recorded = recorded(document);
    for one in now.differences {
        // Operations are reported as a whole, and examples do not define the API.
        if was.contains(&key(&one)) || whole(&one) || one.topic == Topic::Example {
            continue;
        }
        // The spec records it, and still differs.
        if recorded.contains(&key(&one)) {
            told.recorded += 1;
            continue;
        }
        let all = one.endpoints.iter().map(|id| format!("{}.{id}", one.group));
        let all: Vec<&Call> = all
            .filter_map(|name| called.get(name.as_str()).copied())
            .collect();
        // The differences of an operation that only the new side has are not new by themselves: its
        // description was added, or it was in another file.
        let is_seen = |call: &&Call| {
            let moved = || {
                let now = now_by_call.get(*call);
                now.is_none_or(|(text, now)| known.contains(&(&*text.official.title, &*now.id)))
            };
            calls.contains_key(*call) || moved()
        };
        if !all.is_empty() && !all.iter().any(is_seen) {
            told.unseen += 1;
            continue;
        }
        let shown = all.iter().any(|call| {
            let old = calls.get(*call);
            old.is_some_and(|(text, operation)| is_shown(&one, text, operation))
        });
        match shown {
            true => told.corrected.push(one),
            false => told.changed.push(one),
        }
    }
    // Facts about a removed endpoint are not corrected.
    let lost = now.unmatched.iter().flat_map(|one| {
        let endpoints = one.endpoints.iter();
        endpoints.map(|id| (one.group.as_str(), id.as_str()))
    });
    let lost: HashSet<(&str, &str)> = lost.collect();
    let is_lost = |one: &Difference| {
        let mut endpoints = one.endpoints.iter();
        endpoints.all(|id| lost.contains(&(one.group.as_str(), id.as_str())))
    };
    let gone = before.differences.into_iter();
    let gone = gone.filter(|one| !is.contains(&key(one)) && !whole(one) && !is_lost(one));
    // A difference that changed is reported once, in its new form; each value of an enumeration is separate.
    let of = |one: &Difference| (one.group.clone(), one.topic, one.place.clone());
    let changed: HashSet<_> = told.changed.iter().map(of).collect();
    let moved = |one: &Difference| one.topic != Topic::Members && changed.contains(&of(one));
    let gone: Vec<Difference> = gone.filter(|one| !moved(one)).collect();
    told.corrected.extend(gone);
    let described = Sources::default();
    let spec = Spoken {
        ours: &ours,
        list: document.official.as_ref().map(|_| &*now.unlisted),
        lines: Lines::new(sources, &[], &described),
    };
    spec.others(&olds, &news, &mut told);
    Ok(told)
}

/// The differences that conflicts record, each with its group.
fn recorded(document: &Document) -> HashSet<(String, String)> {
    let inbound = inbound::document(document);
    let documents = std::iter::once(document).chain(&inbound);
    let groups = documents.flat_map(|document| &document.groups);
    let all = groups.flat_map(|group| {
        let conflicts = group.endpoints.iter().flat_map(|one| &one.conflicts);
        let lines = conflicts.flat_map(|conflict| &conflict.differs);
        lines.map(move |line| (group.group.clone(), line.clone()))
    });
    all.collect()
}

/// The endpoints, and the calls that BigCommerce makes.
fn endpoints(document: &Document) -> Ours {
    let all = document.groups.iter().flat_map(|group| {
        let endpoints = group.endpoints.iter();
        endpoints.map(move |one| {
            let name = format!("{}.{}", group.group, one.id);
            (one, (name, place_of(group, one).name()))
        })
    });
    let ours =
        all.filter_map(|(one, ours)| call(one).map(|(method, path)| ((method, bare(path)), ours)));
    let inbound = document.inbound.iter().flat_map(|provider| {
        let at = At::root(&provider.file).key("endpoints");
        let calls = provider.endpoints.iter().enumerate();
        calls.flat_map(move |(index, one)| {
            let ours = (provider.id_of(one), at.index(index).name());
            one.methods()
                .map(move |(method, path)| ((method, bare(path)), ours.clone()))
        })
    });
    ours.chain(inbound).collect()
}

/// The operations of all descriptions.
fn operations<'t>(texts: &'t [Text<'t>]) -> impl Iterator<Item = (&'t Text<'t>, &'t Operation)> {
    let all = texts.iter();
    all.flat_map(|text| text.official.operations.iter().map(move |one| (text, one)))
}

fn key(operation: &Operation) -> Call {
    (operation.method, bare(&operation.path))
}

fn by_call<'t>(texts: &'t [Text<'t>]) -> HashMap<Call, (&'t Text<'t>, &'t Operation)> {
    let all = operations(texts);
    all.map(|(text, one)| (key(one), (text, one))).collect()
}

/// What the spec has of operations, which is reported with their changes.
struct Spoken<'s> {
    ours: &'s Ours,
    /// Whether there is a list of official operations, and what it lacks.
    list: Option<&'s [Unlisted]>,
    lines: Lines<'s>,
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
    fn others<'t>(mut self, olds: &'t [Text<'t>], news: &'t [Text<'t>], told: &mut Since) {
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
            let about = spot::thing(&named(&place, raw, text));
            let place = told.iter().position(|one| one.was == was && one.is == is);
            let place = place.unwrap_or_else(|| {
                told.push(Reworded {
                    operations: Vec::new(),
                    ours: Vec::new(),
                    about: Vec::new(),
                    was,
                    is,
                });
                told.len() - 1
            });
            if let Some(one) = told.get_mut(place) {
                if one.operations.last() != Some(&operation.id) {
                    one.operations.push(operation.id.clone());
                    one.ours.extend(ours.clone());
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
