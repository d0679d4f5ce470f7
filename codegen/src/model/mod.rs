//! The API, resolved and closed: references followed, names chosen, scopes satisfied-by computed,
//! every type decided. A renderer reads this and only spells; it decides nothing about the API.

mod build;
mod endpoints;
mod facts;
mod gates;
mod ids;
mod mistakable;
mod names;
mod needs;
mod nesting;
pub(crate) use nesting::nested_handle;
mod refs;
mod table;
mod types;

pub(crate) use build::resolve;
pub use facts::{condition, deprecation, phrase};
pub use ids::{EventId, GenerationId, Method, PageId, RateId, ScopeId, TypeId};
pub use names::{field_name, module_name, type_name};

pub use crate::index::{GroupId, Home};
use crate::{diagnostic::Code, spec};

/// What resolving may report.
pub(crate) static CODES: [&[&Code]; 3] = [nesting::CODES, needs::CODES, refs::CODES];

/// Everything a renderer needs.
#[derive(Clone, Debug)]
pub struct Api {
    /// The service as the spec states it.
    pub service: spec::Service,
    /// The capability groups, in the docs' order.
    pub groups: Vec<Group>,
    /// The endpoints of all groups, in the docs' order.
    pub endpoints: Vec<Endpoint>,
    /// The scope areas, in the spec's order.
    pub areas: Vec<Area>,
    /// The scopes of all areas.
    pub scopes: Vec<Scope>,
    /// How scopes work, in general.
    pub scopes_do: String,
    /// The webhook events.
    pub events: Vec<Event>,
    /// Scopes that subscribe to several events.
    pub wildcards: Vec<spec::Wildcard>,
    /// How events work, in general.
    pub events_do: String,
    /// Facts about subscribing.
    pub event_notes: Vec<String>,
    /// The type of what is posted to a destination.
    pub delivery: TypeId,
    /// The types that stand in Rust: one per view of each schema.
    pub types: Vec<TypeDef>,
    /// What a store keeps and enforces, as the spec states it.
    pub stores: Vec<spec::StoreRules>,
}

/// A capability group.
#[derive(Clone, Debug)]
pub struct Group {
    /// The name in code: module and handle method.
    pub name: String,
    /// The name of the handle that reads and writes, such as `Products`.
    pub handle: String,
    /// The name of the handle that only reads, such as `ProductsReader`.
    pub reader: String,
    /// The cargo feature with which it is compiled.
    pub feature: String,
    /// Where it stands on the handle of another group.
    pub nested: Option<Nested>,
    /// The title in the docs.
    pub title: String,
    /// What it is for.
    pub does: String,
    /// What a write changes.
    pub warning: String,
    /// Traps that concern the whole group.
    pub notes: Vec<String>,
    /// The generation of the API.
    pub generation: GenerationId,
    /// The file of the official description.
    pub source: String,
    /// Where that file can be read.
    pub source_url: Option<String>,
    /// The page of the official documentation.
    pub docs: Option<String>,
    /// The file of the spec, for banners.
    pub spec_file: String,
    /// The positions of its endpoints in [`Api::endpoints`].
    pub endpoints: std::ops::Range<usize>,
}

