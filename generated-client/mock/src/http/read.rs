//! Reads a request to its end.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use percent_encoding::percent_decode_str;
use tokio::time::timeout;

use crate::{Asked, Refusal};

/// More than this no call takes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The request as a plain value, with its whole path. `None` when the other side broke off. A body that
/// takes longer than `patience` is not waited for: it is refused, and its connection ends.
pub(super) async fn read(
    request: Request<Incoming>,
    patience: Duration,
) -> Option<(Asked, Option<Refusal>)> {
    let (parts, body) = request.into_parts();
    let (body, refusal) = if body.is_end_stream() {
        (Bytes::new(), None)
    } else {
        match timeout(patience, Limited::new(body, MOST_BYTES).collect()).await {
            Err(_) => {
                let title = format!("The body did not come within {patience:?}");
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
    let asked = Asked {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(pairs).unwrap_or_default(),
        headers: parts.headers,
        body,
    };
    Some((asked, refusal))
}

/// The pairs of a query or a form, decoded.
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(key), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    if !text.contains(['%', '+']) {
        return text.to_owned();
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn the_pairs_of_a_query_are_decoded_and_stay_in_order() {
        let read = pairs("name=A+b%26c&id:in=1%2C2&include&name=");
        let read: Vec<_> = read
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            read,
            [
                ("name", "A b&c"),
                ("id:in", "1,2"),
                ("include", ""),
                ("name", "")
            ]
        );
    }
}
