//! A page of a list of which the client only knows the path.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::envelope::Meta;
use crate::json::DecodeError;
use crate::response::Received;

/// A page of a list at any path. It can be used like a slice of its items.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::RawJson;
///
/// let mut pages = store.read_only().raw("/v3/loyalty/members").pages::<RawJson>();
/// while let Some(page) = pages.try_next().await? {
///     let total = page.meta.as_ref().and_then(|meta| meta.pagination.as_ref()?.total);
///     println!("{} of {total:?} members, the first {:?}", page.len(), page.first());
/// }
/// # );
/// ```
#[derive(Clone)]
pub struct RawPage<T> {
    /// The items.
    pub items: Vec<T>,
    /// The metadata of the page; V2 has none.
    pub meta: Option<Meta>,
    /// Its response.
    pub(super) answer: Received,
}

impl<T> RawPage<T> {
    /// The items without the page.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// The HTTP status of its response; one of the 2xx.
    pub const fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// The headers of its response.
    pub const fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// Its raw body, decompressed.
    pub const fn body(&self) -> &Bytes {
        &self.answer.body
    }

    /// The first 100 values of the wrong type in its response; see
    /// [`Response::oddities`](crate::Response::oddities).
    pub fn oddities(&self) -> &[DecodeError] {
        &self.answer.oddities
    }
}

impl<T> Deref for RawPage<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for RawPage<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a RawPage<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for RawPage<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawPage")
            .field("items", &self.items)
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}
