//! The calls that BigCommerce makes to providers, as webhooks by their ids.

use serde_json::{Value, json};

use super::{Writer, names::Names};
use crate::{
    model::{Api, Endpoint, Inbound},
    spec::InboundAuth,
};

/// The name of the security scheme for a user name and a password.
const BASIC: &str = "inbound_basic";

/// The calls to providers, with what is needed to write them.
#[derive(Clone, Copy)]
pub(super) struct Providers<'a> {
    inbound: &'a Inbound,
    writer: Writer<'a>,
}

impl<'a> Providers<'a> {
    pub(super) fn new(inbound: &'a Inbound, names: &'a Names) -> Self {
        let api = &inbound.api;
        Self {
            inbound,
            writer: Writer { api, names },
        }
    }

    /// The webhooks.
    pub(super) fn calls(self) -> Vec<(String, Value)> {
        let calls = self.inbound.api.endpoints.iter();
        let item = |call: &Endpoint| {
            let mut operation = self.writer.operation(call, &[]);
            if let Some(map) = operation.as_object_mut() {
                // The address is the developer's.
                map.remove("servers");
                map.insert("security".to_owned(), security(self.inbound, call));
            }
            let method = call.method.as_str().to_ascii_lowercase();
            (call.id.clone(), json!({ method: operation }))
        };
        calls.map(item).collect()
    }

    /// The schemas that these calls refer to.
    pub(super) fn schemas(self) -> Vec<(String, Value)> {
        let types = self.inbound.types().into_iter();
        let named = types.map(|id| {
            let name = self.writer.names.of(id.0).to_owned();
            (name, self.writer.definition(self.inbound.api.ty(id)))
        });
        named.collect()
    }
}

fn security(inbound: &Inbound, call: &Endpoint) -> Value {
    match inbound.provider(call).map(|provider| provider.auth) {
        Some(InboundAuth::Basic) => json!([{ BASIC: [] }]),
        Some(InboundAuth::None) | None => json!([]),
    }
}

/// The security schemes of a document, including those of providers.
pub(super) fn with_schemes(api: &Api, mut schemes: Value) -> Value {
    let mut providers = api.inbound.iter().flat_map(|inbound| &inbound.providers);
    let basic = providers.any(|provider| provider.auth == InboundAuth::Basic);
    if let (true, Some(map)) = (basic, schemes.as_object_mut()) {
        let scheme = json!({
            "type": "http",
            "scheme": "basic",
            "description": "How BigCommerce authenticates with a provider.",
        });
        map.insert(BASIC.to_owned(), scheme);
    }
    schemes
}
