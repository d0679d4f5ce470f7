//! Finds the endpoint of a path.

use std::collections::HashMap;

use http::Method;
use percent_encoding::percent_decode_str;

use crate::catalogue::{Catalogue, Endpoint};

/// The result for a path.
#[derive(Debug)]
pub enum Route {
    /// An endpoint, with its path parameters.
    Endpoint {
        /// The endpoint with the request's method and path.
        endpoint: &'static Endpoint,
        /// The parameters.
        path: Vec<(String, String)>,
    },
    /// A call that is not in the catalogue. The API may have it.
    Unknown {
        /// The methods that the catalogue has for this path.
        others: Vec<&'static str>,
    },
}

/// The paths of the catalogue, by their number of segments.
#[derive(Debug)]
pub(super) struct Routes(HashMap<usize, Vec<(Vec<&'static str>, &'static Endpoint)>>);

impl Routes {
    pub(super) fn of(catalogue: &'static Catalogue) -> Self {
        let mut routes: HashMap<usize, Vec<_>> = HashMap::new();
        for endpoint in &catalogue.endpoints {
            let segments: Vec<&str> = endpoint.path.trim_matches('/').split('/').collect();
            routes
                .entry(segments.len())
                .or_default()
                .push((segments, endpoint));
        }
        // A literal path takes precedence over one with parameters.
        for paths in routes.values_mut() {
            paths.sort_by_key(|(segments, _)| {
                segments.iter().filter(|part| part.starts_with('{')).count()
            });
        }
        Self(routes)
    }

    /// Of two endpoints that differ only in their bodies, the one that accepts a form if a form is
    /// sent.
    pub(super) fn find(&self, method: &Method, path: &str, form: bool) -> Route {
        let asked: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let mut others = Vec::new();
        let mut found = None;
        for (segments, endpoint) in self.0.get(&asked.len()).into_iter().flatten() {
            let fits = segments
                .iter()
                .zip(&asked)
                .all(|(own, asked)| own == asked || (own.starts_with('{') && !asked.is_empty()));
            if !fits {
                continue;
            }
            if endpoint.method != method.as_str()
                && !(method == Method::HEAD && endpoint.method == "GET")
            {
                others.push(endpoint.method.as_str());
                continue;
            }
            let named = segments.iter().zip(&asked).filter_map(|(own, asked)| {
                let name = own.strip_prefix('{')?.strip_suffix('}')?;
                Some((
                    name.to_owned(),
                    percent_decode_str(asked).decode_utf8_lossy().into_owned(),
                ))
            });
            let path = named.collect();
            if endpoint.takes_form() == form {
                return Route::Endpoint { endpoint, path };
            }
            found = found.or(Some(Route::Endpoint { endpoint, path }));
        }
        found.unwrap_or(Route::Unknown { others })
    }
}
