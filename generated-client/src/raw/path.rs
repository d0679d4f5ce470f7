//! The path of a raw call: checked so that it cannot leave the store, spelled in one way, and
//! compared with the paths of the catalogue. Nobody gets around the rules of an endpoint by spelling
//! its path in another way.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::call::{Other, Target, encode, reads};
use crate::catalogue::{Endpoint, Group, Method};

/// A path that may be called.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) target: Target,
    /// The path below the store, as it is sent.
    pub(super) path: String,
    /// The parameters of a known endpoint's path.
    pub(super) ids: Vec<(&'static str, String)>,
}

impl Route {
    /// The route of a path.
    ///
    /// # Errors
    ///
    /// Says why the path cannot be called.
    pub(super) fn find(method: &http::Method, path: &str) -> Result<Self, String> {
        let (segments, slash) = segments(path)?;
        // V3 takes a path that ends with a slash for another one, and answers 403 or 404.
        let slash = slash
            && !segments
                .first()
                .is_some_and(|first| first.eq_ignore_ascii_case("v3"));
        let mut path = String::new();
        for segment in &segments {
            path.push('/');
            encode(segment, &mut path);
        }
        if slash {
            path.push('/');
        }
        Ok(match known(method, &segments) {
            Some((endpoint, ids)) => {
                let target = Target::Known(endpoint);
                Self { target, path, ids }
            }
            None => {
                let other = Other {
                    method: method.clone(),
                    path: path.clone(),
                    group: group(&segments),
                };
                let (target, ids) = (Target::Other(Arc::new(other)), Vec::new());
                Self { target, path, ids }
            }
        })
    }
}

/// The path for an error about it, without what may follow it.
pub(super) fn shown(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let path = path[..end].chars().take(200);
    path.map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The segments of a path, decoded, and whether a slash follows the last of them.
fn segments(path: &str) -> Result<(Vec<String>, bool), String> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err("its path must begin with a slash, such as `/v3/catalog/summary`".to_owned());
    };
    if path.contains(['?', '#']) {
        return Err("its path must not hold a query or a fragment; use `query`".to_owned());
    }
    let (rest, slash) = match rest.strip_suffix('/') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let segments: Result<Vec<String>, String> = rest.split('/').map(decoded).collect();
    Ok((segments?, slash))
}

fn decoded(segment: &str) -> Result<String, String> {
    let refused = |why: &str| Err(format!("its path cannot be used: {why}"));
    if !is_encoded(segment) {
        return refused("a `%` is not followed by two hexadecimal digits");
    }
    let Ok(text) = percent_decode_str(segment).decode_utf8() else {
        return refused("it is not UTF-8 when it is decoded");
    };
    // Some servers drop what follows a semicolon.
    let name = text.split(';').next().unwrap_or_default().trim();
    if name.is_empty() {
        return refused("a segment is empty");
    }
    if name.bytes().all(|byte| byte == b'.') {
        return refused("`.` and `..` could leave the store");
    }
    if text.contains(['/', '\\']) {
        return refused("an encoded slash or a backslash could leave the store");
    }
    if text.contains('%') {
        return refused("it is encoded twice");
    }
    if text.contains(char::is_control) {
        return refused("it holds a control character");
    }
    Ok(text.into_owned())
}

/// Whether every `%` begins an encoded byte.
fn is_encoded(segment: &str) -> bool {
    segment.split('%').skip(1).all(|after| {
        let mut digits = after.bytes();
        let mut digit = || digits.next().is_some_and(|byte| byte.is_ascii_hexdigit());
        digit() && digit()
    })
}

