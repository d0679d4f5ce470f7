//! The options of a single call. They are a separate type, so that they never collide with the
//! API's fields.

mod names;

use std::fmt;
use std::time::Duration;

use http::header::{HeaderName, HeaderValue};

use crate::error::Error;
use crate::query::{ToQuery, encode};
use crate::retry::RetryPolicy;

use names::is_ours;
pub(crate) use names::{overrides, same};

/// Options of a single call, set with `with_options` of any request.
///
/// Anything that is not set uses the client's settings. Following pages of a list use the options
/// of the first.
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
#[must_use = "options do nothing until they are passed to a request"]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_wait: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotent: Option<bool>,
    pub(crate) strict: Option<bool>,
    pub(crate) reconnect: Option<bool>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Names and values, not yet encoded.
    query: Vec<(String, String)>,
}

impl CallOptions {
    /// No options: everything uses the client's settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from the connection to the last byte of the response. Each
    /// retry has the same time.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long the call may wait in total for the quota and a free slot; see
    /// [`ClientBuilder::max_wait`](crate::ClientBuilder::max_wait).
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use std::time::Duration;
    /// use bigcommerce_client::{CallOptions, ErrorKind, catalogue::Method};
    ///
    /// // Immediately or not at all.
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

    /// Whether the call is safe to retry after an unknown outcome. By default
    /// [`EndpointFacts::repeatable`](crate::catalogue::EndpointFacts::repeatable) decides and, if the body
    /// contains something new, [`repeatable_unless`](crate::catalogue::EndpointFacts::repeatable_unless).
    ///
    /// Set `true` only if you know that it is safe: a create that is sent again may create a duplicate.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::{CallOptions, RawJson, catalogue::Method};
    ///
    /// // This path is not in the catalogue, so its PUT would not be retried; but setting a note
    /// // twice has the same effect.
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

    /// Whether a value of the wrong type is an error; see
    /// [`ClientBuilder::strict`](crate::ClientBuilder::strict).
    pub const fn strict(mut self, strict: bool) -> Self {
        self.strict = Some(strict);
        self
    }

    /// Whether an event stream reconnects after an interruption; see
    /// [`EventStream`](crate::download::EventStream). By default it does.
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

    /// Adds a header to the call. Setting the same name again replaces the value.
    ///
    /// ```
    /// use bigcommerce_client::{CallOptions, ErrorKind};
    ///
    /// let options = CallOptions::new().header("X-Correlation-Id", "nightly-sync-7")?;
    ///
    /// // The token and the destination are controlled by the client.
    /// let error = options.header("X-Auth-Token", "another-token").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Request);
    /// assert!(error.to_string().contains("its value is controlled by the client"));
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Request`](crate::ErrorKind::Request) when the name or the value is
    /// not valid in a header (for example, contains line breaks), for headers that the client
    /// itself sets, such as the token's and `Host`, and for those that could turn it into another
    /// call, such as `X-HTTP-Method-Override` and `X-Forwarded-Host`, with hyphens or underscores.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let parsed = HeaderName::try_from(name)
            .map_err(|_| Error::options(format!("{name:?} is not a valid header name")))?;
        if is_ours(&parsed) {
            let why = "its value is controlled by the client";
            return Err(Error::options(format!(
                "the header `{parsed}` cannot be set: {why}"
            )));
        }
        // The value may be a secret, so no error repeats it.
        let mut value = HeaderValue::try_from(value).map_err(|_| {
            Error::options(format!(
                "the value of the header `{parsed}` contains characters that are not allowed in a header"
            ))
        })?;
        value.set_sensitive(true);
        self.headers.retain(|(name, _)| *name != parsed);
        self.headers.push((parsed, value));
        Ok(self)
    }

    /// Adds a query parameter that the request has no method for: a filter that is newer than this
    /// client or undocumented. Setting the same name again replaces the value. Following pages of a
    /// list use it as well.
    ///
    /// The API ignores unknown parameters and then returns the unfiltered list, so check the result. For the same
    /// reason such a parameter does not count as the filter that a call requires, and a delete fails with
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) before it is sent if it has one. So does a call whose
    /// request has the parameter itself, or uses it for its pages or its record.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["variants"] store:
    /// use bigcommerce_client::CallOptions;
    ///
    /// // `sku:in` is not documented here.
    /// let options = CallOptions::new().query("sku:in", "SM-13,SM-14")?;
    /// let mut variants = store.variants().list_across().with_options(options).stream();
    /// while let Some(variant) = variants.try_next().await? {
    ///     println!("{:?}", variant.sku);
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Request`](crate::ErrorKind::Request) when the name is blank or could turn it into
    /// another call, such as `_method`, and for an invalid [`DateTime`](crate::DateTime).
    pub fn query(mut self, name: &str, value: impl ToQuery) -> Result<Self, Error> {
        if name.trim().is_empty() {
            return Err(Error::options("a query parameter has no name".to_owned()));
        }
        if overrides(name) {
            return Err(Error::options(format!(
                "`{name}` in its query could turn it into another call"
            )));
        }
        if let Some(reason) = value.mistake() {
            return Err(Error::options(reason));
        }
        let value = value.to_query().into_owned();
        self.query.retain(|(other, _)| other != name);
        self.query.push((name.to_owned(), value));
        Ok(self)
    }

    /// The additional query parameters, and the length of each value.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, usize)> {
        let query = self.query.iter();
        query.map(|(name, value)| (name.as_str(), value.len()))
    }

    /// Whether a parameter with this name is added to the query.
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.query.iter().any(|(own, _)| same(own, name))
    }

    /// Appends the parameters to the URL of a call that sets the `taken` ones itself.
    ///
    /// # Errors
    ///
    /// Returns the reason if one of them must not be sent.
    pub(crate) fn add_to(
        &self,
        address: &mut String,
        method: &http::Method,
        taken: impl Fn(&str) -> bool,
    ) -> Result<(), String> {
        for (name, value) in &self.query {
            if *method == http::Method::DELETE {
                return Err(format!(
                    "it deletes, and the API may ignore the undocumented `{name}`; the call could \
                     affect more than intended"
                ));
            }
            if taken(name) {
                return Err(itself_sets(name));
            }
            address.push(if address.contains('?') { '&' } else { '?' });
            encode(name, address);
            address.push('=');
            encode(value, address);
        }
        Ok(())
    }
}

