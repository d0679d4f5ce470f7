//! Access policies: which calls a client may make, decided before anything waits and before the
//! network, for typed and raw calls alike.
//!
//! Everything that a policy does not name is denied. A group is `off`, `read` or `full`; single
//! endpoints can be allowed or denied in addition, and the rule for the endpoint takes precedence.
//!
//! A raw call is subject to the rule of the endpoint with its path. On any other path it needs `raw`,
//! and is checked against each group of the policy whose resources the path names, in any spelling; on
//! a path that is not in the official descriptions it needs `unknown` as well.
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
//! // The minimum scopes of the token.
//! assert_eq!(policy.scopes().to_string(), "store_v2_products_read_only store_v2_orders");
//! ```
//!
//! # From a file
//!
//! The same as JSON, for [`Policy::from_json`] and [`Policy::from_file`]:
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
//! [`ClientBuilder::policy`](crate::ClientBuilder::policy) sets it on a client, and
//! [`Client::under`](crate::Client::under) creates a more restricted client of the same store. A
//! denial is an error of the kind [`Denied`](crate::ErrorKind::Denied) that names the rule; the
//! [audit](crate::audit) record has it too.

mod file;
mod rule;
mod suggest;

use std::collections::BTreeMap;

use crate::catalogue::{Access, Endpoint, Group, Method};
use crate::scopes::{self, ScopeSet};
use crate::target::reads;

pub use file::{PolicyError, PolicyProblem};
pub use rule::{Level, Rule, Verdict};

/// An access policy: which calls are allowed. Everything else is denied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is set on a client"]
pub struct Policy {
    groups: BTreeMap<Group, Level>,
    endpoints: BTreeMap<Endpoint, bool>,
    raw: Level,
    unknown: Level,
}

impl Policy {
    /// A policy that denies everything.
    pub const fn new() -> Self {
        Self {
            groups: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            raw: Level::Off,
            unknown: Level::Off,
        }
    }

    /// Sets the access level of a group. The last call for a group wins.
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

    /// Sets the access level of all groups. It replaces the levels of single groups, so call it first.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // Reads everything except personal data.
    /// let policy = Policy::new().every_group(Level::Read).group(Group::Customers, Level::Off);
    /// assert!(policy.allows(Endpoint::BrandsList) && !policy.allows(Endpoint::CustomersList));
    /// ```
    pub fn every_group(mut self, level: Level) -> Self {
        self.groups = Group::ALL.iter().map(|group| (*group, level)).collect();
        self
    }

    /// Allows a call, regardless of its group.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // Updates prices and stock of existing products, but creates none.
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

    /// Denies a call, regardless of its group.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // The order of the two does not matter: the rule for the endpoint takes precedence.
    /// let policy = Policy::new().deny(Endpoint::OrdersDelete).group(Group::Orders, Level::Full);
    /// assert!(policy.allows(Endpoint::OrdersUpdate) && !policy.allows(Endpoint::OrdersDelete));
    /// ```
    pub fn deny(mut self, endpoint: Endpoint) -> Self {
        self.endpoints.insert(endpoint, false);
        self
    }

    /// Sets the access level of raw calls to paths that are in the official descriptions but not in
    /// the catalogue. The default is [`Level::Off`].
    ///
    /// Paths of endpoints in the catalogue follow the rules of these endpoints. This level opens
    /// the rest of the API, as far as the token's scopes and the rules of all groups allow: a path
    /// is checked against each group whose resources it names in any segment and in any spelling
    /// that a server could accept for it. `PUT /v2/products/7` and
    /// `POST /v3/catalog/products/7/notes` are both checked against the products.
    ///
    /// ```
    /// use bigcommerce_client::{http::Method, policy::{Level, Policy}};
    ///
    /// // Such a path may be read now, but not written to.
    /// let policy = Policy::new().raw(Level::Read);
    /// assert!(policy.decide_raw(&Method::GET, None, true).allowed);
    /// assert!(!policy.decide_raw(&Method::PUT, None, true).allowed);
    /// ```
    pub const fn raw(mut self, level: Level) -> Self {
        self.raw = level;
        self
    }

