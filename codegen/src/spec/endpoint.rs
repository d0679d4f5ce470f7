//! Endpoints: one call of the API each, with every fact a caller, a scheduler or a reader needs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Conflict, Map};
use crate::diagnostic::Segment;

/// One call of the API.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// Its place in the list of the file that it was read from.
    #[serde(skip)]
    pub place: usize,
    /// The file that it was read from, where that is not its group's: the template that it is made of.
    #[serde(skip)]
    pub made_of: Option<String>,
    /// What the use of a template says of it.
    #[serde(skip)]
    pub said: Option<Said>,
    /// The method in code; with the group in front it is the endpoint's id (`products.list`).
    pub id: String,
    /// The id of the guide's row, or left out for a sibling beyond the guide's rows.
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
    /// The generation of the API it belongs to, where that is not the group's.
    #[serde(default)]
    pub version: Option<String>,
    /// The parameters of its path that are not those of the group's paths.
    #[serde(default)]
    pub path: Map<Parameter>,
    /// The operation id in the official description.
    pub operation: String,
    /// What the call does, as one sentence in the imperative.
    pub does: String,
    /// What to know before calling it.
    #[serde(default)]
    pub note: Option<String>,
    /// The thing it reads or changes.
    pub acts_on: String,
    /// The scope, as `area.level`, where it is not the group's usual one.
    #[serde(default)]
    pub scope: Option<String>,
    /// The event that the guide links to the row.
    #[serde(default)]
    pub event: Option<String>,
    /// The events that a successful call fires.
    #[serde(default)]
    pub fires: Vec<String>,
    /// How a list is paged, as `service.yaml` names the style; `none` for a list that comes whole.
    #[serde(default)]
    pub page: Option<String>,
    /// The page size.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// Conditions on a field, or on a field of a field (`forward.ref`), each with the operators it
    /// knows.
    #[serde(default)]
    pub filters: Map<Filter>,
    /// The call acts on whatever its filters match, so it is never sent without one.
    #[serde(default)]
    pub needs_filter: bool,
    /// Other parameters of the query.
    #[serde(default)]
    pub query: Map<Parameter>,
    /// Headers of this call, beside those that every call has.
    #[serde(default)]
    pub headers: Map<Parameter>,
    /// Sets of parameters that exclude each other, as they are sent. Those of the style of paging
    /// count without being named here.
    #[serde(default)]
    pub at_most_one_of: Vec<Vec<String>>,
    /// Members that a parameter takes although the official description does not list them, by
    /// parameter: `include_fields: [id]`.
    #[serde(default)]
    pub unlisted: Map<Vec<String>>,
    /// The enumeration of what `include` adds to the response.
    #[serde(default)]
    pub include: Option<String>,
    /// The parameters that choose fields of the response, of `include_fields` and `exclude_fields`.
    #[serde(default)]
    pub select: Vec<String>,
    /// The order of a list.
    #[serde(default)]
    pub sort: Option<Sort>,
    /// The type of the request body: `ProductCreate`; `[CustomerCreate]` for a batch; `[int]`, `[string]`
    /// or `[uuid]` for a list of ids; `one_or_many PageCreate` for an object or an array of them; `json`
    /// for any JSON.
    #[serde(default)]
    pub takes: Option<String>,
    /// The parts of a form (`multipart/form-data`), which is sent in place of JSON. A part is a file or
    /// one value.
    #[serde(default)]
    pub form: Map<Parameter>,
    /// The call can be made without its request body.
    #[serde(default)]
    pub optional_body: bool,
    /// How many items a call may have, in its body or in a list of its query.
    #[serde(default)]
    pub batch: Option<Batch>,
    /// The call that takes any number of items and sends them in as many batches as they need.
    #[serde(default)]
    pub all: Option<All>,
    /// What comes back: a type, `[Type]`, `none`, `counts` for a batch's tally alone, `file` for a file,
    /// or `events` for a stream of server-sent events.
    pub returns: String,
    /// The type of the data of the events that come back, which is JSON. Left out, it is a string.
    #[serde(default)]
    pub events: Option<String>,
    /// How to wait for the job that the call reads.
    #[serde(default)]
    pub job: Option<Job>,
    /// The media type of a file that comes back, such as `text/csv`.
    #[serde(default)]
    pub media_type: Option<String>,
    /// What a 207 carries, where that is not what `returns` says: `[Brand]` where one thing comes in a
    /// list.
    #[serde(default)]
    pub partial: Option<String>,
    /// How the response is wrapped, where it is not the generation's usual way.
    #[serde(default)]
    pub envelope: Option<Envelope>,
    /// The statuses that mean success.
    pub success: Vec<u16>,
    /// The error statuses that the official description declares.
    #[serde(default)]
    pub errors: Vec<u16>,
    /// How the call moves or commits money, where it does.
    #[serde(default)]
    pub money: Option<Money>,
    /// How many of these calls a store allows at once.
    #[serde(default)]
    pub concurrency: Option<Concurrency>,
    /// The rate limit, as `service.yaml` names it; left out, the standard one.
    #[serde(default)]
    pub rate: Option<String>,
    /// Why the call only reads, though its method is not GET: `The call only calculates.` It then counts
    /// as a read wherever reads and writes differ: for the scope it needs, for the handle it is on, for
    /// access policies, and for retries.
    #[serde(default)]
    pub reads: Option<String>,
    /// Why the body of an update has all of the record, and not what changes alone: a field that is left out is lost,
    /// or no source says that it stays. The client then sends all that was read.
    #[serde(default)]
    pub whole: Option<String>,
    /// Whether the call may be retried after an unknown outcome, where it does not follow from the
    /// method (reads, PUT and DELETE may; POST and PATCH may not).
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// Where sources disagree about this endpoint.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// Where the facts come from, when that is not the group's source.
    #[serde(default)]
    pub source: Option<String>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// What a call does about money.
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

