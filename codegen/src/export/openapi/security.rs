//! What a call must send to be authorized: the token's header, with the scopes that allow the call as its
//! roles.

use serde_json::{Map, Value, json};

use crate::{
    model::{AlsoNeeds, Api, Endpoint},
    words::also_requires,
};

/// The scopes that a call needs only with some values, which a security requirement cannot express.
pub(super) struct Also {
    /// For the description.
    pub(super) sentences: Vec<String>,
    /// For programs: each scope with its condition, as in `api.json`.
    pub(super) listed: Vec<Value>,
}

/// The name of the only scheme.
const SCHEME: &str = "token";

/// How a caller authenticates, with the store's server and with each of the others.
pub(super) fn schemes(api: &Api) -> Value {
    let key = |header: &str, description: &str| {
        json!({
            "type": "apiKey",
            "in": "header",
            "name": header,
            "description": description,
        })
    };
    let store = (
        SCHEME.to_owned(),
        key(&api.service.auth_header, &api.scopes_do),
    );
    let servers = api.service.servers.iter().map(|(name, server)| {
        let value = format!("`{}`: {}", server.auth(), server.token);
        (of_server(name), key(&server.auth_header, &value))
    });
    let all: Map<_, _> = std::iter::once(store).chain(servers).collect();
    all.into()
}

/// The name of the security scheme of a server.
fn of_server(name: &str) -> String {
    format!("{name}_token")
}

/// The scopes that allow a call, each sufficient on its own, the least privileged first. Those of another area that
/// are sufficient instead are last.
pub(super) fn of(api: &Api, endpoint: &Endpoint) -> Value {
    if let Some((name, _)) = api.server(api.group(endpoint.group)) {
        return json!([{ of_server(name): [] }]);
    }
    let all = api.enough(endpoint).map(|id| api.scope(id));
    all.map(|scope| json!({ SCHEME: [scope.wire] })).collect()
}

/// The scopes that a call needs only with some values.
pub(super) fn also(api: &Api, endpoint: &Endpoint) -> Also {
    let all = endpoint.also_needs.iter();
    let sentences = all.clone().map(|one| {
        let scope = format!("`{}`", api.scope(one.scope).wire);
        also_requires(&scope, &one.when)
    });
    Also {
        sentences: sentences.collect(),
        listed: all.map(|one| listed(api, one)).collect(),
    }
}

/// One of them, with the other scopes that are sufficient and the values that meet its condition.
fn listed(api: &Api, one: &AlsoNeeds) -> Value {
    let scope = api.scope(one.scope);
    let more = scope.satisfied_by.iter();
    let more: Vec<&str> = more.map(|id| api.scope(*id).wire.as_str()).collect();
    let values = one.values.iter();
    let values: Map<String, Value> = values
        .map(|(field, values)| (field.clone(), json!(values)))
        .collect();
    let mut entry = Map::new();
    entry.insert("scope".to_owned(), json!(scope.wire));
    if !more.is_empty() {
        entry.insert("satisfied_by".to_owned(), json!(more));
    }
    entry.insert("when".to_owned(), json!(one.when));
    if !values.is_empty() {
        entry.insert("values".to_owned(), values.into());
    }
    entry.into()
}