/// Why a call with a duplicate parameter is not sent.
fn itself_sets(name: &str) -> String {
    format!("the request itself sets `{name}`, with its own method")
}

/// Omits the values of headers and parameters, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let asked: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("max_wait", &self.max_wait)
            .field("retry", &self.retry)
            .field("idempotent", &self.idempotent)
            .field("strict", &self.strict)
            .field("reconnect", &self.reconnect)
            .field("headers", &names)
            .field("query", &asked)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::service::AUTH_HEADER;

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
    fn parameters_without_a_name_and_those_that_change_the_call_are_refused() {
        for name in [
            "",
            " ",
            "_method",
            " .Method",
            "_method[]",
            "X-HTTP-Method-Override",
        ] {
            let error = CallOptions::new().query(name, "DELETE").unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Request, "{name:?}");
        }
        let none = crate::DateTime::from_wire("soon");
        let error = CallOptions::new().query("since", none).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Request);
    }

    #[test]
    fn parameters_stand_behind_those_of_the_call_and_not_in_place_of_them() {
        let options = CallOptions::new().query("sku:in", "a,b&c").unwrap();
        let options = options.query("n", 1).unwrap().query("n", 2).unwrap();
        let get = http::Method::GET;
        for (address, expected) in [
            ("/v3/x", "/v3/x?sku%3Ain=a%2Cb%26c&n=2"),
            ("/v3/x?a=1", "/v3/x?a=1&sku%3Ain=a%2Cb%26c&n=2"),
        ] {
            let mut address = address.to_owned();
            options.add_to(&mut address, &get, |_| false).unwrap();
            assert_eq!(address, expected);
        }
        let mut address = String::new();
        let taken = |name: &str| same(name, "N[]");
        assert!(options.add_to(&mut address, &get, taken).is_err());
        let delete = http::Method::DELETE;
        assert!(options.add_to(&mut address, &delete, |_| false).is_err());
    }

    #[test]
    fn options_show_the_names_of_headers_and_not_their_values() {
        let options = CallOptions::new().header("X-Secret", "s3cret").unwrap();
        let options = options.header("x-secret", "s3cret2").unwrap();
        assert_eq!(options.headers.len(), 1);
        let shown = format!("{:?}", options.strict(true).reconnect(false));
        for setting in ["strict: Some(true)", "reconnect: Some(false)"] {
            assert!(shown.contains(setting), "{shown}");
        }
        assert!(
            shown.contains("x-secret") && !shown.contains("s3cret"),
            "{shown}"
        );
    }
}
