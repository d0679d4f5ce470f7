//! A page of a list, and the way to the next one. The next request is built from the caller's own
//! parameters, because the links in the response do not always repeat them.

mod body;
mod first;
mod identity;
mod items;
mod list;
mod next;
mod pages;
mod walk;

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::call::Call;
use crate::envelope::Meta;
use crate::error::Error;
use crate::json::{Decode, DecodeError};
use crate::response::Received;

pub(crate) use body::{Whole, no_page, whole};
pub use first::First;
use identity::Identity;
pub(crate) use identity::Listed;
pub use items::Items;
pub(crate) use next::{Next, from_link, next_link};
pub use pages::Pages;
use walk::Walk;
pub(crate) use walk::blank_for_ever;

/// A page of a list. It can be used like a slice of its items.
#[derive(Clone)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The metadata of the page; `None` in V2.
    pub meta: Option<Meta>,
    call: Call,
    /// Its response.
    answer: Received,
    /// The identities of the items it was received with.
    known: Vec<Identity>,
    /// How many entries it was received with that are not items.
    passed: usize,
    /// Its position after other pages; `None` for the first page that was requested.
    walk: Option<Walk>,
}

impl<T> Page<T> {
    fn new(call: Call, list: Listed<T>, meta: Option<Meta>, answer: Received) -> Self {
        Self {
            items: list.items,
            known: list.known,
            passed: list.passed,
            meta,
            call,
            answer,
            walk: None,
        }
    }

    /// The items without the page.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Whether there may be another page. V2 and some V3 lists do not report it; there a full page
    /// may be followed by an empty one.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["brands"] store:
    /// let page = store.brands().list().name_like("Ac").limit(10).await?;
    /// if page.has_next() {
    ///     println!("more than ten brands fit; say more of the name");
    /// }
    /// # );
    /// ```
    pub fn has_next(&self) -> bool {
        self.next().is_some()
    }

    /// How many items the whole list has, if the API reports it. If a list is requested in parts
    /// because its ids do not fit into one URL, it is the number of the current part.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["products"] store:
    /// // To count them, a page with one item is enough.
    /// let page = store.products().list().is_visible(true).limit(1).await?;
    /// println!("{} products are for sale", page.total().unwrap_or_default());
    /// # );
    /// ```
    pub fn total(&self) -> Option<i64> {
        self.meta.as_ref()?.pagination.as_ref()?.total
    }

    /// The HTTP status of its response; one of the 2xx, and 204 for an empty list of V2.
    pub const fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// The headers of its response, which include the remaining quota.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["brands"] store:
    /// use bigcommerce_client::quota::Reading;
    ///
    /// let mut pages = store.brands().list().pages();
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{:?} calls left", Reading::of(page.headers()).left);
    /// }
    /// # );
    /// ```
    pub const fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The first 100 values of the wrong type in its response, and `null` items: the location, what
    /// was expected and what was found. All other fields and items are complete.
    /// [`Rest::oddities`](crate::Rest::oddities) has those of a single item.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["products"] store:
    /// let mut pages = store.products().list().pages();
    /// while let Some(page) = pages.try_next().await? {
    ///     for oddity in page.oddities() {
    ///         // at data[3].sort_order: expected an integer, found a number
    ///         eprintln!("{oddity}");
    ///     }
    /// }
    /// # );
    /// ```
    pub fn oddities(&self) -> &[DecodeError] {
        &self.answer.oddities
    }

    /// Its raw body, decompressed.
    pub const fn body(&self) -> &Bytes {
        &self.answer.body
    }
}

impl<T: Decode> Page<T> {
    /// Fetches the next page with the same filters; `None` when this is the last.
    ///
    /// ```no_run
    /// # use bigcommerce_client::{Decode, Error, Page};
    /// # async fn all<T: Decode>(first: Page<T>) -> Result<Vec<T>, Error> {
    /// let mut items = Vec::new();
    /// let mut page = Some(first);
    /// while let Some(current) = page {
    ///     page = current.next_page().await?;
    ///     items.extend(current);
    /// }
    /// # Ok(items)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of the initial request, and a [contradiction](crate::ErrorKind::Contradiction) if
    /// the API's statements about the list are inconsistent. Calling it again repeats the request.
    pub async fn next_page(&self) -> Result<Option<Self>, Error> {
        let Some(next) = self.next() else {
            return Ok(None);
        };
        let sure = next.is_sure();
        let mut behind = (next != Next::Piece).then(|| self.behind());
        let mut call = self.call_for(next);
        loop {
            let piece = call.next_piece();
            let page = match call.page().await {
                Ok(response) => response.into_value().follow(behind.as_ref(), sure)?,
                // Some lists return 404 after the last page.
                Err(error) if !sure && error.is_not_found() => None,
                Err(error) => return Err(error),
            };
            match (page, piece) {
                (None, Some(piece)) => (call, behind) = (piece, None),
                (page, _) => return Ok(page),
            }
        }
    }
}

impl<T> Deref for Page<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}
