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
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, policy::Policy};
    ///
    /// const NOTHING: Policy = Policy::new();
    /// assert!(Endpoint::ALL.iter().all(|endpoint| !NOTHING.allows(*endpoint)));
    /// ```
    pub const fn new() -> Self {
        Self {
            groups: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            raw: Level::Off,
        }
    }

    /// What may be called of a group. What is said last of the same group counts.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// let policy = Policy::new().group(Group::Orders, Level::Read);
    /// assert!(policy.allows(Endpoint::OrdersGet) && !policy.allows(Endpoint::OrdersCreate));
    ///
    /// let policy = policy.group(Group::Orders, Level::Full);
    /// assert!(policy.allows(Endpoint::OrdersCreate));
    /// ```
    pub fn group(mut self, group: Group, level: Level) -> Self {
        self.groups.insert(group, level);
        self
    }

    /// What may be called of every group that there is. It replaces what was said of single groups
    /// before, so say it first.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // Reads whatever there is, except what is personal.
    /// let policy = Policy::new().every_group(Level::Read).group(Group::Customers, Level::Off);
    /// assert!(policy.allows(Endpoint::BrandsList) && !policy.allows(Endpoint::CustomersList));
    /// ```
    pub fn every_group(mut self, level: Level) -> Self {
        self.groups = Group::ALL.iter().map(|group| (*group, level)).collect();
        self
    }

    /// Allows a call, whatever its group says.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // Sets prices and stock of what is there, and makes no product.
    /// let policy = Policy::new()
    ///     .group(Group::Products, Level::Read)
    ///     .allow(Endpoint::ProductsUpdate);
    /// assert!(policy.allows(Endpoint::ProductsUpdate));
    /// assert!(!policy.allows(Endpoint::ProductsCreate));
    /// ```
    pub fn allow(mut self, endpoint: Endpoint) -> Self {
        self.endpoints.insert(endpoint, true);
        self
    }

    /// Denies a call, whatever its group says.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // The order of the two does not matter: the rule for the endpoint wins.
    /// let policy = Policy::new().deny(Endpoint::OrdersDelete).group(Group::Orders, Level::Full);
    /// assert!(policy.allows(Endpoint::OrdersUpdate) && !policy.allows(Endpoint::OrdersDelete));
    /// ```
    pub fn deny(mut self, endpoint: Endpoint) -> Self {
        self.endpoints.insert(endpoint, false);
        self
    }

    /// What raw calls may do on paths that the catalogue does not have. The default is
    /// [`Level::Off`].
    ///
    /// Paths of endpoints that the catalogue has go by the rules of these endpoints; this opens the
    /// whole rest of the API, as far as the token's scopes reach and no named group is against it.
    ///
    /// ```
    /// use bigcommerce_client::{catalogue::Access, policy::{Level, Policy}};
    ///
    /// // `GET /v3/catalog/summary` may be called now, and no such path changed.
    /// let policy = Policy::new().raw(Level::Read);
    /// assert!(policy.decide_raw(Access::Read, None).allowed);
    /// assert!(!policy.decide_raw(Access::Write, None).allowed);
    /// ```
    pub const fn raw(mut self, level: Level) -> Self {
        self.raw = level;
        self
    }

    /// Whether the call is allowed, and by which rule it is or is not.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// let policy = Policy::new().group(Group::Orders, Level::Read).deny(Endpoint::OrdersGet);
    /// for (endpoint, allowed, rule) in [
    ///     (Endpoint::OrdersList, true, "orders: read"),
    ///     (Endpoint::OrdersGet, false, "orders.get: deny"),
    ///     (Endpoint::BrandsList, false, "default: off"),
    /// ] {
    ///     let verdict = policy.decide(endpoint);
    ///     assert_eq!((verdict.allowed, verdict.rule.to_string().as_str()), (allowed, rule));
    /// }
    /// ```
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
    ///
    /// ```
    /// use bigcommerce_client::{Group, catalogue::Access, policy::{Level, Policy}};
    ///
    /// // `POST /v2/orders/118/shipments` is not in the catalogue, but lies below the orders.
    /// let policy = Policy::new().raw(Level::Full).group(Group::Orders, Level::Read);
    /// let verdict = policy.decide_raw(Access::Write, Some(Group::Orders));
    /// assert!(!verdict.allowed);
    /// assert_eq!(verdict.rule.to_string(), "orders: read");
    /// ```
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
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // A button that would only be refused need not be shown.
    /// let policy = Policy::new().group(Group::Customers, Level::Read);
    /// let shows_delete = policy.allows(Endpoint::CustomersDelete);
    /// assert!(!shows_delete);
    /// ```
    pub fn allows(&self, endpoint: Endpoint) -> bool {
        self.decide(endpoint).allowed
    }

    /// The calls that are allowed, in the order of the docs.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// let policy = Policy::new().group(Group::Brands, Level::Read).allow(Endpoint::BrandsUpdate);
    /// let ids: Vec<&str> = policy.endpoints().map(Endpoint::id).collect();
    /// assert_eq!(ids, ["brands.list", "brands.get", "brands.update"]);
    /// ```
    pub fn endpoints(&self) -> impl Iterator<Item = Endpoint> + '_ {
        let all = Endpoint::ALL.iter().copied();
        all.filter(|endpoint| self.allows(*endpoint))
    }

    /// The fewest scopes a token needs for all that is allowed. What raw calls of other paths need
    /// is not known and not among them.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// let policy = Policy::new().group(Group::Orders, Level::Read);
    /// assert_eq!(policy.scopes().to_string(), "store_v2_orders_read_only");
    /// // One call more, and the token must be allowed to change orders.
    /// let policy = policy.allow(Endpoint::OrdersUpdate);
    /// assert_eq!(policy.scopes().to_string(), "store_v2_orders");
    /// ```
    pub fn scopes(&self) -> ScopeSet {
        scopes::required_by(self.endpoints())
    }
}
