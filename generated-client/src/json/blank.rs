//! The initial values of fields.

/// An initial value, which is replaced when the real one is read.
pub(crate) trait Blank {
    fn blank() -> Self;

    /// The same for a field that is always written.
    fn needed() -> Self
    where
        Self: Sized,
    {
        Self::blank()
    }
}

/// The value of a field before it is set.
pub(crate) fn blank<T: Blank>(_key: &str) -> T {
    T::blank()
}

/// The value of a required field before it is set.
pub(crate) fn needed<T: Blank>(_key: &str) -> T {
    T::needed()
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for crate::value::List<T> {
    fn blank() -> Self {
        Self::default()
    }
}

impl<T> Blank for crate::value::Patch<T> {
    fn blank() -> Self {
        Self::Absent
    }

    fn needed() -> Self {
        Self::Null
    }
}

macro_rules! blank {
    ($($type:ty: $value:expr,)*) => {
        $(impl Blank for $type {
            fn blank() -> Self {
                $value
            }
        })*
    };
}

blank! {
    i64: 0,
    bool: false,
    String: String::new(),
    crate::value::Id: Self::Int(0),
    crate::value::Number: Self::from(rust_decimal::Decimal::ZERO),
    crate::value::DateTime: Self::from(""),
    crate::value::Date: Self::from(""),
    crate::value::RawJson: Self::trusted("null"),
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for std::collections::BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for crate::value::Linked<T> {
    fn blank() -> Self {
        Self::Other(Blank::blank())
    }
}
