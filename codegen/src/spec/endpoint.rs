//! Endpoints: each is one call of the API, with every fact that a caller, a scheduler or a reader needs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Conflict, Deprecated, Filter, Map, Parameter, Safety};
use crate::diagnostic::Segment;

/// One call of the API.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// Its position in the list of its file.
    #[serde(skip)]
    pub place: usize,
    /// The file that it was read from, if that is not the file of its group: its template.
    #[serde(skip)]
    pub made_of: Option<String>,
    /// What the use of a template sets for it.
    #[serde(skip)]
    pub said: Option<Said>,
    /// The ids of the endpoints of its template that the use leaves out.
    #[serde(skip)]
    pub without: Vec<String>,
    /// The name of the method in code. With the group before it, it is the endpoint's id (`products.list`).
    pub id: String,
    /// The id of its row in the reference guide, if it has one. No two endpoints have the same row.
    #[serde(default)]
    pub guide: Option<String>,
    /// `GET` this path.
    #[serde(default)]
    pub get: Option<String>,
    /// `POST` to this path.
    #[serde(default)]
    pub post: Option<String>,
    /// `PUT` to this path.
    #[serde(default)]
    pub put: Option<String>,
    /// `PATCH` this path.
    #[serde(default)]
    pub patch: Option<String>,
    /// `DELETE` this path.
    #[serde(default)]
    pub delete: Option<String>,
    /// The generation of the API it belongs to, if that is not the group's.
    #[serde(default)]
    pub version: Option<String>,
    /// The parameters of its path that the group's `path` does not have.
    #[serde(default)]
    pub path: Map<Parameter>,
    /// The operation id in the official description, with which `cargo xtask upstream` compares it.
    pub operation: String,
    /// What the call does, as one sentence in the imperative.
    pub does: String,
    /// What to know before calling it.
    #[serde(default)]
    pub note: Option<String>,
    /// The resource it reads or changes, in words of your choice: `price record`. The docs show them, and an
    /// argument may be named after them.
    pub acts_on: String,
    /// The scope, as `area.level`, if it is not the default of the group.
    #[serde(default)]
    pub scope: Option<String>,
    /// A scope that is sufficient instead of `scope`, as `area.level`.
    #[serde(default)]
    pub or_scope: Option<String>,
    /// The scopes that it requires in addition, but only with some values.
    #[serde(default)]
    pub also_needs: Vec<AlsoNeeds>,
    /// The event that the reference guide links to its row.
    #[serde(default)]
    pub event: Option<String>,
    /// The events that a successful call fires.
    #[serde(default)]
    pub fires: Vec<String>,
    /// The pagination style, as `service.yaml` names it; `none` if one response has the whole list.
    #[serde(default)]
    pub page: Option<String>,
    /// The page size.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// Filters on a field, or on a field of a field (`forward.ref`), each with its operators.
    #[serde(default)]
    pub filters: Map<Filter>,
    /// Whether the call requires a filter, because it applies to every item that its filters match.
    #[serde(default)]
    pub needs_filter: bool,
    /// Other query parameters.
    #[serde(default)]
    pub query: Map<Parameter>,
    /// Headers of this call, in addition to those of every call.
    #[serde(default)]
    pub headers: Map<Parameter>,
    /// Sets of parameters that exclude each other, as they are sent. Those of the pagination style need not
    /// be listed here.
    #[serde(default)]
    pub at_most_one_of: Vec<Vec<String>>,
    /// Values that a parameter accepts although the official description does not list them, by parameter:
    /// `include_fields: [id]`.
    #[serde(default)]
    pub unlisted: Map<Vec<String>>,
    /// The enumeration of the values of `include`.
    #[serde(default)]
    pub include: Option<String>,
    /// The parameters that select fields of the response: `include_fields`, `exclude_fields` or both.
    #[serde(default)]
    pub select: Vec<String>,
    /// The sort order of a list.
    #[serde(default)]
    pub sort: Option<Sort>,
    /// The type of the request body: `ProductCreate`; `[CustomerCreate]` for a batch; `[int]`, `[string]`
    /// or `[uuid]` for a list of ids; `one_or_many PageCreate` for an object or an array of them; `json`
    /// for any JSON.
    #[serde(default)]
    pub takes: Option<String>,
    /// The parts of a form (`multipart/form-data`), which is sent instead of JSON. A part is a file or one
    /// value.
    #[serde(default)]
    pub form: Map<Parameter>,
    /// Whether the request body is optional.
    #[serde(default)]
    pub optional_body: bool,
    /// The maximum number of items of a call, in its body or in a list of its query.
    #[serde(default)]
    pub batch: Option<Batch>,
    /// The call that accepts any number of items and sends them in as many batches as necessary.
    #[serde(default)]
    pub all: Option<All>,
    /// The type of the response: a type, `[Type]`, `none`, `counts` for just the totals of a batch, `file`
    /// for a file, or `events` for a stream of server-sent events.
    pub returns: String,
    /// The type of the data of the returned events, if it is JSON. The default is a string.
    #[serde(default)]
    pub events: Option<String>,
    /// How to wait for the job that the call reads.
    #[serde(default)]
    pub job: Option<Job>,
    /// Where a field of the response gets its value if it is null or missing: the query parameter without which the
    /// same call returns it, or the id of another call of the group that requires the same scope.
    #[serde(default)]
    pub inherits: Option<String>,
    /// The media type of the returned file, such as `text/csv`.
    #[serde(default)]
    pub media_type: Option<String>,
    /// The type of the body of a 207, if it is not that of `returns`: `[Brand]` if one resource is returned
    /// in a list.
    #[serde(default)]
    pub partial: Option<String>,
    /// The envelope of the response, if it is not the default of the generation.
    #[serde(default)]
    pub envelope: Option<Envelope>,
    /// The statuses that mean success.
    pub success: Vec<u16>,
    /// The error statuses that the official description declares.
    #[serde(default)]
    pub errors: Vec<u16>,
    /// How the call moves or commits money, if it does.
    #[serde(default)]
    pub money: Option<Money>,
    /// How many of these calls a store allows at the same time.
    #[serde(default)]
    pub concurrency: Option<Concurrency>,
    /// The rate limit, as `service.yaml` names it. The default is the standard one.
    #[serde(default)]
    pub rate: Option<String>,
    /// Why the call only reads, although its method is not GET: `The call only calculates.` It then counts as
    /// a read wherever reads and writes differ: for the scope it requires, the handle it is on, access
    /// policies and retries.
    #[serde(default)]
    pub reads: Option<String>,
    /// Why the body of an update needs the whole record instead of only the changes: an omitted field is
    /// lost, or no source says that it is kept. The client then sends everything that was read.
    #[serde(default)]
    pub whole: Option<String>,
    /// Whether the call may be retried after an unknown outcome, if the default of its method is wrong
    /// (reads, PUT and DELETE may; POST and PATCH may not).
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// Facts about this endpoint on which the sources disagree.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// The file of the official description, if it is not the group's; one of those that `official.yaml` lists, if
    /// there is such a file.
    #[serde(default)]
    pub source: Option<String>,
    /// A question that the import left open. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A scope that a call requires only with some values.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlsoNeeds {
    /// The scope, as `area.level`.
    pub scope: String,
    /// The condition, in words that can follow "when": `the script is shown on checkout pages`.
    pub when: String,
    /// Fields of the body, or of the items of a batch, with the values that meet the condition by themselves. The
    /// mock store rejects them without the scope.
    #[serde(default)]
    pub values: Map<Vec<String>>,
}

