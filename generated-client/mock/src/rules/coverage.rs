//! Which operations of the catalogue the store serves, and how.

use std::fmt;

use super::{Model, Served};
use crate::catalogue::Catalogue;

/// An operation and how it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Covered {
    /// The id of its endpoint: `brands.list`.
    pub endpoint: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path below the store.
    pub path: &'static str,
    /// How it is served.
    pub served: Served,
}

impl fmt::Display for Covered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            endpoint,
            method,
            path,
            served,
        } = self;
        write!(f, "{endpoint:<28} {method:<6} {path:<58} {served}")
    }
}

impl fmt::Display for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByConvention => f.write_str("convention"),
            Self::WithRules(file) => write!(f, "convention, with rules/{file}"),
            Self::ByRule(file) => write!(f, "rules/{file}"),
            Self::NotAtAll => f.write_str("computes (501)"),
        }
    }
}

/// Every operation of the catalogue, in its order, and how a store serves it.
///
/// ```
/// # fn main() -> Result<(), String> {
/// use bigcommerce_mock::{Served, coverage};
///
/// let all = coverage()?;
/// assert!(all.iter().all(|one| one.served != Served::NotAtAll));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns an error if the catalogue of the package cannot be read, which is a defect of the
/// package.
pub fn coverage() -> Result<Vec<Covered>, String> {
    Catalogue::shared().map(coverage_of)
}

/// The same for another catalogue.
#[must_use]
pub fn coverage_of(catalogue: &'static Catalogue) -> Vec<Covered> {
    let model = Model::shared(catalogue);
    let endpoints = catalogue.endpoints.iter();
    endpoints
        .map(|endpoint| Covered {
            endpoint: &endpoint.id,
            method: &endpoint.method,
            path: &endpoint.path,
            served: model.served(&endpoint.id),
        })
        .collect()
}
