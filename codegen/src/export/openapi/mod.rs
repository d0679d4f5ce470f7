//! The API as an OpenAPI 3.1 document: scopes are the roles of security requirements, events and the
//! calls that BigCommerce makes to providers are webhooks, and types are as the API documents them.

mod inbound;
mod merge;
mod names;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use self::{inbound::Providers, names::Names};
use crate::{
    bare_path::bare,
    model::{Api, Endpoint, Event, Ty},
    words::of_channel,
};

/// What is needed to write the parts of a document.
#[derive(Clone, Copy)]
struct Writer<'a> {
    api: &'a Api,
    names: &'a Names,
}

/// The document.
#[must_use]
pub fn openapi(api: &Api) -> Value {
    let names = Names::new(api);
    let writer = Writer { api, names: &names };
    let inbound = api.inbound.as_deref();
    let inbound_names = inbound.map(|inbound| Names::of_inbound(&inbound.api));
    let providers = inbound.zip(inbound_names.as_ref());
    let providers = providers.map(|(inbound, names)| Providers::new(inbound, names));
    let service = &api.service;
    let version = service
        .sources
        .get("official")
        .map(|source| source.version.clone());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": service.name,
            "summary": service.title,
            "description": service.does,
            "version": version,
        },
        "servers": [server(&service.base_url)],
        "tags": writer.tags(),
        "paths": writer.paths(),
        "webhooks": writer.webhooks(providers),
        "components": {
            "securitySchemes": inbound::with_schemes(api, security::schemes(api)),
            "schemas": writer.schemas(providers),
        },
    })
}

/// A server at an address.
fn server(url: &str) -> Value {
    json!({ "url": url, "variables": variables(url) })
}

/// The variables of a URL, each with its own name as its value.
fn variables(url: &str) -> Value {
    let names = url
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    let all: Map<_, _> = names
        .map(|name| (name.to_owned(), json!({ "default": name })))
        .collect();
    all.into()
}

impl Writer<'_> {
    fn tags(self) -> Value {
        let tags = self.api.groups.iter();
        tags.map(|group| json!({ "name": group.title, "description": group.does }))
            .collect()
    }

    /// The operations by path. Paths that differ only in the names of their parameters are one path, and
    /// calls that differ only in their bodies are one operation with all bodies and descriptions.
    fn paths(self) -> Value {
        let mut paths: Map<String, Value> = Map::new();
        let mut first: HashMap<String, &str> = HashMap::new();
        for endpoint in &self.api.endpoints {
            let same = first.entry(bare(&endpoint.path));
            let path = (*same.or_insert(&endpoint.path)).to_owned();
            let operation = self.operation(endpoint, &renamed(endpoint, &path));
            let item = paths.entry(path).or_insert_with(|| json!({}));
            let method = endpoint.method.as_str().to_ascii_lowercase();
            let known = item.get_mut(&method);
            let added = known.and_then(|known| merge::add(known, &operation));
            if added.is_none() {
                item[method] = operation;
            }
        }
        paths.into()
    }

    fn webhooks(self, providers: Option<Providers<'_>>) -> Value {
        let events = self.api.events.iter();
        let hooks: Map<_, _> = events
            .map(|event| (event.scope.clone(), self.webhook(event)))
            .chain(providers.into_iter().flat_map(Providers::calls))
            .collect();
        hooks.into()
    }

    fn webhook(self, event: &Event) -> Value {
        let notes = event.note.iter().cloned().chain(of_channel(event));
        let description: Vec<String> = std::iter::once(event.does.clone()).chain(notes).collect();
        let schema = json!({
            "allOf": [
                self.value(&Ty::Named(self.api.delivery), None),
                { "type": "object", "properties": { "data": self.value(&event.payload, None) } },
            ],
        });
        json!({
            "post": {
                "summary": event.does,
                "description": description.join(" "),
                "operationId": event.variant,
                "security": [],
                "requestBody": {
                    "required": true,
                    "content": { "application/json": { "schema": schema } },
                },
                "responses": { "200": { "description": "The delivery was accepted." } },
            },
        })
    }

    fn schemas(self, providers: Option<Providers<'_>>) -> Value {
        let types = self.api.types.iter().enumerate();
        let mut all: Vec<(String, Value)> = types
            .map(|(at, def)| (self.names.of(at).to_owned(), self.definition(def)))
            .collect();
        all.extend(response::shared());
        all.extend(providers.into_iter().flat_map(Providers::schemas));
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        let all: Map<_, _> = all.into_iter().collect();
        all.into()
    }
}

/// The names of the path parameters, as in the document.
fn renamed(endpoint: &Endpoint, path: &str) -> Vec<(String, String)> {
    let names = |path: &str| -> Vec<String> {
        let names = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next());
        names.map(str::to_owned).collect()
    };
    names(&endpoint.path).into_iter().zip(names(path)).collect()
}
