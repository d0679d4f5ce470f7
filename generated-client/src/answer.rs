//! The ways to read a response that is not a list. Only this step depends on the type, so it does
//! nothing else.

use http::StatusCode;

use crate::call::{Call, Pending, Raw};
use crate::envelope::{Envelope, is_wrapped};
use crate::json::{self, Decode, DecodeError, Reader, Shape};
use crate::outcome::{Counts, Outcome};
use crate::response::Response;

#[allow(
    dead_code,
    reason = "which of them are used depends on the endpoints that are built"
)]
impl Call {
    /// What stands under `data`.
    pub(crate) fn data<T: Decode>(self) -> Pending<Response<T>> {
        self.read(alone)
    }

    /// What stands under `data`; nothing where a success has no body.
    pub(crate) fn maybe<T: Decode>(self) -> Pending<Response<Option<T>>> {
        self.read(|raw| {
            if raw.is_empty() {
                return Ok(None);
            }
            alone(raw).map(Some)
        })
    }

    /// What stands under `data`, and what failed beside it.
    pub(crate) fn outcome<T: Decode>(self) -> Pending<Response<Outcome<T>>> {
        self.read(|raw| {
            envelope(raw)
                .and_then(|(data, beside)| {
                    Ok(Outcome::new(data?, beside.errors.as_ref(), beside.meta))
                })
                .or_else(|error| list_of_one(raw).ok_or(error))
        })
    }

    /// What stands under `data` for a batch. Nothing is known to fail beside it; if something does after
    /// all, it is no success.
    pub(crate) fn each<T: Decode>(self) -> Pending<Response<Outcome<Vec<T>>>> {
        self.read(|raw| {
            let (data, beside) = envelope(raw)?;
            Ok(Outcome::new(data?, beside.errors.as_ref(), beside.meta))
        })
    }

    /// The tally of a batch, which tells nothing of single items but their problems.
    pub(crate) fn each_counted(self) -> Pending<Response<Outcome<Vec<()>>>> {
        Box::pin(async move {
            let counts = self.counts().await?;
            Ok(counts.map(|counts| counts.map(|_| Vec::new())))
        })
    }

    /// The success of a batch, which tells nothing of single items.
    pub(crate) fn each_untold(self) -> Pending<Response<Outcome<Vec<()>>>> {
        self.read(|raw| succeeded(raw).map(|()| Outcome::new(Vec::new(), None, None)))
    }

    /// The whole body.
    pub(crate) fn flat<T: Decode>(self) -> Pending<Response<T>> {
        self.read(|raw| {
            if raw.is_empty() {
                without().ok_or_else(|| empty::<T>(raw))
            } else {
                raw.decode().and_then(|value| no_error(raw, value))
            }
        })
    }

    /// The tally of a batch.
    pub(crate) fn counts(self) -> Pending<Response<Outcome<Counts>>> {
        self.read(|raw| {
            let counts: Counts = enveloped(raw)?;
            let beside = counts.envelope();
            if beside.is_bare() && raw.is_an_error() {
                return Err(DecodeError::error(Counts::KIND));
            }
            let (errors, meta) = (beside.errors.clone(), beside.meta.clone());
            Ok(Outcome::new(counts, errors.as_ref(), meta))
        })
    }

    /// Nothing but the success.
    pub(crate) fn nothing(self) -> Pending<Response<()>> {
        self.read(|raw| succeeded(raw))
    }

    /// The value of a response that is on its way.
    pub(crate) fn value<T: 'static>(answer: Pending<Response<T>>) -> Pending<T> {
        Box::pin(async move { answer.await.map(Response::into_value) })
    }

    fn read<T: Send + 'static>(
        self,
        read: fn(&mut Raw) -> Result<T, DecodeError>,
    ) -> Pending<Response<T>> {
        Box::pin(async move { self.received(read).await })
    }
}

type Parts<T> = (Result<T, DecodeError>, Envelope<T>);

/// The data of a response, and what stands beside it.
fn envelope<T: Decode>(raw: &mut Raw) -> Result<Parts<T>, DecodeError> {
    let mut whole: Envelope<T> = enveloped(raw)?;
    let data = whole.data.take().map_or_else(|| missing(raw), Ok);
    Ok((data, whole))
}

