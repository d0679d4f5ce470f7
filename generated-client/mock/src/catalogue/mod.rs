//! The catalogue that the mock interprets: `api.json`, parsed once per process. Fields that no part of
//! the mock uses are ignored.

mod endpoint;
mod formats;
mod schemas;
mod types;

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

use self::endpoint::named;
pub use self::endpoint::{AlsoNeeds, Endpoint, Envelope, PageStyle, Parameter, Stream};
pub use self::schemas::{Definitions, Schemas};
pub use self::types::{Field, OnDelete, Type, TypeExpr, Types, Wire};

const TEXT: &str = include_str!("../../api.json");

/// The API as the spec describes it.
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    /// The calls.
    pub endpoints: Vec<Endpoint>,
    /// Facts about the service.
    pub service: Service,
    /// The OAuth scopes.
    pub scopes: Vec<Scope>,
    /// The events that hooks subscribe to.
    #[serde(default)]
    pub events: Vec<Event>,
    /// The schemas of all request and response bodies.
    #[serde(default)]
    pub schemas: Schemas,
    /// The objects in them.
    #[serde(skip)]
    pub types: Types,
    /// The groups of endpoints.
    #[serde(default)]
    groups: Vec<Group>,
    #[serde(skip)]
    by_id: HashMap<String, usize>,
}

/// A group of endpoints.
#[derive(Debug, Deserialize)]
struct Group {
    name: String,
    refusals: HashMap<String, RefusalBody>,
}

/// The format of an error response's body.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum RefusalBody {
    /// `{"status", "title", "type", "errors"}`
    #[default]
    Problem,
    /// `[{"status", "message"}]`
    List,
    /// `{"errors": [{"status", "title", "type"}]}`
    Errors,
    /// Plain text.
    Text,
    /// Nothing.
    Empty,
}

/// Facts about the service.
#[derive(Debug, Deserialize)]
pub struct Service {
    /// The pagination styles.
    pub pages: Vec<PageStyle>,
    /// The rate limits.
    pub rates: Vec<Rate>,
    /// The servers other than that of the store.
    #[serde(default)]
    pub servers: Vec<Server>,
}

/// A server with its own token.
#[derive(Debug, Deserialize)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// The header that carries the token.
    pub auth_header: String,
    /// The prefix of the token in the header.
    pub auth_scheme: Option<String>,
}

impl Server {
    /// Its token in the headers of a request.
    pub fn token<'a>(&self, headers: &'a http::HeaderMap) -> Option<&'a str> {
        let value = headers.get(&self.auth_header)?.to_str().ok()?;
        let token = match &self.auth_scheme {
            Some(scheme) => value.strip_prefix(scheme.as_str())?.strip_prefix(' ')?,
            None => value,
        };
        (!token.is_empty()).then_some(token)
    }
}

/// A rate limit.
#[derive(Debug, Deserialize)]
pub struct Rate {
    /// The quota of each plan.
    pub plans: Vec<Plan>,
}

/// The quota of a plan.
#[derive(Debug, Deserialize)]
pub struct Plan {
    /// The plan.
    pub name: String,
    /// The number of requests in a window; `None` if it depends on the contract.
    pub requests: Option<u64>,
    /// How long a window is.
    pub window_seconds: Option<u64>,
}

/// An event that hooks can subscribe to.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// Its name in a hook.
    pub scope: String,
    /// Whether only hooks of a channel receive it, with the channel's id in place of the `*`.
    #[serde(default)]
    pub per_channel: bool,
    /// The schema of its payload.
    #[serde(default)]
    json_schema: Value,
}

impl Event {
    /// The type of its payload; `None` for any JSON.
    #[must_use]
    pub fn payload_type(&self) -> Option<&str> {
        named(&self.json_schema)
    }
}

/// A scope.
#[derive(Debug, Deserialize)]
pub struct Scope {
    /// Its name in a token.
    pub wire: String,
    /// Whether it allows writing.
    pub writes: bool,
    /// Other scopes that allow what it allows.
    #[serde(default)]
    pub satisfied_by: Vec<String>,
}

impl Catalogue {
    /// The server of an endpoint; `None` for that of the store.
    pub fn server(&self, endpoint: &Endpoint) -> Option<&Server> {
        let name = endpoint.server.as_ref()?;
        let mut servers = self.service.servers.iter();
        servers.find(|server| server.name == *name)
    }

    /// The catalogue that comes with this crate.
    ///
    /// # Errors
    ///
    /// Returns an error if the file in the package cannot be read, which is a defect of the
    /// package.
    pub fn shared() -> Result<&'static Self, String> {
        static SHARED: OnceLock<Result<Catalogue, String>> = OnceLock::new();
        SHARED
            .get_or_init(|| Self::read(TEXT).map_err(|error| error.to_string()))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Another catalogue, in the form of `api.json`. It is kept until the process ends, as stores refer
    /// to it.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a catalogue.
    pub fn another(text: &str) -> Result<&'static Self, String> {
        let catalogue = Self::read(text).map_err(|error| error.to_string())?;
        Ok(Box::leak(Box::new(catalogue)))
    }

    /// The catalogue in this text.
    fn read(text: &str) -> Result<Self, serde_json::Error> {
        let mut catalogue: Self = serde_json::from_str(text)?;
        catalogue.types = Types::of(&catalogue.schemas)?;
        catalogue.by_id = catalogue
            .endpoints
            .iter()
            .enumerate()
            .map(|(at, endpoint)| (endpoint.id.clone(), at))
            .collect();
        Ok(catalogue)
    }

    /// The endpoint with the id `id`, such as `brands.list`.
    #[must_use]
    pub fn endpoint(&self, id: &str) -> Option<&Endpoint> {
        self.by_id.get(id).and_then(|at| self.endpoints.get(*at))
    }

    /// The event with this scope.
    #[must_use]
    pub fn event(&self, scope: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.scope == scope)
    }

    /// The format of a group's error responses, by status; `usual` is the default.
    #[must_use]
    pub fn refusals(&self, group: &str) -> Option<&HashMap<String, RefusalBody>> {
        let group = self.groups.iter().find(|known| known.name == group);
        group.map(|group| &group.refusals)
    }

    /// The pagination style with this name.
    #[must_use]
    pub fn page_style(&self, name: &str) -> Option<&PageStyle> {
        self.service.pages.iter().find(|style| style.name == name)
    }
}
