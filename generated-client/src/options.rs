//! How one call is made, beside what it asks for: settings that a caller may change for a single
//! call. They live in a value of their own, so that they never collide with the API's fields.

use std::fmt;
use std::time::Duration;

use http::header::{self, HeaderName, HeaderValue};

use crate::catalogue::service::{AUTH_HEADER, HEADERS};
use crate::error::Error;
use crate::retry::RetryPolicy;

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

/// Headers that some server or proxy takes for another host or path than the call's.
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

/// Settings for a single call, given by `with_options` of any request.
///
/// What is not set here is as the client has it. Following pages of a list are read with the
/// options of the first.
///
/// ```
/// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
/// use std::time::Duration;
/// use bigcommerce_client::{CallOptions, RetryPolicy};
///
/// let options = CallOptions::new()
///     .timeout(Duration::from_secs(5))
///     .retry(RetryPolicy::never())
///     .header("X-Correlation-Id", "nightly-sync-7")?;
/// # #[cfg(feature = "brands")]
/// let request = store.brands().list().with_options(options);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are given to a request"]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_wait: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotent: Option<bool>,
    pub(crate) strict: Option<bool>,
    pub(crate) reconnect: Option<bool>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

impl CallOptions {
    /// No settings: all is as the client has it.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from the connection to the last byte of the response. A call
    /// that is retried has as long for each attempt.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long the call may wait for the quota and its turn, in all; see
    /// [`ClientBuilder::max_wait`](crate::ClientBuilder::max_wait).
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use std::time::Duration;
    /// use bigcommerce_client::{CallOptions, ErrorKind, catalogue::Method};
    ///
    /// // Now or not at all.
    /// let options = CallOptions::new().max_wait(Duration::ZERO);
    /// match store.raw(Method::Get, "/v3/catalog/summary").with_options(options).await {
    ///     Err(error) if error.kind() == ErrorKind::Busy => println!("free in {:?}", error.wait()),
    ///     response => println!("{}", response?.json()?),
    /// }
    /// # );
    /// ```
    pub const fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = Some(wait);
        self
    }

    /// When the call is retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Whether retrying the call is harmless when it is not known whether it happened. Without
    /// this, [`EndpointFacts::repeatable`](crate::catalogue::EndpointFacts::repeatable) decides.
    ///
    /// Say `true` only where you know more than the API: a create that is sent again may create
    /// again.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::{CallOptions, RawJson, catalogue::Method};
    ///
    /// // The catalogue does not have this path, so its PUT would not be retried; but a note that
    /// // is set twice is the same note.
    /// let note = RawJson::new(r#"{"text": "Closed on Mondays"}"#)?;
    /// let response = store
    ///     .raw(Method::Put, "/v3/settings/store/note")
    ///     .json(&note)
    ///     .with_options(CallOptions::new().idempotent(true))
    ///     .await?;
    /// # );
    /// ```
    pub const fn idempotent(mut self, harmless: bool) -> Self {
        self.idempotent = Some(harmless);
        self
    }

    /// Whether a value that its field cannot hold is an error; see
    /// [`ClientBuilder::strict`](crate::ClientBuilder::strict).
    pub const fn strict(mut self, strict: bool) -> Self {
        self.strict = Some(strict);
        self
    }

    /// Whether a stream of events whose connection breaks off goes on by another call; see
    /// [`EventStream`](crate::download::EventStream). It does when nothing is said.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::{CallOptions, catalogue::Method};
    ///
    /// let path = "/v3/infrastructure/logs/9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11/tail";
    /// let options = CallOptions::new().reconnect(false);
    /// let events = store.raw(Method::Get, path).with_options(options).events().await?;
    /// # );
    /// ```
    pub const fn reconnect(mut self, reconnect: bool) -> Self {
        self.reconnect = Some(reconnect);
        self
    }

    /// Adds a header to the call. The same name set again replaces the first value.
    ///
    /// ```
    /// use bigcommerce_client::{CallOptions, ErrorKind};
    ///
    /// let options = CallOptions::new().header("X-Correlation-Id", "nightly-sync-7")?;
    ///
    /// // The token is the client's own, and so is where a call goes.
    /// let error = options.header("X-Auth-Token", "another-token").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Request);
    /// assert!(error.to_string().contains("the client decides what it says"));
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Request`](crate::ErrorKind::Request) when the name or the value
    /// cannot stand in a header (line breaks, for one), for headers that the client itself sets,
    /// such as the token's and `Host`, and for those that would make another call of it, such as
    /// `X-HTTP-Method-Override` and `X-Forwarded-Host`, with hyphens or underscores.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let parsed = HeaderName::try_from(name)
            .map_err(|_| Error::options(format!("{name:?} cannot be the name of a header")))?;
        if is_ours(&parsed) {
            let why = "the client decides what it says";
            return Err(Error::options(format!(
                "the header `{parsed}` cannot be set: {why}"
            )));
        }
        // The value may be a secret, so no error repeats it.
        let mut value = HeaderValue::try_from(value).map_err(|_| {
            Error::options(format!(
                "the value of the header `{parsed}` holds characters it cannot"
            ))
        })?;
        value.set_sensitive(true);
        self.headers.retain(|(name, _)| *name != parsed);
        self.headers.push((parsed, value));
        Ok(self)
    }
}

fn is_ours(name: &HeaderName) -> bool {
    // Some servers read an underscore as a hyphen.
    let plain = name.as_str().replace('_', "-");
    let given = |ours: &str| plain.eq_ignore_ascii_case(ours);
    OURS.iter().any(|ours| given(ours.as_str()))
        || given(AUTH_HEADER)
        || HEADERS.iter().any(|(ours, _)| given(ours))
        || ELSEWHERE.iter().any(|other| given(other))
        || plain.contains("host-override")
        || overrides(name.as_str())
}

/// Whether a header or a parameter of this name tells some servers another method than the call's.
pub(crate) fn overrides(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    name.eq_ignore_ascii_case("_method")
        || matches!(&*plain, "xmethod" | "xhttpmethod" | "httpmethod")
        || plain.contains("methodoverride")
        || plain.contains("overridemethod")
}

/// Without the values of headers, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("max_wait", &self.max_wait)
            .field("retry", &self.retry)
            .field("idempotent", &self.idempotent)
            .field("headers", &names)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_ours_and_headers_with_line_breaks_are_refused() {
        for (name, value) in [
            (AUTH_HEADER, "x"),
            ("x-AUTH-token", "x"),
            ("Host", "example.com"),
            ("accept", "text/html"),
            ("User-Agent", "x"),
            ("Content-Length", "0"),
            ("transfer-encoding", "chunked"),
            ("Connection", "close"),
            ("X-HTTP-Method-Override", "DELETE"),
            ("X_HTTP_Method_Override", "DELETE"),
            ("X-HTTP-Method", "DELETE"),
            ("_method", "DELETE"),
            ("X_Auth_Token", "x"),
            ("Forwarded", "host=example.com"),
            ("X-Forwarded-Host", "example.com"),
            ("x_forwarded_host", "example.com"),
            ("X-Forwarded-Proto", "http"),
            ("X-HTTP-Host-Override", "example.com"),
            ("X-Host", "example.com"),
            ("X-Original-URL", "/v2/orders"),
            ("X-Rewrite-URL", "/v2/orders"),
            ("X-A\r\nX-B", "x"),
            ("X A", "x"),
            ("", "x"),
            ("X-A", "x\r\nX-Auth-Token: y"),
            ("X-A", "x\ny"),
            ("X-A", "x\0"),
        ] {
            let error = CallOptions::new().header(name, value).unwrap_err();
            assert_eq!(
                error.kind(),
                crate::ErrorKind::Request,
                "{name:?}: {value:?}"
            );
            assert!(
                error.to_string().starts_with("the call was not sent: "),
                "{error}"
            );
        }
    }

    #[test]
    fn options_show_the_names_of_headers_and_not_their_values() {
        let options = CallOptions::new().header("X-Secret", "s3cret").unwrap();
        let options = options.header("x-secret", "s3cret2").unwrap();
        assert_eq!(options.headers.len(), 1);
        let shown = format!("{options:?}");
        assert!(
            shown.contains("x-secret") && !shown.contains("s3cret"),
            "{shown}"
        );
    }
}
