//! The control page at the root of the URL, and the JSON behind it. It is for the person at this
//! machine: a page of another site can neither read it nor press its buttons.

mod faults;
mod page;
mod states;

use std::sync::Arc;

use http::{HeaderMap, Method, StatusCode, header};

use crate::http::{see_other, text};
use crate::shop::Shop;
use crate::{Answer, Asked};

/// Answers what belongs to the control page.
pub(crate) fn answer(shop: &Arc<Shop>, asked: &Asked) -> Option<Answer> {
    let path = asked.path.as_str();
    let rest = match path {
        "/" => "",
        "/control" => return Some(see_other("/")),
        _ => path.strip_prefix("/control/")?,
    };
    if !from_here(shop, &asked.headers) {
        let says = format!(
            "The control page is at {}/ and for this machine only.\n",
            shop.url
        );
        return Some(text(StatusCode::FORBIDDEN, says));
    }
    let mut parts = rest.split('/');
    let place = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let answer = match (&asked.method, place) {
        (&Method::GET, ("", None, None)) => page::answer(shop, asked),
        (&Method::GET, ("store", None, None)) => states::store(shop),
        (&Method::GET, ("log", None, None)) => states::log(shop, asked),
        (&Method::GET, ("collections", None, None)) => states::collections(shop),
        (&Method::GET, ("collections", Some(name), None)) => states::records(shop, name, asked),
        (&Method::GET, ("deliveries", None, None)) => states::deliveries(shop),
        (&Method::GET, ("faults", None, None)) => faults::list(shop),
        (&Method::POST, ("faults", None, None)) => faults::add(shop, asked),
        (&Method::POST, ("faults", Some("clear"), None)) => faults::clear(shop),
        (&Method::DELETE, ("faults", None, None)) => faults::clear(shop),
        _ => text(
            StatusCode::NOT_FOUND,
            "The control page has nothing there.\n",
        ),
    };
    Some(answer)
}

/// Whether a request comes from this machine's own page or program, and not from a page of another
/// site that a browser has open.
fn from_here(shop: &Shop, headers: &HeaderMap) -> bool {
    let own = shop.url.trim_start_matches("http://");
    let port = own.rsplit_once(':').map_or("", |(_, port)| port);
    let is_here = |host: &str| {
        let (name, given) = host.rsplit_once(':').unwrap_or((host, "80"));
        matches!(name, "127.0.0.1" | "localhost") && given == port
    };
    let said = |name| {
        headers
            .get(name)
            .and_then(|value: &http::HeaderValue| value.to_str().ok())
    };
    let origin = headers
        .contains_key(header::ORIGIN)
        .then(|| said(header::ORIGIN));
    // A name that somebody else has pointed at this machine is not this machine.
    said(header::HOST).is_some_and(is_here)
        && origin.is_none_or(|origin| {
            origin
                .and_then(|origin| origin.strip_prefix("http://"))
                .is_some_and(is_here)
        })
}