/// The data of a response alone. What stands beside it is passed over, which costs less than to read
/// it.
struct Data<T>(Option<T>);

impl<T: Decode> Decode for Data<T> {
    const KIND: &'static str = T::KIND;
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if !is_wrapped(r)? {
            return T::decode(r).map(|data| Self(Some(data)));
        }
        let mut data = None;
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "data" => data = r.optional()?,
                _ => drop(r.raw()?),
            }
        }
        r.end();
        Ok(Self(data))
    }
}

/// Checks that a response of which nothing is read is one of the API that the call succeeded. A proxy or
/// the page of a network that wants a login says 200 as well, and the call did not reach the API then.
fn succeeded(raw: &Raw) -> Result<(), DecodeError> {
    if raw.is_empty() {
        Ok(())
    } else if raw.text().starts_with(b"<") {
        Err(DecodeError::kind(String::new(), 0, "nothing", "a page"))
    } else if raw.is_an_error() {
        Err(DecodeError::error("nothing"))
    } else {
        Ok(())
    }
}

/// Reads a response that may have an envelope; without a body it has an empty one.
fn enveloped<T: Decode>(raw: &mut Raw) -> Result<T, DecodeError> {
    if raw.is_empty() {
        json::from_slice(b"{}")
    } else {
        raw.decode()
    }
}

/// What a response means whose envelope has no data.
#[cold]
fn missing<T: Decode>(raw: &Raw) -> Result<T, DecodeError> {
    without().ok_or_else(|| {
        if raw.is_empty() {
            empty::<T>(raw)
        } else {
            DecodeError::missing(String::new(), 0, "data")
        }
    })
}

/// The data of a response where nobody is told of errors beside it or in its place.
fn alone<T: Decode>(raw: &mut Raw) -> Result<T, DecodeError> {
    let Data(data) = enveloped(raw)?;
    match data {
        Some(data) => no_error(raw, data),
        None if raw.is_an_error() => Err(DecodeError::error(T::KIND)),
        None => missing(raw),
    }
}

/// The value, unless it is an error that its type takes for one because it takes any JSON.
fn no_error<T: Decode>(raw: &Raw, value: T) -> Result<T, DecodeError> {
    if matches!(T::SHAPE, Shape::Any) && raw.is_an_error() {
        return Err(DecodeError::error(T::KIND));
    }
    Ok(value)
}

/// The one item of a list, where a partial success returns a list and a whole success an object.
#[cold]
fn list_of_one<T: Decode>(raw: &mut Raw) -> Option<Outcome<T>> {
    if raw.status != StatusCode::MULTI_STATUS {
        return None;
    }
    let mut whole: Envelope<Vec<T>> = raw.decode().ok()?;
    match <[T; 1]>::try_from(whole.data.take()?) {
        Ok([one]) => Some(Outcome::new(one, whole.errors.as_ref(), whole.meta)),
        Err(_) => None,
    }
}

/// The value of a response that has none, where there is such a value: an empty list, or an object
/// that requires no field.
#[cold]
fn without<T: Decode>() -> Option<T> {
    let empty = match T::SHAPE {
        Shape::List => "[]",
        Shape::Object => "{}",
        Shape::Text | Shape::Scalar | Shape::Any => "",
    };
    json::from_str(empty).ok()
}

/// The whole response is missing, and no field of it.
#[cold]
fn empty<T: Decode>(raw: &Raw) -> DecodeError {
    let found = match raw.text() {
        b"null" => "null",
        _ => "nothing",
    };
    DecodeError::kind(String::new(), 0, T::KIND, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Brand;

    #[test]
    fn the_data_of_a_thing_is_read_whatever_stands_beside_it() {
        for (body, id) in [
            (r#"{"id":1}"#, Some(1)),
            (r#"{"meta":[],"id":1}"#, Some(1)),
            (r#"{"data":{"id":1},"meta":{"total":{}},"x":[1]}"#, Some(1)),
            (r#"{"meta":{"total":{}}}"#, None),
            (r#"{"data":null}"#, None),
        ] {
            let Data(brand): Data<Brand> = json::from_str(body).unwrap();
            assert_eq!(brand.map(|brand| brand.id), id, "{body}");
        }
        assert!(json::from_str::<Data<Brand>>(r#"{"data":{"id":1},"meta":}"#).is_err());
    }
}
