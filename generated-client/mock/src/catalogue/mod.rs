//! The catalogue that the store interprets: `api.json`, parsed once.

use std::sync::OnceLock;

use serde::Deserialize;

static TEXT: &str = include_str!("../../api.json");

/// What the mock reads of `api.json`.
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    /// Facts about the API as a whole.
    pub service: Service,
    /// The scopes.
    pub scopes: Vec<Scope>,
    /// The calls.
    pub endpoints: Vec<Endpoint>,
}

/// Facts about the API as a whole.
#[derive(Debug, Deserialize)]
pub struct Service {
    /// The quotas.
    pub rates: Vec<Rate>,
}

/// A quota.
#[derive(Debug, Deserialize)]
pub struct Rate {
    /// What each plan gets.
    pub plans: Vec<RatePlan>,
}

/// What a plan gets.
#[derive(Debug, Deserialize)]
pub struct RatePlan {
    /// The names of the plans, separated by commas.
    pub name: String,
    /// How many requests fit into the window; none where a contract decides.
    pub requests: Option<u32>,
    /// How long the window is.
    pub window_seconds: Option<u32>,
}

/// A scope.
#[derive(Debug, Deserialize)]
pub struct Scope {
    /// What stands in a token.
    pub wire: String,
    /// Whether it opens writes.
    pub writes: bool,
}

/// A call.
#[derive(Debug, Deserialize)]
pub struct Endpoint {
    /// `products.list`.
    pub id: String,
    /// `products`.
    pub group: String,
    /// `GET`.
    pub method: String,
    /// `/v3/catalog/products/{product_id}`.
    pub path: String,
    /// The scope it needs.
    pub scope: Option<String>,
    /// Scopes that do as well.
    pub satisfied_by: Vec<String>,
    /// How many calls may be under way at once.
    pub concurrency: Option<u32>,
}

impl Catalogue {
    /// The catalogue of this package.
    pub fn shared() -> Result<&'static Self, String> {
        static SHARED: OnceLock<Result<Catalogue, String>> = OnceLock::new();
        SHARED
            .get_or_init(|| serde_json::from_str(TEXT).map_err(|error| error.to_string()))
            .as_ref()
            .map_err(Clone::clone)
    }
}
