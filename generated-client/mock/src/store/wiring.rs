//! Connects deliveries and installations with the store: hooks are records, and apps' tokens are tokens
//! of the store.

use std::sync::{Arc, OnceLock, Weak};

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::app::{self, App};
use crate::engine::Engine;
use crate::events::{Account, Block, Dispatcher, Fired, Hook, SWITCHED_OFF};
use crate::gate::{Token, Tokens};
use crate::seams::{Listener, Pages};
use crate::urlencoded;
use crate::{Request, Response};

/// The fields that identify a hook.
const OF_A_HOOK: [&str; 4] = ["client_id", "scope", "destination", "is_active"];

/// The store, as deliveries and installations see it.
pub(super) struct Wiring {
    engine: Arc<Engine>,
    tokens: Arc<Tokens>,
    /// The collection of hooks, if the catalogue has one.
    hooks: Option<&'static str>,
    client_id: String,
    client_secret: String,
    /// The apps, whose secrets sign the deliveries of their hooks.
    apps: OnceLock<Weak<App>>,
}

impl Wiring {
    pub(super) fn new(
        (engine, tokens): (&Arc<Engine>, &Arc<Tokens>),
        (client_id, client_secret): (&str, &str),
    ) -> Arc<Self> {
        Arc::new(Self {
            engine: Arc::clone(engine),
            tokens: Arc::clone(tokens),
            // Found by their fields, since collections are not known by name here.
            hooks: engine.collection_with(&OF_A_HOOK),
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            apps: OnceLock::new(),
        })
    }

    pub(super) fn knows(&self, apps: &Arc<App>) {
        let _ = self.apps.set(Arc::downgrade(apps));
    }
}

impl Account for Wiring {
    fn hooks(&self) -> Vec<Hook> {
        let records = self
            .hooks
            .map(|hooks| self.engine.records(hooks))
            .unwrap_or_default();
        records
            .iter()
            .filter_map(|record| Hook::from_record(record))
            .collect()
    }

    fn secret(&self, client_id: &str) -> Option<String> {
        if client_id == self.client_id {
            return Some(self.client_secret.clone());
        }
        self.apps.get()?.upgrade()?.secret(client_id)
    }

    fn switch_off(&self, hook: &Hook) {
        if let Some(hooks) = self.hooks {
            let off = Map::from_iter([
                ("is_active".to_owned(), Value::Bool(false)),
                (SWITCHED_OFF.to_owned(), Value::Bool(true)),
            ]);
            self.engine.amend(hooks, &hook.id, off);
        }
    }

    fn blocked(&self, hook: &Hook, block: &Block) {
        self.engine.block(&hook.client_id, block);
    }

    fn is_wanted(&self, hook: &Hook) -> bool {
        self.hooks()
            .iter()
            .any(|now| now.id == hook.id && now.is_active)
    }
}

impl app::Tokens for Wiring {
    fn register(&self, issued: app::Issued) {
        let token = Token {
            client_id: issued.client_id,
            name: issued.name,
            scopes: issued.scopes.into_iter().collect(),
            installed: true,
        };
        self.tokens.add(issued.token, token);
    }

    fn revoke(&self, client_id: &str) {
        self.tokens.revoke_installed(client_id);
    }

    fn uninstalled(&self, client_id: &str) {
        let Some(hooks) = self.hooks else { return };
        for hook in self
            .hooks()
            .iter()
            .filter(|hook| hook.client_id == client_id)
        {
            self.engine.remove(hooks, &hook.id);
        }
    }
}

/// Sends fired events to the hooks in their current state.
pub(super) struct Deliveries {
    pub(super) wiring: Arc<Wiring>,
    pub(super) dispatcher: Arc<Dispatcher>,
}

impl Listener for Deliveries {
    fn fired(&self, events: Vec<Fired>) {
        let hooks = self.wiring.hooks();
        if hooks.is_empty() {
            return;
        }
        self.dispatcher.dispatch(&events, &hooks);
    }
}

impl Pages for App {
    fn answer(&self, request: &Request) -> Option<Response> {
        if !Self::serves(&request.path) {
            return None;
        }
        let query = urlencoded::write(
            request
                .query
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let mut forwarded = http::Request::builder()
            .method(&request.method)
            .uri(urlencoded::extend(&request.path, &query))
            .body(Bytes::clone(&request.body))
            .ok()?;
        forwarded.headers_mut().clone_from(&request.headers);
        let (parts, body) = self.respond(&forwarded).into_parts();
        Some(Response {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }
}
