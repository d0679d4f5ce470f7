//! The API, resolved and closed: references resolved, names chosen, sufficient scopes computed, every type
//! decided. A renderer only prints it, and decides nothing about the API.

mod branch;
mod build;
mod descriptions;
mod endpoint;
mod endpoints;
mod event;
mod example;
mod feature;
mod gates;
mod glossary;
mod ids;
mod inbound;
mod inherits;
mod inside;
mod job;
mod least;
mod mistakable;
mod named_by;
mod names;
mod needs;
mod nesting;
mod official;
mod one_of;
mod operator;
mod pages;
mod parameter;
mod published;
mod refs;
mod repeat;
mod sample;
mod sample_names;
mod sample_number;
mod sample_parameter;
mod sample_payload;
mod sample_text;
mod sample_told;
mod sample_value;
mod schema;
mod sets;
mod table;
mod ty;
mod type_def;
mod types;
mod update;
mod values;

pub use branch::{Branch, JsonKind, Told};
pub(crate) use build::resolve;
pub use endpoint::{All, AllField, AlsoNeeds, Answer, Body, Endpoint, Sort};
pub use event::{Event, Family};
pub use example::{
    Call, Exchange, call, call_narrowed, call_of_all, call_of_job, choices, exchange, full_call,
    is_instructive, shown_first, shown_narrowed, shown_nested, shown_on_handle,
};
pub use feature::Feature;
pub use glossary::{Page, See, Term};
pub use ids::{EventId, GenerationId, Method, PageId, RateId, SchemaId, ScopeId, ServerId, TypeId};
pub use inbound::{Caller, Inbound};
pub use inherits::Inherits;
pub use job::{Job, JobField, JobKey};
pub use least::Least;
pub use names::{constant_name, field_name, module_name, type_name};
pub use official::{Description, Official, Operation, Share};
pub use operator::{Operator, Spelled};
pub use parameter::{Parameter, Role, Shape, Turn};
pub use published::Documented;
pub use repeat::{Added, Repeat};
pub use sample::{NAMELESS as SAMPLE_NAMELESS, of_type as sample_of_type};
pub use sample_names::UUID as SAMPLE_UUID;
pub use sample_number::{number_of as sample_number, number_within as sample_within};
pub use sample_parameter::of_parameter as sample_of_parameter;
pub use sample_payload::{Payload, sample_payload};
pub use sample_text::{known_text, sample_text};
pub use sample_value::{Made, Sample};
pub use schema::Schema;
pub use ty::Ty;
pub use type_def::{Field, Gate, Kind, KnownValue, Limits, Member, TypeDef, When};
pub use update::Update;

pub use crate::index::{GroupId, Home};
use crate::{diagnostic::Code, spec};

/// The codes that resolving may report.
pub(crate) static CODES: [&[&Code]; 5] = [
    nesting::CODES,
    needs::CODES,
    refs::CODES,
    names::CODES,
    glossary::CODES,
];

