//! A call of the API: its request, its response, and what a caller must know.

use super::{
    EventId, GenerationId, GroupId, Inherits, Job, Method, PageId, Parameter, RateId, Repeat,
    ScopeId, ServerId, Ty, TypeId, sets,
};
use crate::spec;

/// One call of the API.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// `products.list`
    pub id: String,
    /// The variant of the `Endpoint` enumeration: `ProductsList`.
    pub variant: String,
    /// The method on the handle: `list`.
    pub call: String,
    /// The type of the request builder: `List`.
    pub request: String,
    pub group: GroupId,
    /// Whether it is on the group's nested handle.
    pub nested: bool,
    /// Its row in the guide, if it has one.
    pub guide: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// Its server; `None` for that of the store.
    pub server: Option<ServerId>,
    /// The path below the base URL.
    pub path: String,
    /// The operation id of the official description.
    pub operation: String,
    /// Other words by which readers search for it.
    pub known_as: Vec<String>,
    pub does: String,
    /// What to know before calling it.
    pub note: Option<String>,
    /// The resource it reads or changes.
    pub acts_on: String,
    /// That as a variable.
    pub thing: String,
    /// Whether it changes the store.
    pub writes: bool,
    /// Why it only reads, if its method does not imply it.
    pub reads_why: Option<String>,
    /// Why its body has the whole record that it changes, if it does.
    pub whole: Option<String>,
    /// The least scope it needs.
    pub scope: ScopeId,
    /// The least scope of another area that is sufficient instead.
    pub or_scope: Option<ScopeId>,
    /// The scopes that it also needs with some values, in the spec's order.
    pub also_needs: Vec<AlsoNeeds>,
    /// The event the guide links to the row.
    pub event: Option<EventId>,
    /// The events a successful call fires.
    pub fires: Vec<EventId>,
    /// The generation of the API.
    pub generation: GenerationId,
    /// The parameters of the path, in its order.
    pub path_parameters: Vec<Parameter>,
    /// The parameters of the query, in the docs' order.
    pub query: Vec<Parameter>,
    /// Its own headers, in the spec's order.
    pub headers: Vec<Parameter>,
    /// The parts of its form, in the spec's order.
    pub form: Vec<Parameter>,
    /// The media type of the file that it returns.
    pub media_type: Option<String>,
    /// Whether it requires a filter.
    pub needs_filter: bool,
    /// Sets of positions in `query`: of each, it accepts at most one parameter.
    pub at_most_one_of: Vec<Vec<usize>>,
    /// How the list is paged; `None` if it is not a list, or not paged.
    pub page: Option<PageId>,
    /// Whether its list has numbered pages and can also be read by cursors.
    pub by_cursor: bool,
    /// The page size.
    pub limit: Option<spec::Limit>,
    /// How the list can be ordered.
    pub sort: Option<Sort>,
    /// The request body.
    pub body: Option<Body>,
    /// The call for any number of items.
    pub all: Option<All>,
    /// How to wait for the job that it reads.
    pub job: Option<Job>,
    /// Where fields that are null or missing in the response get their values.
    pub inherits: Option<Inherits>,
    /// What it returns.
    pub answer: Answer,
    /// Whether a caller may select what it returns: fields can be selected, and there is no report on each
    /// item.
    pub decoding: bool,
    /// The type of the body of a 207, if that differs from a full success.
    pub partial: Option<Ty>,
    /// How the response is wrapped.
    pub envelope: spec::Envelope,
    /// The success statuses.
    pub success: Vec<u16>,
    /// The error statuses that the official description declares.
    pub errors: Vec<u16>,
    /// How it moves or commits money, if it does.
    pub money: Option<spec::Money>,
    /// How many items a call may have, in its body or in its query.
    pub batch: Option<spec::Batch>,
    /// How many of these calls a store allows at the same time.
    pub concurrency: Option<spec::Concurrency>,
    /// The rate limit that applies.
    pub rate: RateId,
    /// Whether it may be retried after an unknown outcome.
    pub repeat: Repeat,
    /// Why, if it does not follow from the method.
    pub repeat_why: Option<String>,
    /// The parameters and fields that identify the records it changes, if its path does not.
    pub named_by: Vec<String>,
    /// The query parameter with which a narrowed handle limits the call to one resource.
    pub narrowed_by: Option<String>,
    /// Since when and why it is deprecated, and what to use instead.
    pub deprecated: Option<spec::Deprecated>,
    /// The facts on which sources disagree.
    pub conflicts: Vec<spec::Conflict>,
    /// The file of the official description.
    pub source: String,
    /// The URL of that file.
    pub source_url: Option<String>,
    /// The page of the official documentation.
    pub docs: Option<String>,
}

