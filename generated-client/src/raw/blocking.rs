//! The pages of a list at any path, for scripts without `async`.

use std::fmt;

use super::{RawPage, RawPages};
use crate::blocking::next;
use crate::error::Error;
use crate::json::Decode;

/// An iterator over the pages of a list at any path; created by [`RawPages::blocking`].
#[must_use = "an iterator does nothing until it is used"]
pub struct BlockingRawPages<T>(Option<RawPages<T>>);

impl<T: Decode> Iterator for BlockingRawPages<T> {
    type Item = Result<RawPage<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0, async |list| list.try_next().await)
    }
}

impl<T> fmt::Debug for BlockingRawPages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingRawPages").field(&self.0).finish()
    }
}

impl<T: Decode> RawPages<T> {
    /// The same list for code that is not `async`. In `async` code it yields only an error of the
    /// kind [`Build`](crate::ErrorKind::Build).
    ///
    /// ```no_run
    /// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// use bigcommerce_client::RawJson;
    ///
    /// for page in store.read_only().raw("/v3/loyalty/members").pages::<RawJson>().blocking() {
    ///     println!("{} members", page?.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub const fn blocking(self) -> BlockingRawPages<T> {
        BlockingRawPages(Some(self))
    }
}
