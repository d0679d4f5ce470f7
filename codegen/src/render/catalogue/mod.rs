//! The machine-readable catalogue: everything the model knows, as `api.json`, with the JSON Schema of that
//! file. Other programs depend on its format, so it has its own types, which changes of the spec's format do
//! not affect.

mod also_needs;
mod client;
mod deprecated;
mod endpoint;
mod event;
mod glossary;
mod group;
mod inbound;
mod parameter;
mod parts;
mod scope;
mod service;
mod topics;
mod totals;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;

use super::{
    Defect, File,
    json_schema::{self, Definitions, Side},
    json_text,
};
use crate::model::Api;

pub(super) use self::{
    also_needs::AlsoNeeds,
    parts::{Part, Parts},
    scope::{Scope, all as scopes},
    topics::Conflict,
    totals::{Counts, Totals},
};

const ROOT: &str = "generated-client/docs";
const SCHEMA: &str = "api.schema.json";

/// The version of the format. It is incremented when a key is removed or changes its meaning.
const FORMAT: u32 = 2;

/// Renders `api.json` and its schema.
pub fn render(api: &Api) -> Result<Vec<File>, Defect> {
    let file = |name: &str, text: String| File {
        path: format!("{ROOT}/{name}"),
        text,
    };
    let catalogue =
        json_text::print(&Catalogue::of(api)).map_err(|cause| Defect::new("api.json", cause))?;
    Ok(vec![file("api.json", catalogue), file(SCHEMA, schema()?)])
}

/// The published schema: strict, from the types that are written.
fn schema() -> Result<String, Defect> {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    json_text::print(&generator.into_root_schema_for::<Catalogue<'_>>())
        .map_err(|cause| Defect::new(SCHEMA, cause))
}

/// The API: its endpoints, scopes, events and the facts that apply to all of them.
///
/// Endpoints are in the order of the docs. Keys are always present; `null` means that there is no such thing.
/// Only below `schemas`, keys without information are omitted. New keys may be added in any release of
/// `format` 2; none is removed or changes its meaning.
///
/// The schema of an endpoint's body refers to definitions that are written once, under `schemas`. To make it
/// self-contained, combine the two, here in JavaScript:
///
/// ```js
/// const { request } = api.endpoints.find((one) => one.id === "brands.create").json_schema;
/// const complete = { ...api.schemas.requests, ...request };
/// ```
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Catalogue<'a> {
    /// The schema of this file, in the same folder.
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// The shape of this file.
    format: u32,
    /// The service.
    name: &'a str,
    /// The title of the docs.
    title: &'a str,
    /// What the service is.
    does: &'a str,
    /// What this file was generated from.
    provenance: Provenance<'a>,
    /// How many there are of everything.
    totals: Totals,
    /// Facts about the service as a whole.
    service: service::Service<'a>,
    /// The capability groups.
    groups: Vec<group::Group<'a>>,
    /// How scopes work, in general.
    scopes_do: &'a str,
    /// The OAuth scopes.
    scopes: Vec<scope::Scope<'a>>,
    /// How webhooks work, in general.
    webhooks: event::Webhooks<'a>,
    /// The webhook events.
    events: Vec<event::Event<'a>>,
    /// Scopes that subscribe to several events at once.
    wildcards: Vec<event::Wildcard<'a>>,
    /// The endpoints.
    endpoints: Vec<endpoint::Endpoint<'a>>,
    /// The servers that BigCommerce calls, such as that of a tax provider.
    inbound: Vec<inbound::Provider<'a>>,
    /// Every type, once for each direction.
    schemas: Schemas,
}

/// What a file was generated from, without timestamps.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Provenance<'a> {
    /// The SHA-256 of the spec: of each file's path and text, each followed by a zero byte.
    spec_sha256: &'a str,
    /// The version of the generator.
    generator: &'static str,
}

/// The types that the schemas of bodies refer to.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Schemas {
    /// Those of request bodies and parameters, which accept what the API is documented to accept.
    requests: Definitions,
    /// Those of responses and events, which accept whatever the client reads.
    responses: Definitions,
    /// Those of the calls that BigCommerce makes, which accept what is documented.
    inbound: Definitions,
}

impl<'a> Catalogue<'a> {
    fn of(api: &'a Api) -> Self {
        Self {
            schema: SCHEMA,
            format: FORMAT,
            name: &api.service.name,
            title: &api.service.title,
            does: &api.service.does,
            provenance: Provenance {
                spec_sha256: &api.spec_hash,
                generator: crate::VERSION,
            },
            totals: Totals::of(api),
            service: service::Service::of(api),
            groups: api
                .groups
                .iter()
                .map(|group| group::Group::of(api, group))
                .collect(),
            scopes_do: &api.scopes_do,
            scopes: scope::all(api),
            webhooks: event::Webhooks::of(api),
            events: event::all(api),
            wildcards: api.wildcards.iter().map(event::Wildcard::of).collect(),
            endpoints: api
                .endpoints
                .iter()
                .map(|e| endpoint::Endpoint::of(api, e))
                .collect(),
            inbound: inbound::all(api),
            schemas: Schemas {
                requests: json_schema::definitions(api, Side::Write),
                responses: json_schema::definitions(api, Side::Read),
                inbound: inbound::definitions(api),
            },
        }
    }
}
