//! The headers of a delivery, from any server framework.

use std::collections::HashMap;
use std::hash::BuildHasher;

/// The header with the id of a delivery. It stays the same when the delivery is retried.
pub const ID: &str = "webhook-id";
/// The header with the time of sending, as a Unix timestamp.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures.
pub const SIGNATURE: &str = "webhook-signature";

/// The headers of a delivery, in any representation.
///
/// ```
/// use bigcommerce_client::webhook::Headers;
///
/// let pairs = [("Webhook-Id", "msg_1"), ("Webhook-Timestamp", "1700000000")];
/// assert_eq!(pairs.values("webhook-id"), [b"msg_1"]);
/// assert!(pairs.values("webhook-signature").is_empty());
/// ```
pub trait Headers {
    /// All values of a header. `name` is in lower case; header names are case-insensitive.
    fn values(&self, name: &str) -> Vec<&[u8]>;
}

impl<T: Headers + ?Sized> Headers for &T {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        (**self).values(name)
    }
}

impl Headers for http::HeaderMap {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        let values = self.get_all(name);
        values.iter().map(http::HeaderValue::as_bytes).collect()
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for [(N, V)] {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        let named = self
            .iter()
            .filter(|(other, _)| other.as_ref().eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_ref()).collect()
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>, const COUNT: usize> Headers for [(N, V); COUNT] {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        self.as_slice().values(name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for Vec<(N, V)> {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        self.as_slice().values(name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>, S: BuildHasher> Headers for HashMap<N, V, S> {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        let named = self
            .iter()
            .filter(|(other, _)| other.as_ref().eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_ref()).collect()
    }
}
