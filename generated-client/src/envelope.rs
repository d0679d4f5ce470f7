//! The V3 response envelope: the data and its metadata.

use crate::json::{
    Decode, DecodeError, Each, Encode, Facts, Model, Reader, Rest, Shape, Slot, Writer,
};
use crate::value::RawJson;

/// A whole response: the data and its metadata.
///
/// V3 returns `{"data": .., "meta": ..}`. A response without the envelope, as in V2, is read as the
/// data alone and written back bare.
///
/// ```
/// use bigcommerce_client::{Envelope, json};
///
/// let body = br#"{"data":[1,2],"meta":{"pagination":{"total":2}}}"#;
/// let page: Envelope<Vec<i64>> = json::from_slice(body)?;
/// assert_eq!(page.data.as_deref(), Some(&[1, 2][..]));
/// assert_eq!(json::to_vec(&page), body);
///
/// let bare: Envelope<Vec<i64>> = json::from_slice(b"[1,2]")?;
/// assert_eq!(bare.data, page.data);
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The data.
    pub data: Option<T>,
    /// The metadata.
    pub meta: Option<Meta>,
    /// The errors, if the call succeeded only in part.
    pub errors: Option<RawJson>,
    /// Unknown fields.
    pub rest: Rest,
    bare: bool,
}

impl<T> Envelope<T> {
    /// Whether the data came without the wrapping.
    pub const fn is_bare(&self) -> bool {
        self.bare
    }
}

/// The metadata of a response.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Meta {
    /// Pagination by page number.
    pub pagination: Option<Pagination>,
    /// Pagination by cursor.
    pub cursor_pagination: Option<CursorPagination>,
    /// How many items a batch had.
    pub total: Option<i64>,
    /// How many of them succeeded.
    pub success: Option<i64>,
    /// How many of them failed.
    pub failed: Option<i64>,
    /// Unknown fields.
    pub rest: Rest,
}

/// Pagination by page number.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Pagination {
    /// How many items the whole list has.
    pub total: Option<i64>,
    /// How many items this page has.
    pub count: Option<i64>,
    /// The page size; the store may have lowered the `limit` that was sent.
    pub per_page: Option<i64>,
    /// The number of this page, from 1.
    pub current_page: Option<i64>,
    /// How many pages there are.
    pub total_pages: Option<i64>,
    /// Links to the neighbouring pages.
    pub links: Option<PageLinks>,
    /// Unknown fields.
    pub rest: Rest,
}

/// Pagination by cursor.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CursorPagination {
    /// How many items this page has.
    pub count: Option<i64>,
    /// The page size; the store may have lowered the `limit` that was sent.
    pub per_page: Option<i64>,
    /// The cursor of the first item.
    pub start_cursor: Option<String>,
    /// The cursor of the last item.
    pub end_cursor: Option<String>,
    /// Links to the neighbouring pages.
    pub links: Option<PageLinks>,
    /// Unknown fields.
    pub rest: Rest,
}

/// The queries of the neighbouring pages, such as `?page=2&limit=50`; absent at the ends.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PageLinks {
    /// The page before.
    pub previous: Option<String>,
    /// This page.
    pub current: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Unknown fields.
    pub rest: Rest,
}

/// Implements the codec of an object whose fields are all optional.
macro_rules! optional_fields {
    ($type:ident: $($field:ident),*) => {
        impl Model for $type {
            fn facts(&self) -> &'static Facts {
                static FACTS: Facts = Facts::of(stringify!($type));
                &FACTS
            }

            fn blank() -> Self {
                Self::default()
            }

            fn slot(&mut self, key: &str) -> Option<&mut dyn Slot> {
                Some(match key {
                    $(stringify!($field) => &mut self.$field,)*
                    _ => return None,
                })
            }

            fn each<'a>(&'a self, fields: &mut dyn Each<'a>) {
                fields.rest(&self.rest);
                $(fields.field(stringify!($field), &self.$field);)*
            }

            fn rest_mut(&mut self) -> Option<&mut Rest> {
                Some(&mut self.rest)
            }
        }

    };
}

optional_fields!(Meta: pagination, cursor_pagination, total, success, failed);
optional_fields!(Pagination: total, count, per_page, current_page, total_pages, links);
optional_fields!(CursorPagination: count, per_page, start_cursor, end_cursor, links);
optional_fields!(PageLinks: previous, current, next);

impl<T: Decode> Decode for Envelope<T> {
    const KIND: &'static str = T::KIND;
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut data = None;
        let around = Around::read(r, &mut |r| {
            data = r.optional()?;
            Ok(())
        })?;
        if around.bare {
            data = Some(T::decode(r)?);
        }
        Ok(Self {
            data,
            meta: around.meta,
            errors: around.errors,
            rest: around.rest,
            bare: around.bare,
        })
    }
}

/// An envelope without its data, which is the same for every type of data.
struct Around {
    meta: Option<Meta>,
    errors: Option<RawJson>,
    rest: Rest,
    bare: bool,
}