/// How a call moves or commits money.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Money {
    /// It charges the shopper.
    Charge,
    /// It captures an authorized payment.
    Capture,
    /// It voids an authorized payment.
    Void,
    /// It refunds the shopper.
    Refund,
    /// It creates an order that can be paid.
    Order,
}

/// The page size of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many items a page has by default.
    pub default: u32,
    /// The maximum that may be requested.
    pub max: u32,
    /// Whether the maximum is only common practice, not documented.
    #[serde(default)]
    pub unstated: bool,
    /// What makes a page smaller than requested.
    #[serde(default)]
    pub note: Option<String>,
}

/// The sort order of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// The enumeration of fields to sort by.
    pub by: String,
    /// `separate` for a separate `direction` parameter, `joined` for `sort=field:direction`.
    pub direction: SortDirection,
    /// The default order.
    #[serde(default)]
    pub default: Option<String>,
}

/// Where the sort direction is.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum SortDirection {
    /// In a `direction` parameter.
    #[default]
    Separate,
    /// After the field and a colon.
    Joined,
}

/// How many items one call may have.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The largest number of items that is safe to send.
    pub max: u32,
    /// Whether no source states the number; it is then known or assumed to be safe.
    #[serde(default)]
    pub unstated: bool,
    /// What happens above it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A call for any number of items, built on this one.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct All {
    /// Its name in code: `create_all`.
    pub name: String,
    /// The query parameter for the items, as it is sent: `id:in`. Without it, the items are the body or an
    /// array in it.
    #[serde(default)]
    pub by: Option<String>,
    /// The field of the body with the array for the items, if the body has other fields as well, which are
    /// sent with each batch. The `items:` of the field is the size of a batch.
    #[serde(default)]
    pub field: Option<String>,
    /// Whether no source says what happens to the other items of a batch if one is rejected. A rejected batch
    /// is then retried in parts only if the call may be retried.
    #[serde(default)]
    pub unclear: bool,
}

/// How to wait for a job: the API works in the background while a call polls its state, or follows its events.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The name of the call that waits for it in code: `wait_for_job`.
    pub name: String,
    /// The query parameter that selects the job in a list, as it is sent: `id`. Without it, the call returns
    /// just the job, or its states as events.
    #[serde(default)]
    pub by: Option<String>,
    /// The field with its state, an enumeration.
    pub status: String,
    /// The values of that field when the job is done.
    pub done: Vec<String>,
    /// The values of that field when the job has failed.
    #[serde(default)]
    pub failed: Vec<String>,
}

/// How many calls a store allows at once.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Concurrency {
    /// The number of calls in flight per store. One more is rejected with a 429.
    pub max: u32,
    /// What to know about it, such as disagreeing sources.
    #[serde(default)]
    pub note: Option<String>,
}

/// How a response is wrapped.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Envelope {
    /// `{"data": .., "meta": ..}`
    #[default]
    DataMeta,
    /// Just `{"meta": ..}`.
    Meta,
    /// The value itself.
    Flat,
    /// No body.
    None,
}

/// Whether a call may be retried after an unknown outcome.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// Whether a retry is harmless; `unknown` if no source says it.
    pub safe: Safety,
    /// Fields of the body, or of the items of a batch, with which a retry is not harmless, because it would
    /// add their new contents again. New is a record without an `id`, and any other value except null and
    /// false. `id` itself means the body or an item without an `id`.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Why.
    pub why: String,
}

/// What the use of a template sets for one of its endpoints.
#[derive(Clone, Debug)]
pub struct Said {
    /// The file of the use.
    pub file: String,
    /// The path to the use.
    pub way: Vec<Segment>,
    /// The path from there to what it sets for just this endpoint.
    pub own: Vec<Segment>,
    /// The keys of the endpoint that it sets there.
    pub keys: Vec<String>,
    /// The paths in the endpoint whose whole value is an argument of the use, each with that argument.
    pub given: Vec<(Vec<Segment>, String)>,
}
