//! The catalogue that everything is interpreted from: `api.json`, read once for the whole process.
//! What no part of the mock looks at is passed over.

mod call;
mod collection;
mod endpoint;
mod formats;
mod rules;
mod schemas;
mod types;

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

pub use self::call::{BatchRule, Call, Fires, Makes, Nests, Reads, Refuses, Verb};
pub use self::collection::{Collection, Follows, InChannel, Keys, Quirk, Refers, Seeds};
pub use self::endpoint::{Endpoint, Envelope, PageStyle, Parameter};
pub use self::rules::{RefusalBody, Rules};
pub use self::schemas::{Definitions, Schemas};
pub use self::types::{Field, TypeExpr, Types, Wire};

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
    /// The events that hooks wait for.
    #[serde(default)]
    pub events: Vec<Event>,
    /// The schemas of everything that goes in and out.
    #[serde(default)]
    pub schemas: Schemas,
    /// The objects in them.
    #[serde(skip)]
    pub types: Types,
    /// What a store keeps and enforces.
    #[serde(default)]
    pub store: Rules,
    #[serde(skip)]
    by_id: HashMap<String, usize>,
}

/// Facts about the service.
#[derive(Debug, Deserialize)]
pub struct Service {
    /// The styles of paging.
    pub pages: Vec<PageStyle>,
    /// The limits on the rate of calls.
    pub rates: Vec<Rate>,
}

/// A limit on the rate of calls.
#[derive(Debug, Deserialize)]
pub struct Rate {
    /// How large the quota is, by the plan of the store.
    pub plans: Vec<Plan>,
}

/// The quota of a plan.
#[derive(Debug, Deserialize)]
pub struct Plan {
    /// The plan.
    pub name: String,
    /// How many requests fit into a window; none where the contract decides.
    pub requests: Option<u64>,
    /// How long a window is.
    pub window_seconds: Option<u64>,
}

/// An event that a hook can wait for.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// As hooks name it.
    pub scope: String,
}

/// A scope.
#[derive(Debug, Deserialize)]
pub struct Scope {
    /// As a token carries it.
    pub wire: String,
    /// Whether it allows writing.
    pub writes: bool,
}

impl Catalogue {
    /// The catalogue that comes with this crate.
    ///
    /// # Errors
    ///
    /// Fails when the file in the package cannot be read, which is a defect of the package.
    pub fn shared() -> Result<&'static Self, String> {
        static SHARED: OnceLock<Result<Catalogue, String>> = OnceLock::new();
        SHARED
            .get_or_init(|| Self::read(TEXT).map_err(|error| error.to_string()))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The catalogue in this text.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
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

    /// The endpoint called `id`, such as `brands.list`.
    #[must_use]
    pub fn endpoint(&self, id: &str) -> Option<&Endpoint> {
        self.by_id.get(id).and_then(|at| self.endpoints.get(*at))
    }

    /// The style of paging called `name`.
    #[must_use]
    pub fn page_style(&self, name: &str) -> Option<&PageStyle> {
        self.service.pages.iter().find(|style| style.name == name)
    }
}
