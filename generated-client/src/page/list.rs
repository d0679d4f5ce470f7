//! Requesting a list: a single page, or all of them.

use super::body::whole;
use super::{First, Items, Page, Pages};
use crate::call::{Call, Pending};
use crate::json::Decode;
use crate::response::Response;

#[allow(
    dead_code,
    reason = "which of them are used depends on the endpoints that are built"
)]
impl Call {
    /// A page of a list. A response without a body is an empty page.
    #[inline(never)]
    pub(crate) fn page<T: Decode>(mut self) -> Pending<Response<Page<T>>> {
        Box::pin(async move {
            self.cut();
            let response = self.received(whole::<T>).await?;
            Ok(Page::of(self, response))
        })
    }

    /// The list as a stream of pages.
    pub(crate) fn pages<T>(self) -> Pages<T> {
        Pages::new(self)
    }

    /// The list as a stream of items.
    pub(crate) fn items<T>(self) -> Items<T> {
        Items::new(self.pages())
    }

    /// The first item of the list.
    pub(crate) fn first<T>(mut self) -> First<T> {
        // Another size would change where a later page begins.
        let is_sized = self.asked("limit").is_some() || self.asked("page").is_some();
        if self.endpoint.facts().page_max.is_some() && !is_sized {
            self.query("limit", 1_i64);
        }
        First::new(self)
    }
}
