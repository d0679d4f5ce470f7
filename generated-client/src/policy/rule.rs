//! The words of a policy: levels, rules, and what they decide.

use std::fmt;

use crate::catalogue::{Access, Endpoint, Group, Scope};

/// How far a group is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not at all.
    #[default]
    Off,
    /// For calls that only read.
    Read,
    /// For every call.
    Full,
}

impl Level {
    /// `"off"`, `"read"` or `"full"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Read => "read",
            Self::Full => "full",
        }
    }

    /// Whether it is open for such calls.
    ///
    /// ```
    /// use bigcommerce_client::{catalogue::Access, policy::Level};
    ///
    /// assert!(Level::Read.allows(Access::Read) && !Level::Read.allows(Access::Write));
    /// assert!(!Level::Off.allows(Access::Read));
    /// ```
    pub const fn allows(self, access: Access) -> bool {
        match access {
            Access::Read => !matches!(self, Self::Off),
            Access::Write => matches!(self, Self::Full),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What decided about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The client has no policy, so all is allowed.
    Unrestricted,
    /// What the policy says of the call itself.
    Endpoint {
        /// The call.
        endpoint: Endpoint,
        /// Whether the policy allows it.
        allowed: bool,
    },
    /// What the policy says of the group.
    Group {
        /// The group.
        group: Group,
        /// How far it is open.
        level: Level,
    },
    /// The policy names neither the call nor its group.
    Unlisted,
    /// What the policy says of raw calls on paths that the catalogue does not have.
    Raw {
        /// How far they are open.
        level: Level,
    },
    /// What the policy says of raw calls on paths that no official description has either.
    Unknown {
        /// How far they are open.
        level: Level,
    },
    /// The scopes that were granted do not have this one.
    Scope(Scope),
}

impl Rule {
    /// What the policy does, for an error.
    pub(crate) fn said(&self) -> String {
        match self {
            Self::Unlisted => "does not name it, and what it does not name is denied".to_owned(),
            rule => format!("says `{rule}`"),
        }
    }
}

/// As it stands in a policy: `orders: read`, `orders.delete: deny`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unrestricted => f.write_str("no policy"),
            Self::Endpoint { endpoint, allowed } => {
                let word = if *allowed { "allow" } else { "deny" };
                write!(f, "{endpoint}: {word}")
            }
            Self::Group { group, level } => write!(f, "{group}: {level}"),
            Self::Unlisted => f.write_str("default: off"),
            Self::Raw { level } => write!(f, "raw: {level}"),
            Self::Unknown { level } => write!(f, "unknown: {level}"),
            Self::Scope(scope) => write!(f, "scope: {scope}"),
        }
    }
}

/// What was decided about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Verdict {
    /// Whether it may be made.
    pub allowed: bool,
    /// What decided that.
    pub rule: Rule,
}

impl Verdict {
    pub(crate) const fn allowed(rule: Rule) -> Self {
        let allowed = true;
        Self { allowed, rule }
    }

    pub(crate) const fn refused(rule: Rule) -> Self {
        let allowed = false;
        Self { allowed, rule }
    }
}
