//! What a call has to carry: the token's header, with the scopes that open the call as its roles.

use serde_json::{Value, json};

use crate::model::{Api, Endpoint};

/// The name of the one scheme.
const SCHEME: &str = "token";

/// How a caller proves who it is.
pub(super) fn schemes(api: &Api) -> Value {
    json!({
        SCHEME: {
            "type": "apiKey",
            "in": "header",
            "name": api.service.auth_header,
            "description": api.scopes_do,
        },
    })
}

/// Any one of the scopes that open a call, the least of them first.
pub(super) fn of(api: &Api, endpoint: &Endpoint) -> Value {
    let least = api.scope(endpoint.scope);
    let more = least.satisfied_by.iter().map(|id| api.scope(*id));
    let all = std::iter::once(least).chain(more);
    all.map(|scope| json!({ SCHEME: [scope.wire] })).collect()
}
