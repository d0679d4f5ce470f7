//! The sections in which changes are listed for a review and for a changelog.

use super::{Bump, Verdict, kinds::Kind};

/// The sections of a list, in order.
pub(super) const SECTIONS: [Section; 7] = [
    Section::Scopes,
    Section::Rust,
    Section::Live,
    Section::Added,
    Section::Deprecated,
    Section::Changed,
    Section::Docs,
];

/// The section of a change: by what its readers have to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Scopes,
    Rust,
    Live,
    Added,
    Deprecated,
    Changed,
    Docs,
}

impl Section {
    pub(super) fn of(kind: &Kind) -> Self {
        match (kind.verdict, kind.bump) {
            _ if kind.is_of_scopes() => Self::Scopes,
            _ if kind.is_deprecation() => Self::Deprecated,
            (Verdict::Rust, _) => Self::Rust,
            (_, Bump::Breaking) => Self::Live,
            (_, Bump::Addition) => Self::Added,
            (Verdict::Live, _) => Self::Changed,
            (Verdict::Nothing, _) => Self::Docs,
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Scopes => "Scopes",
            Self::Rust => "Breaking for Rust code",
            Self::Live => "Breaking at run time",
            Self::Added => "Added",
            Self::Deprecated => "Deprecated",
            Self::Changed => "Changed",
            Self::Docs => "Docs only",
        }
    }
}
