//! Positions in the model, and closed sets of choices.

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $id(pub usize);
        )*
    };
}

ids! {
    /// The position of a type in [`Api::types`](super::Api::types).
    TypeId
    /// The position of a schema in [`Api::schemas`](super::Api::schemas).
    SchemaId
    /// The position of a scope in [`Api::scopes`](super::Api::scopes).
    ScopeId
    /// The position of an event in [`Api::events`](super::Api::events).
    EventId
    /// The position of a generation among those of the service.
    GenerationId
    /// The position of a pagination style among those of the service.
    PageId
    /// The position of a server among those of the service.
    ServerId
    /// The position of a rate limit among those of the service.
    RateId
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Inserts something at a known position.
    Put,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// As it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a repeated call has the same effect as one.
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