/// A parameter of the path, the query or a header.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The type: in a form `file`; `int`, `string`, `bool`, `flag` (sent as 1 or 0), `decimal`, `datetime`, `uuid`,
    /// the name of an enumeration, or `[T]` for a comma-separated list.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it does, where the name does not tell.
    #[serde(default)]
    pub does: Option<String>,
    /// The call cannot be sent without it.
    #[serde(default)]
    pub required: bool,
    /// The value the API takes when it is left out.
    #[serde(default)]
    pub default: Option<serde_json::Value>,
    /// Smallest and largest number, both allowed: `1..250`.
    #[serde(default)]
    pub range: Option<String>,
    /// How many bytes a file may have.
    #[serde(default)]
    pub max_bytes: Option<u64>,
    /// The name of a file that it could be, for examples: `theme.zip`.
    #[serde(default)]
    pub example: Option<String>,
    /// The name of a list is repeated for each of its values: `id=1&id=2` instead of `id=1,2`.
    #[serde(default)]
    pub explode: bool,
    /// The name in Rust, where the wire's own cannot be used.
    #[serde(default)]
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A condition on a field of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The type of its values, as of a parameter; it need not be that of the field.
    #[serde(rename = "type")]
    pub kind: String,
    /// The operators, as the generation in `service.yaml` names them.
    pub ops: Vec<String>,
    /// The name is repeated for each value of an operator that takes a list: `id:in=1&id:in=2` instead
    /// of `id:in=1,2`.
    #[serde(default)]
    pub explode: bool,
    /// Operators without which the call is not sent.
    #[serde(default)]
    pub required: Vec<String>,
    /// The API has been seen to ignore it. Where a call needs a filter, this one alone is not enough.
    #[serde(default)]
    pub doubtful: bool,
    /// What it does, where the name does not tell.
    #[serde(default)]
    pub does: Option<String>,
    /// The name in Rust, where the wire's own cannot be used.
    #[serde(default)]
    pub rust: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// A question that an importer could not answer. Say the answer in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// The page size of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many items a page has by default.
    pub default: u32,
    /// The largest page that may be requested.
    pub max: u32,
    /// Whether the largest number is only common practice, not stated officially.
    #[serde(default)]
    pub unstated: bool,
    /// What shrinks a page below the size that was requested.
    #[serde(default)]
    pub note: Option<String>,
}

