//! How a value stands in a query or a path, before it is percent-encoded.

use std::borrow::Cow;

use crate::value::{Date, DateTime, Direction, Id, Number};

/// A value that can stand in a query or a path.
pub trait ToQuery {
    /// The text of the value, not yet encoded for a URL.
    fn to_query(&self) -> Cow<'_, str>;

    /// Why it must not be sent; `None` for what may be.
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
