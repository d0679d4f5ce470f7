//! An endpoint in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    also_needs::AlsoNeeds,
    client::{All, Inherits, Job, Rust},
    deprecated::Deprecated,
    parameter::Parameter,
    topics::Conflict,
};
use crate::{
    model::{self, Api, ScopeId},
    render::json_schema::{self, Root},
    spec,
};

/// One call of the API.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Endpoint<'a> {
    /// The group and the method in code: `products.list`.
    id: &'a str,
    /// Its row in the reference guide; null if it has none.
    guide: Option<&'a str>,
    /// The capability group.
    group: &'a str,
    /// The HTTP method.
    method: &'a str,
    /// Its server, a name among the service's `servers`, if it is not the store's.
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<&'a str>,
    /// The path below the base URL.
    path: &'a str,
    /// Whether it reads or writes.
    access: Access,
    /// Why it only reads, if its method is not GET.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_why: Option<&'a str>,
    /// Why its body has the whole record that it changes, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<&'a str>,
    /// How it moves or commits money; null if it does not.
    money: Option<spec::Money>,
    /// The least scope it needs.
    scope: &'a str,
    /// The least scope of another area that is sufficient instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    or_scope: Option<&'a str>,
    /// Other scopes that are sufficient as well.
    satisfied_by: Vec<&'a str>,
    /// The scopes that it also needs, but only with some values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_needs: Vec<AlsoNeeds<'a>>,
    /// The resource it reads or changes.
    acts_on: &'a str,
    /// The generation of the API.
    version: &'a str,
    /// The event that the reference guide links to its row. A call that reads nevertheless fires nothing.
    event: Option<&'a str>,
    /// The events that a successful call fires.
    fires: Vec<&'a str>,
    /// How the list is paged: a name among the service's `pages`.
    pagination: Option<&'a str>,
    /// What is returned instead of JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<Stream>,
    /// The media type of the returned file.
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<&'a str>,
    /// The maximum size of the files of its form in bytes, by their names.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    file_limits: std::collections::BTreeMap<&'a str, u64>,
    /// The accepted types of the files of its form, by their names. A file whose types are not known is omitted.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    file_types: std::collections::BTreeMap<&'a str, &'a [spec::FileType]>,
    /// Whether the request body is optional.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional_body: bool,
    /// How many items one call may have.
    batch: Option<u32>,
    /// The call of the Rust client for any number of items; null if there is none.
    all: Option<All<'a>>,
    /// How the Rust client waits for the job that it reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<Job<'a>>,
    /// Where a field that is null or missing in the response gets its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    inherits: Option<Inherits<'a>>,
    /// How many of these calls a store allows at the same time.
    concurrency: Option<u32>,
    /// The success statuses.
    success: &'a [u16],
    /// The operation id in the official description.
    operation_id: &'a str,
    /// The file of the official description.
    source: &'a str,
    /// Where the sources disagree.
    conflicts: Vec<Conflict<'a>>,
    /// The schemas of the request and the response.
    json_schema: Schemas,
    /// Where it is in the Rust client.
    rust: Rust,
    /// What it does.
    does: &'a str,
    /// What to know before calling it.
    note: Option<&'a str>,
    /// The path parameters, then those of the query, then its own headers, then the parts of its form.
    parameters: Vec<Parameter<'a>>,
    /// The error statuses that the official description declares.
    errors: &'a [u16],
    /// Whether it may be retried after an unknown outcome.
    repeatable: bool,
    /// Whether no source says if a retry is harmless. It is then not `repeatable`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    repeat_unknown: bool,
    /// Fields of the body, or of the items of its batch, with which it may nevertheless not be retried. They
    /// count if they contain something new: a record without an `id`, or a value other than null and false.
    /// `id` itself means the body or the item without an `id`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    repeat_unless: Vec<&'a str>,
    /// Why, if it does not follow from whether it reads and from the method.
    repeat_why: Option<&'a str>,
    /// Whether it requires a filter, because it applies to every item that its filters match.
    needs_filter: bool,
    /// Sets of query parameters that exclude each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    at_most_one_of: Vec<Vec<&'a str>>,
    /// The page size.
    limit: Option<Limit<'a>>,
    /// How the list can be ordered.
    sort: Option<Sort<'a>>,
    /// What to know about `batch`.
    batch_note: Option<Note<'a>>,
    /// What to know about `concurrency`.
    concurrency_note: Option<&'a str>,
    /// The rate limit: a name among the service's `rates`.
    rate: &'a str,
    /// How the response is wrapped.
    envelope: spec::Envelope,
    /// Since when and why it is deprecated, and what to use instead.
    deprecated: Option<Deprecated<'a>>,
    /// The URL of the file of the official description.
    source_url: Option<&'a str>,
    /// The page of the official documentation.
    docs: Option<&'a str>,
}

/// What is returned instead of JSON.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Stream {
    /// A file.
    File,
    /// Server-sent events, `text/event-stream`.
    Events,
}

/// Whether a call reads or writes.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Access {
    /// It changes nothing.
    Read,
    /// It changes the store.
    Write,
}

/// The schemas of the request and the response: JSON Schema 2020-12, which refers to `schemas`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Schemas {
    /// The request body, whose definitions are in `schemas.requests`; null if there is none.
    request: Option<Root>,
    /// The whole response of a success, including the envelope, whose definitions are in `schemas.responses`;
    /// null if there is none.
    response: Option<Root>,
    /// The data of an event, whose definitions are `schemas.responses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Root>,
}

