//! What each operation of the catalogue does, by its method and its path, and those that do something
//! else.

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::{Collection, Context, Write, Written};
use crate::catalogue::{Catalogue, Endpoint};
use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::wanted::Wanted;

/// What an operation does.
#[derive(Debug)]
pub(crate) struct Operation {
    /// What it does.
    pub(crate) verb: Verb,
    /// To the records of this collection.
    pub(crate) collection: String,
    /// The parameter of the path that names the record.
    pub(crate) key: Option<String>,
    /// The parameters of the path that name records above, and their collections.
    pub(crate) above: Vec<(String, Option<String>)>,
    /// Those of them that its records belong to.
    pub(crate) within: Vec<(String, Option<String>)>,
    /// What becomes of a batch with a bad item.
    pub(crate) batch: BatchRule,
    /// What it does otherwise.
    pub(crate) special: Option<&'static Special>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Many are read.
    List,
    /// One is read.
    Get,
    /// One is made, or several.
    Create,
    /// One is changed, or several.
    Update,
    /// How many there are.
    Count,
    /// Many are read, as a file or as a stream of events.
    Stream,
    /// Each is made or changed.
    Upsert,
    /// Those below a record are replaced, all of them.
    Replace,
    /// One is removed, or those that filters match.
    Delete,
}

/// What becomes of a batch with a bad item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BatchRule {
    /// Nothing is done.
    Whole,
    /// Nothing is done, told in `batch_errors`.
    BatchErrors,
    /// The others are done, told by a 207.
    Partly,
    /// The others are done, told by a 422 with `batch_errors`.
    PartlyBatchErrors,
    /// The others are done, told by this status with them, a list of `errors` and a tally.
    PartlyErrors(StatusCode),
    /// The others are done, told by a 422 with `errors` in one object and how many were saved.
    PartlySaved,
}

/// An operation that does not follow from its method and its path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Special {
    /// The endpoint: `carts.add_items`.
    pub(crate) id: &'static str,
    /// The file that says so.
    pub(crate) file: &'static str,
    /// What it does.
    pub(crate) verb: Option<Verb>,
    /// To records of another collection than its path's.
    pub(crate) collection: Option<&'static str>,
    /// The parameter of the path that names the record, where that is not the last one.
    pub(crate) key: Option<&'static str>,
    /// What becomes of a batch with a bad item.
    pub(crate) batch: Option<BatchRule>,
    /// What is done before a record is written, in place of the collection's own.
    pub(crate) write: Option<BeforeWrite>,
    /// The record that the call, or an item of it, is about, where its key alone does not say.
    pub(crate) find: Option<Find>,
    /// Whether items of a batch that name no record are passed over without a word.
    pub(crate) passes_over: bool,
    /// The fields by which a refused item of a batch is told; none where its index tells.
    pub(crate) names: &'static [&'static str],
    /// Whether the first refused item of a batch alone is told, without a list around it.
    pub(crate) bare: bool,
    /// Which items of a batch change nothing and are left out of what is returned.
    pub(crate) skips: Option<Skips>,
    /// Whether it reads the files of its form: each is an object with `name`, `size` and `text`.
    pub(crate) reads: bool,
    /// How the names of the files end that its form takes; empty for any.
    pub(crate) endings: &'static [&'static str],
    /// The status of the error response to a file that is too large, where that is not the usual one.
    pub(crate) too_large: Option<StatusCode>,
    /// Fields of the body and parameters that the API does without, although clients of the catalogue have to
    /// send them.
    pub(crate) optional: &'static [&'static str],
    /// What its parameters have to be beyond what each of them says.
    pub(crate) asks: Option<Asks>,
    /// Why a record stays that it should remove, where that is not what the collection says.
    pub(crate) kept: Option<Kept>,
    /// Which records of its collection a list is about, and by what they are ordered, null last.
    pub(crate) among: Option<Among>,
    /// What a 207 says of a record that was written without a part of what was sent; none for the whole of it.
    pub(crate) partly: Option<fn(&Written) -> Option<Refusal>>,
    /// What is returned for a record.
    pub(crate) answer: Option<fn(&Context<'_>, &Wanted, &Record) -> Value>,
    /// What is returned for all of them, by the parameters that are no filters.
    pub(crate) answer_all: Option<AnswerAll>,
}

/// Does what comes before a record is written.
pub(crate) type BeforeWrite = fn(&Context<'_>, &mut Write<'_>) -> Result<(), Refusal>;
/// Refuses a call by what it asks for.
pub(crate) type Asks = fn(&Context<'_>) -> Result<(), Refusal>;
/// Tells whether an item of a batch changes nothing.
pub(crate) type Skips = fn(&Context<'_>, &Value) -> bool;
/// Tells why a record cannot be removed.
pub(crate) type Kept = fn(&Context<'_>, &Record) -> Option<String>;
/// Finds the record that an item of a body is about; the item is null where a call has none.
pub(crate) type Find = fn(&Context<'_>, &Value) -> Option<Arc<Record>>;
/// Tells what a record is ordered by; none for one that the list is not about.
pub(crate) type Among = fn(&Context<'_>, &Record) -> Option<Value>;
/// Makes one response of the records that were found or written, by the parameters that are no filters.
pub(crate) type AnswerAll =
    fn(&Context<'_>, &[(Key, Arc<Record>)], &[(&'static str, String)]) -> Value;

impl Special {
    /// An operation that is all convention.
    pub(crate) const USUAL: Self = Self {
        id: "",
        file: "",
        verb: None,
        collection: None,
        key: None,
        batch: None,
        write: None,
        find: None,
        passes_over: false,
        names: &[],
        bare: false,
        skips: None,
        reads: false,
        endings: &[],
        too_large: None,
        optional: &[],
        asks: None,
        kept: None,
        among: None,
        partly: None,
        answer: None,
        answer_all: None,
    };
}

/// How an operation is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// By its method, its path and its types alone.
    ByConvention,
    /// By the rules in this file.
    ByRule(&'static str),
    /// Not at all: it is refused with 501.
    NotAtAll,
}

/// The verb of an operation, by its method, its body and whether its path names a record or some above;
/// none for an operation that follows from neither.
pub(super) fn verb(
    catalogue: &Catalogue,
    endpoint: &Endpoint,
    (names_one, below): (bool, bool),
    collection: &Collection,
) -> Option<Verb> {
    match endpoint.method.as_str() {
        "GET" if endpoint.stream.is_some() => Some(Verb::Stream),
        "GET" if endpoint.counts() => Some(Verb::Count),
        "GET" if names_one || collection.single => Some(Verb::Get),
        "GET" => endpoint.returns_list().then_some(Verb::List),
        "POST" if collection.single => Some(Verb::Update),
        "POST" if endpoint.takes_keys() => Some(Verb::Upsert),
        "POST" => (!names_one).then_some(Verb::Create),
        "PUT" | "PATCH" if names_one || collection.single => Some(Verb::Update),
        "PUT" | "PATCH" => endpoint.takes_list().then(|| {
            let item = endpoint.request_type();
            let item = item.and_then(|item| catalogue.types.get(item));
            let keyed = item.filter(|item| item.fields.contains_key(&collection.key));
            let needed = keyed.is_some_and(|item| item.required.contains(&collection.key));
            match keyed {
                Some(_) if needed && !collection.given => Verb::Update,
                None if below && endpoint.method == "PUT" && collection.unique.is_empty() => {
                    Verb::Replace
                }
                _ => Verb::Upsert,
            }
        }),
        "DELETE" => Some(Verb::Delete),
        _ => None,
    }
}
