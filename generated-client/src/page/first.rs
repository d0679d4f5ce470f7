//! The first item of a list, for finding a single one.

use std::fmt;
use std::marker::PhantomData;

use super::Items;
use crate::call::{Call, Pending};
use crate::error::Error;
use crate::json::Decode;

/// The first item of a list, if there is one; created by `first()` on the request of a list.
///
/// This finds a record by a field other than the id in its path, and reads a single one of those that have no
/// call of their own:
///
/// ```
/// # bigcommerce_client::example!(["customers"] server, store:
/// # use bigcommerce_client::customers::CustomerCreate;
/// # let ada = CustomerCreate::new().email("ada@example.com");
/// # store.customers().create([ada.first_name("Ada").last_name("Example")]).await?;
/// let ada = store.customers().list().email_in(["ada@example.com"]).first().await?;
/// let id = ada.ok_or("there is no such customer")?.id;
///
/// let same = store.customers().list().id_in([id]).first().await?;
/// assert_eq!(same.and_then(|it| it.email).as_deref(), Some("ada@example.com"));
/// # );
/// ```
#[must_use = "a request does nothing until it is awaited"]
pub struct First<T> {
    call: Call,
    item: PhantomData<fn() -> T>,
}

impl<T> First<T> {
    pub(super) const fn new(call: Call) -> Self {
        let item = PhantomData;
        Self { call, item }
    }
}

impl<T: Decode> IntoFuture for First<T> {
    type Output = Result<Option<T>, Error>;
    type IntoFuture = Pending<Option<T>>;

    fn into_future(self) -> Self::IntoFuture {
        // No page after the one with the item is requested.
        let mut items: Items<T> = self.call.items().prefetch(0);
        Box::pin(async move { items.try_next().await })
    }
}

impl<T> fmt::Debug for First<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("First").field(&self.call).finish()
    }
}
