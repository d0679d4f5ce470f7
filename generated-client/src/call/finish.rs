//! The ways to read an answer. Only this step depends on the type, so it does nothing else.

use http::StatusCode;

use super::Call;
use super::execute::Raw;
use crate::envelope::Envelope;
use crate::error::Error;
use crate::json::{self, Decode, DecodeError, Shape};
use crate::outcome::{Counts, Outcome};
use crate::page::Page;
use crate::response::Response;

#[allow(
    dead_code,
    reason = "which of them are used depends on the endpoints that are built"
)]
impl Call {
    /// A page of a list. No body is an empty page.
    pub(crate) async fn page<T: Decode>(self) -> Result<Response<Page<T>>, Error> {
        let raw = self.execute().await?;
        let whole = if raw.is_empty() {
            Ok(None)
        } else {
            json::from_slice(raw.text()).map(Some)
        };
        let response = raw.with(whole)?;
        Ok(response.map(|whole: Option<Envelope<Vec<T>>>| match whole {
            Some(whole) => Page::new(self, whole.data.unwrap_or_default(), whole.meta),
            None => Page::new(self, Vec::new(), None),
        }))
    }

    /// What stands under `data`.
    pub(crate) async fn data<T: Decode>(self) -> Result<Response<T>, Error> {
        let raw = self.execute().await?;
        let data = envelope(&raw).and_then(|(data, _)| data);
        raw.with(data)
    }

    /// What stands under `data`, and what failed beside it.
    pub(crate) async fn outcome<T: Decode>(self) -> Result<Response<Outcome<T>>, Error> {
        let raw = self.execute().await?;
        let outcome = envelope(&raw)
            .and_then(|(data, beside)| {
                Ok(Outcome::new(data?, beside.errors.as_ref(), beside.meta))
            })
            .or_else(|error| list_of_one(&raw).ok_or(error));
        raw.with(outcome)
    }

    /// The whole body.
    pub(crate) async fn flat<T: Decode>(self) -> Result<Response<T>, Error> {
        let raw = self.execute().await?;
        let value = if raw.is_empty() {
            nothing("value")
        } else {
            json::from_slice(raw.text())
        };
        raw.with(value)
    }

    /// The tally of a batch.
    pub(crate) async fn counts(self) -> Result<Response<Outcome<Counts>>, Error> {
        let raw = self.execute().await?;
        let text = if raw.is_empty() { b"{}" } else { raw.text() };
        let outcome = json::from_slice(text).map(|counts: Counts| {
            let (errors, meta) = (
                counts.envelope().errors.clone(),
                counts.envelope().meta.clone(),
            );
            Outcome::new(counts, errors.as_ref(), meta)
        });
        raw.with(outcome)
    }

    /// Nothing but the success.
    pub(crate) async fn nothing(self) -> Result<Response<()>, Error> {
        self.execute().await?.with(Ok(()))
    }
}

type Parts<T> = (Result<T, DecodeError>, Envelope<T>);

/// The data of an answer, and what stands beside it.
fn envelope<T: Decode>(raw: &Raw) -> Result<Parts<T>, DecodeError> {
    let text = if raw.is_empty() { b"{}" } else { raw.text() };
    let mut whole: Envelope<T> = json::from_slice(text)?;
    let data = match whole.data.take() {
        Some(data) => Ok(data),
        None => nothing("data"),
    };
    Ok((data, whole))
}

/// The one item of a list, where a success in part answers a list and a whole success an object.
#[cold]
fn list_of_one<T: Decode>(raw: &Raw) -> Option<Outcome<T>> {
    if raw.status != StatusCode::MULTI_STATUS {
        return None;
    }
    let mut whole: Envelope<Vec<T>> = json::from_slice(raw.text()).ok()?;
    match whole.data.take()?.try_into() {
        Ok([one]) => Some(Outcome::new(one, whole.errors.as_ref(), whole.meta)),
        Err(_) => None,
    }
}

/// The value of an answer that has none: an empty list, an object without fields, or an error.
#[cold]
fn nothing<T: Decode>(field: &str) -> Result<T, DecodeError> {
    let empty = match T::SHAPE {
        Shape::List => "[]",
        Shape::Object => "{}",
        Shape::Text | Shape::Scalar | Shape::Any => "",
    };
    json::from_str(empty).map_err(|_| DecodeError::missing(String::new(), 0, field))
}
