//! The client that only reads. It holds a whole client and gives nothing of it away but readers.

use super::Client;

/// A connection to one store on which no call exists that changes it.
///
/// [`Client::read_only`] makes it. Each group has a method that gives the reading half of its
/// handle, and [`raw`](Self::raw) reads any other path.
///
/// ```compile_fail
/// # async fn example(store: bigcommerce_client::Client) {
/// store.read_only().brands().delete(7).await; // there is no such method
/// # }
/// ```
///
/// It is a promise of this program to itself, kept by the compiler. What the token may do is up to
/// its [scopes](crate::scopes).
#[derive(Clone, Debug)]
pub struct ReadOnlyClient(Client);

impl ReadOnlyClient {
    pub(super) fn new(client: &Client) -> Self {
        Self(client.clone())
    }

    /// The hash of the store whose data it reads.
    pub fn store_hash(&self) -> &str {
        self.0.store_hash()
    }

    /// The address below which all paths lie.
    ///
    /// ```
    /// let store = bigcommerce_client::Client::new("abc123", "the-token")?.read_only();
    /// assert_eq!(store.base_url(), "https://api.bigcommerce.com/stores/abc123");
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
