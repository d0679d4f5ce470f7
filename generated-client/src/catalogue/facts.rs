//! What a fact is made of. The facts themselves are generated.

use super::{Access, Endpoint, Event, Group, Method, Scope, Wrapping};

/// How a list is paginated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PageStyle {
    /// The name of the pagination style in the reference.
    pub name: &'static str,
    /// Pages have numbers.
    pub numbered: bool,
    /// Pages can be read by cursor.
    pub cursors: bool,
    /// Each page is read by the key of the previous page's last item.
    pub keyed: bool,
    /// Responses have the total number of items.
    pub totals: bool,
}

/// An API server other than that of the store, with its own token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Server {
    /// The name of the server in the reference.
    pub name: &'static str,
    /// The root of its paths; `{store_hash}` is the placeholder for the store.
    pub base_url: &'static str,
    /// The header that carries its token.
    pub auth_header: &'static str,
    /// The prefix of the token in that header, such as `PAT`.
    pub auth_scheme: Option<&'static str>,
    /// Headers that are sent with every call to it, replacing the default ones with the same names.
    pub headers: &'static [(&'static str, &'static str)],
}

/// The headers of a response that report a store's quota. An empty name means there is none.
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
    /// What the reference guide says.
    pub guide: Option<&'static str>,
    /// What the official reference says.
    pub official: Option<&'static str>,
    /// What this crate does.
    pub holds: &'static str,
    /// Why.
    pub why: &'static str,
}

/// How to detect that a job has ended, for which [`job`](crate::job) waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobFacts {
    /// The field with its status.
    pub status: &'static str,
    /// The values of that field once the job is done.
    pub done: &'static [&'static str],
    /// The values of that field once it has failed.
    pub failed: &'static [&'static str],
}

/// Where a field of a response gets its value if it is null or missing, which
/// [`effective`](crate::effective) reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Inherits {
    /// From the same call without this query parameter.
    Without(&'static str),
    /// From the call of this endpoint.
    From(Endpoint),
}

/// The metadata of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointFacts {
    /// The name in code, such as `products.list`.
    pub id: &'static str,
    /// The row in the reference guide, for the endpoints that have one.
    pub guide: Option<&'static str>,
    /// The group.
    pub group: Group,
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
    /// The least privileged scope that allows it.
    pub scope: Scope,
    /// The least privileged scope of another area that allows it, too: a token needs one of the two.
    pub or_scope: Option<Scope>,
    /// The scopes that it also requires with some values, each with words that can follow "when".
    pub also_needs: &'static [(Scope, &'static str)],
    /// What it reads or changes, such as `product`.
    pub acts_on: &'static str,
    /// The generation of the API, such as `v3`.
    pub version: &'static str,
    /// The event that the reference guide links to it.
    pub event: Option<Event>,
    /// The events that a successful call fires.
    pub fires: &'static [Event],
    /// How the list is paginated; `None` if it is not.
    pub page: Option<PageStyle>,
    /// How many items a page has by default.
    pub page_default: Option<u32>,
    /// The maximum number of items of a page.
    pub page_max: Option<u32>,
    /// How a response is wrapped.
    pub envelope: Wrapping,
    /// The maximum number of items of one call.
    pub batch: Option<u32>,
    /// How many of these calls a store allows concurrently.
    pub concurrency: Option<u32>,
    /// Whether a call may be retried after an unknown outcome, subject to `repeatable_unless`.
    pub repeatable: bool,
    /// Whether no source says if a retry is safe. Such a call is not `repeatable`;
    /// [`CallOptions::idempotent`](crate::CallOptions::idempotent) overrides that.
    ///
    /// ```
    /// use bigcommerce_client::Endpoint;
    ///
    /// // It is documented both as archiving every order and as having a limit.
    /// let facts = Endpoint::OrdersArchiveEverything.facts();
    /// assert!(facts.repeat_unknown && !facts.repeatable);
    /// ```
    pub repeat_unknown: bool,
    /// Fields of the body, or of an item of its batch, with which a call is not retried although it is `repeatable`,
    /// since it would add something again. They count if they contain something new: a record without an `id`, or a
    /// value other than `null` and `false`. If `id` is among them, the body or the item itself counts as new if it
    /// has none.
    pub repeatable_unless: &'static [&'static str],
    /// Whether a call without a filter would affect everything, and is therefore not sent.
    pub needs_filter: bool,
    /// Filters that the API has been seen to ignore. On their own they do not satisfy a call that
    /// requires a filter.
    pub doubtful: &'static [&'static str],
    /// Mutually exclusive query parameters: a call with more than one of a set is not sent.
    pub at_most_one_of: &'static [&'static [&'static str]],
    /// What identifies the records a call changes, in addition to the path: query parameters such
    /// as `id:in`, or fields of the batch items such as `id`.
    pub named_by: &'static [&'static str],
    /// The query parameter that is set by a handle for a single resource, such as `channel_id`.
    pub narrowed_by: Option<&'static str>,
    /// The maximum size in bytes of the files of its form, by name.
    pub file_limits: &'static [(&'static str, u64)],
    /// The types of the files of its form that the API accepts, such as `jpeg` or `csv`, by name; a file whose types
    /// are not known is not listed.
    pub file_types: &'static [(&'static str, &'static [&'static str])],
    /// How to detect that the job it reads has ended; `None` if it does not read a job.
    pub job: Option<JobFacts>,
    /// Where a field that is null or missing in the response gets its value; `None` if no source says that it is
    /// inherited.
    pub inherits: Option<Inherits>,
    /// The media type of the response, if that is a file.
    pub accepts: Option<&'static str>,
    /// The statuses that mean success.
    pub success: &'static [u16],
    /// Facts on which the sources disagree.
    pub conflicts: &'static [Conflict],
    /// Where the facts come from.
    pub source: &'static str,
    /// The operation id of the official description.
    pub operation: &'static str,
    /// The URL of the official description.
    pub docs: Option<&'static str>,
    /// Why it is deprecated, if it is.
    pub deprecated: Option<&'static str>,
}

