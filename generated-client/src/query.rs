//! How a value is encoded in a query or a path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::value::{Date, DateTime, Direction, Id, Number};

/// Everything except characters that never need it. `+` is encoded, because the API reads it as a
/// space.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Appends a string, encoded for a path segment or a query value.
pub(crate) fn encode(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, ENCODED));
}

/// A value that can be used in a query or a path.
pub trait ToQuery {
    /// The value as a string, not yet URL-encoded.
    fn to_query(&self) -> Cow<'_, str>;

    /// Why it must not be sent; `None` if it may be.
    #[doc(hidden)]
    fn mistake(&self) -> Option<String> {
        None
    }
}

macro_rules! displayed {
    ($($type:ty),*) => {
        $(impl ToQuery for $type {
            fn to_query(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        })*
    };
}

displayed!(
    i64,
    i32,
    u32,
    u64,
    Number,
    Id,
    rust_decimal::Decimal,
    jiff::Timestamp,
    jiff::civil::Date
);

impl ToQuery for bool {
    fn to_query(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }
}

impl ToQuery for str {
    fn to_query(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToQuery for String {
    fn to_query(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToQuery for DateTime {
    fn to_query(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn mistake(&self) -> Option<String> {
        Self::mistake(self)
    }
}

impl ToQuery for Date {
    fn to_query(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn mistake(&self) -> Option<String> {
        Self::mistake(self)
    }
}

impl ToQuery for Direction {
    fn to_query(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
}

impl<T: ToQuery + ?Sized> ToQuery for &T {
    fn to_query(&self) -> Cow<'_, str> {
        (**self).to_query()
    }

    fn mistake(&self) -> Option<String> {
        (**self).mistake()
    }
}