impl Around {
    /// Reads an envelope, and its data by `data`; at a value without an envelope nothing is read.
    fn read(
        r: &mut Reader<'_>,
        data: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), DecodeError>,
    ) -> Result<Self, DecodeError> {
        let mut around = Self {
            meta: None,
            errors: None,
            rest: Rest::default(),
            bare: !is_wrapped(r)?,
        };
        if around.bare {
            return Ok(around);
        }
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "data" => data(r)?,
                "meta" => r.fill(&mut around.meta)?,
                "errors" => around.errors = r.optional()?,
                _ => r.keep(&key)?,
            }
        }
        around.rest = r.end();
        Ok(around)
    }
}

/// Opens an unexpected envelope around a value, and moves to the value, which is read next. Only an object
/// with `data` and the other envelope fields counts; any other object is the value itself.
///
/// # Errors
///
/// Returns an error if the text is not JSON.
pub(crate) fn unwrapped(r: &mut Reader<'_>, shape: Shape) -> Result<bool, DecodeError> {
    if !matches!(shape, Shape::Object | Shape::List) || r.peek()? != b'{' {
        return Ok(false);
    }
    // The first key distinguishes nearly every value from an envelope.
    let mark = r.mark();
    r.begin()?;
    let may_be_one = r
        .key()?
        .is_some_and(|key| BESIDE.contains(&&*key) || key == "data");
    r.back(&mark);
    if may_be_one {
        opened(r, shape)
    } else {
        Ok(false)
    }
}

/// The fields next to the data.
const BESIDE: [&str; 2] = ["meta", "errors"];

#[cold]
#[inline(never)]
fn opened(r: &mut Reader<'_>, shape: Shape) -> Result<bool, DecodeError> {
    let mark = r.mark();
    let (mut data, mut is_envelope) = (None, true);
    r.begin()?;
    while let Some(key) = r.key()? {
        match &*key {
            "data" if data.is_none() => data = Some(r.peek()?),
            key => is_envelope &= BESIDE.contains(&key),
        }
        r.raw()?;
    }
    r.back(&mark);
    let fits = match data {
        Some(b'{') => true,
        Some(b'[') => shape == Shape::List,
        _ => false,
    };
    if !is_envelope || !fits {
        return Ok(false);
    }
    r.begin()?;
    while r.key()?.is_some_and(|key| key != "data") {
        r.raw()?;
    }
    Ok(true)
}

/// Closes such an envelope after the value, and reports it.
///
/// # Errors
///
/// Returns an error if the text is not JSON, and in strict mode.
#[cold]
#[inline(never)]
pub(crate) fn end_of_unwrapped(r: &mut Reader<'_>, kind: &'static str) -> Result<(), DecodeError> {
    while r.key()?.is_some() {
        r.raw()?;
    }
    r.end();
    r.tell_or_fail(DecodeError::kind(String::new(), 0, kind, "envelope"))
}

/// Whether the next value is an object with `data`, or with nothing but the other envelope fields.
pub(crate) fn is_wrapped(r: &mut Reader<'_>) -> Result<bool, DecodeError> {
    if r.peek()? != b'{' {
        return Ok(false);
    }
    let mark = r.mark();
    let mut wrapped = true;
    r.begin()?;
    while let Some(key) = r.key()? {
        match &*key {
            "data" => {
                wrapped = true;
                break;
            }
            "meta" | "errors" => {}
            _ => wrapped = false,
        }
        r.raw()?;
    }
    r.back(&mark);
    Ok(wrapped)
}

impl<T: Decode + Encode + PartialEq> Encode for Envelope<T> {
    fn encode(&self, w: &mut Writer) {
        if let (true, Some(data)) = (self.bare, &self.data) {
            return data.encode(w);
        }
        let mut o = w.object(&self.rest);
        o.field("data", &self.data);
        o.field("errors", &self.errors);
        o.field("meta", &self.meta);
        o.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::json::tests::Brand;

    #[test]
    fn every_form_of_an_answer_is_read_and_comes_back() {
        for body in [
            r#"{"data":[{"id":1}],"meta":{}}"#,
            r#"{"data":[{"id":1}],"meta":[]}"#,
            r#"{"data":[],"errors":[],"meta":{"total":1,"success":0,"failed":1,"x":2}}"#,
            r#"{"data":{},"meta":{}}"#,
            r#"{"meta":{"total":3}}"#,
            r#"{"errors":{"status":422}}"#,
            "{}",
            "[]",
            r#"[{"id":1}]"#,
            r#"{"data":[],"meta":{"pagination":{"total":0,"links":{"current":"?page=1"}}},"x":1}"#,
            r#"{"data":[],"meta":{"pagination":{"total":0,"links":[]}}}"#,
        ] {
            let value: Envelope<Vec<Brand>> = json::from_str(body).unwrap();
            assert_eq!(json::to_string(&value), body);
        }
        for body in [
            r#"{"id":1}"#,
            r#"{"meta":[],"id":1}"#,
            r#"{"data":{"id":1},"meta":{}}"#,
        ] {
            let value: Envelope<Brand> = json::from_str(body).unwrap();
            assert_eq!(value.data.map(|brand| brand.id), Some(1), "{body}");
        }
    }

    #[test]
    fn an_error_inside_names_the_place_in_the_whole_body() {
        let error = json::from_str::<Envelope<Vec<Brand>>>(r#"{"meta":{},"data":[true]}"#);
        assert_eq!(
            error.unwrap_err().to_string(),
            "at data[0]: expected an object, found true"
        );
    }
}
