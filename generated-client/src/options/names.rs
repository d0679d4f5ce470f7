//! The headers and parameters that a caller may not set, in any spelling that some server accepts.

use http::header::{self, HeaderName};

use crate::catalogue::service::{AUTH_HEADER, HEADERS};

/// Headers that the client or the transport sets.
const OURS: [HeaderName; 16] = [
    header::HOST,
    header::AUTHORIZATION,
    header::PROXY_AUTHORIZATION,
    header::COOKIE,
    header::USER_AGENT,
    header::ACCEPT_ENCODING,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::UPGRADE,
    header::EXPECT,
    header::TE,
    header::TRAILER,
    HeaderName::from_static("keep-alive"),
];

/// Headers that make some servers or proxies use another host or path than the call's.
const ELSEWHERE: [&str; 24] = [
    "base-url",
    "forwarded",
    "proxy-host",
    "proxy-url",
    "request-uri",
    "x-backend-host",
    "x-envoy-original-host",
    "x-envoy-original-path",
    "x-forwarded-host",
    "x-forwarded-path",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-proto",
    "x-forwarded-scheme",
    "x-forwarded-server",
    "x-forwarded-uri",
    "x-host",
    "x-http-destinationurl",
    "x-original-host",
    "x-original-uri",
    "x-original-url",
    "x-proxy-url",
    "x-rewrite-uri",
    "x-rewrite-url",
];

/// Whether a server could treat two names as the same: some ignore case and treat `id[]` as `id`.
pub(crate) fn same(name: &str, other: &str) -> bool {
    let plain = |name: &str| {
        let name = name.split('[').next().unwrap_or_default();
        name.trim().to_ascii_lowercase()
    };
    plain(name) == plain(other)
}

/// Whether a caller may not set this header.
pub(super) fn is_ours(name: &HeaderName) -> bool {
    // Some servers treat an underscore as a hyphen.
    let plain = name.as_str().replace('_', "-");
    let given = |ours: &str| plain.eq_ignore_ascii_case(ours);
    OURS.iter().any(|ours| given(ours.as_str()))
        || given(AUTH_HEADER)
        || HEADERS.iter().any(|(ours, _)| given(ours))
        || ELSEWHERE.iter().any(|other| given(other))
        || plain.contains("host-override")
        || overrides(name.as_str())
}

/// Whether a header or a parameter with this name overrides the method on some servers.
pub(crate) fn overrides(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    // PHP strips leading spaces and whatever follows a bracket, and turns a dot into an underscore.
    let own = name.trim().split(['[', '\0']).next().unwrap_or_default();
    own.replace(['.', ' '], "_").eq_ignore_ascii_case("_method")
        || matches!(&*plain, "xmethod" | "xhttpmethod" | "httpmethod")
        || plain.contains("methodoverride")
        || plain.contains("overridemethod")
}
