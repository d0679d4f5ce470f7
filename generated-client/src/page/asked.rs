//! Asking for a list: a page of it, or all of them.

use super::body::whole;
use super::{Items, Page, Pages};
use crate::call::{Call, Pending};
use crate::json::Decode;
use crate::response::Response;

#[allow(
    dead_code,
    reason = "which of them are used depends on the endpoints that are built"
)]
impl Call {
    /// A page of a list. No body is an empty page.
    pub(crate) fn page<T: Decode>(mut self) -> Pending<Response<Page<T>>> {
        Box::pin(async move {
            self.cut();
            let response = self.received(whole::<T>).await?;
            Ok(Page::of(self, response))
        })
    }

    /// The list page after page.
    pub(crate) fn pages<T>(self) -> Pages<T> {
        Pages::new(self)
    }

    /// The list item after item.
    pub(crate) fn items<T>(self) -> Items<T> {
        Items::new(self.pages())
    }
}
