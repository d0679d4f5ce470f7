//! Calls by the names that people use: an id, a group, or a method with a path.

use std::fmt;

use crate::{
    diagnostic::suggest,
    model::{Api, Endpoint, Method},
};

/// Names that match no call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownNames(Vec<Unknown>);

/// A name that matches no call.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Unknown {
    /// It is not the name of a call; with the one that may have been meant.
    Name(String, Option<String>),
    /// This group has no call that reads.
    WithoutReads(String),
    /// It is a method without its path, or a path without its method.
    Half(String),
}

impl std::error::Error for UnknownNames {}

impl fmt::Display for UnknownNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, unknown) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            match unknown {
                Unknown::Name(name, meant) => {
                    write!(f, "there is no endpoint or group `{name}`")?;
                    match meant {
                        Some(meant) => write!(f, "; did you mean `{meant}`?")?,
                        None => f.write_str(
                            "; name a call such as `products.list` or `GET /v3/catalog/products`, or a \
                             group such as `products` or `products:read`",
                        )?,
                    }
                }
                Unknown::Half(name) => write!(
                    f,
                    "`{name}` is not a call; write the method and the path in one pair of quotes, as in \
                     `\"GET /v3/catalog/products\"`"
                )?,
                Unknown::WithoutReads(group) => write!(
                    f,
                    "no endpoint of `{group}` only reads; name `{group}` for all of them"
                )?,
            }
        }
        Ok(())
    }
}

/// The calls with these names, each once and in the docs' order. A group means all of its calls, and with
/// `:read` those that read.
///
/// # Errors
///
/// Lists every name that matches nothing.
pub fn calls<'a>(api: &'a Api, names: &[String]) -> Result<Vec<&'a Endpoint>, UnknownNames> {
    let mut taken = vec![false; api.endpoints.len()];
    let mut wrong = Vec::new();
    for name in names {
        let found = stands_for(api, name);
        if found.is_empty() {
            wrong.push(unknown(api, name));
        }
        for at in found {
            taken[at] = true;
        }
    }
    if !wrong.is_empty() {
        return Err(UnknownNames(wrong));
    }
    let all = api.endpoints.iter().zip(taken);
    Ok(all
        .filter_map(|(one, taken)| taken.then_some(one))
        .collect())
}

/// The call with this id, operation id, or method and path. The path may have values instead of parameters,
/// and a host before it.
#[must_use]
pub fn call<'a>(api: &'a Api, name: &str) -> Option<&'a Endpoint> {
    position(api, name).map(|at| &api.endpoints[at])
}

pub(super) fn position(api: &Api, name: &str) -> Option<usize> {
    if let Some((method, path)) = name.split_once(char::is_whitespace) {
        return on_path(api, method, path.trim());
    }
    let by = |is: &dyn Fn(&Endpoint) -> bool| api.endpoints.iter().position(is);
    by(&|one| one.id == name).or_else(|| by(&|one| one.operation == name))
}

fn stands_for(api: &Api, name: &str) -> Vec<usize> {
    if let Some(at) = position(api, name) {
        return vec![at];
    }
    let (group, level) = name.split_once(':').unwrap_or((name, "full"));
    let group = api.groups.iter().find(|one| one.name == group);
    let Some(group) = group.filter(|_| matches!(level, "read" | "full")) else {
        return Vec::new();
    };
    let all = group.endpoints.clone();
    all.filter(|at| level == "full" || !api.endpoints[*at].writes)
        .collect()
}

/// The endpoint with this path; if several match, the one with most literal segments.
fn on_path(api: &Api, method: &str, path: &str) -> Option<usize> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let version = |at: &usize| path[*at..].starts_with("/v2/") || path[*at..].starts_with("/v3/");
    let starts = path.match_indices("/v").map(|(at, _)| at);
    let path = starts
        .filter(|at| version(at))
        .last()
        .map_or(path, |at| &path[at..]);
    let fitting = api.endpoints.iter().enumerate().filter_map(|(at, one)| {
        let same = one.method.as_str().eq_ignore_ascii_case(method);
        Some((fits(&one.path, path).filter(|_| same)?, at))
    });
    fitting
        .max_by_key(|(words, at)| (*words, usize::MAX - at))
        .map(|(_, at)| at)
}

/// How many segments of a path match a template literally, if the path matches.
fn fits(template: &str, path: &str) -> Option<usize> {
    let mut words = 0;
    let mut left = path.trim_matches('/').split('/');
    for part in template.trim_matches('/').split('/') {
        let given = left.next().filter(|given| !given.is_empty())?;
        if part == given {
            words += 1;
        } else if !part.starts_with('{') {
            return None;
        }
    }
    left.next().is_none().then_some(words)
}

fn unknown(api: &Api, name: &str) -> Unknown {
    let mut methods = Method::ALL.into_iter();
    let is_method = methods.any(|method| method.as_str().eq_ignore_ascii_case(name));
    if is_method || name.starts_with('/') || name.contains("://") && !name.contains(' ') {
        return Unknown::Half(name.to_owned());
    }
    match meant(api, name) {
        // The group is known, and so is the level.
        Some(meant) if meant == name => {
            Unknown::WithoutReads(name.trim_end_matches(":read").to_owned())
        }
        meant => Unknown::Name(name.to_owned(), meant),
    }
}

/// The name that may have been meant by one that matches no call.
fn meant(api: &Api, name: &str) -> Option<String> {
    if let Some((method, path)) = name.split_once(char::is_whitespace) {
        let all: Vec<String> = api
            .endpoints
            .iter()
            .filter(|one| one.method.as_str().eq_ignore_ascii_case(method))
            .map(|one| one.path.clone())
            .collect();
        let near = suggest(path.trim(), all.iter().map(String::as_str))?;
        return Some(format!("{} {near}", method.to_uppercase()));
    }
    let (group, level) = name.split_once(':').unwrap_or((name, ""));
    let ids = api.endpoints.iter().map(|one| one.id.as_str());
    let groups = || api.groups.iter().map(|one| one.name.as_str());
    if level.is_empty() {
        return suggest(name, ids.chain(groups())).map(str::to_owned);
    }
    let levels = ["read", "full"];
    let exact = levels.into_iter().find(|one| *one == level);
    let level = exact.or_else(|| suggest(level, levels)).unwrap_or("full");
    let known = groups().find(|one| *one == group);
    let group = known.or_else(|| suggest(group, groups()))?;
    Some(format!("{group}:{level}"))
}
