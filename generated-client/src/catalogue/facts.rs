//! What a fact is made of. The facts themselves are generated.

use super::{Access, Event, Method, Scope, Wrapping};

/// How a list is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PageStyle {
    /// The name of the style in the reference.
    pub name: &'static str,
    /// Pages have numbers.
    pub numbered: bool,
    /// Pages can be reached by cursors.
    pub cursors: bool,
    /// Pages are reached by the key of the last item of the page before.
    pub keyed: bool,
    /// A response says how many items there are in all.
    pub totals: bool,
}

/// A server of the API beside that of the store, with a token of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Server {
    /// The name of the server in the reference.
    pub name: &'static str,
    /// The root of its paths; `{store_hash}` stands for the store.
    pub base_url: &'static str,
    /// The header that carries its token.
    pub auth_header: &'static str,
    /// What stands before the token in that header, such as `PAT`.
    pub auth_scheme: Option<&'static str>,
    /// Headers that every call to it carries, in place of the usual ones with the same names.
    pub headers: &'static [(&'static str, &'static str)],
}

/// The headers of a response that report a store's quota. An empty name stands for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RateHeaders {
    /// How many requests the window allows.
    pub quota: &'static str,
    /// How many of them are left.
    pub left: &'static str,
    /// The length of the window in milliseconds.
    pub window_ms: &'static str,
    /// The time until the window is renewed, in milliseconds.
    pub reset_ms: &'static str,
    /// How long to wait after an error response, in seconds.
    pub retry_after_seconds: &'static str,
}

/// A fact on which the sources disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Conflict {
    /// What it is about, such as `path`.
    pub about: &'static str,
    /// What the guide says.
    pub guide: Option<&'static str>,
    /// What the official reference says.
    pub official: Option<&'static str>,
    /// What this crate does.
    pub holds: &'static str,
    /// Why.
    pub why: &'static str,
}

/// How to recognise that a job has ended, which [`job`](crate::job) waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobFacts {
    /// The field that tells how far it is.
    pub status: &'static str,
    /// The values of that field once the job is done.
    pub done: &'static [&'static str],
    /// The values of that field once it has failed.
    pub failed: &'static [&'static str],
}

/// Everything that is known of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointFacts {
    /// The name in code, such as `products.list`.
    pub id: &'static str,
    /// The row of the guide, for the endpoints that have one.
    pub guide: Option<&'static str>,
    /// The group, such as `products`.
    pub group: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The server that it is on; `None` for that of the store.
    pub server: Option<&'static Server>,
    /// The path below the store, such as `/v3/catalog/products/{product_id}`.
    pub path: &'static str,
    /// What a call does.
    pub does: &'static str,
    /// Whether a call changes the store.
    pub access: Access,
    /// The least scope that allows it.
    pub scope: Scope,
    /// What it reads or changes, such as `product`.
    pub acts_on: &'static str,
    /// The generation of the API, such as `v3`.
    pub version: &'static str,
    /// The event that the guide links to it.
    pub event: Option<Event>,
    /// The events that a successful call fires.
    pub fires: &'static [Event],
    /// How the list is paged; `None` for what comes whole.
    pub page: Option<PageStyle>,
    /// How many items a page has by default.
    pub page_default: Option<u32>,
    /// How many items a page can have.
    pub page_max: Option<u32>,
    /// How a response is wrapped.
    pub envelope: Wrapping,
    /// How many items one call may carry.
    pub batch: Option<u32>,
    /// How many of these calls a store allows at once.
    pub concurrency: Option<u32>,
    /// Whether a call may be retried when it is not known whether it happened, except as `repeatable_unless`
    /// says.
    pub repeatable: bool,
    /// Fields of the body, or of an item of its batch, with which a call is not retried although it is `repeatable`,
    /// for it would add something once more. They count where they hold something new: a record without an `id`, or
    /// a value other than `null` and `false`. With `id` among them, that is the body or the item itself, where it has
    /// none.
    pub repeatable_unless: &'static [&'static str],
    /// Whether a call without a condition would reach everything, and so is not sent.
    pub needs_filter: bool,
    /// Filters that the API has been seen to ignore. Alone they are not the condition that a call needs.
    pub doubtful: &'static [&'static str],
    /// Parameters of the query that exclude each other: of each set, a call that has more than one is
    /// not sent.
    pub at_most_one_of: &'static [&'static [&'static str]],
    /// What says, beside the path, which records a call changes: parameters of its query such as
    /// `id:in`, or fields of the items of its batch such as `id`.
    pub named_by: &'static [&'static str],
    /// The parameter of its query that a handle for a single thing fills, such as `channel_id`.
    pub narrowed_by: Option<&'static str>,
    /// How many bytes the files of its form may have, by their names.
    pub file_limits: &'static [(&'static str, u64)],
    /// How to recognise that the job that it reads has ended; `None` for what reads no job.
    pub job: Option<JobFacts>,
    /// The media type of what comes back, where that is a file.
    pub accepts: Option<&'static str>,
    /// The statuses that mean success.
    pub success: &'static [u16],
    /// Where the sources disagree.
    pub conflicts: &'static [Conflict],
    /// Where the facts come from.
    pub source: &'static str,
    /// The operation id of the official description.
    pub operation: &'static str,
    /// Where the official description can be read.
    pub docs: Option<&'static str>,
    /// Why not to use it any more, if so.
    pub deprecated: Option<&'static str>,
}

