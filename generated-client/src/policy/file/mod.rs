//! Policies as text: parsing them from JSON and YAML, with the location of each error and how to
//! fix it. Both formats become one small tree, and one check turns it into the policy.

mod check;
mod error;
mod tree;
#[cfg(feature = "yaml")]
mod yaml;

use std::path::Path;

use super::{Level, Policy};
use crate::json::{self, Encode, Writer};

pub use error::{PolicyError, PolicyProblem};

impl Policy {
    /// Parses a policy in JSON; see the [module](super) for the format.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, policy::Policy};
    ///
    /// let policy = Policy::from_json(r#"{"groups": {"orders": "read"}}"#)?;
    /// assert!(policy.allows(Endpoint::OrdersList) && !policy.allows(Endpoint::OrdersUpdate));
    ///
    /// let error = Policy::from_json(r#"{"endpoints": {"orders.remove": "deny"}}"#).unwrap_err();
    /// assert!(error.to_string().contains("there is no endpoint `orders.remove`"));
    /// # Ok::<(), bigcommerce_client::policy::PolicyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All errors, each with its line, its path and how to fix it: invalid JSON, a group or endpoint
    /// that does not exist, a duplicate key, an invalid level.
    pub fn from_json(text: &str) -> Result<Self, PolicyError> {
        check::policy(&tree::from_json(text)?)
    }

    /// Parses a policy in YAML. Anchors, aliases and tags are not allowed.
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, policy::Policy};
    ///
    /// let policy = Policy::from_yaml("
    /// groups:
    ///   orders: read  # for the dashboard
    /// endpoints:
    ///   orders.update: allow
    /// ")?;
    /// assert!(policy.allows(Endpoint::OrdersUpdate) && !policy.allows(Endpoint::OrdersDelete));
    /// # Ok::<(), bigcommerce_client::policy::PolicyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`from_json`](Self::from_json).
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Result<Self, PolicyError> {
        check::policy(&yaml::tree(text)?)
    }

    /// The policy as JSON, in the format of [`from_json`](Self::from_json).
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group, policy::{Level, Policy}};
    ///
    /// let policy = Policy::new().group(Group::Orders, Level::Full).deny(Endpoint::OrdersDelete);
    /// let text = policy.to_json();
    /// assert_eq!(
    ///     text,
    ///     r#"{"groups":{"orders":"full"},"endpoints":{"orders.delete":"deny"},"raw":"off"}"#
    /// );
    /// assert_eq!(Policy::from_json(&text)?, policy);
    /// # Ok::<(), bigcommerce_client::policy::PolicyError>(())
    /// ```
    pub fn to_json(&self) -> String {
        json::to_string(self)
    }

    /// Reads a policy from a file. Its extension is `.json` or, with the feature `yaml`, `.yaml` or
    /// `.yml`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or has another extension, or the errors of
    /// [`from_json`](Self::from_json).
    ///
    /// ```no_run
    /// use bigcommerce_client::policy::Policy;
    ///
    /// let policy = Policy::from_file("store-ops.json")?;
    /// # Ok::<(), bigcommerce_client::policy::PolicyError>(())
    /// ```
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, PolicyError> {
        let path = path.as_ref();
        read(path).map_err(|error| error.in_file(path))
    }
}

fn read(path: &Path) -> Result<Policy, PolicyError> {
    let kind = path.extension().and_then(|kind| kind.to_str());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let text = std::fs::read_to_string(path).map_err(PolicyError::unreadable)?;
    match kind.as_str() {
        "json" => Policy::from_json(&text),
        #[cfg(feature = "yaml")]
        "yaml" | "yml" => Policy::from_yaml(&text),
        #[cfg(not(feature = "yaml"))]
        "yaml" | "yml" => Err(PolicyError::whole(
            "YAML needs the feature `yaml` of this crate",
        )),
        _ => Err(PolicyError::whole(
            "its format is unknown; use the extension `.json` or `.yaml`",
        )),
    }
}

impl Encode for Policy {
    fn encode(&self, w: &mut Writer) {
        let groups = self.groups.iter();
        let endpoints = self.endpoints.iter();
        let word = |allowed: bool| if allowed { "allow" } else { "deny" };
        let mut o = w.record();
        let groups = groups.map(|(group, level)| (group.as_str(), level.as_str()));
        o.value("groups", &Words(groups.collect()));
        let endpoints = endpoints.map(|(endpoint, allowed)| (endpoint.id(), word(*allowed)));
        o.value("endpoints", &Words(endpoints.collect()));
        o.value("raw", self.raw.as_str());
        if self.unknown != Level::Off {
            o.value("unknown", self.unknown.as_str());
        }
        o.end();
    }
}

/// Names with a value each.
struct Words(Vec<(&'static str, &'static str)>);

impl Encode for Words {
    fn encode(&self, w: &mut Writer) {
        let mut o = w.record();
        for (name, word) in &self.0 {
            o.value(name, *word);
        }
        o.end();
    }
}
