//! Reads a complete request.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use tokio::time::timeout;

use crate::{Refusal, Request, urlencoded::parse};

/// No call accepts more: a theme of 50 MB, and the form around it.
const MOST_BYTES: usize = 51 * 1024 * 1024;

/// The request as a plain value, with its whole path. `None` if the other side disconnected. A body
/// that takes longer than `patience` is rejected, and its connection is closed.
pub(super) async fn read(
    request: http::Request<Incoming>,
    patience: Duration,
) -> Option<(Request, Option<Refusal>)> {
    let (parts, body) = request.into_parts();
    let (body, refusal) = if body.is_end_stream() {
        (Bytes::new(), None)
    } else {
        match timeout(patience, Limited::new(body, MOST_BYTES).collect()).await {
            Err(_) => {
                let title = format!("The body did not arrive within {patience:?}");
                let refusal = Refusal::new(StatusCode::REQUEST_TIMEOUT, title);
                (Bytes::new(), Some(refusal))
            }
            Ok(Ok(body)) => (body.to_bytes(), None),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                let title = format!("The body has more than {MOST_BYTES} bytes");
                (
                    Bytes::new(),
                    Some(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, title)),
                )
            }
            Ok(Err(_)) => return None,
        }
    };
    let request = Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(parse).unwrap_or_default(),
        headers: parts.headers,
        body,
    };
    Some((request, refusal))
}