impl EndpointFacts {
    /// What holds of an endpoint of which no more is said: it reads, and returns 200 with an envelope. The
    /// generated tables say what is different.
    pub(crate) const USUAL: Self = Self {
        id: "",
        guide: None,
        group: "",
        method: Method::Get,
        server: None,
        path: "",
        does: "",
        access: Access::Read,
        scope: Scope::ALL[0],
        acts_on: "",
        version: "",
        event: None,
        fires: &[],
        page: None,
        page_default: None,
        page_max: None,
        envelope: Wrapping::DataMeta,
        batch: None,
        concurrency: None,
        repeatable: true,
        repeatable_unless: &[],
        needs_filter: false,
        doubtful: &[],
        at_most_one_of: &[],
        named_by: &[],
        narrowed_by: None,
        file_limits: &[],
        job: None,
        accepts: None,
        success: &[200],
        conflicts: &[],
        source: "",
        operation: "",
        docs: None,
        deprecated: None,
    };
}

/// Everything that is known of a group of endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupFacts {
    /// The name in code, such as `products`.
    pub name: &'static str,
    /// The title in the docs.
    pub title: &'static str,
    /// What it is for.
    pub does: &'static str,
    /// What a write changes.
    pub warning: &'static str,
    /// The cargo feature with which its endpoints are there.
    pub feature: &'static str,
    /// The words of paths by which its things are named, whether its feature is on or not.
    pub(crate) words: &'static [&'static str],
    /// Words of the group above it, one of which every path of its things has, too. Empty where some path
    /// has none.
    pub(crate) within: &'static [&'static str],
}

/// Everything that is known of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeFacts {
    /// The name in a token's grant, such as `store_v2_products`.
    pub wire: &'static str,
    /// The name in the control panel, such as `Products`.
    pub label: &'static str,
    /// The level to choose there, such as `modify` or `read-only`.
    pub level: &'static str,
    /// The part of the store, such as `products`.
    pub area: &'static str,
    /// What it opens.
    pub covers: &'static str,
    /// Whether it allows changes.
    pub writes: bool,
    /// The other scopes that allow all that this one does.
    pub satisfied_by: &'static [Scope],
    /// Where the sources disagree about its area.
    pub conflicts: &'static [Conflict],
}

/// Everything that is known of a webhook event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventFacts {
    /// The name to subscribe to, such as `store/product/created`.
    pub scope: &'static str,
    /// The row of the guide, for the events that have one.
    pub guide: Option<&'static str>,
    /// When it is sent.
    pub does: &'static str,
    /// What it carries.
    pub payload: &'static str,
    /// Where the sources disagree.
    pub conflicts: &'static [Conflict],
}
