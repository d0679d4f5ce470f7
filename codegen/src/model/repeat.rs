//! Whether a call may be retried after an unknown outcome.

/// Whether a call may be retried if nobody knows whether it ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Never: it might run twice.
    Never,
    /// Never, because no source says what a second call does.
    Unknown,
    /// Unless its body has one of these; always if there are none.
    Unless(Vec<Added>),
}

/// What a body can have that a second call would add again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// A record without its key in this field: the body itself, or an item of a batch.
    Record(String),
    /// Contents in this field.
    Contents(String),
}

impl Repeat {
    /// Whether the call may be retried, at least with some bodies.
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        matches!(self, Self::Unless(_))
    }

    /// What a body that may be retried does not have.
    #[must_use]
    pub fn unless(&self) -> &[Added] {
        match self {
            Self::Never | Self::Unknown => &[],
            Self::Unless(added) => added,
        }
    }
}

impl Added {
    /// As a spec lists it: `id` means a record without one.
    pub(super) fn of(field: &str) -> Self {
        match field {
            "id" => Self::Record(field.to_owned()),
            field => Self::Contents(field.to_owned()),
        }
    }

    /// The field, as it is sent.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Record(field) | Self::Contents(field) => field,
        }
    }
}
