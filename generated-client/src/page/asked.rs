//! Asking for a list: a page of it, or all of them.

use super::identity::Listed;
use super::{Items, Page, Pages};
use crate::call::{Call, Pending, Raw};
use crate::envelope::Envelope;
use crate::error::Error;
use crate::json::{self, Decode, DecodeError, RawJson};
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

/// The body of a page.
type Whole<T> = Envelope<Listed<T>>;

/// What a response holds, unless it has errors in the place of its items: that is no empty page.
fn whole<T: Decode>(raw: &mut Raw) -> Result<Option<Whole<T>>, DecodeError> {
    if raw.is_empty() {
        return Ok(None);
    }
    let whole: Whole<T> = raw.decode()?;
    if whole.data.is_none() && raw.is_an_error() {
        return Err(DecodeError::error("list"));
    }
    Ok(Some(whole))
}

/// No error of the API is longer.
const LONGEST_ERROR: usize = 16 * 1024;

/// Refuses what is evidently no page, such as the page of a proxy or an error. A page that waits for its turn
/// is read when that comes, and by then it is told how its call ended.
pub(super) fn no_page(raw: &mut Raw) -> Result<(), DecodeError> {
    if raw.is_empty() {
        return Ok(());
    }
    let text = raw.text();
    match text.first() {
        Some(b'[') => Ok(()),
        Some(b'{') if text.len() > LONGEST_ERROR || !raw.is_an_error() => Ok(()),
        Some(b'{') => Err(DecodeError::error("list")),
        _ => json::from_slice::<RawJson>(text).map(drop),
    }
}

impl<T: Decode> Page<T> {
    /// The page that the response to a call holds.
    pub(super) fn read(call: Call, mut raw: Raw) -> Result<Response<Self>, Error> {
        let whole = whole(&mut raw);
        raw.with(whole).map(|response| Self::of(call, response))
    }

    fn of(call: Call, response: Response<Option<Whole<T>>>) -> Response<Self> {
        let answer = response.without_value();
        response.map(|whole| {
            let (list, meta) = whole.map_or((None, None), |whole| (whole.data, whole.meta));
            Self::new(call, list.unwrap_or_default(), meta, answer)
        })
    }
}
