//! The ways to read a response that is not a list. Only this step depends on the type, so it does
//! nothing else.

use http::StatusCode;

use crate::call::{Call, Pending, Raw};
use crate::envelope::{Envelope, end_of_unwrapped, is_wrapped, unwrapped};
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
                let Flat(value) = raw.decode()?;
                no_error(raw, value)
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

/// A value that is the whole body, or stands under `data` of one that came in an envelope all the same.
struct Flat<T>(T);

impl<T: Decode> Decode for Flat<T> {
    const KIND: &'static str = T::KIND;
    const SHAPE: Shape = T::SHAPE;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let wrapped = unwrapped(r, T::SHAPE)?;
        let value = T::decode(r)?;
        if wrapped {
            end_of_unwrapped(r, T::KIND)?;
        }
        Ok(Self(value))
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
    use crate::RawJson;
    use crate::sample::{Brand, BrandUrl};

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

    /// The value of a body that needs no envelope, and what is told of it.
    fn flat<T: Decode>(body: &str) -> (T, Vec<String>) {
        let mut r = Reader::over(body);
        let Flat(value) = Decode::decode(&mut r).unwrap();
        let told = r.into_oddities().unwrap();
        (value, told.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_value_in_an_envelope_that_was_not_due_is_read_as_if_it_were_alone_and_told() {
        let envelope = "at the top: expected an object, found an envelope";
        // Nothing is required of this one, so that the envelope could pass for it.
        for body in [
            r#"{"data":{"url":"/a/"},"meta":{}}"#,
            r#"{"meta":{"total":{}},"data":{"url":"/a/"}}"#,
            r#" { "data" : {"url":"/a/"} , "errors" : [] } "#,
        ] {
            let (url, told) = flat::<BrandUrl>(body);
            assert_eq!(url.url.as_deref(), Some("/a/"), "{body}");
            assert!(url.rest.is_empty(), "{body}");
            assert_eq!(told, [envelope], "{body}");
            assert!(Flat::<BrandUrl>::decode(&mut Reader::over(body).strict()).is_err());
        }
        let (brands, told) = flat::<Vec<Brand>>(r#"{"data":[{"id":1},{"id":2}],"meta":{}}"#);
        assert_eq!(brands.len(), 2);
        assert_eq!(told, ["at the top: expected a list, found an envelope"]);
        let (brand, told) = flat::<Brand>(r#"{"data":{"id":1,"views":3.2}}"#);
        assert_eq!(brand.id, 1);
        let views = "at data.views: expected an integer, found a number";
        assert_eq!(told, [views, envelope]);
        let lacks = Flat::<Brand>::decode(&mut Reader::over(r#"{"data":{"x":1},"meta":{}}"#));
        assert_eq!(
            lacks.err().map(|error| error.to_string()).as_deref(),
            Some("at data: the field `id` is missing")
        );
    }

    #[test]
    fn what_only_looks_like_an_envelope_is_the_value_itself() {
        for body in [
            r#"{"meta":{},"url":"/a/"}"#,
            r#"{"data":{"url":"/b/"},"url":"/a/"}"#,
        ] {
            let (url, told) = flat::<BrandUrl>(body);
            assert_eq!(url.url.as_deref(), Some("/a/"), "{body}");
            assert!(told.is_empty(), "{told:?}");
        }
        // What was read as an empty record is no error now: a write has happened by then.
        for body in [
            r#"{"data":null,"meta":{}}"#,
            r#"{"data":[],"meta":{}}"#,
            r#"{"meta":{}}"#,
            "{}",
        ] {
            assert_eq!(flat::<BrandUrl>(body).0.url, None, "{body}");
        }
        let body = r#"{"data":{"url":"/a/"},"meta":{}}"#;
        assert_eq!(flat::<RawJson>(body).0.get(), body);
        for body in [
            r#"{"errors":{"status":422},"meta":{}}"#,
            r#"{"data":null,"errors":["is taken"]}"#,
            r#"{"data":{"url":"/a/"},"meta":}"#,
            r#"{"data":{"url":"/a/"}"#,
        ] {
            assert!(
                Flat::<BrandUrl>::decode(&mut Reader::over(body)).is_err(),
                "{body}"
            );
        }
    }
}
