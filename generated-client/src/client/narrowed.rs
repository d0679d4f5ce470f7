//! A client whose calls are about a single thing that the store has settings of its own for, such as a
//! channel. Handles hold one and hand it on, so a call cannot forget what it is about.

use super::{Client, Guard};
use crate::catalogue::Endpoint;
use crate::query::{ToQuery, encode};

/// A parameter of the query and its value, encoded for a URL.
pub(super) type Narrowed = Option<(&'static str, String)>;

impl Client {
    /// The same client for calls about one value of a parameter, or for no value about all.
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

    /// What a call of the endpoint has in its query for that.
    ///
    /// # Errors
    ///
    /// Says so when the call is about the store as a whole.
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
                "`{endpoint}` takes no `{by}`, and the handle is for {by} {value} alone; call it on the \
                 handle of the store"
            )),
        }
    }
}
