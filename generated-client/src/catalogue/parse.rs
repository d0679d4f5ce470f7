//! Parses the names of endpoints, groups, scopes and events, as `Display` writes them.

use std::fmt;
use std::str::FromStr;

use super::{Endpoint, Event, Group, Scope};

/// A string that is not a name of the wanted kind, in this version of the crate and with its enabled
/// features.
///
/// ```
/// use bigcommerce_client::{Group, Scope};
///
/// // As an argument of a command line, where a type is read by `FromStr`.
/// assert_eq!("store_v2_orders".parse::<Scope>(), Ok(Scope::OrdersModify));
/// let error = "order".parse::<Group>().unwrap_err();
/// assert_eq!(error.to_string(), r#""order" is not the name of a group"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseNameError {
    name: Box<str>,
    what: &'static str,
}

impl ParseNameError {
    fn new(what: &'static str, name: &str) -> Self {
        let name = name.into();
        Self { name, what }
    }
}

impl fmt::Display for ParseNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not the name of {}", self.name, self.what)
    }
}

impl std::error::Error for ParseNameError {}

/// By its id, as [`Endpoint::from_id`].
impl FromStr for Endpoint {
    type Err = ParseNameError;

    fn from_str(name: &str) -> Result<Self, ParseNameError> {
        Self::from_id(name).ok_or_else(|| ParseNameError::new("an endpoint", name))
    }
}

/// By its name, as [`Group::from_name`].
impl FromStr for Group {
    type Err = ParseNameError;

    fn from_str(name: &str) -> Result<Self, ParseNameError> {
        Self::from_name(name).ok_or_else(|| ParseNameError::new("a group", name))
    }
}

/// By its name in a grant, as [`Scope::from_wire`].
impl FromStr for Scope {
    type Err = ParseNameError;

    fn from_str(name: &str) -> Result<Self, ParseNameError> {
        Self::from_wire(name).ok_or_else(|| ParseNameError::new("a scope", name))
    }
}

/// By the name to subscribe to, as [`Event::from_wire`].
impl FromStr for Event {
    type Err = ParseNameError;

    fn from_str(name: &str) -> Result<Self, ParseNameError> {
        Self::from_wire(name).ok_or_else(|| ParseNameError::new("an event", name))
    }
}
