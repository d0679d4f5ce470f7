//! The body of the response to a raw call.

use bytes::Bytes;

use crate::error::Error;
use crate::json::{self, Decode};
use crate::response::Response;
use crate::value::RawJson;

/// The response to a raw call.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::{Envelope, RawJson};
///
/// let response = store.read_only().raw("/v3/catalog/summary").await?;
/// let json: RawJson = response.json()?;
/// let whole: Envelope<RawJson> = response.decode()?;
/// # );
/// ```
impl Response<Bytes> {
    /// Decodes the body.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::{Envelope, RawJson};
    ///
    /// let response = store.read_only().raw("/v3/channels").await?;
    /// let channels: Envelope<Vec<RawJson>> = response.decode()?;
    /// for channel in channels.data.unwrap_or_default() {
    ///     println!("{channel}");
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON or not of that type. The error has the body and the
    /// location.
    pub fn decode<T: Decode>(&self) -> Result<T, Error> {
        json::from_slice(self.text()).map_err(|error| self.unreadable(error))
    }

    /// The body as any JSON.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// let response = store.read_only().raw("/v2/time").await?;
    /// println!("{}", response.json()?);
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON, which includes no body at all.
    pub fn json(&self) -> Result<RawJson, Error> {
        self.decode()
    }
}