type Known = (Endpoint, Vec<(&'static str, String)>);

/// The endpoint whose path it is. Where several fit, that with the most words in common.
fn known(method: &http::Method, segments: &[String]) -> Option<Known> {
    let segments = plain(segments);
    let candidates = Endpoint::ALL.iter().copied();
    candidates
        .filter(|endpoint| same_method(method, endpoint.method()))
        .filter_map(|endpoint| {
            let (ids, rest) = fit(endpoint.path(), &segments)?;
            rest.is_empty().then_some((endpoint, ids))
        })
        .min_by_key(|(_, ids)| ids.len())
}

/// The group that has the longest path of those that this one has or lies below.
fn group(segments: &[String]) -> Option<Group> {
    let segments = plain(segments);
    let fitting = Endpoint::ALL.iter().filter_map(|endpoint| {
        let (ids, rest) = fit(endpoint.path(), &segments)?;
        Some(((rest.len(), ids.len()), endpoint.group()))
    });
    let (_, nearest) = fitting.min_by_key(|(far, _)| *far)?;
    Group::from_name(nearest)
}

/// The segments without what V2 takes for the format of the answer.
fn plain(segments: &[String]) -> Vec<&str> {
    let mut plain: Vec<&str> = segments.iter().map(String::as_str).collect();
    if let [first, .., last] = plain.as_mut_slice()
        && first.eq_ignore_ascii_case("v2")
    {
        let kinds = [".json", ".xml"];
        let bare = kinds.iter().find_map(|kind| last.strip_suffix(kind));
        *last = bare.filter(|bare| !bare.is_empty()).unwrap_or(last);
    }
    plain
}

fn same_method(asked: &http::Method, known: Method) -> bool {
    match known {
        Method::Get => reads(asked),
        known => asked.as_str() == known.as_str(),
    }
}

/// The parameters of the template and the segments after it, if the first of them fit it.
fn fit<'s, 'p>(template: &'static str, segments: &'s [&'p str]) -> Option<Fit<'s, 'p>> {
    let mut ids = Vec::new();
    let mut rest = segments;
    for part in template.split('/').skip(1) {
        let (segment, after) = rest.split_first()?;
        match part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        {
            Some(name) => ids.push((name, (*segment).to_owned())),
            None if part.eq_ignore_ascii_case(segment) => {}
            None => return None,
        }
        rest = after;
    }
    Some((ids, rest))
}

type Fit<'s, 'p> = (Vec<(&'static str, String)>, &'s [&'p str]);

#[cfg(test)]
mod tests {
    use super::*;

    fn route(method: http::Method, path: &str) -> Route {
        Route::find(&method, path).unwrap()
    }

    #[test]
    fn a_path_of_the_catalogue_is_known_however_it_is_spelled() {
        for (method, path, id) in [
            (http::Method::GET, "/v3/catalog/brands", "brands.list"),
            (http::Method::HEAD, "/v3/catalog/brands", "brands.list"),
            (http::Method::GET, "/v3/catalog/brands/", "brands.list"),
            (http::Method::GET, "/V3/Catalog/BRANDS", "brands.list"),
            (http::Method::GET, "/v3/catalog/%62rands", "brands.list"),
            (
                http::Method::DELETE,
                "/v3/catalog/brands/7",
                "brands.delete",
            ),
            (http::Method::GET, "/v2/orders.json", "orders.list"),
            (http::Method::PUT, "/v2/orders/118.json", "orders.update"),
            (
                http::Method::GET,
                "/v3/catalog/trees/categories",
                "categories.list",
            ),
        ] {
            let target = route(method, path).target;
            assert_eq!(target.endpoint().map(Endpoint::id), Some(id), "{path}");
        }
        let ids = route(http::Method::PUT, "/v2/orders/118.json").ids;
        assert_eq!(ids, [("order_id", "118".to_owned())]);
    }

    #[test]
    fn other_paths_and_other_methods_are_not_known() {
        for (method, path) in [
            (http::Method::GET, "/v3/catalog/summary"),
            (http::Method::PATCH, "/v3/catalog/brands"),
            (http::Method::GET, "/v3/catalog/brands/7/metafields"),
            (http::Method::GET, "/v3/catalog"),
            (http::Method::GET, "/v3/catalog/brands.json"),
        ] {
            assert!(route(method, path).target.endpoint().is_none(), "{path}");
        }
    }

    #[test]
    fn what_lies_below_a_path_of_a_group_is_of_that_group() {
        for (path, group) in [
            ("/v2/orders/118/shipments", Some(Group::Orders)),
            ("/v2/orders", Some(Group::Orders)),
            ("/v3/pricelists/assignments", Some(Group::Pricelists)),
            ("/v3/catalog/products/7/metafields", Some(Group::Products)),
            (
                "/v3/catalog/products/7/variants/8/metafields",
                Some(Group::Variants),
            ),
            ("/v3/catalog/trees/categories/x", Some(Group::Categories)),
            ("/v3/catalog", None),
            ("/v3/orders/118/payment_actions", None),
        ] {
            let Target::Other(other) = route(http::Method::PATCH, path).target else {
                panic!("{path} is known")
            };
            assert_eq!(other.group, group, "{path}");
        }
    }

    #[test]
    fn every_endpoint_is_found_by_its_own_path() {
        for endpoint in Endpoint::ALL {
            let path = endpoint.path().replace(['{', '}'], "");
            let found = route(endpoint.method().into(), &path).target;
            assert_eq!(found.endpoint(), Some(*endpoint));
        }
    }

    #[test]
    fn paths_that_could_leave_the_store_are_refused() {
        for path in [
            "",
            "v3/x",
            "https://example.com/v3",
            "//example.com/v3",
            "/v3//x",
            "/v3/../x",
            "/v3/./x",
            "/v3/..",
            "/v3/%2e%2e/x",
            "/v3/%2E./x",
            "/v3/%252e%252e/x",
            "/v3/..;a=b/x",
            "/v3/a%2fb",
            "/v3/a%5Cb",
            "/v3/a\\b",
            "/v3/a\r\nb",
            "/v3/a%0d%0ab",
            "/v3/a%00",
            "/v3/a%",
            "/v3/a%2",
            "/v3/a%zz",
            "/v3/a%ff",
            "/v3/a?b=c",
            "/v3/a#b",
            "/",
            "/ /x",
        ] {
            let refused = Route::find(&http::Method::GET, path);
            assert!(refused.is_err(), "{path:?}: {refused:?}");
        }
    }

    #[test]
    fn a_path_is_sent_in_one_spelling() {
        let route = |path| route(http::Method::GET, path).path;
        assert_eq!(route("/v3/a%20b/%63/ü+:@/"), "/v3/a%20b/c/%C3%BC%2B%3A%40");
        assert_eq!(route("/V3/catalog/brands/"), "/V3/catalog/brands");
        assert_eq!(route("/v2/orders/"), "/v2/orders/");
    }
}
