//! Webhook events and the contents of their deliveries.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Map, Schema};

/// `events.yaml`
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// How events work, in general.
    pub does: String,
    /// The schema of the body of a delivery; its `data` is the event's payload.
    pub delivery: String,
    /// The events.
    pub events: Vec<Event>,
    /// Scopes that subscribe to several events at once.
    pub wildcards: Vec<Wildcard>,
    /// How a failed delivery is retried.
    #[serde(default)]
    pub retries: Option<Retries>,
    /// How deliveries are signed, and how a receiver verifies them.
    #[serde(default)]
    pub signing: Vec<String>,
    /// How the scopes of one channel are written, and other facts about subscribing.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The payloads.
    #[serde(default)]
    pub schemas: Map<Schema>,
}

/// How a failed delivery is retried.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retries {
    /// The wait before each retry, in seconds.
    pub after: Vec<u32>,
    /// What happens after the last one fails, as a sentence.
    pub then: String,
    /// Other facts about failed deliveries and deactivated webhooks.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// An event that a webhook can subscribe to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The scope to subscribe to, such as `store/order/created`.
    pub scope: String,
    /// Its slug in the reference guide, if it is one of its fifteen. No two events have the same.
    #[serde(default)]
    pub guide: Option<String>,
    /// What it is about, if the name in its scope is not plain English.
    #[serde(default)]
    pub subject: Option<String>,
    /// When it fires, as one sentence.
    pub does: String,
    /// What to know about it.
    #[serde(default)]
    pub note: Option<String>,
    /// The schema of its payload; `[Schema]` if the payload is a list.
    pub payload: String,
    /// Whether only hooks of a channel receive it. Its scope has `*` in place of the channel's id, which hooks and
    /// deliveries have there.
    #[serde(default)]
    pub per_channel: bool,
    /// Whether the sources only list it on the events pages, without a schema.
    #[serde(default)]
    pub unstated: bool,
    /// Facts about it on which the sources disagree.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// An open question. Answer it in the spec and remove this.
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
