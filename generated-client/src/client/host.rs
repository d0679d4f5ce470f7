//! The host that calls go to unless the client is told another one.

use crate::catalogue::service::BASE_URL;

/// The URL of the API's host.
pub(super) fn usual() -> &'static str {
    BASE_URL
        .split_once("/stores/")
        .map_or(BASE_URL, |(host, _)| host)
}
