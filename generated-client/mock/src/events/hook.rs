//! The event, hook and store data that a delivery needs.

use std::time::Duration;

use serde_json::{Map, Value};

/// An event fired by a write.
#[derive(Clone, Debug, PartialEq)]
pub struct Fired {
    /// Its scope: `store/order/created`.
    pub scope: String,
    /// The data of its payload.
    pub data: Value,
    /// The channel it happened in, for hooks of a single channel.
    pub channel: Option<i64>,
    /// The data for those hooks, if it differs.
    pub channel_data: Option<Value>,
}

impl Fired {
    /// An event of the store.
    ///
    /// ```
    /// use bigcommerce_mock::events::Fired;
    /// use serde_json::json;
    ///
    /// let fired = Fired::new("store/order/created", json!({ "type": "order", "id": 250 }));
    /// assert_eq!(fired.in_channel(1).channel, Some(1));
    /// ```
    #[must_use]
    pub fn new(scope: impl Into<String>, data: Value) -> Self {
        Self {
            scope: scope.into(),
            data,
            channel: None,
            channel_data: None,
        }
    }

    /// The same, in a channel: hooks on `store/channel/{id}/order/created` receive it too.
    #[must_use]
    pub const fn in_channel(mut self, channel: i64) -> Self {
        self.channel = Some(channel);
        self
    }

    /// The same, with different data for hooks of its channel.
    #[must_use]
    pub fn saying_there(mut self, data: Value) -> Self {
        self.channel_data = Some(data);
        self
    }
}

/// A hook at the time an event was fired.
#[derive(Clone, Debug, PartialEq)]
pub struct Hook {
    /// Its key.
    pub id: Value,
    /// The account that created it, whose secret signs its deliveries.
    pub client_id: String,
    /// The scope it is subscribed to: an event or a wildcard.
    pub scope: String,
    /// The destination URL.
    pub destination: String,
    /// The additional headers.
    pub headers: Vec<(String, String)>,
    /// Whether it is active.
    pub is_active: bool,
}

impl Hook {
    /// Parses the record of a hook; `None` without an id, a scope or a destination. It is active
    /// unless it says otherwise.
    ///
    /// ```
    /// use bigcommerce_mock::events::Hook;
    /// use serde_json::json;
    ///
    /// let record = json!({
    ///     "id": 7, "client_id": "abc", "scope": "store/order/*", "is_active": true,
    ///     "destination": "http://127.0.0.1:3000/hooks", "headers": { "x-key": "open sesame" },
    /// });
    /// let hook = record.as_object().and_then(Hook::from_record);
    /// assert_eq!(hook.map(|hook| hook.headers.len()), Some(1));
    /// ```
    #[must_use]
    pub fn from_record(record: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| record.get(name)?.as_str().map(str::to_owned);
        let headers = record.get("headers").and_then(Value::as_object);
        let headers = headers.into_iter().flatten();
        let header =
            |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.into()));
        Some(Self {
            id: record.get("id").filter(|id| !id.is_null())?.clone(),
            client_id: text("client_id").unwrap_or_default(),
            scope: text("scope")?,
            destination: text("destination")?,
            headers: headers.filter_map(header).collect(),
            is_active: record
                .get("is_active")
                .and_then(Value::as_bool)
                .unwrap_or(true),
        })
    }
}

/// The store that sends deliveries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The hash: `producer` is `stores/{hash}`.
    pub hash: String,
    /// The numeric id, which is a string in deliveries.
    pub id: String,
}

impl Identity {
    /// A store with this hash and this numeric id.
    #[must_use]
    pub fn new(hash: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            hash: hash.into(),
            id: id.into(),
        }
    }
}

/// A host to which the hooks of an account get nothing for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// The host of the destinations.
    pub host: String,
    /// How many seconds it lasts on the API's clock.
    pub seconds: u64,
    /// How long it lasts in real time.
    pub lasts: Duration,
    /// Why the last attempt failed.
    pub why: String,
    /// How many of the latest attempts failed.
    pub failed: usize,
    /// When it began, in seconds since 1970.
    pub began: i64,
}

/// The interface to the store during deliveries.
///
/// ```
/// use bigcommerce_mock::events::{Account, Hook};
///
/// struct OneAccount;
///
/// impl Account for OneAccount {
///     fn secret(&self, client_id: &str) -> Option<String> {
///         (client_id == "abc").then(|| "client secret".to_owned())
///     }
///     fn switch_off(&self, hook: &Hook) {
///         println!("hook {} is off", hook.id);
///     }
/// }
/// ```
pub trait Account: Send + Sync {
    /// The client secret of an account; `None` for an unknown account.
    fn secret(&self, client_id: &str) -> Option<String>;

    /// Every attempt to deliver to this hook has failed, or it has had no event for a long time: it
    /// must be deactivated.
    fn switch_off(&self, hook: &Hook);

    /// Too many deliveries to the host of this hook have failed: those to the account's hooks there wait until
    /// the block is over.
    fn blocked(&self, hook: &Hook, block: &Block) {
        let _ = (hook, block);
    }

    /// Every hook in its current state. Hooks for exceptions are notified of others' failures, and
    /// unused hooks are deactivated; an empty list disables both.
    fn hooks(&self) -> Vec<Hook> {
        Vec::new()
    }

    /// Whether a delivery to this hook may still be retried: not if the hook was deleted or
    /// deactivated.
    fn is_wanted(&self, hook: &Hook) -> bool {
        let _ = hook;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(record: Value) -> Option<Hook> {
        record.as_object().and_then(Hook::from_record)
    }

    #[test]
    fn a_record_without_what_a_delivery_needs_is_no_hook() {
        let whole =
            json!({ "id": 1, "scope": "store/thing/*", "destination": "http://localhost/" });
        assert!(read(whole.clone()).is_some_and(|hook| hook.is_active));
        for field in ["id", "scope", "destination"] {
            let mut record = whole.clone();
            record[field] = Value::Null;
            assert_eq!(read(record), None, "{field}");
        }
    }

    #[test]
    fn headers_may_be_null_or_hold_what_is_no_text() {
        let record = |headers: Value| json!({ "id": 1, "scope": "s", "destination": "d", "headers": headers });
        assert_eq!(read(record(Value::Null)).unwrap().headers, []);
        let mixed = read(record(json!({ "a": "b", "c": 1 }))).unwrap();
        assert_eq!(mixed.headers, [("a".to_owned(), "b".to_owned())]);
    }
}
