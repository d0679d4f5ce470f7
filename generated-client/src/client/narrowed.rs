//! A client whose calls are about a single resource with its own settings, such as a channel. Handles
//! hold it and pass it on, so that no call loses the parameter.

use super::{Client, Guard};
use crate::catalogue::Endpoint;
use crate::query::{ToQuery, encode};

/// A query parameter and its URL-encoded value.
pub(super) type Narrowed = Option<(&'static str, String)>;

impl Client {
    /// The same client for calls about one value of a parameter, or without a value about all.
    #[allow(dead_code, reason = "not every set of groups has such a parameter")]
    pub(crate) fn narrowed<T: ToQuery>(&self, by: &'static str, value: Option<T>) -> Self {
        let mut guard = Guard::clone(&self.guard);
        guard.narrowed = value.map(|value| {
            let mut encoded = String::new();
            encode(&value.to_query(), &mut encoded);
            (by, encoded)
        });
        self.guarded(guard)
    }

    /// The query of a call of the endpoint for this resource.
    ///
    /// # Errors
    ///
    /// Returns the reason if the call is about the store as a whole.
    pub(crate) fn narrows(
        &self,
        endpoint: Endpoint,
    ) -> Result<Option<(&'static str, String)>, String> {
        match &self.guard.narrowed {
            None => Ok(None),
            Some((by, value)) if endpoint.facts().narrowed_by == Some(*by) => {
                Ok(Some((by, value.clone())))
            }
            Some((by, value)) => Err(format!(
                "`{endpoint}` has no parameter `{by}`, but the handle is only for {by} {value}; call it on the \
                 handle of the store"
            )),
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "reqwest", feature = "settings"))]
mod tests {
    use crate::call::Call;
    use crate::catalogue::{Endpoint, Method};
    use crate::{Client, ErrorKind};

    /// A call that is narrowed by the parameter, without anything else that it requires.
    fn narrowed() -> Endpoint {
        let fits = |it: &Endpoint| {
            it.facts().narrowed_by == Some("channel_id")
                && it.method() == Method::Get
                && !it.path().contains('{')
        };
        Endpoint::ALL.iter().copied().find(fits).unwrap()
    }

    #[tokio::test]
    async fn a_call_that_names_another_thing_than_its_handle_is_not_sent() {
        let store = Client::new("abc123", "the-token").unwrap();
        let channel = store.narrowed("channel_id", Some(2_i64));
        let address = |client: &Client, named: Option<i64>| {
            let mut call = Call::new(client, narrowed());
            if let Some(named) = named {
                call.query("channel_id", named);
            }
            call.outgoing().address
        };
        for (client, named, query) in [
            (&store, None, None),
            (&store, Some(3), Some("channel_id=3")),
            (&channel, None, Some("channel_id=2")),
            (&channel, Some(2), Some("channel_id=2")),
        ] {
            assert_eq!(address(client, named).unwrap().query(), query);
        }
        let mut call = Call::new(&channel, narrowed());
        call.query("channel_id", 3_i64);
        let error = call.nothing().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        let says = "its `channel_id` is 3, but the handle is only for channel_id 2";
        assert!(error.to_string().contains(says), "{error}");
    }
}
