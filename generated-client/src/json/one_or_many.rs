//! A value that the API accepts and returns either as an object or as an array of objects.

use super::{Decode, DecodeError, Encode, Reader, Shape, Writer};

/// An object, or an array of them. Some request bodies may be either, and the response to some calls is
/// either.
///
/// ```
/// use bigcommerce_client::{OneOrMany, RawJson, json};
///
/// let one: OneOrMany<i64> = 118.into();
/// assert_eq!(json::to_string(&one), "118");
/// let many: OneOrMany<i64> = vec![118, 119].into();
/// assert_eq!(json::to_string(&many), "[118,119]");
///
/// let pages: OneOrMany<RawJson> = json::from_str(r#"[{"id": 1}, {"id": 2}]"#)?;
/// assert_eq!(pages.len(), 2);
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OneOrMany<T> {
    /// The object alone.
    One(T),
    /// An array, even if it contains a single object.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// The objects, in either case.
    ///
    /// ```
    /// use bigcommerce_client::OneOrMany;
    ///
    /// assert_eq!(OneOrMany::One(118).as_slice(), [118]);
    /// ```
    pub const fn as_slice(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many.as_slice(),
        }
    }

    /// The objects, in either case.
    ///
    /// ```
    /// use bigcommerce_client::OneOrMany;
    ///
    /// assert_eq!(OneOrMany::One(118).into_vec(), [118]);
    /// ```
    pub fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

impl<T> std::ops::Deref for OneOrMany<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> IntoIterator for OneOrMany<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a OneOrMany<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> From<T> for OneOrMany<T> {
    fn from(one: T) -> Self {
        Self::One(one)
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(many: Vec<T>) -> Self {
        Self::Many(many)
    }
}

impl<T, const N: usize> From<[T; N]> for OneOrMany<T> {
    fn from(many: [T; N]) -> Self {
        Self::Many(many.into())
    }
}

impl<T: Decode> Decode for OneOrMany<T> {
    const KIND: &'static str = "object or list";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if r.peek()? == b'[' {
            Vec::decode(r).map(Self::Many)
        } else {
            T::decode(r).map(Self::One)
        }
    }
}

impl<T: Encode> Encode for OneOrMany<T> {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::One(one) => one.encode(w),
            Self::Many(many) => many.encode(w),
        }
    }
}
