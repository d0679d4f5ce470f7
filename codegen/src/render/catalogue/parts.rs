//! Parts of the catalogue under its own keys: the JSON for each page of the site. They have the types of the
//! whole, so a key means the same in both.

use serde_json::{Error, Map, Value, json, to_value};

use super::{
    Conflict,
    endpoint::Endpoint,
    event::{self, Webhooks, Wildcard},
    group::Group,
    inbound::{self, Provider},
    scope,
    service::Service,
};
use crate::{
    model::{self, Api},
    render::json_schema::{self, Definitions, Side},
    spec,
};

/// A part: its keys and their values.
pub(in crate::render) type Part = Map<String, Value>;

/// The source of the parts.
pub(in crate::render) struct Parts<'a> {
    api: &'a Api,
    service: Service<'a>,
    requests: Definitions,
    responses: Definitions,
    inbound: Definitions,
}

impl<'a> Parts<'a> {
    pub(in crate::render) fn of(api: &'a Api) -> Self {
        Self {
            api,
            service: Service::of(api),
            requests: json_schema::definitions(api, Side::Write),
            responses: json_schema::definitions(api, Side::Read),
            inbound: inbound::definitions(api),
        }
    }

    /// Ways to connect and to authenticate, and the scopes.
    pub(in crate::render) fn authentication(&self) -> Result<Part, Error> {
        Ok(part([
            ("connections", to_value(&self.service.connections)?),
            ("authentication", to_value(&self.service.authentication)?),
            ("scopes_do", to_value(&self.api.scopes_do)?),
            ("scopes", to_value(scope::all(self.api))?),
        ]))
    }

    /// The webhook events, and how webhooks work.
    pub(in crate::render) fn events(&self) -> Result<Part, Error> {
        let wildcards = self.api.wildcards.iter().map(Wildcard::of);
        Ok(part([
            ("webhooks", to_value(Webhooks::of(self.api))?),
            ("events", to_value(event::all(self.api))?),
            ("wildcards", to_value(wildcards.collect::<Vec<_>>())?),
        ]))
    }

    /// Limits on calls, and pagination.
    pub(in crate::render) fn limits(&self) -> Result<Part, Error> {
        Ok(part([
            ("rates", to_value(&self.service.rates)?),
            ("pages", to_value(&self.service.pages)?),
            ("request_size", to_value(self.service.request_size)?),
        ]))
    }

    /// The meaning of statuses.
    pub(in crate::render) fn errors(&self) -> Result<Part, Error> {
        Ok(part([("statuses", to_value(&self.service.statuses)?)]))
    }

    /// The generations of the API and its history.
    pub(in crate::render) fn versions(&self) -> Result<Part, Error> {
        Ok(part([
            ("generations", to_value(&self.service.generations)?),
            ("history", to_value(&self.service.history)?),
        ]))
    }

    /// Questions and answers.
    pub(in crate::render) fn questions(&self) -> Result<Part, Error> {
        Ok(part([("questions", to_value(&self.service.questions)?)]))
    }

    /// The terms of the field.
    pub(in crate::render) fn glossary(&self) -> Result<Part, Error> {
        Ok(part([("glossary", to_value(&self.service.glossary)?)]))
    }

    /// The sources, and where they disagree: on the API as a whole, and on each item under its name.
    pub(in crate::render) fn sources(&self) -> Result<Part, Error> {
        let api = self.api;
        let scopes = api.scopes.iter().map(|one| {
            let area = &api.areas[one.area];
            (area.label.as_str(), &area.conflicts[..])
        });
        let events = api.events.iter();
        let events = events.map(|one| (one.scope.as_str(), &one.conflicts[..]));
        let endpoints = api.endpoints.iter();
        let endpoints = endpoints.map(|one| (one.id.as_str(), &one.conflicts[..]));
        let inbound = api.inbound.iter();
        let calls = inbound.flat_map(|inbound| &inbound.api.endpoints);
        let calls = calls.map(|one| (one.id.as_str(), &one.conflicts[..]));
        let history = api.service.history.iter();
        let history = history.map(|one| (one.name.as_str(), &one.conflicts[..]));
        Ok(part([
            ("sources", to_value(&self.service.sources)?),
            ("conflicts", to_value(&self.service.conflicts)?),
            ("scopes", disputed(scopes)?),
            ("events", disputed(events)?),
            ("endpoints", disputed(endpoints)?),
            ("calls", disputed(calls)?),
            ("history", disputed(history)?),
        ]))
    }

    /// A group and its endpoints, with the definitions that their schemas refer to.
    pub(in crate::render) fn group(&self, group: &'a model::Group) -> Result<Part, Error> {
        let endpoints = self.api.endpoints_of(group).iter();
        let endpoints = endpoints.map(|one| Endpoint::of(self.api, one));
        let endpoints = to_value(endpoints.collect::<Vec<_>>())?;
        let schemas = json!({
            "requests": { "$defs": self.requests.under(&endpoints) },
            "responses": { "$defs": self.responses.under(&endpoints) },
        });
        Ok(part([
            ("group", to_value(Group::of(self.api, group))?),
            ("endpoints", endpoints),
            ("schemas", schemas),
        ]))
    }

    /// A provider with the definitions that the schemas of its calls refer to.
    pub(in crate::render) fn provider(
        &self,
        api: &'a Api,
        group: &'a model::Group,
        provider: &'a spec::Inbound,
    ) -> Result<Part, Error> {
        let provider = to_value(Provider::of(api, group, provider))?;
        let schemas = json!({ "inbound": { "$defs": self.inbound.under(&provider) } });
        Ok(part([("provider", provider), ("schemas", schemas)]))
    }
}

fn part<const N: usize>(keys: [(&str, Value); N]) -> Part {
    let keys = keys.into_iter();
    keys.map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The disagreements of the sources on each item, under its name.
fn disputed<'c>(
    things: impl Iterator<Item = (&'c str, &'c [spec::Conflict])>,
) -> Result<Value, Error> {
    let mut all = Part::new();
    for (name, conflicts) in things.filter(|(_, conflicts)| !conflicts.is_empty()) {
        all.insert(name.to_owned(), to_value(Conflict::all(conflicts))?);
    }
    Ok(all.into())
}
