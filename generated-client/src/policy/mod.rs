//! Access policies: which calls a client may make, decided before anything waits and before the
//! network, for typed and raw calls alike.
//!
//! What a policy does not name is denied. A group is `off`, `read` or `full`; single endpoints may
//! be allowed or denied on top of that, and the rule for the endpoint wins. Raw calls go by the rule
//! of the endpoint whose path they have; those of other paths go by `raw`.
//!
//! # In code
//!
//! ```
//! use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
//!
//! let policy = Policy::new()
//!     .group(Group::Products, Level::Read)
//!     .group(Group::Orders, Level::Full)
//!     .deny(Endpoint::OrdersDelete);
//!
//! assert!(policy.allows(Endpoint::ProductsList) && !policy.allows(Endpoint::ProductsUpdate));
//! assert!(policy.allows(Endpoint::OrdersUpdate) && !policy.allows(Endpoint::OrdersDelete));
//! assert!(!policy.allows(Endpoint::CustomersList), "what is not named is denied");
//!
//! // The least that the token must have.
//! assert_eq!(policy.scopes().to_string(), "store_v2_products_read_only store_v2_orders");
//! ```
//!
//! # From a file
//!
//! The same as JSON, which [`Policy::from_json`] and [`Policy::from_file`] read:
//!
//! ```
//! use bigcommerce_client::{Endpoint, policy::Policy};
//!
//! let policy = Policy::from_json(r#"{
//!     "groups": {"products": "read", "orders": "full"},
//!     "endpoints": {"orders.delete": "deny"},
//!     "raw": "off"
//! }"#)?;
//! assert!(policy.allows(Endpoint::OrdersUpdate) && !policy.allows(Endpoint::OrdersDelete));
//!
//! let error = Policy::from_json(r#"{"groups": {"prodcts": "read"}}"#).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "line 1, column 13: groups.prodcts: there is no group `prodcts`; did you mean `products`?"
//! );
//! # Ok::<(), bigcommerce_client::policy::PolicyError>(())
//! ```
//!
//! With the feature `yaml`, YAML as well:
//!
//! ```yaml
//! groups:
//!   products: read
//!   orders: full
//! endpoints:
//!   orders.delete: deny
//! ```
//!
//! # On a client
//!
//! [`ClientBuilder::policy`](crate::ClientBuilder::policy) gives it to a client, and
//! [`Client::under`](crate::Client::under) makes a client of the same store for someone who may do
//! less. A refusal is an error of the kind [`Denied`](crate::ErrorKind::Denied) that names the rule;
//! the [audit](crate::audit) record has it too.

mod file;
mod rule;
mod suggest;

use std::collections::BTreeMap;

use crate::catalogue::{Access, Endpoint, Group};
use crate::scopes::{self, ScopeSet};

pub use file::{PolicyError, PolicyProblem};
pub use rule::{Level, Rule, Verdict};

/// What may be called. Everything else is denied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is given to a client"]
pub struct Policy {
    groups: BTreeMap<Group, Level>,
    endpoints: BTreeMap<Endpoint, bool>,
    raw: Level,
}

impl Policy {
    /// A policy that denies everything.
    pub const fn new() -> Self {
        Self {
            groups: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            raw: Level::Off,
        }
    }

    /// What may be called of a group.
    pub fn group(mut self, group: Group, level: Level) -> Self {
        self.groups.insert(group, level);
        self
    }

    /// What may be called of every group that there is.
    pub fn every_group(mut self, level: Level) -> Self {
        self.groups = Group::ALL.iter().map(|group| (*group, level)).collect();
        self
    }

    /// Allows a call, whatever its group says.
    pub fn allow(mut self, endpoint: Endpoint) -> Self {
        self.endpoints.insert(endpoint, true);
        self
    }

    /// Denies a call, whatever its group says.
    pub fn deny(mut self, endpoint: Endpoint) -> Self {
        self.endpoints.insert(endpoint, false);
        self
    }

    /// What raw calls may do on paths that the catalogue does not have. The default is
    /// [`Level::Off`].
    ///
    /// Paths of endpoints that the catalogue has go by the rules of these endpoints; this opens the
    /// whole rest of the API, as far as the token's scopes reach and no named group is against it.
    pub const fn raw(mut self, level: Level) -> Self {
        self.raw = level;
        self
    }

    /// Whether the call is allowed, and by which rule it is or is not.
    pub fn decide(&self, endpoint: Endpoint) -> Verdict {
        if let Some(allowed) = self.endpoints.get(&endpoint).copied() {
            let rule = Rule::Endpoint { endpoint, allowed };
            return Verdict { allowed, rule };
        }
        let mut groups = self.groups.iter();
        match groups.find(|(group, _)| group.as_str() == endpoint.group()) {
            Some((&group, &level)) => Verdict {
                allowed: level.allows(endpoint.access()),
                rule: Rule::Group { group, level },
            },
            None => Verdict::refused(Rule::Unlisted),
        }
    }

    /// The same for a raw call of something that the catalogue does not have, in the group below
    /// whose paths it lies, if there is one. Both `raw` and the group, where it is named, must be
    /// open.
    pub fn decide_raw(&self, access: Access, group: Option<Group>) -> Verdict {
        let verdict = Verdict {
            allowed: self.raw.allows(access),
            rule: Rule::Raw { level: self.raw },
        };
        let named = group.and_then(|group| Some((group, *self.groups.get(&group)?)));
        match named {
            Some((group, level)) if verdict.allowed && !level.allows(access) => {
                Verdict::refused(Rule::Group { group, level })
            }
            _ => verdict,
        }
    }

    /// Whether the call is allowed.
    pub fn allows(&self, endpoint: Endpoint) -> bool {
        self.decide(endpoint).allowed
    }

    /// The calls that are allowed, in the order of the docs.
    pub fn endpoints(&self) -> impl Iterator<Item = Endpoint> + '_ {
        let all = Endpoint::ALL.iter().copied();
        all.filter(|endpoint| self.allows(*endpoint))
    }

    /// The fewest scopes a token needs for all that is allowed. What raw calls of other paths need
    /// is not known and not among them.
    pub fn scopes(&self) -> ScopeSet {
        scopes::required_by(self.endpoints())
    }
}
