//! The calls that BigCommerce makes to the servers of providers, in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

use super::{deprecated::Deprecated, parameter::Parameter, topics::Conflict};
use crate::{
    model::{self, Answer, Api},
    render::json_schema::{self, Definitions, Root},
    spec,
};

/// A provider: a server that BigCommerce calls. The client has no code for it.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Provider<'a> {
    /// The name, with which the ids of its calls start.
    name: &'a str,
    /// The title.
    title: &'a str,
    /// What it is for.
    does: &'a str,
    /// The server that responds, and how BigCommerce learns its base URL.
    server: &'a str,
    /// The root of the paths, with placeholders in braces for what the developer chooses.
    base_url: &'a str,
    /// How BigCommerce signs in.
    auth: Auth,
    /// Where the credentials come from, or how else the server recognizes BigCommerce.
    credentials: &'a str,
    /// Pitfalls that concern every call.
    notes: &'a [String],
    /// The file of the official description.
    source: &'a str,
    /// The URL of that file.
    source_url: Option<&'a str>,
    /// The page of the official documentation.
    docs: Option<&'a str>,
    /// The calls.
    calls: Vec<Call<'a>>,
}

/// How BigCommerce signs in to a provider's server.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Auth {
    /// HTTP Basic authentication.
    Basic,
    /// No authentication that the API documents.
    None,
}

/// A call that BigCommerce makes.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Call<'a> {
    /// `tax_provider.estimate`
    id: &'a str,
    /// The HTTP method.
    method: &'static str,
    /// The path below the base URL, unless the developer sets another.
    path: &'a str,
    /// The operation id in the official description.
    operation: &'a str,
    /// What BigCommerce requests.
    does: &'a str,
    /// When it calls, and what to know before responding.
    note: Option<&'a str>,
    /// The parameters of path, query and headers.
    parameters: Vec<Parameter<'a>>,
    /// Whether the request body is optional.
    optional_body: bool,
    /// JSON Schemas of both bodies, as they are documented.
    json_schema: Bodies,
    /// The success statuses.
    success: &'a [u16],
    /// The error statuses that are declared.
    errors: &'a [u16],
    /// Since when and why it is deprecated, and what to use instead; null if it is not.
    deprecated: Option<Deprecated<'a>>,
    /// Where the sources disagree.
    conflicts: Vec<Conflict<'a>>,
}

/// JSON Schemas, whose definitions are `schemas.inbound`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Bodies {
    /// Of what BigCommerce sends; null if there is no body.
    request: Option<Root>,
    /// Of what the provider returns; null if there is no body.
    response: Option<Root>,
}

/// All providers.
pub(super) fn all(api: &Api) -> Vec<Provider<'_>> {
    let inbound = api.inbound.iter();
    let providers = inbound.flat_map(|inbound| {
        let all = inbound.providers();
        all.map(|(group, provider)| Provider::of(&inbound.api, group, provider))
    });
    providers.collect()
}

/// The types of all providers, each once; none if there are no providers.
pub(super) fn definitions(api: &Api) -> Definitions {
    match &api.inbound {
        Some(inbound) => json_schema::documented(inbound),
        None => Definitions::default(),
    }
}

impl<'a> Provider<'a> {
    pub(super) fn of(api: &'a Api, group: &'a model::Group, provider: &'a spec::Inbound) -> Self {
        let calls = api.endpoints_of(group).iter();
        Self {
            name: &group.name,
            title: &group.title,
            does: &group.does,
            server: &provider.server,
            base_url: &provider.base_url,
            auth: match provider.auth {
                spec::InboundAuth::Basic => Auth::Basic,
                spec::InboundAuth::None => Auth::None,
            },
            credentials: &provider.credentials,
            notes: &group.notes,
            source: &group.source,
            source_url: group.source_url.as_deref(),
            docs: group.docs.as_deref(),
            calls: calls.map(|call| Call::of(api, call)).collect(),
        }
    }
}

impl<'a> Call<'a> {
    fn of(api: &'a Api, call: &'a model::Endpoint) -> Self {
        let body = call.body.as_ref();
        let answer = match &call.answer {
            Answer::One(ty) => Some(ty),
            _ => None,
        };
        Self {
            id: &call.id,
            method: call.method.as_str(),
            path: &call.path,
            operation: &call.operation,
            does: &call.does,
            note: call.note.as_deref(),
            parameters: Parameter::all(api, call),
            optional_body: body.is_some_and(|body| body.optional),
            json_schema: Bodies {
                request: body.map(|body| json_schema::written(api, &body.ty)),
                response: answer.map(|ty| json_schema::written(api, ty)),
            },
            success: &call.success,
            errors: &call.errors,
            deprecated: Deprecated::of(call.deprecated.as_ref()),
            conflicts: Conflict::all(&call.conflicts),
        }
    }
}
