//! The items of a list, across all its pages.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::Pages;
use crate::error::Error;
use crate::json::Decode;

/// The items of a list, over all its pages and in order.
///
/// It is a [`Stream`], and has [`try_next`](Self::try_next) if that is all you need.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// # #[cfg(feature = "brands")] {
/// let mut brands = store.brands().list().stream();
/// while let Some(brand) = brands.try_next().await? {
///     println!("{}", brand.id);
/// }
/// let all = store.brands().list().name_like("A").stream().into_vec().await?;
/// # }
/// # );
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<T> {
    pages: Pages<T>,
    now: std::vec::IntoIter<T>,
}

impl<T> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        let now = Vec::new().into_iter();
        Self { pages, now }
    }

    /// How many pages are prefetched; see [`Pages::prefetch`].
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["products"] store:
    /// // Only the first product with low stock is needed, so no page is requested in vain.
    /// let mut low = store.products().list().inventory_low(true).stream().prefetch(0);
    /// if let Some(product) = low.try_next().await? {
    ///     println!("{} is nearly sold out", product.id);
    /// }
    /// # );
    /// ```
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.pages = self.pages.prefetch(pages);
        self
    }
}

impl<T: Decode> Items<T> {
    /// The next item; `None` after the last.
    ///
    /// This method is cancel safe.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["orders"] store:
    /// use bigcommerce_client::order_statuses::OrderStatus;
    ///
    /// let mut paid = store.orders().list().status_id(OrderStatus::AWAITING_FULFILLMENT).stream();
    /// while let Some(order) = paid.try_next().await? {
    ///     println!("order {} awaits fulfilment", order.id);
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of the initial request. The stream ends after an error.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    /// Collects all remaining items.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`try_next`](Self::try_next); the items before the error are lost.
    pub async fn into_vec(mut self) -> Result<Vec<T>, Error> {
        let mut items: Vec<T> = self.now.by_ref().collect();
        while let Some(page) = self.pages.try_next().await? {
            items.extend(page);
        }
        Ok(items)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.now.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // The memory of the previous page is freed before the next one is decoded.
            self.now = Vec::new().into_iter();
            match self.pages.poll_page(context) {
                Poll::Ready(Some(Ok(page))) => self.now = page.into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

// Items are returned by value and never pinned.
impl<T> Unpin for Items<T> {}

impl<T: Decode> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("at_hand", &self.now.len())
            .finish()
    }
}
