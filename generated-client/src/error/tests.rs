use std::io;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Error, ErrorKind};
use crate::catalogue::Endpoint;
use crate::transport::TransportError;
use crate::value::NumberRangeError;

#[test]
fn a_client_that_cannot_be_built_says_why() {
    let cause = io::Error::other("too many threads");
    let error = Error::build("no thread could be started").caused_by(cause.into());
    assert_eq!(
        error.to_string(),
        "the client could not be built: no thread could be started: too many threads"
    );
    let source = std::error::Error::source(&error);
    assert!(source.is_none(), "{source:?} is said already");
    assert!(error.causes().any(|cause| cause.is::<io::Error>()));
}

#[test]
fn an_amount_that_does_not_fit_a_decimal_ends_a_function_with_the_reason() {
    let error = Error::from(NumberRangeError);
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "the client could not decode a value: the number has more digits than fit into a decimal"
    );
}

#[test]
fn an_error_of_an_attempt_counts_it() {
    let endpoint = Endpoint::BrandsGet;
    let (status, headers) = (StatusCode::NOT_FOUND, HeaderMap::new());
    let refused = Error::refused(endpoint, status, headers, Bytes::new());
    let unwritten = Error::file(endpoint, io::Error::other("the disk is full"));
    assert_eq!((refused.attempts(), unwritten.attempts()), (1, 1));
    let lost = Error::transport(endpoint, TransportError::timeout().into());
    assert_eq!(lost.attempts(), 1);
    assert_eq!(refused.after(3).attempts(), 3);
    assert_eq!(Error::request(endpoint, "it has no body").attempts(), 0);
}

#[test]
fn the_causes_of_a_call_that_was_made_in_between_are_found() {
    let system = io::Error::from(io::ErrorKind::ConnectionReset);
    let between = TransportError::broken(system);
    let between = Error::transport(Endpoint::BrandsGet, between.into());
    let error = Error::transport(Endpoint::BrandsList, between.into());
    assert!(error.causes().any(|cause| cause.is::<Error>()));
    assert!(error.causes().any(|cause| cause.is::<io::Error>()));
}