/// Everything a renderer needs.
#[derive(Clone, Debug)]
pub struct Api {
    /// Who makes the calls.
    pub caller: Caller,
    /// The service as the spec states it.
    pub service: spec::Service,
    /// The generation of each entry of the service's history; `None` for a dated one.
    pub releases: Vec<Option<GenerationId>>,
    /// The filter operators of each generation of the service.
    pub operators: Vec<Vec<Spelled>>,
    /// The capability groups, in the docs' order.
    pub groups: Vec<Group>,
    /// The cargo features of the groups, in the order of their first ones.
    pub features: Vec<Feature>,
    /// The endpoints of all groups, in the docs' order.
    pub endpoints: Vec<Endpoint>,
    /// The scope areas, in the spec's order.
    pub areas: Vec<Area>,
    /// The scopes of all areas.
    pub scopes: Vec<Scope>,
    /// How scopes work, in general.
    pub scopes_do: String,
    /// Scopes that BigCommerce adds to every grant, which no app requests.
    pub granted_unasked: Vec<String>,
    /// The webhook events.
    pub events: Vec<Event>,
    /// The same by subject, in the order of their first ones.
    pub families: Vec<Family>,
    /// Scopes that subscribe to several events.
    pub wildcards: Vec<spec::Wildcard>,
    /// How events work, in general.
    pub events_do: String,
    /// Facts about subscribing.
    pub event_notes: Vec<String>,
    /// How deliveries are signed.
    pub signing: Vec<String>,
    /// How a failed delivery is retried, if the spec says so.
    pub retries: Option<spec::Retries>,
    /// The type of the body of a delivery.
    pub delivery: TypeId,
    /// The types in Rust: one per view of each schema.
    pub types: Vec<TypeDef>,
    /// The schemas that they are views of.
    pub schemas: Vec<Schema>,
    /// The schema of each type.
    pub schema_ids: Vec<SchemaId>,
    /// The glossary, in alphabetical order.
    pub glossary: Vec<Term>,
    /// The official descriptions, if the spec lists them.
    pub official: Option<Official>,
    /// The calls that BigCommerce makes to the servers of providers, if the spec describes some.
    pub inbound: Option<Box<Inbound>>,
    /// The hash of the spec that it was read from.
    pub spec_hash: String,
}

/// A capability group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its position in [`Api::groups`].
    pub id: GroupId,
    /// The name in code: module and handle method.
    pub name: String,
    /// The name of the full handle, such as `Products`.
    pub handle: String,
    /// The name of the read-only handle, such as `ProductsReader`.
    pub reader: String,
    /// The cargo feature that enables it.
    pub feature: String,
    /// Its nested handle.
    pub nested: Option<Nested>,
    /// The group whose resources have this group's as parts.
    pub outer: Option<GroupId>,
    /// The method that narrows its handle to a single resource.
    pub narrowed: Option<Narrowed>,
    /// The title in the docs.
    pub title: String,
    pub does: String,
    /// What a write changes.
    pub warning: String,
    /// Pitfalls that concern the whole group.
    pub notes: Vec<String>,
    /// The bodies of error responses by status, if they differ from those of the generation.
    pub refusals: spec::Map<spec::RefusalBody>,
    /// The generation of the API.
    pub generation: GenerationId,
    /// The server of its endpoints; `None` for that of the store.
    pub server: Option<ServerId>,
    /// The file of the official description.
    pub source: String,
    /// The URL of that file.
    pub source_url: Option<String>,
    /// The page of the official documentation.
    pub docs: Option<String>,
    /// The file of the spec, for banners.
    pub spec_file: String,
    /// The positions of its endpoints in [`Api::endpoints`].
    pub endpoints: std::ops::Range<usize>,
}

/// A pair of handles nested in those of another group.
#[derive(Clone, Debug)]
pub struct Nested {
    /// That group.
    pub under: GroupId,
    /// The method that returns it.
    pub method: String,
    /// The name of the full handle, such as `ImagesOfProduct`.
    pub handle: String,
    /// The name of the read-only handle.
    pub reader: String,
    /// The path parameters of the handle, those of its parents first.
    pub takes: Vec<Parameter>,
    /// How many of them its method takes; they are the last ones.
    own: usize,
}

impl Nested {
    /// The parameters of its method; the parents have the others.
    pub fn own(&self) -> &[Parameter] {
        let inherited = self.takes.len().saturating_sub(self.own);
        self.takes.get(inherited..).unwrap_or_default()
    }
}

/// A method of a handle that returns the same handle for one value of a query parameter.
#[derive(Clone, Debug)]
pub struct Narrowed {
    pub method: String,
    /// The parameter, as in the first call that has it.
    pub parameter: Parameter,
    /// What the calls apply to with it and without.
    pub does: String,
}

