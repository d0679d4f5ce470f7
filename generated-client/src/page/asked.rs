//! Asking for a list: a page of it, or all of them.

use super::identity::Listed;
use super::{Items, Page, Pages};
use crate::call::{Call, Pending, Raw};
use crate::envelope::Envelope;
use crate::error::Error;
use crate::json::{Decode, DecodeError};
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
            let raw = self.execute().await?;
            Page::read(self, raw)
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

/// What a response holds, unless it has errors in the place of its items: that is no empty page.
fn without_errors<T>(
    raw: &Raw,
    whole: Envelope<Listed<T>>,
) -> Result<Option<Envelope<Listed<T>>>, DecodeError> {
    if whole.data.is_none() && raw.is_an_error() {
        return Err(DecodeError::error("list"));
    }
    Ok(Some(whole))
}

impl<T: Decode> Page<T> {
    /// The page that the response to a call holds.
    pub(super) fn read(call: Call, mut raw: Raw) -> Result<Response<Self>, Error> {
        let whole = if raw.is_empty() {
            Ok(None)
        } else {
            raw.decode().and_then(|whole| without_errors(&raw, whole))
        };
        let response = raw.with(whole)?;
        let answer = response.without_value();
        Ok(response.map(|whole: Option<Envelope<Listed<T>>>| {
            let (list, meta) = whole.map_or((None, None), |whole| (whole.data, whole.meta));
            Self::new(call, list.unwrap_or_default(), meta, answer)
        }))
    }
}
