//! The terms used in the docs, each explained once.

use schemars::JsonSchema;
use serde::Deserialize;

/// A term, and what it means.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: String,
    /// What it means, in Markdown.
    pub means: String,
    /// Other words for it, including what people search for.
    #[serde(default)]
    pub also: Vec<String>,
    /// Related entries: another term; a group (`products`), an endpoint (`products.list`), a scope
    /// (`store_v2_orders`), an event (`store/order/created`), a status (`"429"`) or a page (`limits`); or a
    /// topic, a rate limit or a pagination style by its title.
    #[serde(default)]
    pub see: Vec<String>,
}
