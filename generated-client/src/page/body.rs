//! Decodes the body of a response as a page, and rejects bodies that are not pages.

use super::Page;
use super::identity::Listed;
use crate::call::{Call, Raw};
use crate::envelope::Envelope;
use crate::error::{Error, LONGEST_ERROR};
use crate::json::{self, Decode, DecodeError, RawJson, Shape};
use crate::response::Response;

/// The body of a page.
pub(crate) type Whole<T> = Envelope<Listed<T>>;

/// The contents of a response, unless it has errors in place of items: that is not an empty page.
pub(crate) fn whole<T: Decode>(raw: &mut Raw) -> Result<Option<Whole<T>>, DecodeError> {
    if raw.is_empty() {
        return Ok(None);
    }
    let whole: Whole<T> = raw.decode()?;
    let is_error = match &whole.data {
        None => raw.is_an_error(),
        // Items that accept any JSON accept errors as well.
        Some(_) => whole.is_bare() && matches!(T::SHAPE, Shape::Any) && is_an_error(raw),
    };
    if is_error {
        return Err(DecodeError::error("list"));
    }
    Ok(Some(whole))
}

/// Rejects what is not a page, such as a proxy's page or an error. A prefetched page is decoded only when
/// its turn comes, after the end of its call was reported.
pub(crate) fn no_page<T: Decode>(raw: &mut Raw) -> Result<(), DecodeError> {
    match first_sight(raw)? {
        Sight::Page => Ok(()),
        // Only the type distinguishes records that look like errors from errors.
        Sight::Errors => whole::<T>(raw).map(drop),
    }
}

/// What a body contains before its items are decoded.
enum Sight {
    Page,
    /// A list with nothing but what looks like errors.
    Errors,
}

fn first_sight(raw: &Raw) -> Result<Sight, DecodeError> {
    if raw.is_empty() {
        return Ok(Sight::Page);
    }
    let text = raw.text();
    match text.first() {
        Some(b'[') if is_an_error(raw) => Ok(Sight::Errors),
        Some(b'{') if is_an_error(raw) => Err(DecodeError::error("list")),
        Some(b'[' | b'{') => Ok(Sight::Page),
        _ => json::from_slice::<RawJson>(text).map(|_| Sight::Page),
    }
}

/// Whether it is an API error. A body larger than any error is not checked.
fn is_an_error(raw: &Raw) -> bool {
    raw.text().len() <= LONGEST_ERROR && raw.is_an_error()
}

impl<T: Decode> Page<T> {
    /// The page in the response to a call.
    pub(super) fn read(call: Call, mut raw: Raw) -> Result<Response<Self>, Error> {
        let whole = whole(&mut raw);
        raw.with(whole).map(|response| Self::of(call, response))
    }

    /// The page of a response that was read.
    pub(super) fn of(call: Call, response: Response<Option<Whole<T>>>) -> Response<Self> {
        let Response { value, received } = response;
        let (list, meta) = value.map_or((None, None), |whole| (whole.data, whole.meta));
        let page = Self::new(call, list.unwrap_or_default(), meta, received.clone());
        received.with(page)
    }
}
