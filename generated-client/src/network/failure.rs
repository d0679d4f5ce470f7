//! Converts the errors of reqwest.

use std::error::Error as _;

use crate::transport::TransportError;

/// Why there was no response.
pub(super) fn failure(error: reqwest::Error) -> TransportError {
    if error.is_connect() {
        TransportError::connect(error.without_url())
    } else if is_unprocessed(&error) {
        TransportError::unprocessed(error.without_url())
    } else {
        broken(error)
    }
}

/// Why a response, or the rest of it, did not arrive.
pub(super) fn broken(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::timeout()
    } else {
        // The URL says nothing that the endpoint does not, and its query may be long.
        TransportError::broken(error.without_url())
    }
}

/// Whether the server reported over HTTP/2 that it did not process the request: it refused the stream, or
/// sent a GOAWAY with a lower last stream id. h2 reports the error of a GOAWAY only to these streams;
/// those that may have been processed fail with the connection.
fn is_unprocessed(error: &reqwest::Error) -> bool {
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(error) = cause.downcast_ref::<h2::Error>() {
            let refused = error.reason() == Some(h2::Reason::REFUSED_STREAM);
            return error.is_remote() && (error.is_go_away() || refused);
        }
        next = cause.source();
    }
    false
}