impl Endpoint {
    /// Whether it cannot be undone: it deletes, or it commits money.
    #[must_use]
    pub const fn is_grave(&self) -> bool {
        self.deletes() || self.money.is_some()
    }

    /// Whether it deletes.
    #[must_use]
    pub const fn deletes(&self) -> bool {
        matches!(self.method, Method::Delete)
    }

    /// The disagreement of the sources on its scope.
    #[must_use]
    pub fn scope_conflict(&self) -> Option<&spec::Conflict> {
        let mut conflicts = self.conflicts.iter();
        conflicts.find(|conflict| conflict.about == spec::About::Scope)
    }
}

/// A scope that a call needs only with some values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlsoNeeds {
    pub scope: ScopeId,
    /// The condition, in words that can follow "when".
    pub when: String,
    /// Fields of the body, or of the items of a batch, with the values that meet it by themselves.
    pub values: Vec<(String, Vec<String>)>,
}

/// How a list can be ordered.
#[derive(Clone, Debug)]
pub struct Sort {
    /// The enumeration of fields.
    pub by: TypeId,
    /// Where the direction is.
    pub direction: spec::SortDirection,
    /// The default order.
    pub default: Option<String>,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its type.
    pub ty: Ty,
    /// The argument or setter for it.
    pub rust: String,
    /// Whether it is optional.
    pub optional: bool,
}

impl Endpoint {
    /// The filters of its query that the API has been seen to ignore, as they are sent.
    pub fn doubtful(&self) -> Vec<&str> {
        let doubtful = self.query.iter().filter(|it| it.doubtful);
        doubtful.map(|it| it.wire.as_str()).collect()
    }

    /// The parameters of a set of positions in its query, as they are sent.
    pub fn sent<'a>(&'a self, set: &'a [usize]) -> impl Iterator<Item = &'a str> {
        sets::items(&self.query, set).map(|it| it.wire.as_str())
    }

    /// Query parameters of which it accepts at most one, as they are sent.
    pub fn exclusive(&self) -> Vec<Vec<&str>> {
        let sets = self.at_most_one_of.iter();
        sets.map(|set| self.sent(set).collect()).collect()
    }

    /// The files of its form with a maximum size, in bytes.
    pub fn file_limits(&self) -> impl Iterator<Item = (&str, u64)> {
        let parts = self.form.iter();
        parts.filter_map(|part| Some((part.wire.as_str(), part.max_bytes?)))
    }

    /// The files of its form whose accepted types are known.
    pub fn file_types(&self) -> impl Iterator<Item = (&str, &[spec::FileType])> {
        let parts = self.form.iter().filter(|part| !part.file_types.is_empty());
        parts.map(|part| (part.wire.as_str(), part.file_types.as_slice()))
    }

    /// The methods of its handle that call it: its own, the one for any number of items, and the one that
    /// waits for a job.
    pub fn methods(&self) -> impl Iterator<Item = &str> {
        let all = self.all.iter().map(|all| all.name.as_str());
        let job = self.job.iter().map(|job| job.name.as_str());
        [self.call.as_str()].into_iter().chain(all).chain(job)
    }
}

impl Body {
    /// The type of one value.
    #[must_use]
    pub fn item(&self) -> &Ty {
        match &self.ty {
            Ty::List(item) | Ty::OneOrMany(item) => item,
            ty => ty,
        }
    }

    /// Whether it is a list.
    #[must_use]
    pub const fn many(&self) -> bool {
        matches!(self.ty, Ty::List(_))
    }
}

/// A call for any number of items.
#[derive(Clone, Debug, PartialEq)]
pub struct All {
    /// Its name in Rust.
    pub name: String,
    /// The position, in the query, of the parameter for the items; `None` if they are in the body.
    pub by: Option<usize>,
    /// The field of the body for the items; `None` if the body is the list.
    pub field: Option<AllField>,
    /// Whether no source says what happens to the other items of a batch if one is rejected.
    pub unclear: bool,
}

/// A field of a body whose array has the items of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct AllField {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub rust: String,
    /// The type of an item.
    pub item: Ty,
}

/// The return value of a call, as its caller receives it.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A page of a list.
    Page(Ty),
    /// One value.
    One(Ty),
    /// One value, with problems if only a part succeeded.
    Outcome(Ty),
    /// The totals of a batch.
    Counts,
    /// A file, which is read on demand.
    File,
    /// Events, as they arrive, with the type of their data; `None` for a string.
    Events(Option<Ty>),
    Nothing,
}
