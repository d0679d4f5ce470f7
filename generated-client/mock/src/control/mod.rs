//! The control page at the root of the URL, and the JSON behind it. It is for the person at this
//! machine: the server does not let pages of other sites read it or press its buttons.

mod faults;
mod page;
mod states;

use std::sync::Arc;

use http::{Method, StatusCode};

use crate::answers::{see_other, text};
use crate::shop::Shop;
use crate::{Request, Response};

/// Serves the paths of the control page.
pub(crate) fn answer(shop: &Arc<Shop>, request: &Request) -> Option<Response> {
    let path = request.path.as_str();
    let rest = match path {
        "/" => "",
        "/control" => return Some(see_other("/")),
        _ => path.strip_prefix("/control/")?,
    };
    let mut parts = rest.split('/');
    let place = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let answer = match (&request.method, place) {
        (&Method::GET, ("", None, None)) => page::answer(shop, request),
        (&Method::GET, ("store", None, None)) => states::store(shop),
        (&Method::GET, ("log", None, None)) => states::log(shop, request),
        (&Method::GET, ("collections", None, None)) => states::collections(shop),
        (&Method::GET, ("collections", Some(name), None)) => states::records(shop, name, request),
        (&Method::GET, ("deliveries", None, None)) => states::deliveries(shop),
        (&Method::GET, ("faults", None, None)) => faults::list(shop),
        (&Method::POST, ("faults", None, None)) => faults::add(shop, request),
        (&Method::POST, ("faults", Some("clear"), None)) => faults::clear(shop),
        (&Method::DELETE, ("faults", None, None)) => faults::clear(shop),
        _ => text(
            StatusCode::NOT_FOUND,
            "The control page has nothing there.\n",
        ),
    };
    Some(answer)
}