/// The order of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// The enumeration of fields to sort by.
    pub by: String,
    /// `separate` for a `direction` parameter of its own, `joined` for `sort=field:direction`.
    pub direction: SortDirection,
    /// The default order.
    #[serde(default)]
    pub default: Option<String>,
}

/// Where a sort's direction stands.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum SortDirection {
    /// In a `direction` parameter.
    #[default]
    Separate,
    /// Behind the field, after a colon.
    Joined,
}

/// How many items one call may carry.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The largest number of items that is safe to send.
    pub max: u32,
    /// Whether no source states the number: it is one that is known or taken to be safe.
    #[serde(default)]
    pub unstated: bool,
    /// What happens above it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A call for any number of items, made of this one.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct All {
    /// Its name in code: `create_all`.
    pub name: String,
    /// The parameter of the query that takes the items, as it is sent: `id:in`. Left out, they are
    /// the body, or an array in it.
    #[serde(default)]
    pub by: Option<String>,
    /// The field of the body whose array takes the items, where the body has other fields as well, which
    /// go out with each batch. The `items:` of the field says how many one batch may have.
    #[serde(default)]
    pub field: Option<String>,
    /// No source says whether the other items of a batch are taken when one is refused. The batch is
    /// then sent again in parts only where the call may be retried.
    #[serde(default)]
    pub unclear: bool,
}

/// How to wait for a job: work that goes on at the API, while a call polls its state.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The name of the call in code that waits for it: `wait_for_job`.
    pub name: String,
    /// The parameter of the query that names the job in a list, as it is sent: `id`. Left out, the call
    /// returns the job alone.
    #[serde(default)]
    pub by: Option<String>,
    /// The field with its state, an enumeration.
    pub status: String,
    /// The values of that field once it is done.
    pub done: Vec<String>,
    /// The values of that field once it has failed.
    #[serde(default)]
    pub failed: Vec<String>,
}

/// How many calls a store allows at once.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Concurrency {
    /// The number of calls in flight, per store. One more gets a 429.
    pub max: u32,
    /// What to know about it, such as sources that say otherwise.
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
    /// `{"meta": ..}` alone.
    Meta,
    /// The value itself.
    Flat,
    /// No body.
    None,
}

/// Whether a call may be retried when its outcome is unknown.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// Whether retrying it is harmless.
    pub safe: bool,
    /// Fields of the body, or of the items of a batch, with which it is not, where otherwise it is: what they hold
    /// that is new would be added once more. New is a record without an `id`, and any value that is no record but
    /// null and false. With `id`, that is the body or an item itself, where it has none.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Why.
    pub why: String,
}

/// A deprecation.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deprecated {
    /// The date since when it is deprecated.
    #[serde(default)]
    pub since: Option<String>,
    /// What to use instead.
    #[serde(rename = "use", default)]
    pub instead: Option<String>,
    /// Why.
    #[serde(default)]
    pub why: Option<String>,
}

/// What the use of a template says of one of its endpoints.
#[derive(Clone, Debug)]
pub struct Said {
    /// The file of the use.
    pub file: String,
    /// The way to the use.
    pub way: Vec<Segment>,
    /// The way on from there to what it says of the endpoint alone.
    pub own: Vec<Segment>,
    /// The keys of the endpoint that it says there.
    pub keys: Vec<String>,
    /// The keys that are nothing but an argument which it gives, each with that argument.
    pub given: Vec<(String, String)>,
}
