//! The parts of a policy: levels, rules and decisions.

use std::fmt;

use crate::catalogue::{Access, Endpoint, Group, Scope};

/// The access level of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// No access.
    #[default]
    Off,
    /// Read-only access.
    Read,
    /// Full access.
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
        f.pad(self.as_str())
    }
}

/// The rule that decided about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The client has no policy, so everything is allowed.
    Unrestricted,
    /// The rule for the endpoint itself.
    Endpoint {
        /// The call.
        endpoint: Endpoint,
        /// Whether the policy allows it.
        allowed: bool,
    },
    /// The rule for the group.
    Group {
        /// The group.
        group: Group,
        /// Its access level.
        level: Level,
    },
    /// The policy names neither the call nor its group.
    Unlisted,
    /// The rule for raw calls to paths that are not in the catalogue.
    Raw {
        /// Their access level.
        level: Level,
    },
    /// The rule for raw calls to paths that are not in the official descriptions either.
    Unknown {
        /// Their access level.
        level: Level,
    },
    /// The granted scopes do not include this one, nor one that is sufficient instead.
    Scope(Scope),
}

impl Rule {
    /// What the policy does, for an error message.
    pub(crate) fn said(&self) -> String {
        match self {
            Self::Unlisted => "does not name it, and denies everything it does not name".to_owned(),
            rule => format!("says `{rule}`"),
        }
    }
}

/// As written in a policy: `orders: read`, `orders.delete: deny`.
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

/// The decision about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Verdict {
    /// Whether it may be made.
    pub allowed: bool,
    /// The rule that decided it.
    pub rule: Rule,
}

impl Verdict {
    pub(crate) const fn allowed(rule: Rule) -> Self {
        let allowed = true;
        Self { allowed, rule }
    }

    pub(crate) const fn denied(rule: Rule) -> Self {
        let allowed = false;
        Self { allowed, rule }
    }
}