impl EndpointFacts {
    /// The defaults of an endpoint: it reads, and returns 200 with an envelope. The generated tables list
    /// only what differs.
    pub(crate) const USUAL: Self = Self {
        id: "",
        guide: None,
        group: Group::ALL[0],
        method: Method::Get,
        server: None,
        path: "",
        does: "",
        access: Access::Read,
        scope: Scope::ALL[0],
        or_scope: None,
        also_needs: &[],
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
        repeat_unknown: false,
        repeatable_unless: &[],
        needs_filter: false,
        doubtful: &[],
        at_most_one_of: &[],
        named_by: &[],
        narrowed_by: None,
        file_limits: &[],
        file_types: &[],
        job: None,
        inherits: None,
        accepts: None,
        success: &[200],
        conflicts: &[],
        source: "",
        operation: "",
        docs: None,
        deprecated: None,
    };
}

/// The metadata of a group of endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupFacts {
    /// The name in code, such as `products`.
    pub name: &'static str,
    /// The title in the docs.
    pub title: &'static str,
    /// What it is for.
    pub does: &'static str,
    /// What its writes change.
    pub warning: &'static str,
    /// The cargo feature that enables its endpoints.
    pub feature: &'static str,
    /// The words that name its resources in paths, whether or not its feature is enabled.
    pub(crate) words: &'static [&'static str],
    /// Words of its parent group, one of which is in every path of its resources. Empty if some path has
    /// none.
    pub(crate) within: &'static [&'static str],
}

/// The metadata of a scope.
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
    /// What it covers.
    pub covers: &'static str,
    /// Whether it allows changes.
    pub writes: bool,
    /// The other scopes that allow everything this one does.
    pub satisfied_by: &'static [Scope],
    /// Facts of its area on which the sources disagree.
    pub conflicts: &'static [Conflict],
}

/// The metadata of a webhook event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventFacts {
    /// The name to subscribe to, such as `store/product/created`.
    pub scope: &'static str,
    /// The row in the reference guide, for the events that have one.
    pub guide: Option<&'static str>,
    /// When it is sent.
    pub does: &'static str,
    /// What its payload contains.
    pub payload: &'static str,
    /// Whether only hooks of a channel receive it. The scopes of these hooks and of their deliveries have the id of the
    /// channel in place of the `*` in [`scope`](Self::scope); `Topic::in_channel` of the module `webhook` inserts it.
    pub per_channel: bool,
    /// Facts on which the sources disagree.
    pub conflicts: &'static [Conflict],
}