/// The page size of a list.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Limit<'a> {
    /// How many items a page has by default.
    default: u32,
    /// The maximum that may be requested.
    max: u32,
    /// Whether `max` is only common practice, not documented.
    unstated: bool,
    /// What makes a page smaller than requested.
    note: Option<&'a str>,
}

/// How a list can be ordered.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Sort<'a> {
    /// The type of the fields to sort by.
    #[serde(rename = "type")]
    ty: String,
    /// The fields to sort by.
    by: Vec<&'a str>,
    /// `separate` for a separate `direction` parameter, `joined` for `sort=field:direction`.
    direction: &'static str,
    /// The default order.
    default: Option<&'a str>,
}

/// What to know about a number.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Note<'a> {
    /// Whether no source states it; it is then known or assumed to be safe.
    unstated: bool,
    /// What happens above it.
    note: Option<&'a str>,
}

impl<'a> Endpoint<'a> {
    pub(super) fn of(api: &'a Api, endpoint: &'a model::Endpoint) -> Self {
        let wire = |id: ScopeId| &*api.scope(id).wire;
        let batch = endpoint.batch.as_ref();
        Self {
            id: &endpoint.id,
            guide: endpoint.guide.as_deref(),
            group: &api.group(endpoint.group).name,
            method: endpoint.method.as_str(),
            server: endpoint.server.map(|id| api.service.servers.at(id.0).0),
            path: &endpoint.path,
            access: if endpoint.writes {
                Access::Write
            } else {
                Access::Read
            },
            access_why: endpoint.reads_why.as_deref(),
            whole: endpoint.whole.as_deref(),
            money: endpoint.money,
            scope: wire(endpoint.scope),
            or_scope: endpoint.or_scope.map(wire),
            satisfied_by: api.enough(endpoint).skip(1).map(wire).collect(),
            also_needs: AlsoNeeds::all(api, endpoint),
            acts_on: &endpoint.acts_on,
            version: api.generation(endpoint.generation).0,
            event: endpoint.event.map(|id| &*api.event(id).scope),
            fires: endpoint
                .fires
                .iter()
                .map(|id| &*api.event(*id).scope)
                .collect(),
            pagination: endpoint.page.map(|id| api.page_style(id).0),
            stream: match endpoint.answer {
                model::Answer::File => Some(Stream::File),
                model::Answer::Events(_) => Some(Stream::Events),
                _ => None,
            },
            media_type: endpoint.media_type.as_deref(),
            file_limits: endpoint.file_limits().collect(),
            file_types: endpoint.file_types().collect(),
            optional_body: endpoint.body.as_ref().is_some_and(|body| body.optional),
            batch: batch.map(|batch| batch.max),
            all: All::of(api, endpoint),
            job: Job::of(api, endpoint),
            inherits: endpoint.inherits.as_ref().map(Inherits::of),
            concurrency: endpoint
                .concurrency
                .as_ref()
                .map(|concurrency| concurrency.max),
            success: &endpoint.success,
            operation_id: &endpoint.operation,
            source: &endpoint.source,
            conflicts: Conflict::all(&endpoint.conflicts),
            json_schema: Schemas {
                request: json_schema::request(api, endpoint),
                response: json_schema::response(api, endpoint),
                event: match &endpoint.answer {
                    model::Answer::Events(data) => {
                        data.as_ref().map(|data| json_schema::read(api, data))
                    }
                    _ => None,
                },
            },
            rust: Rust::of(api, endpoint),
            does: &endpoint.does,
            note: endpoint.note.as_deref(),
            parameters: Parameter::all(api, endpoint),
            errors: &endpoint.errors,
            repeatable: endpoint.repeat.is_safe(),
            repeat_unknown: endpoint.repeat == model::Repeat::Unknown,
            repeat_unless: endpoint
                .repeat
                .unless()
                .iter()
                .map(model::Added::field)
                .collect(),
            repeat_why: endpoint.repeat_why.as_deref(),
            needs_filter: endpoint.needs_filter,
            at_most_one_of: endpoint.exclusive(),
            limit: endpoint.limit.as_ref().map(Limit::of),
            sort: endpoint.sort.as_ref().map(|sort| Sort::of(api, sort)),
            batch_note: batch.map(|batch| Note {
                unstated: batch.unstated,
                note: batch.note.as_deref(),
            }),
            concurrency_note: endpoint
                .concurrency
                .as_ref()
                .and_then(|c| c.note.as_deref()),
            rate: api.rate(endpoint.rate).0,
            envelope: endpoint.envelope,
            deprecated: Deprecated::of(endpoint.deprecated.as_ref()),
            source_url: endpoint.source_url.as_deref(),
            docs: endpoint.docs.as_deref(),
        }
    }
}

impl<'a> Limit<'a> {
    fn of(limit: &'a spec::Limit) -> Self {
        Self {
            default: limit.default,
            max: limit.max,
            unstated: limit.unstated,
            note: limit.note.as_deref(),
        }
    }
}

impl<'a> Sort<'a> {
    fn of(api: &'a Api, sort: &'a model::Sort) -> Self {
        let def = api.ty(sort.by);
        Self {
            ty: json_schema::key(api, def),
            by: super::parameter::members(def),
            direction: match sort.direction {
                spec::SortDirection::Separate => "separate",
                spec::SortDirection::Joined => "joined",
            },
            default: sort.default.as_deref(),
        }
    }
}
