//! The facts of one endpoint, and how the generated tables declare them: a table names what an endpoint
//! has and leaves out what it has not.

use super::{Access, Conflict, Method, PageStyle, Wrapping};
use crate::generated::{Event, Scope};

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
    /// How many items a page has when nothing is asked.
    pub page_default: Option<u32>,
    /// How many items a page can have.
    pub page_max: Option<u32>,
    /// How an answer is wrapped.
    pub envelope: Wrapping,
    /// How many items one call may carry.
    pub batch: Option<u32>,
    /// How many of these calls a store allows at once.
    pub concurrency: Option<u32>,
    /// Whether a call may be repeated when it is not known whether it happened.
    pub repeatable: bool,
    /// Whether a call without a condition would reach everything, and so is not sent.
    pub needs_filter: bool,
    /// Parameters of the query that exclude each other: of each set, a call that has more than one is
    /// not sent.
    pub at_most_one_of: &'static [&'static [&'static str]],
    /// What says, beside the path, which records a call changes: parameters of its query such as
    /// `id:in`, or fields of the items of its batch such as `id`.
    pub named_by: &'static [&'static str],
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

/// A file of the official description: its path, and where it can be read.
pub(crate) type Source = (&'static str, Option<&'static str>);

#[allow(dead_code, reason = "not every set of groups has such endpoints")]
impl EndpointFacts {
    /// No endpoint, for a build that has none.
    pub(crate) const NONE: Self = Self::new("", Method::Get, "", "");

    /// An endpoint of V3 that reads and returns 200 with an envelope, of which no more is said.
    pub(crate) const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        does: &'static str,
    ) -> Self {
        Self {
            id,
            guide: None,
            group: before_dot(id),
            method,
            path,
            does,
            access: Access::Read,
            scope: Scope::ALL[0],
            acts_on: "",
            version: "v3",
            event: None,
            fires: &[],
            page: None,
            page_default: None,
            page_max: None,
            envelope: Wrapping::DataMeta,
            batch: None,
            concurrency: None,
            repeatable: true,
            needs_filter: false,
            at_most_one_of: &[],
            named_by: &[],
            success: &[200],
            conflicts: &[],
            source: "",
            operation: "",
            docs: None,
            deprecated: None,
        }
    }

    /// The least scope that allows it, and what it acts on.
    pub(crate) const fn scope(mut self, scope: Scope, acts_on: &'static str) -> Self {
        self.scope = scope;
        self.acts_on = acts_on;
        self
    }

    /// It returns a list by pages: how many items a page has, and how many it can have.
    pub(crate) const fn paged(
        mut self,
        style: PageStyle,
        default: Option<u32>,
        max: Option<u32>,
    ) -> Self {
        self.page = Some(style);
        self.page_default = default;
        self.page_max = max;
        self
    }

    /// Where the facts come from.
    pub(crate) const fn source(mut self, source: Source, operation: &'static str) -> Self {
        (self.source, self.docs) = source;
        self.operation = operation;
        self
    }
}

macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident($($value:ident: $ty:ty)?) sets $field:ident = $to:expr;)*) => {
        #[allow(dead_code, reason = "not every set of groups has such endpoints")]
        impl EndpointFacts {
            $(
                $(#[$doc])*
                pub(crate) const fn $name(mut self $(, $value: $ty)?) -> Self {
                    self.$field = $to;
                    self
                }
            )*
        }
    };
}

setters! {
    /// It changes the store.
    writes() sets access = Access::Write;
    /// It is not repeated when nobody knows whether it happened.
    once() sets repeatable = false;
    /// Without a condition it would reach everything.
    needs_filter() sets needs_filter = true;
    /// The row of the guide.
    guide(row: &'static str) sets guide = Some(row);
    /// The generation of the API, where it is not V3.
    version(version: &'static str) sets version = version;
    /// The event that the guide links to it.
    event(event: Event) sets event = Some(event);
    /// The events that it fires.
    fires(events: &'static [Event]) sets fires = events;
    /// How the response is wrapped, where it is not as in V3.
    envelope(envelope: Wrapping) sets envelope = envelope;
    /// How many items one call may carry.
    batch(max: u32) sets batch = Some(max);
    /// How many calls a store allows at once.
    concurrency(max: u32) sets concurrency = Some(max);
    /// The statuses that mean success, where it is not 200 alone.
    success(statuses: &'static [u16]) sets success = statuses;
    /// Parameters that exclude each other.
    at_most_one_of(sets: &'static [&'static [&'static str]]) sets at_most_one_of = sets;
    /// What says which records it changes.
    named_by(names: &'static [&'static str]) sets named_by = names;
    /// Where the sources disagree.
    conflicts(conflicts: &'static [Conflict]) sets conflicts = conflicts;
    /// Why not to use it any more.
    deprecated(why: &'static str) sets deprecated = Some(why);
}

/// The group of an id such as `brands.list`.
const fn before_dot(id: &'static str) -> &'static str {
    let bytes = id.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != b'.' {
        at += 1;
    }
    id.split_at(at).0
}
