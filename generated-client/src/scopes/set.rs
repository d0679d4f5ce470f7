//! The set of scopes: known ones as bits, and unknown names as received.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::bits::Bits;
use crate::catalogue::{Endpoint, Scope};

/// A set of scopes.
///
/// It is parsed from the scope string of an OAuth grant and formatted as one. Unknown names are
/// kept, because BigCommerce adds some of its own.
///
/// ```
/// use bigcommerce_client::{Endpoint, Scope, scopes::ScopeSet};
///
/// let granted: ScopeSet = "store_v2_orders store_v2_default".parse()?;
/// assert!(granted.contains(Scope::OrdersModify) && !granted.contains(Scope::OrdersRead));
/// assert!(granted.covers(Scope::OrdersRead), "to change is also to read");
/// assert!(granted.allows(Endpoint::OrdersList) && !granted.allows(Endpoint::BrandsList));
/// assert_eq!(granted.unknown().collect::<Vec<_>>(), ["store_v2_default"]);
/// assert_eq!(granted.to_string(), "store_v2_orders store_v2_default");
///
/// let missing = granted.missing([Endpoint::OrdersList, Endpoint::BrandsList]);
/// assert_eq!(missing, ScopeSet::of([Scope::ProductsRead]));
/// assert!(granted.union(&missing).allows(Endpoint::BrandsList));
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeSet {
    known: Bits,
    unknown: BTreeSet<String>,
}

/// The result of comparing granted with wanted scopes; see [`ScopeSet::compare`] and [`ScopeSet::check`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeCheck {
    /// Wanted scopes that no granted scope covers.
    pub missing: ScopeSet,
    /// Granted scopes that are not wanted, including broader ones than wanted. Scopes that BigCommerce
    /// grants to every app, such as `users_basic_information`, are not included.
    pub extra: ScopeSet,
}

/// What a call needs and the granted scopes do not cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shortfall {
    /// Whether one of the granted scopes covers the call after all.
    pub(crate) covered: bool,
    /// The granted scopes of the areas of its scopes, which are not sufficient.
    pub(crate) short: Vec<Scope>,
    /// The scopes that the call needs only with some values, as far as the granted ones cover them.
    pub(crate) held: Vec<Scope>,
}

impl ScopeSet {
    /// No scope.
    pub const fn new() -> Self {
        Self::of_bits(Bits::NONE)
    }

    /// These scopes.
    ///
    /// ```
    /// use bigcommerce_client::{Scope, scopes::ScopeSet};
    ///
    /// const GRANTED: ScopeSet = ScopeSet::of([Scope::ProductsModify, Scope::OrdersRead]);
    /// assert_eq!(GRANTED.to_string(), "store_v2_products store_v2_orders_read_only");
    /// ```
    pub const fn of<const N: usize>(scopes: [Scope; N]) -> Self {
        let mut bits = Bits::NONE;
        let mut at = 0;
        while at < N {
            bits = bits.with(scopes[at]);
            at += 1;
        }
        Self::of_bits(bits)
    }

    pub(super) const fn of_bits(known: Bits) -> Self {
        let unknown = BTreeSet::new();
        Self { known, unknown }
    }

    /// The scopes of a space-separated string.
    pub(crate) fn named(text: &str) -> Self {
        let mut set = Self::new();
        for name in text.split_whitespace() {
            set.insert_name(name);
        }
        set
    }

    /// Adds a scope.
    pub const fn insert(&mut self, scope: Scope) {
        self.known = self.known.with(scope);
    }

    /// Adds a scope by its scope string, known or not. An empty string adds nothing.
    ///
    /// ```
    /// use bigcommerce_client::{Scope, scopes::ScopeSet};
    ///
    /// let mut granted = ScopeSet::new();
    /// for name in ["store_v2_orders", "store_v2_default"] {
    ///     granted.insert_name(name);
    /// }
    /// assert!(granted.contains(Scope::OrdersModify));
    /// assert_eq!(granted.unknown().next(), Some("store_v2_default"));
    /// ```
    pub fn insert_name(&mut self, name: &str) {
        match Scope::from_wire(name) {
            Some(scope) => self.insert(scope),
            None if name.is_empty() => {}
            None => {
                self.unknown.insert(name.to_owned());
            }
        }
    }