    /// Sets the access level of raw calls to paths that are neither in the catalogue nor in the
    /// official descriptions; [`raw`](Self::raw) must allow them too. The default is [`Level::Off`],
    /// since it is unknown what such a call affects.
    ///
    /// ```
    /// use bigcommerce_client::{http::Method, policy::{Level, Policy}};
    ///
    /// let listed = Policy::new().raw(Level::Full);
    /// assert!(!listed.decide_raw(&Method::GET, None, false).allowed);
    /// // Endpoints that are newer than this crate may be read.
    /// let policy = listed.unknown(Level::Read);
    /// assert!(policy.decide_raw(&Method::GET, None, false).allowed);
    /// assert!(!policy.decide_raw(&Method::PUT, None, false).allowed);
    /// ```
    pub const fn unknown(mut self, level: Level) -> Self {
        self.unknown = level;
        self
    }

    /// Whether the call is allowed, and which rule decides.
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
        let group = endpoint.group();
        match self.groups.get(&group).copied() {
            Some(level) => Verdict {
                allowed: level.allows(endpoint.access()),
                rule: Rule::Group { group, level },
            },
            None => Verdict::denied(Rule::Unlisted),
        }
    }

    /// The same for a raw call to a path that is not in the catalogue: its method, the groups whose
    /// resources its path names, and whether the path is in the official descriptions. `raw`, all of
    /// the groups that the policy names and, for unofficial paths, `unknown` must allow it. A method
    /// that is denied for an endpoint of such a group is denied here too.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, http::Method, policy::{Level, Policy}};
    ///
    /// // `POST /v2/orders/118/notes` is not in the catalogue, but names the orders.
    /// let policy = Policy::new().raw(Level::Full).group(Group::Orders, Level::Read);
    /// let verdict = policy.decide_raw(&Method::POST, [Group::Orders], true);
    /// assert!(!verdict.allowed);
    /// assert_eq!(verdict.rule.to_string(), "orders: read");
    ///
    /// // Archiving all orders is denied if archiving a single one is.
    /// let policy = policy.group(Group::Orders, Level::Full).deny(Endpoint::OrdersDelete);
    /// assert!(policy.decide_raw(&Method::POST, [Group::Orders], true).allowed);
    /// assert!(!policy.decide_raw(&Method::DELETE, [Group::Orders], true).allowed);
    /// ```
    pub fn decide_raw(
        &self,
        method: &http::Method,
        groups: impl IntoIterator<Item = Group>,
        official: bool,
    ) -> Verdict {
        let access = if reads(method) {
            Access::Read
        } else {
            Access::Write
        };
        let raw = Rule::Raw { level: self.raw };
        if !self.raw.allows(access) {
            return Verdict::denied(raw);
        }
        for group in groups {
            let level = self.groups.get(&group).copied();
            if let Some(level) = level.filter(|level| !level.allows(access)) {
                return Verdict::denied(Rule::Group { group, level });
            }
            let denied = self.endpoints.iter().find(|(endpoint, allowed)| {
                !**allowed && endpoint.group() == group && same_kind(method, endpoint.method())
            });
            if let Some((&endpoint, &allowed)) = denied {
                return Verdict::denied(Rule::Endpoint { endpoint, allowed });
            }
        }
        let unknown = Rule::Unknown {
            level: self.unknown,
        };
        match (official, self.unknown.allows(access)) {
            (true, _) => Verdict::allowed(raw),
            (false, true) => Verdict::allowed(unknown),
            (false, false) => Verdict::denied(unknown),
        }
    }

    /// Whether the call is allowed.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// // Hides a button whose call would be denied.
    /// let policy = Policy::new().group(Group::Customers, Level::Read);
    /// let shows_delete = policy.allows(Endpoint::CustomersDelete);
    /// assert!(!shows_delete);
    /// ```
    pub fn allows(&self, endpoint: Endpoint) -> bool {
        self.decide(endpoint).allowed
    }

    /// The allowed endpoints, in the order of the docs.
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

    /// The minimum scopes a token needs for everything that is allowed. Scopes for raw calls to
    /// other paths are unknown and not included.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// let policy = Policy::new().group(Group::Orders, Level::Read);
    /// assert_eq!(policy.scopes().to_string(), "store_v2_orders_read_only");
    /// // With one more call, the token needs the scope to modify orders.
    /// let policy = policy.allow(Endpoint::OrdersUpdate);
    /// assert_eq!(policy.scopes().to_string(), "store_v2_orders");
    /// ```
    pub fn scopes(&self) -> ScopeSet {
        scopes::required_by(self.endpoints())
    }
}

/// Whether a server could take one method for the other.
fn same_kind(asked: &http::Method, known: Method) -> bool {
    match known {
        Method::Get => reads(asked),
        Method::Put | Method::Patch => *asked == http::Method::PUT || *asked == http::Method::PATCH,
        known => asked.as_str() == known.as_str(),
    }
}
