//! Sub-resources that V2 sends as a link, or in full if they were included.

use super::{Decode, DecodeError, Encode, Object, RawJson, Reader, Rest, Shape, Writer};

/// A sub-resource: a link to it, or the resource itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Linked<T> {
    /// Only the link; it was not in `include`.
    Link(Link),
    /// The sub-resource itself.
    Embedded(T),
    /// Neither, kept unchanged.
    Other(RawJson),
}

/// A link to a sub-resource. Prefer the typed request over following it: its path is not always
/// spelled as documented.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// The URL.
    pub url: String,
    /// The path below the store, such as `/orders/118/products`.
    pub resource: String,
    /// Unknown fields.
    pub rest: Rest,
}

impl<T> Linked<T> {
    /// The sub-resource, if it was sent in full.
    ///
    /// ```
    /// use bigcommerce_client::{Linked, RawJson, json};
    ///
    /// // The coupons of an order that included them, and of one that did not.
    /// let coupons: Linked<Vec<RawJson>> = json::from_str(r#"[{"code":"SUMMER"}]"#)?;
    /// assert_eq!(coupons.embedded().map(Vec::len), Some(1));
    /// let coupons: Linked<Vec<RawJson>> = json::from_str(
    ///     r#"{"url":"https://api.bigcommerce.com/stores/abc123/v2/orders/118/coupons",
    ///         "resource":"/orders/118/coupons"}"#,
    /// )?;
    /// assert_eq!(coupons.embedded(), None);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub const fn embedded(&self) -> Option<&T> {
        match self {
            Self::Embedded(value) => Some(value),
            Self::Link(_) | Self::Other(_) => None,
        }
    }

    /// Returns the sub-resource, if it was sent in full.
    ///
    /// ```
    /// use bigcommerce_client::{Linked, RawJson, json};
    ///
    /// let coupons: Linked<Vec<RawJson>> = json::from_str(r#"[{"code":"SUMMER"}]"#)?;
    /// for coupon in coupons.into_embedded().unwrap_or_default() {
    ///     assert_eq!(coupon.get(), r#"{"code":"SUMMER"}"#);
    /// }
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn into_embedded(self) -> Option<T> {
        match self {
            Self::Embedded(value) => Some(value),
            Self::Link(_) | Self::Other(_) => None,
        }
    }

    /// The link, if only that was sent.
    ///
    /// ```
    /// use bigcommerce_client::{Linked, RawJson, json};
    ///
    /// let fees: Linked<Vec<RawJson>> = json::from_str(
    ///     r#"{"url":"https://api.bigcommerce.com/stores/abc123/v2/orders/118/fees",
    ///         "resource":"/orders/118/fees"}"#,
    /// )?;
    /// let place = fees.link().map(|link| link.resource.as_str());
    /// assert_eq!(place, Some("/orders/118/fees"));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub const fn link(&self) -> Option<&Link> {
        match self {
            Self::Link(link) => Some(link),
            Self::Embedded(_) | Self::Other(_) => None,
        }
    }
}

impl Decode for Link {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut url = None;
        let mut resource = None;
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "url" => url = r.field()?,
                "resource" => resource = r.field()?,
                _ => r.keep(&key)?,
            }
        }
        let url = r.require("url", url)?;
        let resource = r.require("resource", resource)?;
        Ok(Self {
            url,
            resource,
            rest: r.end(),
        })
    }
}

impl Encode for Link {
    fn encode(&self, w: &mut Writer) {
        let mut o: Object<'_> = w.object(&self.rest);
        o.field("url", &self.url);
        o.field("resource", &self.resource);
        o.end();
    }
}

impl<T: Decode> Decode for Linked<T> {
    const KIND: &'static str = "link";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let next = r.peek()?;
        if next == b'{'
            && let Some(link) = r.try_decode()
        {
            return Ok(Self::Link(link));
        }
        // PHP writes some lists as objects with numeric keys, and a list of one may be its item alone.
        if next == b'{'
            && matches!(T::SHAPE, Shape::List)
            && let Some(list) = r.try_decode()
        {
            return Ok(Self::Embedded(list));
        }
        let fits = match T::SHAPE {
            Shape::List => next == b'[',
            Shape::Object => next == b'{',
            Shape::Text | Shape::Scalar | Shape::Any => true,
        };
        if fits {
            T::decode(r).map(Self::Embedded)
        } else {
            RawJson::decode(r).map(Self::Other)
        }
    }
}

impl<T: Encode> Encode for Linked<T> {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Link(link) => link.encode(w),
            Self::Embedded(value) => value.encode(w),
            Self::Other(raw) => raw.encode(w),
        }
    }
}

super::boxed!(Linked<T>, T);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_link_a_list_and_anything_else_are_told_apart_and_come_back() {
        let link = r#"{"url":"https://x/v2/orders/1/fees","resource":"/orders/1/fees","a":1}"#;
        let value: Linked<Vec<i64>> = json::from_str(link).unwrap();
        assert_eq!(value.link().unwrap().resource, "/orders/1/fees");
        assert_eq!(json::to_string(&value), link);

        let value: Linked<Vec<i64>> = json::from_str("[1,2]").unwrap();
        assert_eq!(value.embedded(), Some(&vec![1, 2]));
        assert_eq!(json::to_string(&value), "[1,2]");

        for other in [
            r#"{"id":1}"#,
            r#"{"0":1,"id":2}"#,
            r#"{"0":true}"#,
            r#"{"url":"x"}"#,
            "\"\"",
            "7",
            "false",
        ] {
            let value: Linked<Vec<i64>> = json::from_str(other).unwrap();
            assert!(matches!(value, Linked::Other(_)));
            assert_eq!(json::to_string(&value), other);
        }
    }

    crate::declare::read! {
        Order { fees: Option<Linked<Vec<i64>>> = "fees", }
    }

    #[test]
    fn a_list_with_a_number_for_each_key_is_embedded_and_comes_back() {
        for (body, fees) in [
            (r#"{"fees":{"0":7,"1":null,"2":"8"}}"#, &[7, 8][..]),
            (r#"{"fees":{}}"#, &[]),
        ] {
            let order: Order = json::from_str(body).unwrap();
            let embedded = order.fees.as_ref().and_then(Linked::embedded);
            assert_eq!(embedded.map(Vec::as_slice), Some(fees), "{body}");
            assert_eq!(json::to_string(&order), body);
        }
    }
}
