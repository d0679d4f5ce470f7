//! The ways to read a response that is not a list. Only this step depends on the type, so it does
//! nothing else.

use http::StatusCode;

use crate::call::{Call, Pending, Raw};
use crate::envelope::{Envelope, end_of_unwrapped, is_wrapped, unwrapped};
use crate::json::{Decode, DecodeError, Reader, Shape};
use crate::outcome::{Counts, Outcome};
use crate::response::Response;

#[allow(
    dead_code,
    reason = "which of them are used depends on the endpoints that are built"
)]
impl Call {
    /// Reads `data`.
    pub(crate) fn data<T: Decode>(self) -> Pending<Response<T>> {
        self.read(alone)
    }

    /// Reads `data`; returns nothing if a success has no body.
    pub(crate) fn maybe<T: Decode>(self) -> Pending<Response<Option<T>>> {
        self.read(|raw| {
            if raw.is_empty() {
                return Ok(None);
            }
            alone(raw).map(Some)
        })
    }

    /// Reads `data` and the errors next to it.
    pub(crate) fn outcome<T: Decode>(self) -> Pending<Response<Outcome<T>>> {
        self.read(|raw| {
            envelope(raw)
                .and_then(|(data, beside)| {
                    Ok(Outcome::new(data?, beside.errors.as_ref(), beside.meta))
                })
                .or_else(|error| list_of_one(raw).ok_or(error))
        })
    }

    /// Reads the `data` of a batch. No errors are expected next to it; if there are some anyway, the
    /// call has failed.
    pub(crate) fn each<T: Decode>(self) -> Pending<Response<Outcome<Vec<T>>>> {
        self.read(|raw| {
            let (data, beside) = envelope(raw)?;
            Ok(Outcome::new(data?, beside.errors.as_ref(), beside.meta))
        })
    }

    /// Reads the counts of a batch; single items appear only in its problems.
    pub(crate) fn each_counted(self) -> Pending<Response<Outcome<Vec<()>>>> {
        Box::pin(async move {
            let counts = self.counts().await?;
            Ok(counts.map(|counts| counts.map(|_| Vec::new())))
        })
    }

    /// Reads the success of a batch, which reports nothing about single items.
    pub(crate) fn each_untold(self) -> Pending<Response<Outcome<Vec<()>>>> {
        self.read(|raw| succeeded(raw).map(|()| Outcome::new(Vec::new(), None, None)))
    }

    /// Reads the whole body.
    pub(crate) fn flat<T: Decode>(self) -> Pending<Response<T>> {
        self.read(|raw| {
            if raw.is_empty() {
                without().ok_or_else(|| empty(raw, T::KIND))
            } else {
                let Flat(value) = raw.decode()?;
                no_error(raw, value)
            }
        })
    }

    /// Reads a body that no source describes, so a success without one is possible, too: it is null. The call may
    /// have moved money, and must not seem to have failed.
    pub(crate) fn any<T: Decode>(self) -> Pending<Response<T>> {
        self.read(|raw| {
            let value = raw.decode_or("null")?;
            no_error(raw, value)
        })
    }

    /// Reads the counts of a batch.
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

    /// Checks only that the call succeeded.
    pub(crate) fn nothing(self) -> Pending<Response<()>> {
        self.read(|raw| succeeded(raw))
    }

    /// The value of a response in progress.
    #[inline(never)]
    pub(crate) fn value<T: 'static>(answer: Pending<Response<T>>) -> Pending<T> {
        Box::pin(async move { answer.await.map(Response::into_value) })
    }

    #[inline(never)]
    fn read<T: Send + 'static>(
        self,
        read: fn(&mut Raw) -> Result<T, DecodeError>,
    ) -> Pending<Response<T>> {
        Box::pin(async move { self.received(read).await })
    }
}

/// Reads a value into a place of its own.
type ReadValue<'r> = &'r mut dyn FnMut(&mut Reader<'_>) -> Result<(), DecodeError>;

type Parts<T> = (Result<T, DecodeError>, Envelope<T>);

/// The data of a response and its siblings.
fn envelope<T: Decode>(raw: &mut Raw) -> Result<Parts<T>, DecodeError> {
    let mut whole: Envelope<T> = enveloped(raw)?;
    let data = whole.data.take().map_or_else(|| missing(raw), Ok);
    Ok((data, whole))
}

/// Only the data of a response. Its siblings are skipped, which is cheaper than reading them.
struct Data<T>(Option<T>);

impl<T: Decode> Decode for Data<T> {
    const KIND: &'static str = T::KIND;
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut data = None;
        let is_wrapped = of_data(r, &mut |r| {
            data = r.optional()?;
            Ok(())
        })?;
        if !is_wrapped {
            data = Some(T::decode(r)?);
        }
        Ok(Self(data))
    }
}