/// A pair of handles that stands on those of another group.
#[derive(Clone, Debug)]
pub struct Nested {
    /// That group.
    pub under: GroupId,
    /// The method that returns it.
    pub method: String,
    /// The name of the handle that reads and writes, such as `ImagesOfProduct`.
    pub handle: String,
    /// The name of the handle that only reads.
    pub reader: String,
    /// The parameters of paths that it is made with, those of the handles above it first.
    pub takes: Vec<Parameter>,
    /// How many of them its method takes; they are the last ones.
    pub own: usize,
}

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
    /// Its group.
    pub group: GroupId,
    /// Whether it stands on the group's nested handle.
    pub nested: bool,
    /// The guide's row, when it has one.
    pub guide: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL.
    pub path: String,
    /// The operation id of the official description.
    pub operation: String,
    /// What it does.
    pub does: String,
    /// What to know before calling it.
    pub note: Option<String>,
    /// The thing it reads or changes.
    pub acts_on: String,
    /// Whether it changes the store.
    pub writes: bool,
    /// The least scope it needs.
    pub scope: ScopeId,
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
    /// Whether it never goes out without a filter.
    pub needs_filter: bool,
    /// Parameters of the query of which it takes at most one, as they are sent.
    pub at_most_one_of: Vec<Vec<String>>,
    /// How the list is paged; `None` for what is no list or comes whole.
    pub page: Option<PageId>,
    /// The page size.
    pub limit: Option<spec::Limit>,
    /// How the list can be ordered.
    pub sort: Option<Sort>,
    /// What it sends.
    pub body: Option<Body>,
    /// The call that takes any number of items.
    pub all: Option<All>,
    /// What it answers.
    pub answer: Answer,
    /// What a 207 carries, where that is not what a whole success answers.
    pub partial: Option<Ty>,
    /// How the answer is wrapped.
    pub envelope: spec::Envelope,
    /// The statuses that mean success.
    pub success: Vec<u16>,
    /// The error statuses that the official description declares.
    pub errors: Vec<u16>,
    /// How many of these calls a store allows at once.
    pub concurrency: Option<spec::Concurrency>,
    /// The rate limit that applies.
    pub rate: RateId,
    /// Whether it may be repeated after an unknown outcome.
    pub repeatable: bool,
    /// Why, where it does not follow from the method.
    pub repeat_why: Option<String>,
    /// On its way out.
    pub deprecated: Option<spec::Deprecated>,
    /// Where sources disagree.
    pub conflicts: Vec<spec::Conflict>,
    /// The file of the official description.
    pub source: String,
    /// Where that file can be read.
    pub source_url: Option<String>,
    /// The page of the official documentation.
    pub docs: Option<String>,
}

/// A parameter of a path or a query.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire: `id:in`.
    pub wire: String,
    /// The name in Rust: `id_in`.
    pub rust: String,
    /// The type of one value.
    pub ty: Ty,
    /// How values are sent.
    pub shape: Shape,
    /// Why it is there.
    pub role: Role,
    /// The call cannot go out without it.
    pub required: bool,
    /// What it does, in sentences.
    pub docs: Vec<String>,
    /// Members of its enumeration that the official description does not list.
    pub unlisted: Vec<String>,
    /// On its way out.
    pub deprecated: Option<spec::Deprecated>,
}

/// How the values of a parameter are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    One,
    /// Several, with commas between them.
    Many,
    /// A truth value as 1 or 0.
    Flag,
}

/// Why a parameter is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It names a thing in the path.
    Path,
    /// It is a condition on a field of the list.
    Filter {
        /// The field.
        field: String,
        /// The operator, as the spec names it.
        op: String,
    },
    /// It turns the page.
    Page,
    /// It adds sub-resources to the answer.
    Include,
    /// It chooses fields of the answer.
    Select,
    /// Anything else.
    Plain,
}

/// How a list can be ordered.
#[derive(Clone, Debug)]
pub struct Sort {
    /// The enumeration of fields.
    pub by: TypeId,
    /// Where the direction stands.
    pub direction: spec::SortDirection,
    /// The order when nothing is asked.
    pub default: Option<String>,
}

/// What a call sends.
#[derive(Clone, Debug)]
pub struct Body {
    /// The type of one value.
    pub ty: TypeId,
    /// Whether it is a list of them.
    pub many: bool,
    /// How many it may be.
    pub batch: Option<spec::Batch>,
}

/// A call for any number of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct All {
    /// Its name in Rust.
    pub name: String,
    /// The position, in the query, of the parameter that takes the items; `None` where the body does.
    pub by: Option<usize>,
}

/// What a call answers, as its caller receives it.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A page of a list.
    Page(Ty),
    /// One value.
    One(Ty),
    /// One value, with problems beside it when only a part succeeded.
    Outcome(Ty),
    /// A tally of a batch.
    Counts,
    /// Nothing.
    Nothing,
}