    /// Whether this exact scope is included. Use [`covers`](Self::covers) to check whether they are
    /// sufficient.
    pub const fn contains(&self, scope: Scope) -> bool {
        self.known.has(scope)
    }

    /// Whether one of them allows everything this scope does.
    ///
    /// ```
    /// use bigcommerce_client::{Scope, scopes::ScopeSet};
    ///
    /// let granted = ScopeSet::of([Scope::CustomersModify]);
    /// assert!(granted.covers(Scope::CustomersRead), "to change is also to read");
    /// assert!(!granted.covers(Scope::OrdersRead));
    /// ```
    pub const fn covers(&self, scope: Scope) -> bool {
        self.known.cover(scope)
    }

    /// Whether a token with these scopes may make the call. In some cases a call needs a
    /// [further one](crate::catalogue::EndpointFacts::also_needs), which is not considered.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Scope, scopes::ScopeSet};
    ///
    /// let granted = ScopeSet::of([Scope::ProductsRead]);
    /// assert!(granted.allows(Endpoint::BrandsList), "brands share the scope of the products");
    /// assert!(!granted.allows(Endpoint::BrandsCreate));
    /// ```
    pub const fn allows(&self, endpoint: Endpoint) -> bool {
        self.known.allow(endpoint)
    }

    /// The minimum scopes to add so that all of these calls are allowed.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Scope, scopes::ScopeSet};
    ///
    /// let granted = ScopeSet::of([Scope::OrdersRead]);
    /// let missing = granted.missing([Endpoint::OrdersList, Endpoint::OrdersUpdate]);
    /// assert_eq!(missing.to_string(), "store_v2_orders", "what to ask the merchant for");
    /// ```
    pub fn missing(&self, endpoints: impl IntoIterator<Item = Endpoint>) -> Self {
        let not_allowed = |endpoint: &Endpoint| !self.allows(*endpoint);
        super::required_by(endpoints.into_iter().filter(not_allowed))
    }