/// An area of the store with its scopes.
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
    /// As in a token.
    pub wire: String,
    /// The variant of the `Scope` enumeration: `ProductsRead`.
    pub variant: String,
    /// The position of its area in [`Api::areas`].
    pub area: usize,
    /// The level's key: `read`.
    pub key: String,
    /// The level, as in the control panel.
    pub level: String,
    /// Whether it allows writes.
    pub writes: bool,
    /// Other scopes that grant everything this one does.
    pub satisfied_by: Vec<ScopeId>,
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

    /// The handles of an endpoint: the full one, and the read-only one.
    pub fn handles_of(&self, endpoint: &Endpoint) -> (&str, &str) {
        let group = self.group(endpoint.group);
        match group.nested.as_ref().filter(|_| endpoint.nested) {
            Some(nested) => (&nested.handle, &nested.reader),
            None => (&group.handle, &group.reader),
        }
    }

    /// The path parameters of an endpoint's handle.
    pub fn held(&self, endpoint: &Endpoint) -> &[Parameter] {
        let nested = self.group(endpoint.group).nested.as_ref();
        nested
            .filter(|_| endpoint.nested)
            .map_or(&[], |nested| &nested.takes)
    }

    /// Whether a group has a handle that the client returns.
    pub fn has_own_handle(&self, group: &Group) -> bool {
        self.endpoints_of(group)
            .iter()
            .any(|endpoint| !endpoint.nested)
    }

    /// The groups nested in a group.
    pub fn under<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = (&'a Group, &'a Nested)> {
        let nested = self
            .groups
            .iter()
            .filter_map(|it| Some((it, it.nested.as_ref()?)));
        nested.filter(|(_, nested)| nested.under == group.id)
    }

    /// The generation at `id`, with its name, such as `v3`.
    pub fn generation(&self, id: GenerationId) -> (&str, &spec::Generation) {
        self.service.generations.at(id.0)
    }

    /// The server of a group's endpoints, with its name; `None` for that of the store.
    pub fn server(&self, group: &Group) -> Option<(&str, &spec::Server)> {
        Some(self.service.servers.at(group.server?.0))
    }

    /// The style of paging at `id`, with its name.
    pub fn page_style(&self, id: PageId) -> (&str, &spec::PageStyle) {
        self.service.pages.at(id.0)
    }

    /// The rate limit at `id`, with its name.
    pub fn rate(&self, id: RateId) -> (&str, &spec::Rate) {
        self.service.rates.at(id.0)
    }

    /// The entries of the history of the API, the newest first, each with its generation; `None` for dated
    /// ones.
    pub fn history(&self) -> impl Iterator<Item = (&spec::Release, Option<GenerationId>)> {
        let releases = self.releases.iter().copied();
        self.service.history.iter().zip(releases)
    }

    /// The headers that report the store's quota: those of the first rate limit that reports any.
    pub fn quota_signals(&self) -> Option<&spec::RateSignals> {
        let mut signals = self.service.rates.iter().map(|(_, rate)| &rate.signals);
        signals.find(|signals| !signals.left.is_empty())
    }

    /// The official descriptions as a source.
    pub fn official_source(&self) -> Option<&spec::Source> {
        descriptions::official_source(&self.service)
    }

    /// The parts of an official description's URL before and after the file name.
    pub fn source_address(&self) -> Option<(&str, &str)> {
        let url = self.official_source()?.url.as_ref()?;
        Some(url.split_once(descriptions::FILE).unwrap_or((url, "")))
    }

    /// What a status means, if the service describes it.
    pub fn status(&self, code: u16) -> Option<&spec::Status> {
        let mut statuses = self.service.statuses.iter();
        statuses.find(|known| known.status == code)
    }

    /// The rate limit of an endpoint that names none.
    pub fn standard_rate(&self) -> Option<RateId> {
        let rates = &self.service.rates;
        rates.position(needs::STANDARD_RATE).map(RateId)
    }

    /// The endpoints of a group.
    pub fn endpoints_of<'a>(&'a self, group: &Group) -> &'a [Endpoint] {
        &self.endpoints[group.endpoints.clone()]
    }

    /// The module with the types of `home`.
    pub fn module(&self, home: Home) -> &str {
        match home {
            Home::Group(id) => &self.group(id).name,
            Home::Shared => "shared",
            Home::Events => "events",
        }
    }
}
