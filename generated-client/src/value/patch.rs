//! A field of an update: unchanged, cleared, or set.

/// What an update does to a field.
///
/// ```
/// use bigcommerce_client::Patch;
///
/// let untouched: Patch<String> = Patch::Absent;
/// assert!(untouched.is_absent());
/// assert_eq!(Patch::from(7).as_option(), Some(&7));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field is not sent; the store keeps its value.
    #[default]
    Absent,
    /// `null` is sent; the store clears the field.
    Null,
    /// The value is sent.
    Set(T),
}

impl<T> Patch<T> {
    /// The value that is sent, if any.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value that is sent, if any, by value.
    ///
    /// ```
    /// use bigcommerce_client::Patch;
    ///
    /// assert_eq!(Patch::Set("MUG-1").into_option(), Some("MUG-1"));
    /// assert_eq!(Patch::<&str>::Null.into_option(), None);
    /// ```
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// A value, or null if there is none.
    #[allow(
        dead_code,
        reason = "whether a field is required and nullable is the spec's affair"
    )]
    pub(crate) fn or_null(value: impl Into<Option<T>>) -> Self {
        value.into().map_or(Self::Null, Self::Set)
    }

    /// Whether the field is unchanged.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is cleared.
    ///
    /// ```
    /// # #[cfg(feature = "variants")] {
    /// use bigcommerce_client::variants::VariantUpdate;
    ///
    /// // The variant uses the price of its product.
    /// let change = VariantUpdate::new().clear_price();
    /// assert!(change.price.is_null() && !change.price.is_absent());
    /// # }
    /// ```
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Maps the value that is sent, if any.
    ///
    /// ```
    /// use bigcommerce_client::Patch;
    ///
    /// let sku = Patch::Set(" mug-1 ").map(|sku| sku.trim().to_uppercase());
    /// assert_eq!(sku, Patch::Set("MUG-1".to_owned()));
    /// assert_eq!(Patch::<&str>::Null.map(str::len), Patch::Null);
    /// ```
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Set(value) => Patch::Set(change(value)),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}