/// A type that stands in Rust.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it is declared.
    pub home: Home,
    /// Its name in Rust and in `takes` and `returns`.
    pub name: String,
    /// The schema it is a view of.
    pub schema: String,
    /// The side it shows; `None` for enumerations, which have only one.
    pub view: Option<spec::View>,
    /// What one value of it is.
    pub does: String,
    /// Traps.
    pub notes: Vec<String>,
    /// The name in the official description.
    pub official: Option<String>,
    /// What it is made of.
    pub kind: Kind,
    /// When it is compiled.
    pub gate: Gate,
}

/// When a type is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Always: several groups use it.
    Always,
    /// With the feature of the one group that uses it.
    Feature(GroupId),
}

/// What a type is made of.
#[derive(Clone, Debug)]
pub enum Kind {
    /// An object.
    Object {
        /// Its fields, in the spec's order.
        fields: Vec<Field>,
        /// Of each list, a written value needs at least one.
        needs_one_of: Vec<Vec<String>>,
        /// Of each list, a written value has at most one.
        at_most_one_of: Vec<Vec<String>>,
        /// Whether what is required is named one after the other when a value is made, because as
        /// arguments side by side two of them could be exchanged unnoticed.
        named_in_turn: bool,
    },
    /// An open enumeration of texts.
    Choice(Vec<Member>),
}

/// A member of an enumeration.
#[derive(Clone, Debug)]
pub struct Member {
    /// The value on the wire.
    pub wire: String,
    /// The variant in Rust.
    pub rust: String,
    /// What it means.
    pub does: Option<String>,
    /// On its way out.
    pub deprecated: Option<spec::Deprecated>,
}

/// A field of an object, as one view has it.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub rust: String,
    /// The type.
    pub ty: Ty,
    /// The spelling on the wire, where it is not the usual one.
    pub spelling: Option<spec::Wire>,
    /// Whether it is always there (read) or must be given (written).
    pub required: bool,
    /// Whether null is a value of its own.
    pub nullable: bool,
    /// Whether it only comes from the API, although its object can be written.
    pub read_only: bool,
    /// Whether it is a secret, which `Debug` does not show.
    pub secret: bool,
    /// Whether a box breaks a cycle of types here.
    pub boxed: bool,
    /// What it means, where the facts do not tell.
    pub does: Option<String>,
    /// The line of facts: type, limits, unit, default, when present.
    pub facts: String,
    /// The unit or the kind of text.
    pub unit: Option<String>,
    /// What it is only there with, in an answer.
    pub when: Option<String>,
    /// The value taken when it is left out.
    pub default: Option<serde_json::Value>,
    /// What an example in the docs gives it.
    pub example: Option<serde_json::Value>,
    /// Smallest and largest length, number or count of items, where stated.
    pub limits: Limits,
    /// On its way out.
    pub deprecated: Option<spec::Deprecated>,
}

impl Field {
    /// Whether there is no value of the object in which it is absent or null.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.required && !self.nullable
    }
}

/// What bounds a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Of a text, in characters.
    pub length: (Option<u64>, Option<u64>),
    /// Of a number, as written.
    pub range: (Option<String>, Option<String>),
    /// Of a list.
    pub items: (Option<u64>, Option<u64>),
    /// Of a text, as a regular expression.
    pub pattern: Option<String>,
    /// Of a text, by what kind of text it is.
    pub format: Option<spec::Format>,
}

/// A type in a position.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    /// A whole number of 64 bits.
    Int,
    /// A text.
    Text,
    /// True or false.
    Bool,
    /// An exact decimal number.
    Number,
    /// A moment.
    DateTime,
    /// A day.
    Date,
    /// A UUID in text.
    Uuid,
    /// A whole number or a text.
    Id,
    /// Any JSON.
    Json,
    /// One of [`Api::types`].
    Named(TypeId),
    /// A list.
    List(Box<Ty>),
    /// A mapping from names.
    Map(Box<Ty>),
    /// A value of a mapping that may be null.
    Nullable(Box<Ty>),
    /// A link object or what it links to.
    Link(Box<Ty>),
}

impl Ty {
    /// The type it names, where it is no more than a name.
    #[must_use]
    pub const fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }
}

