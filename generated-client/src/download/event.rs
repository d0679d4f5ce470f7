//! An event of an event stream.

use crate::json::{self, Decode, DecodeError};

/// An event.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::{RawJson, catalogue::Method};
///
/// let path = "/v3/infrastructure/logs/9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11/tail";
/// let mut events = store.raw(Method::Get, path).events().await?.into_value();
/// while let Some(event) = events.try_next().await? {
///     let line: RawJson = event.json()?;
///     println!("{line}");
/// }
/// # );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerEvent<T = String> {
    /// Its type; `message` by default.
    pub kind: String,
    /// Its data: its lines as a string, or the decoded value.
    pub data: T,
    /// The id of the last event that had one.
    pub id: Option<String>,
}

impl ServerEvent {
    /// Decodes its data as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the data is not JSON or not of that type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        json::from_str(&self.data)
    }
}
