//! What a call must send to be authorized: the token's header, with the scopes that allow the call as its
//! roles.

use serde_json::{Map, Value, json};

use crate::{
    model::{Api, Endpoint},
    words::also_requires,
};

/// The scopes that a call needs only with some values, which a security requirement cannot express.
pub(super) struct Also {
    /// For the description.
    pub(super) sentences: Vec<String>,
    /// For programs: each scope with its condition.
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

/// The scopes that allow a call, each sufficient on its own, the least privileged first.
pub(super) fn of(api: &Api, endpoint: &Endpoint) -> Value {
    if let Some((name, _)) = api.server(api.group(endpoint.group)) {
        return json!([{ of_server(name): [] }]);
    }
    let least = api.scope(endpoint.scope);
    let more = least.satisfied_by.iter().map(|id| api.scope(*id));
    let all = std::iter::once(least).chain(more);
    all.map(|scope| json!({ SCHEME: [scope.wire] })).collect()
}

/// The scopes that a call needs only with some values.
pub(super) fn also(api: &Api, endpoint: &Endpoint) -> Also {
    let all = endpoint.also_needs.iter();
    let all = all.map(|one| (api.scope(one.scope).wire.as_str(), one.when.as_str()));
    Also {
        sentences: all
            .clone()
            .map(|(scope, when)| also_requires(&format!("`{scope}`"), when))
            .collect(),
        listed: all
            .map(|(scope, when)| json!({ "scope": scope, "when": when }))
            .collect(),
    }
}