/// An area of the store that scopes open.
#[derive(Clone, Debug)]
pub struct Area {
    /// The name endpoints refer to.
    pub name: String,
    /// The name in the control panel.
    pub label: String,
    /// What it opens.
    pub covers: String,
    /// Where sources disagree.
    pub conflicts: Vec<spec::Conflict>,
}

/// An OAuth scope.
#[derive(Clone, Debug)]
pub struct Scope {
    /// As a token carries it.
    pub wire: String,
    /// The variant of the `Scope` enumeration: `ProductsRead`.
    pub variant: String,
    /// The position of its area in [`Api::areas`].
    pub area: usize,
    /// The level's key: `read`.
    pub key: String,
    /// The level as the control panel shows it.
    pub level: String,
    /// Whether it lets a caller write.
    pub writes: bool,
    /// Other scopes that grant everything this one does.
    pub satisfied_by: Vec<ScopeId>,
}

/// A webhook event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The scope to subscribe to.
    pub scope: String,
    /// The variant of the `Event` enumeration: `OrderCreated`.
    pub variant: String,
    /// The guide's slug.
    pub guide: Option<String>,
    /// When it fires.
    pub does: String,
    /// What to know about it.
    pub note: Option<String>,
    /// The type of its payload.
    pub payload: Ty,
    /// Whether the sources give it no schema.
    pub unstated: bool,
    /// Where sources disagree.
    pub conflicts: Vec<spec::Conflict>,
}

impl Api {
    /// The type at `id`.
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The scope at `id`.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0]
    }

    /// The event at `id`.
    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id.0]
    }

    /// The group at `id`.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0]
    }

    /// The handles on which an endpoint stands: the one that reads and writes, and the one that only
    /// reads.
    pub fn handles_of(&self, endpoint: &Endpoint) -> (&str, &str) {
        let group = self.group(endpoint.group);
        match group.nested.as_ref().filter(|_| endpoint.nested) {
            Some(nested) => (&nested.handle, &nested.reader),
            None => (&group.handle, &group.reader),
        }
    }

    /// The parameters of paths with which the handle of an endpoint is made.
    pub fn held(&self, endpoint: &Endpoint) -> &[Parameter] {
        let nested = self.group(endpoint.group).nested.as_ref();
        nested
            .filter(|_| endpoint.nested)
            .map_or(&[], |nested| &nested.takes)
    }

    /// Whether a group has a handle of the client's own.
    pub fn has_own_handle(&self, group: &Group) -> bool {
        self.endpoints_of(group)
            .iter()
            .any(|endpoint| !endpoint.nested)
    }

    /// The cargo features of the groups, each once and in their order.
    pub fn features(&self) -> Vec<&str> {
        let mut features: Vec<&str> = Vec::new();
        for group in &self.groups {
            if !features.contains(&&*group.feature) {
                features.push(&group.feature);
            }
        }
        features
    }

    /// The groups whose handles stand on that of a group.
    pub fn under<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = (&'a Group, &'a Nested)> {
        let nested = self
            .groups
            .iter()
            .filter_map(|it| Some((it, it.nested.as_ref()?)));
        nested.filter(|(_, nested)| self.group(nested.under).name == group.name)
    }

    /// The generation at `id`, with its name, such as `v3`.
    pub fn generation(&self, id: GenerationId) -> (&str, &spec::Generation) {
        self.service.generations.at(id.0)
    }

    /// The style of paging at `id`, with its name.
    pub fn page_style(&self, id: PageId) -> (&str, &spec::PageStyle) {
        self.service.pages.at(id.0)
    }

    /// The rate limit at `id`, with its name.
    pub fn rate(&self, id: RateId) -> (&str, &spec::Rate) {
        self.service.rates.at(id.0)
    }

    /// The endpoints of a group.
    pub fn endpoints_of<'a>(&'a self, group: &Group) -> &'a [Endpoint] {
        &self.endpoints[group.endpoints.clone()]
    }

    /// The module that holds the types of `home`.
    pub fn module(&self, home: Home) -> &str {
        match home {
            Home::Group(id) => &self.group(id).name,
            Home::Shared => "shared",
            Home::Events => "events",
        }
    }
}
