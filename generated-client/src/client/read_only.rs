//! The client that only reads. It contains a full client, of which it exposes only read-only handles.

use super::Client;

/// A read-only connection to one store, without any calls that change it.
///
/// Created by [`Client::read_only`]. Each group has a method that returns its read-only handle, and
/// [`raw`](Self::raw) reads any other path.
///
/// ```compile_fail
/// # async fn example(store: bigcommerce_client::Client) {
/// store.read_only().brands().delete(7).await; // this method does not exist
/// # }
/// ```
///
/// The compiler enforces this within your program. What the token itself allows depends on its
/// [scopes](crate::scopes).
#[derive(Clone, Debug)]
pub struct ReadOnlyClient(Client);

impl ReadOnlyClient {
    pub(super) fn new(client: &Client) -> Self {
        Self(client.clone())
    }

    /// The hash of its store.
    pub fn store_hash(&self) -> &str {
        self.0.store_hash()
    }

    /// The base URL of all paths.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// let store = bigcommerce_client::Client::new("abc123", "the-token")?.read_only();
    /// assert_eq!(store.base_url(), "https://api.bigcommerce.com/stores/abc123");
    /// # }
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    pub fn base_url(&self) -> &str {
        self.0.base_url()
    }

    #[allow(dead_code, reason = "without a group there are no readers")]
    pub(crate) const fn client(&self) -> &Client {
        &self.0
    }
}
