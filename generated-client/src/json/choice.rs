//! Open enumerations: the named values, and whatever else the API sends.

use std::fmt;

/// A value that this version of the crate has no name for, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unknown(Box<str>);

impl Unknown {
    #[allow(dead_code, reason = "without a group there are no choices")]
    pub(crate) fn new(wire: &str) -> Self {
        Self(wire.into())
    }

    /// The value as the API spells it.
    ///
    /// ```
    /// # #[cfg(feature = "products")] {
    /// use bigcommerce_client::products::ProductType;
    ///
    /// let new = ProductType::from("bundle");
    /// assert!(matches!(new, ProductType::Unknown(other) if other.as_str() == "bundle"));
    /// # }
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An enumeration of strings that may grow. Only generic code needs the trait: each enumeration has `as_str` itself.
pub trait Choice: Sized {
    /// The value with this spelling; an unknown one is kept.
    fn from_wire(wire: &str) -> Self;

    /// The API's spelling.
    fn as_str(&self) -> &str;
}

/// An enumeration of integers that may grow. Only generic code needs the trait: each enumeration has `as_i64` itself.
pub trait IntegerChoice: Sized {
    /// The value of this integer; an unknown one is kept.
    fn from_wire(wire: i64) -> Self;

    /// The API's integer.
    fn as_i64(&self) -> i64;
}

#[allow(unused_macros, reason = "without a group there are no choices")]
/// Implements decoding, encoding, display and use in a query for every [`Choice`].
macro_rules! choice {
    ($name:ident) => {
        impl $crate::json::Decode for $name {
            const KIND: &'static str = "string";
            const SHAPE: $crate::json::Shape = $crate::json::Shape::Text;

            fn decode(
                r: &mut $crate::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::json::DecodeError> {
                r.text("string")
                    .map(<Self as $crate::json::Choice>::from_wire)
            }
        }

        impl $crate::json::Encode for $name {
            fn encode(&self, w: &mut $crate::json::Writer) {
                w.text($crate::json::Choice::as_str(self));
            }
        }

        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                <Self as $crate::json::Choice>::from_wire("")
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad($crate::json::Choice::as_str(self))
            }
        }

        impl $crate::query::ToQuery for $name {
            fn to_query(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed($crate::json::Choice::as_str(self))
            }
        }

        #[cfg(feature = "serde")]
        $crate::json::serde::bridge!($name);

        impl ::std::convert::From<&str> for $name {
            fn from(wire: &str) -> Self {
                <Self as $crate::json::Choice>::from_wire(wire)
            }
        }
    };
}

pub(crate) use choice;

#[allow(unused_macros, reason = "not every group has one")]
/// Implements decoding, encoding, display and use in a query for every [`IntegerChoice`].
macro_rules! integers {
    ($name:ident) => {
        impl $crate::json::Decode for $name {
            const KIND: &'static str = "integer";
            const SHAPE: $crate::json::Shape = $crate::json::Shape::Scalar;

            fn decode(
                r: &mut $crate::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::json::DecodeError> {
                r.integer()
                    .map(<Self as $crate::json::IntegerChoice>::from_wire)
            }
        }

        impl $crate::json::Encode for $name {
            fn encode(&self, w: &mut $crate::json::Writer) {
                w.integer($crate::json::IntegerChoice::as_i64(self));
            }
        }

        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                <Self as $crate::json::IntegerChoice>::from_wire(0)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&$crate::json::IntegerChoice::as_i64(self), f)
            }
        }

        impl $crate::query::ToQuery for $name {
            fn to_query(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(::std::string::ToString::to_string(self))
            }
        }

        #[cfg(feature = "serde")]
        $crate::json::serde::bridge!($name);

        impl ::std::convert::From<i64> for $name {
            fn from(wire: i64) -> Self {
                <Self as $crate::json::IntegerChoice>::from_wire(wire)
            }
        }
    };
}

#[allow(unused_imports, reason = "not every group has one")]
pub(crate) use integers;
