//! Webhook events and what their deliveries carry.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Map, Schema};

/// `events.yaml`
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// How events work, in general.
    pub does: String,
    /// The schema of what is posted to a destination; its `data` is the event's payload.
    pub delivery: String,
    /// The events.
    pub events: Vec<Event>,
    /// Scopes that subscribe to several events at once.
    pub wildcards: Vec<Wildcard>,
    /// How a delivery that fails is retried.
    #[serde(default)]
    pub retries: Option<Retries>,
    /// How deliveries are signed, and how a receiver verifies them.
    #[serde(default)]
    pub signing: Vec<String>,
    /// How the scopes of one channel are spelled, and other facts about subscribing.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The payloads.
    #[serde(default)]
    pub schemas: Map<Schema>,
}

/// How a delivery that fails is retried.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retries {
    /// The wait before each retry, in seconds.
    pub after: Vec<u32>,
    /// What comes when the last one fails, as a sentence.
    pub then: String,
    /// What else is known of deliveries that fail, and of hooks that are turned off.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// An event a store can tell a webhook about.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The scope to subscribe to, such as `store/order/created`.
    pub scope: String,
    /// The guide's slug, for one of its fifteen.
    #[serde(default)]
    pub guide: Option<String>,
    /// The kind of thing that it is about, where its scope does not spell that as English does.
    #[serde(default)]
    pub subject: Option<String>,
    /// When it fires, as one sentence.
    pub does: String,
    /// What to know about it.
    #[serde(default)]
    pub note: Option<String>,
    /// The schema of its payload; `[Schema]` when it comes as a list.
    pub payload: String,
    /// Whether the sources name it on the events pages only, without a schema.
    #[serde(default)]
    pub unstated: bool,
    /// Where sources disagree about it.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// Something still to be found out. Say it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// A scope that subscribes to several events at once.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wildcard {
    /// The scope, such as `store/order/*`.
    pub scope: String,
    /// What it subscribes to.
    pub does: String,
}
