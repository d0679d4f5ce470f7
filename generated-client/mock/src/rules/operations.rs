//! What each operation of the catalogue does, by its method and its path, and the operations that do
//! something else.

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
    /// The collection of its records.
    pub(crate) collection: String,
    /// The path parameter of the record.
    pub(crate) key: Option<String>,
    /// The path parameters of parent records, and their collections.
    pub(crate) above: Vec<(String, Option<String>)>,
    /// The parents that own its records.
    pub(crate) within: Vec<(String, Option<String>)>,
    /// What happens to a batch with an invalid item.
    pub(crate) batch: BatchRule,
    /// What it does differently.
    pub(crate) special: Option<&'static Special>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Lists records.
    List,
    /// Reads one record.
    Get,
    /// Creates one record or several.
    Create,
    /// Updates one record or several.
    Update,
    /// Counts records.
    Count,
    /// Reads records as a file or as an event stream.
    Stream,
    /// Creates or updates each record.
    Upsert,
    /// Replaces all records of a parent.
    Replace,
    /// Deletes one record, or those that match filters.
    Delete,
}

/// What happens to a batch with an invalid item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BatchRule {
    /// Nothing is applied.
    Whole,
    /// Nothing is applied, reported in `batch_errors`.
    BatchErrors,
    /// The other items are applied, reported by a 207.
    Partly,
    /// The other items are applied, reported by a 422 with `batch_errors`.
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
    /// The file that defines it.
    pub(crate) file: &'static str,
    /// What it does.
    pub(crate) verb: Option<Verb>,
    /// The collection of its records, if it is not that of its path.
    pub(crate) collection: Option<&'static str>,
    /// The path parameter of the record, if it is not the last one.
    pub(crate) key: Option<&'static str>,
    /// What happens to a batch with an invalid item.
    pub(crate) batch: Option<BatchRule>,
    /// What runs before a record is written, in place of the collection's own rule.
    pub(crate) write: Option<BeforeWrite>,
    /// The record of the call or of an item, if its key alone does not determine it.
    pub(crate) find: Option<Find>,
    /// Whether batch items without a record are silently skipped.
    pub(crate) passes_over: bool,
    /// The fields by which a refused item of a batch is told; none where its index tells.
    pub(crate) names: &'static [&'static str],
    /// Whether the first refused item of a batch alone is told, without a list around it.
    pub(crate) bare: bool,
    /// The batch items that change nothing and are omitted from the response.
    pub(crate) skips: Option<Skips>,
    /// Whether it reads the files of its form: each is an object with `name`, `size` and `text`.
    pub(crate) reads: bool,
    /// The file name extensions that its form accepts, if the catalogue has no types; empty for any.
    pub(crate) endings: &'static [&'static str],
    /// The status of the error response to too large a file, if it is not the default one.
    pub(crate) too_large: Option<StatusCode>,
    /// Required fields and parameters of the catalogue that the API does not require.
    pub(crate) optional: &'static [&'static str],
    /// Requirements for its parameters beyond those of each one.
    pub(crate) asks: Option<Asks>,
    /// Why a record is not deleted, if it is not for the collection's own reasons.
    pub(crate) kept: Option<Kept>,
    /// The records of a list and their sort values, null last.
    pub(crate) among: Option<Among>,
    /// The error that a 207 reports for a record that was only partly written; `None` if it was written
    /// completely.
    pub(crate) partly: Option<fn(&Written) -> Option<Refusal>>,
    /// The response for a record.
    pub(crate) answer: Option<fn(&Context<'_>, &Wanted, &Record) -> Value>,
    /// The response for all records, given the parameters that are not filters.
    pub(crate) answer_all: Option<AnswerAll>,
}

/// Runs before a record is written.
pub(crate) type BeforeWrite = fn(&Context<'_>, &mut Write<'_>) -> Result<(), Refusal>;
/// Rejects a call for its parameters.
pub(crate) type Asks = fn(&Context<'_>) -> Result<(), Refusal>;
/// Whether an item of a batch changes nothing.
pub(crate) type Skips = fn(&Context<'_>, &Value) -> bool;
/// Why a record cannot be deleted.
pub(crate) type Kept = fn(&Context<'_>, &Record) -> Option<String>;
/// Finds the record of an item; the item is null if a call has none.
pub(crate) type Find = fn(&Context<'_>, &Value) -> Option<Arc<Record>>;
/// The sort value of a record; `None` if it is not in the list.
pub(crate) type Among = fn(&Context<'_>, &Record) -> Option<Value>;
/// Builds one response from the found or written records, given the parameters that are not filters.
pub(crate) type AnswerAll =
    fn(&Context<'_>, &[(Key, Arc<Record>)], &[(&'static str, String)]) -> Value;

impl Special {
    /// An operation that is entirely convention.
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
    /// By convention, with the rules of its collection in this file, which may affect some operations only, such as
    /// the initial values of new records.
    WithRules(&'static str),
    /// By a rule of its own in this file.
    ByRule(&'static str),
    /// Not at all: it is rejected with 501.
    NotAtAll,
}

/// The verb of an operation, from its method, its body, and whether its path names a record or its
/// parents; `None` if it follows from none of these.
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