/// Reads the `data` of an envelope and skips the rest; returns `false` at a value without an envelope.
fn of_data(
    r: &mut Reader<'_>,
    data: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), DecodeError>,
) -> Result<bool, DecodeError> {
    if !is_wrapped(r)? {
        return Ok(false);
    }
    r.begin()?;
    while let Some(key) = r.key()? {
        match &*key {
            "data" => data(r)?,
            _ => drop(r.raw()?),
        }
    }
    r.end();
    Ok(true)
}

/// A value that is the whole body, or the `data` of a body that came in an unexpected envelope.
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

/// Checks that a response whose body is not needed really comes from the API and reports a success. A
/// proxy or the login page of a network returns 200 as well, although the call did not reach the API.
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

/// Reads a response that may have an envelope; without a body the envelope is empty.
fn enveloped<T: Decode>(raw: &mut Raw) -> Result<T, DecodeError> {
    raw.decode_or("{}")
}

/// Interprets a response whose envelope has no data.
#[cold]
fn missing<T: Decode>(raw: &Raw) -> Result<T, DecodeError> {
    without().ok_or_else(|| no_data(raw, T::KIND))
}

fn no_data(raw: &Raw, kind: &'static str) -> DecodeError {
    if raw.is_empty() {
        empty(raw, kind)
    } else {
        DecodeError::missing(String::new(), 0, "data")
    }
}

/// The data of a response if nobody can be told about errors next to it or in its place.
fn alone<T: Decode>(raw: &mut Raw) -> Result<T, DecodeError> {
    let Data(data) = enveloped(raw)?;
    match data {
        Some(data) => no_error(raw, data),
        None if raw.is_an_error() => Err(DecodeError::error(T::KIND)),
        None => missing(raw),
    }
}

/// The value, unless it is an error that its type accepts because it accepts any JSON.
fn no_error<T: Decode>(raw: &Raw, value: T) -> Result<T, DecodeError> {
    if matches!(T::SHAPE, Shape::Any) && raw.is_an_error() {
        return Err(DecodeError::error(T::KIND));
    }
    Ok(value)
}

/// The only item of a list, for calls where a partial success returns a list and a full success an
/// object.
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

/// The value of a missing body, if the type has one: an empty list, or an object without required
/// fields.
#[cold]
fn without<T: Decode>() -> Option<T> {
    let mut value = None;
    let read = read_empty(T::SHAPE, &mut |reader| {
        value = Some(T::decode(reader)?);
        Ok(())
    });
    read.ok().and(value)
}

fn read_empty(shape: Shape, read: ReadValue<'_>) -> Result<(), DecodeError> {
    let mut reader = Reader::over(match shape {
        Shape::List => "[]",
        Shape::Object => "{}",
        Shape::Text | Shape::Scalar | Shape::Any => "",
    });
    read(&mut reader)?;
    reader.finish()
}

/// The whole response is missing, not one of its fields.
#[cold]
fn empty(raw: &Raw, kind: &'static str) -> DecodeError {
    let found = match raw.text() {
        b"null" => "null",
        _ => "nothing",
    };
    DecodeError::kind(String::new(), 0, kind, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::tests::{Brand, BrandUrl};
    use crate::{RawJson, json};

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

    /// The value of a body without an envelope, and what is reported about it.
    fn flat<T: Decode>(body: &str) -> (T, Vec<String>) {
        let mut r = Reader::over(body);
        let Flat(value) = Decode::decode(&mut r).unwrap();
        let told = r.into_oddities().unwrap();
        (value, told.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_value_in_an_envelope_that_was_not_due_is_read_as_if_it_were_alone_and_told() {
        let envelope = "at the top: expected an object, found an envelope";
        // This type requires nothing, so the envelope itself could be mistaken for it.
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
        // An empty record is not an error at this point: the write has already happened.
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
