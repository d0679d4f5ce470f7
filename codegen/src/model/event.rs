//! The webhook events of the API.

use super::{EventId, Ty};
use crate::spec;

/// A webhook event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The scope to subscribe to.
    pub scope: String,
    /// The variant of the `Event` enumeration: `OrderCreated`.
    pub variant: String,
    /// The guide's slug.
    pub guide: Option<String>,
    /// Its subject, in words: `price list` for `store/priceList/created`.
    pub subject: String,
    /// When it fires.
    pub does: String,
    /// What to know about it.
    pub note: Option<String>,
    /// The type of its payload.
    pub payload: Ty,
    /// Whether only hooks of a channel receive it, under a scope with the channel's id in place of the `*`.
    pub per_channel: bool,
    /// Whether the sources have no schema for it.
    pub unstated: bool,
    /// Where sources disagree.
    pub conflicts: Vec<spec::Conflict>,
}

/// The webhook events about one subject.
#[derive(Clone, Debug)]
pub struct Family {
    /// The subject in words.
    pub subject: String,
    pub events: Vec<EventId>,
}

impl Event {
    /// The subject, as in its scope: `order` for `store/order/created`.
    #[must_use]
    pub fn about(&self) -> &str {
        self.scope.split('/').nth(1).unwrap_or(&self.scope)
    }

    /// The scope with something in place of the `*` for the channel, if only hooks of a channel receive it.
    #[must_use]
    pub fn scope_in(&self, channel: &str) -> Option<String> {
        self.per_channel
            .then(|| self.scope.replacen('*', channel, 1))
    }
}
