//! The scopes that a merchant granted, with the names that are not known here, and how they compare
//! with those that the app wants.

use std::fmt;

use crate::Scope;

/// The scopes of a token, as BigCommerce named them.
///
/// Names that are not known here are kept: BigCommerce adds some of its own, and has more than this
/// crate.
///
/// ```
/// use bigcommerce_client::{Scope, app::GrantedScopes};
///
/// let granted: GrantedScopes = "store_v2_products store_v2_default".parse()?;
/// assert!(granted.allows(Scope::ProductsRead), "to change is also to read");
/// assert_eq!(granted.unknown().collect::<Vec<_>>(), ["store_v2_default"]);
///
/// let check = granted.compare(&[Scope::ProductsModify, Scope::OrdersModify].into_iter().collect());
/// assert_eq!(check.missing, ["store_v2_orders"]);
/// assert_eq!(check.extra, ["store_v2_default"]);
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantedScopes(Vec<String>);

impl GrantedScopes {
    /// Whether one of them allows what `scope` does.
    pub fn allows(&self, scope: Scope) -> bool {
        self.known().any(|granted| granted.satisfies(scope))
    }

    /// The same for a name that may not be known here.
    pub fn allows_name(&self, name: &str) -> bool {
        match Scope::from_wire(name) {
            Some(scope) => self.allows(scope),
            None => self.iter().any(|granted| granted == name),
        }
    }

    /// The names, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Those that are known here.
    pub fn known(&self) -> impl Iterator<Item = Scope> {
        self.iter().filter_map(Scope::from_wire)
    }

    /// The names that are not known here.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.iter().filter(|name| Scope::from_wire(name).is_none())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Compares what was granted with what is wanted.
    pub fn compare(&self, wanted: &Self) -> ScopeCheck {
        let missing = wanted.iter().filter(|name| !self.allows_name(name));
        let extra = self
            .iter()
            .filter(|name| !wanted.0.iter().any(|it| it == name));
        ScopeCheck {
            missing: missing.map(str::to_owned).collect(),
            extra: extra.map(str::to_owned).collect(),
        }
    }
}

impl std::str::FromStr for GrantedScopes {
    type Err = std::convert::Infallible;

    /// Reads names with spaces between them.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.split_whitespace().collect())
    }
}

impl<T: ToString> FromIterator<T> for GrantedScopes {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        let mut scopes = Self::default();
        for name in names {
            let name = name.to_string();
            if !scopes.0.contains(&name) {
                scopes.0.push(name);
            }
        }
        scopes
    }
}

impl fmt::Display for GrantedScopes {
    /// The names with spaces between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

/// How granted scopes compare with wanted ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeCheck {
    /// What is wanted and not allowed by anything that was granted.
    pub missing: Vec<String>,
    /// What was granted and not wanted, a broader scope than the wanted one included. BigCommerce
    /// adds some names by itself.
    pub extra: Vec<String>,
}
