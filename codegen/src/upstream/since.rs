//! Reports what changed between two revisions of descriptions: the API changed, a description was corrected
//! to what was already true, or prose was edited.
//!
//! What differs from the spec now and did not before is a change of the API, unless the old examples already
//! show it; what no longer differs is a correction. Every other change of an operation is outside the spec's
//! terms, and is reported with its place.

mod others;
mod stated;

use std::collections::{HashMap, HashSet};

use self::others::Spoken;
use super::{
    Description, Difference, Expected, Recorded, Topic, Unlisted, Unread, compared, place::Lines,
    read::Text, records::Named, shown::is_shown, spot::Subject, texts,
};
use crate::{
    bare_path::bare,
    diagnostic::{At, SpecPath},
    import::{ImportError, known::call, operation::Operation},
    index::{Index, place_of},
    source::Sources,
    spec::Document,
};

/// What changed between two revisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// Changes of the API that the spec does not have yet.
    pub changed: Vec<Difference>,
    /// Limits of the spec that texts now state with another number.
    pub stated: Vec<Difference>,
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
        !self.changed.is_empty() || !self.stated.is_empty() || self.asks_for_operations()
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
    /// The endpoints, each with what the text is about in it.
    parts: Vec<(String, Subject)>,
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
    let tell = |all: &[Text<'_>], recorded: Recorded<'_>| {
        compared(all, document, sources, Expected::FromThese, recorded)
    };
    let (before, now) = (tell(&olds, Recorded::No), tell(&news, Recorded::No));
    // A difference that another endpoint of the group already had is new.
    let added = tell(&news, Recorded::Since(&named(&before.differences)));
    let mut told = Since::default();
    told.unread.extend(unread.into_iter().chain(more));
    let is = named(&now.differences);
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
    // The spec records them, and still differs.
    told.recorded = added.recorded;
    for one in added.differences {
        // Operations are reported as a whole.
        if whole(&one) {
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
    // An endpoint is not looked for if its whole description is gone.
    let left: HashSet<(&str, &str)> = operations(&news)
        .map(|(text, one)| (&*text.official.title, &*one.id))
        .collect();
    let is_gone = |name: &str| {
        let call = called.get(name).copied();
        let call = call.filter(|call| !now_by_call.contains_key(*call));
        let was = call.and_then(|call| calls.get(call));
        was.is_some_and(|(text, one)| !left.contains(&(&*text.official.title, &*one.id)))
    };
    let is_lost =
        |group: &str, id: &str| lost.contains(&(group, id)) || is_gone(&format!("{group}.{id}"));
    let gone = before.differences.into_iter().filter(|one| !whole(one));
    let gone = gone.filter_map(|mut one| {
        let (group, text) = (one.group.as_str(), one.text.as_str());
        one.endpoints
            .retain(|id| !is.contains(&(group, id.as_str(), text)) && !is_lost(group, id));
        (!one.endpoints.is_empty()).then_some(one)
    });
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
    if !told.reworded.is_empty() {
        let index = Index::new(document, sources);
        let mut lines = Lines::new(sources, &[], &described);
        told.stated = stated::stated(&index, &told.reworded, &told.changed, &mut lines);
    }
    Ok(told)
}

/// The differences, each at each of its endpoints.
fn named(all: &[Difference]) -> HashSet<Named<'_>> {
    let all = all.iter().flat_map(|one| {
        let endpoints = one.endpoints.iter();
        endpoints.map(move |id| (one.group.as_str(), id.as_str(), one.text.as_str()))
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