    /// The union of both.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, scopes};
    ///
    /// let sync = scopes::required([Endpoint::ProductsUpdate]);
    /// let report = scopes::required([Endpoint::ProductsList, Endpoint::OrdersList]);
    /// // One token for both.
    /// let token = sync.union(&report).least();
    /// assert_eq!(token.to_string(), "store_v2_products store_v2_orders_read_only");
    /// ```
    #[must_use = "neither of the two sets is changed"]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            known: self.known.union(&other.known),
            unknown: self.unknown.union(&other.unknown).cloned().collect(),
        }
    }

    /// The smallest subset that allows the same calls.
    ///
    /// ```
    /// use bigcommerce_client::{Scope, scopes::ScopeSet};
    ///
    /// let granted = ScopeSet::of([Scope::OrdersRead, Scope::OrdersModify]);
    /// assert_eq!(granted.least(), ScopeSet::of([Scope::OrdersModify]));
    /// ```
    #[must_use = "the set itself is not changed"]
    pub fn least(&self) -> Self {
        let (known, unknown) = (self.known.least(), self.unknown.clone());
        Self { known, unknown }
    }

    /// The known scopes, in the order of the docs.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        let all = Scope::ALL.iter().copied();
        all.filter(|scope| self.contains(*scope))
    }

    /// The names that this crate does not know, in alphabetical order.
    ///
    /// ```
    /// use bigcommerce_client::scopes::ScopeSet;
    ///
    /// let granted: ScopeSet = "users_basic_information store_v2_orders store_v2_default".parse()?;
    /// let unknown: Vec<&str> = granted.unknown().collect();
    /// assert_eq!(unknown, ["store_v2_default", "users_basic_information"]);
    /// # Ok::<(), std::convert::Infallible>(())
    /// ```
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }

    /// All scope strings: the known ones in the order of the docs, then the others.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter()
            .map(|scope| scope.as_str())
            .chain(self.unknown())
    }

    /// Compares these granted scopes with the wanted ones.
    ///
    /// ```
    /// use bigcommerce_client::scopes::ScopeSet;
    ///
    /// let granted: ScopeSet = "store_v2_products users_basic_information".parse()?;
    /// let wanted: ScopeSet = "store_v2_products_read_only store_v2_orders".parse()?;
    ///
    /// let check = granted.compare(&wanted);
    /// assert_eq!(check.missing.to_string(), "store_v2_orders", "to change is also to read");
    /// assert_eq!(check.extra.to_string(), "store_v2_products");
    /// # Ok::<(), std::convert::Infallible>(())
    /// ```
    pub fn compare(&self, wanted: &Self) -> ScopeCheck {
        let not_known_of = |one: &Self, other: &Self| {
            let names = one.unknown.difference(&other.unknown);
            names.cloned().collect()
        };
        let mut missing = Self::new();
        missing.extend(wanted.iter().filter(|scope| !self.covers(*scope)));
        missing.unknown = not_known_of(wanted, self);
        let mut extra = Self::new();
        extra.extend(self.iter().filter(|scope| !wanted.contains(*scope)));
        extra.unknown = not_known_of(self, wanted);
        for name in Scope::GRANTED_UNASKED {
            extra.unknown.remove(*name);
        }
        ScopeCheck { missing, extra }
    }

    /// Compares these granted scopes with those that the calls need. Of two scopes that allow a call, the granted
    /// one is wanted.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Scope, scopes::ScopeSet};
    ///
    /// let granted = ScopeSet::of([Scope::TransactionsModify, Scope::CustomersRead]);
    /// let check = granted.check([Endpoint::RefundsCreate, Endpoint::BrandsList]);
    /// assert_eq!(check.missing.to_string(), "store_v2_products_read_only");
    /// assert_eq!(check.extra.to_string(), "store_v2_customers_read_only");
    /// ```
    pub fn check(&self, endpoints: impl IntoIterator<Item = Endpoint>) -> ScopeCheck {
        let endpoints: Vec<Endpoint> = endpoints.into_iter().collect();
        let mut wanted = Bits::NONE;
        for endpoint in &endpoints {
            let least = endpoint.scope();
            wanted = wanted.with(match endpoint.facts().or_scope {
                Some(other) if self.covers(other) && !self.covers(least) => other,
                _ => least,
            });
        }
        self.compare(&Self::of_bits(wanted.least_for(&endpoints)))
    }

    /// The number of scopes, including unknown ones.
    pub fn len(&self) -> usize {
        self.known.count() + self.unknown.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How they fall short of what a call needs.
    pub(crate) fn shortfall(&self, endpoint: Endpoint) -> Shortfall {
        let facts = endpoint.facts();
        let sufficient = [Some(facts.scope), facts.or_scope];
        let areas = sufficient.map(|scope| scope.map(|scope| scope.facts().area));
        let related = |scope: &Scope| areas.contains(&Some(scope.facts().area));
        let covered = self.allows(endpoint);
        let short = if covered {
            Vec::new()
        } else {
            self.iter().filter(related).collect()
        };
        let also = facts.also_needs.iter().map(|(scope, _)| *scope);
        let held = also.filter(|scope| self.covers(*scope)).collect();
        Shortfall {
            covered,
            short,
            held,
        }
    }
}

impl Default for ScopeSet {
    fn default() -> Self {
        Self::new()
    }
}

impl FromStr for ScopeSet {
    type Err = Infallible;

    /// Parses space-separated names.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::named(text))
    }
}

/// Reads names with spaces between them, as parsing does.
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// use bigcommerce_client::Client;
///
/// // As the token's scopes are kept next to it.
/// let store = Client::builder("abc123", "the-token").granted("store_v2_orders").build()?;
/// # }
/// # Ok::<(), bigcommerce_client::Error>(())
/// ```
impl From<&str> for ScopeSet {
    fn from(names: &str) -> Self {
        Self::named(names)
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let mut set = Self::new();
        for scope in scopes {
            set.insert(scope);
        }
        set
    }
}

impl<const N: usize> From<[Scope; N]> for ScopeSet {
    fn from(scopes: [Scope; N]) -> Self {
        scopes.into_iter().collect()
    }
}

impl Extend<Scope> for ScopeSet {
    fn extend<I: IntoIterator<Item = Scope>>(&mut self, scopes: I) {
        for scope in scopes {
            self.insert(scope);
        }
    }
}

impl fmt::Display for ScopeSet {
    /// Space-separated names, the known ones first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, name) in self.names().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}
