//! Setting optional values in a chain of calls.

/// `None` leaves the field unset: for every builder, value and request whose setters take `self`.
///
/// ```
/// # #[cfg(feature = "brands")] {
/// use bigcommerce_client::{Maybe, brands::BrandUpdate};
///
/// let (title, keywords): (Option<&str>, Option<&str>) = (Some("Acme"), None);
/// let update = BrandUpdate::new()
///     .maybe(title, BrandUpdate::page_title)
///     .maybe(keywords, BrandUpdate::search_keywords);
/// assert_eq!(update, BrandUpdate::new().page_title("Acme"));
/// # }
/// ```
pub trait Maybe: Sized {
    /// Passes the value of `Some` to a setter, and does nothing for `None`.
    #[must_use]
    fn maybe<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }
}

impl<T> Maybe for T {}
