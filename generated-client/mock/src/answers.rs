//! Responses that belong to no call.

use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::Response;

/// A plain-text response.
pub(crate) fn text(status: StatusCode, body: impl Into<String>) -> Response {
    of(status, "text/plain; charset=utf-8", body.into())
}

/// An HTML page.
pub(crate) fn html(status: StatusCode, body: impl Into<String>) -> Response {
    of(status, "text/html; charset=utf-8", body.into())
}

/// A value as JSON.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(body) => of(status, "application/json", body),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

/// A redirect.
pub(crate) fn see_other(place: &str) -> Response {
    let mut answer = Response {
        status: StatusCode::SEE_OTHER,
        ..Response::default()
    };
    if let Ok(place) = HeaderValue::try_from(place) {
        answer.headers.insert(header::LOCATION, place);
    }
    answer
}

fn of(status: StatusCode, kind: &'static str, body: String) -> Response {
    let mut answer = Response {
        status,
        body: body.into(),
        ..Response::default()
    };
    answer
        .headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}
