//! The path of a raw call: checked so that it cannot leave the store, normalized, and compared with the
//! paths of the catalogue and the official descriptions. No spelling of a path circumvents the rules of
//! an endpoint or a group.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::reach;
use crate::call::encode;
use crate::catalogue::{Endpoint, Method};
use crate::paths::{Official, is_parameter};
use crate::target::{Other, Target, reads};

/// A path that may be called.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) target: Target,
    /// The path below the store, as it is sent.
    pub(super) path: String,
    /// The path parameters of a known endpoint.
    pub(super) ids: Vec<(&'static str, String)>,
    /// The query parameters of which it requires one; empty if it requires none.
    pub(super) filters: &'static [&'static str],
}

impl Route {
    /// The route of a path. An upload may share its path with a call that sends JSON; `form` distinguishes
    /// the two.
    ///
    /// # Errors
    ///
    /// Returns the reason if the path must not be called.
    pub(super) fn find(method: &http::Method, path: &str, form: bool) -> Result<Self, String> {
        let (segments, slash) = segments(path)?;
        // In V3 a path with a trailing slash is a different one, which returns 403 or 404.
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
        let official = Official::of(&segments);
        let removes = *method == http::Method::DELETE;
        // A path with more literal segments is a different one: `/v3/hooks/admin` is not a hook.
        let exact = |(_, ids): &Known| official.is_none_or(|it| it.parameters() >= ids.len());
        if let Some((endpoint, ids)) = known(method, &segments, form).filter(exact) {
            let facts = endpoint.facts();
            let filtered = removes && facts.needs_filter;
            return Ok(Self {
                target: endpoint.into(),
                path,
                ids,
                filters: if filtered { facts.named_by } else { &[] },
            });
        }
        let other = Other {
            method: method.clone(),
            path: path.clone(),
            groups: reach::groups(&segments),
            official: official.is_some(),
        };
        let filters = official.filter(|_| removes);
        Ok(Self {
            target: Target::Other(Arc::new(other)),
            path,
            ids: Vec::new(),
            filters: filters.map_or(&[], |it| &it.filters),
        })
    }
}

/// The path for an error message, truncated where a query may begin.
pub(super) fn shown(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let path = path[..end].chars().take(200);
    path.map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The decoded segments of a path, and whether it has a trailing slash.
fn segments(path: &str) -> Result<(Vec<String>, bool), String> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err("its path must begin with a slash, such as `/v3/catalog/summary`".to_owned());
    };
    if path.contains(['?', '#']) {
        return Err("its path must not contain a query or a fragment; use `query`".to_owned());
    }
    let (rest, slash) = match rest.strip_suffix('/') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let segments: Result<Vec<String>, String> = rest.split('/').map(decoded).collect();
    Ok((segments?, slash))
}

fn decoded(segment: &str) -> Result<String, String> {
    let refused = |why: &str| Err(format!("its path is invalid: {why}"));
    if !is_encoded(segment) {
        return refused("a `%` is not followed by two hexadecimal digits");
    }
    let Ok(text) = percent_decode_str(segment).decode_utf8() else {
        return refused("it is not UTF-8 when it is decoded");
    };
    // Some servers strip what follows a semicolon.
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
        return refused("it contains a control character");
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

/// The endpoint with this path. If several match, the one with the most literal segments in common; of
/// those with the same path, the one that accepts files or not, like the call.
fn known(method: &http::Method, segments: &[String], form: bool) -> Option<Known> {
    let segments = plain(segments);
    // The paths of another server are not below the store.
    let candidates = Endpoint::ALL.iter().copied();
    candidates
        .filter(|endpoint| endpoint.facts().server.is_none())
        .filter(|endpoint| same_method(method, endpoint.method()))
        .filter_map(|endpoint| Some((endpoint, fit(endpoint.path(), &segments)?)))
        .min_by_key(|(endpoint, ids)| {
            let takes_files = !endpoint.facts().file_limits.is_empty();
            (ids.len(), takes_files != form)
        })
}

/// The segments without what servers strip: matrix parameters and, in V2, the format of the response.
fn plain(segments: &[String]) -> Vec<&str> {
    let names = segments.iter().filter_map(|it| it.split(';').next());
    let mut plain: Vec<&str> = names.map(str::trim).collect();
    if let [first, .., last] = plain.as_mut_slice()
        && first.eq_ignore_ascii_case("v2")
        && let Some((bare, kind)) = last.rsplit_once('.')
        && ["json", "xml"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(kind))
        && !bare.is_empty()
    {
        *last = bare;
    }
    plain
}

fn same_method(asked: &http::Method, known: Method) -> bool {
    match known {
        Method::Get => reads(asked),
        known => asked.as_str() == known.as_str(),
    }
}

/// The template's parameters, if the segments match it.
fn fit(template: &'static str, segments: &[&str]) -> Option<Vec<(&'static str, String)>> {
    let parts: Vec<&'static str> = template.split('/').skip(1).collect();
    if parts.len() != segments.len() {
        return None;
    }
    let mut ids = Vec::new();
    for (part, segment) in parts.into_iter().zip(segments) {
        if is_parameter(part) {
            ids.push((part.trim_matches(['{', '}']), (*segment).to_owned()));
        } else if !part.eq_ignore_ascii_case(segment) {
            return None;
        }
    }
    Some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(method: http::Method, path: &str) -> Route {
        Route::find(&method, path, false).unwrap()
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
            (http::Method::PUT, "/v2/orders/118.JSON", "orders.update"),
            (
                http::Method::PUT,
                "/v2/orders;a=b/118%3Bx=1",
                "orders.update",
            ),
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
            (http::Method::GET, "/v2/loyalty"),
            (http::Method::PATCH, "/v3/catalog/brands"),
            (http::Method::GET, "/v3/catalog/brands/7/image"),
            (http::Method::GET, "/v3/catalog"),
            (http::Method::GET, "/v3/catalog/brands.json"),
            (http::Method::PATCH, "/v3/hooks/admin"),
            (http::Method::DELETE, "/v3/HOOKS/Admin"),
        ] {
            assert!(route(method, path).target.endpoint().is_none(), "{path}");
        }
    }

    #[test]
    fn every_endpoint_is_found_by_its_own_path() {
        // A raw call is only sent to the store's server.
        let of_store = |it: &&Endpoint| it.facts().server.is_none();
        for endpoint in Endpoint::ALL.iter().filter(of_store) {
            let path = endpoint.path().replace(['{', '}'], "");
            let found = route(endpoint.method().into(), &path).target;
            // An upload may share its path with a call that sends JSON.
            let place = |endpoint: &Endpoint| (endpoint.method(), endpoint.path());
            assert_eq!(found.endpoint().as_ref().map(place), Some(place(endpoint)));
        }
    }

    #[test]
    fn an_upload_is_not_taken_for_the_call_that_shares_its_path() {
        for (form, id) in [
            (false, "product_images.create"),
            (true, "product_images.upload"),
        ] {
            let path = "/v3/catalog/products/7/images";
            let target = Route::find(&http::Method::POST, path, form).unwrap().target;
            assert_eq!(target.endpoint().map(Endpoint::id), Some(id));
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
            let refused = Route::find(&http::Method::GET, path, false);
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
