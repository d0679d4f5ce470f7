//! Raw calls: any path of the API with the same token, quota, retries, policy and errors as a typed
//! call. If the path is that of a known endpoint, its metadata applies.

#[cfg(feature = "blocking")]
mod blocking;
mod fields;
mod page;
mod pages;
mod path;
mod position;
mod reach;
mod response;
mod sending;
mod streams;

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use crate::call::{self, Pending};
use crate::client::{Client, ReadOnlyClient};
use crate::error::Error;
use crate::json::{Encode, Writer};
use crate::options::CallOptions;
use crate::query::ToQuery;
use crate::response::Response;
use crate::upload::Form;

#[cfg(feature = "blocking")]
pub use blocking::BlockingRawPages;
pub use page::RawPage;
pub use pages::RawPages;
pub use streams::{RawDownload, RawEvents};

impl Client {
    /// A raw call to any path of the store, such as `/v3/catalog/summary`.
    ///
    /// It has the same token, quota, retries, access policy and errors as every other call. If the
    /// path is that of an endpoint in the catalogue, the endpoint's scope, policy rule and caps
    /// apply; a `HEAD` counts as the endpoint's `GET`. On other paths only `GET` and `HEAD` are
    /// retried; see [`CallOptions::idempotent`].
    ///
    /// The path starts with a slash and has no query; use [`RawRequest::query`] for that. A call fails with
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) before it is sent if its path could leave the
    /// store, if it is a read with a body, if it deletes by filter without any of the known filters, or if a
    /// query parameter or body field could turn it into another call: some servers treat a `POST` with
    /// `_method` as a `DELETE`.
    ///
    /// Whatever the spelling of a path, the policy checks it against everything a server could take it
    /// for; see [`Policy::raw`](crate::policy::Policy::raw).
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// let response = store.raw(Method::Get, "/v3/catalog/summary").await?;
    /// println!("{} {}", response.status(), response.json()?);
    /// # );
    /// ```
    pub fn raw(&self, method: impl Into<http::Method>, path: impl Into<String>) -> RawRequest {
        RawRequest {
            client: self.clone(),
            method: method.into(),
            path: path.into(),
            query: Vec::new(),
            mistake: None,
            body: None,
            unwritten: None,
            form: None,
            content_type: Ok(call::JSON),
            options: None,
        }
    }
}

impl ReadOnlyClient {
    /// A `GET` request to any path of the store; see [`Client::raw`].
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// let response = store.read_only().raw("/v3/catalog/summary").await?;
    /// # );
    /// ```
    pub fn raw(&self, path: impl Into<String>) -> RawRequest {
        self.client().raw(http::Method::GET, path)
    }
}

/// A call to any path. Created by [`Client::raw`].
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::{RawJson, catalogue::Method};
///
/// let response = store
///     .raw(Method::Put, "/v3/settings/catalog")
///     .query("channel_id", 1)
///     .json(&RawJson::new(r#"{"enable_product_comparisons": true}"#).expect("JSON"))
///     .await?;
/// let whole: RawJson = response.decode()?;
/// # );
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RawRequest {
    client: Client,
    method: http::Method,
    path: String,
    query: Vec<(String, String)>,
    /// What in its query must not be sent.
    mistake: Option<String>,
    body: Option<Bytes>,
    /// Why the given value cannot be its body.
    unwritten: Option<String>,
    form: Option<Form>,
    content_type: Result<HeaderValue, ()>,
    options: Option<Box<CallOptions>>,
}

impl RawRequest {
    /// Adds a parameter to the query. The same name may be added several times. An invalid
    /// [`DateTime`](crate::DateTime), which the API would ignore, makes the call fail with
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) before it is sent, as in a typed call; strings are
    /// not validated.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// let response = store
    ///     .raw(Method::Get, "/v2/orders/count")
    ///     .query("is_deleted", false)
    ///     .query("min_date_created", "2024-01-31T00:00:00Z")
    ///     .await?;
    /// # );
    /// ```
    pub fn query(mut self, name: impl Into<String>, value: impl ToQuery) -> Self {
        self.mistake = self.mistake.or_else(|| value.mistake());
        let value = value.to_query().into_owned();
        self.query.push((name.into(), value));
        self
    }

    /// Sets the body to the JSON of a value: a model, a [`RawJson`](crate::RawJson), or anything that is
    /// [`Encode`]. A value that cannot be encoded, such as one whose own `Serialize` fails, makes the call fail
    /// with [`ErrorKind::Request`](crate::ErrorKind::Request) before it is sent.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["brands"] store:
    /// use bigcommerce_client::{brands::BrandCreate, catalogue::Method};
    ///
    /// let brand = BrandCreate::new("Acme").page_title("All of Acme");
    /// let response = store.raw(Method::Post, "/v3/catalog/brands").json(&brand).await?;
    /// # );
    /// ```
    pub fn json<T: Encode + ?Sized>(mut self, value: &T) -> Self {
        let mut writer = Writer::new();
        value.encode(&mut writer);
        let (body, unwritten) = writer.into_body();
        (self.body, self.unwritten) = (Some(body.into()), unwritten);
        self.content_type = Ok(call::JSON);
        self
    }

    /// Sets the body to these bytes, with a media type. One that is not valid in a header makes the call
    /// fail with [`ErrorKind::Request`](crate::ErrorKind::Request) before it is sent.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// // Existing JSON is sent byte for byte.
    /// let records = std::fs::read("prices.json")?;
    /// let response = store
    ///     .raw(Method::Put, "/v3/pricelists/2/records")
    ///     .body(records, "application/json")
    ///     .await?;
    /// # );
    /// ```
    pub fn body(mut self, bytes: impl Into<Bytes>, content_type: &str) -> Self {
        (self.body, self.unwritten) = (Some(bytes.into()), None);
        self.content_type = HeaderValue::from_str(content_type).map_err(|_| ());
        self
    }

    /// Sets the body to a form, which may contain files; see [`upload`](crate::upload).
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::{catalogue::Method, upload::{FilePart, Form}};
    ///
    /// let form = Form::new().file("file", FilePart::path("theme.zip"));
    /// store.raw(Method::Post, "/v3/themes").form(form).await?;
    /// # );
    /// ```
    pub fn form(mut self, form: Form) -> Self {
        self.form = Some(form);
        self
    }

    /// Sets the options of this call: timeout, retries, and additional headers and parameters.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = Some(Box::new(options));
        self
    }

    /// Sends the request and returns the body with the status and headers; the same as awaiting it.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// let response = store.raw(Method::Get, "/v3/channels/1").send().await?;
    /// println!("{}: {:?}", response.status(), response.headers().get("content-type"));
    ///
    /// // Nothing is sent to a path outside the store.
    /// let error = store.raw(Method::Get, "/v3/../../v3/channels").send().await.unwrap_err();
    /// assert_eq!(error.attempts(), 0);
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the call cannot be sent, is not allowed, or fails. Every 2xx is a
    /// success.
    pub fn send(self) -> Pending<Response<Bytes>> {
        Box::pin(async move {
            let raw = self.outgoing().execute(None).await?;
            Ok(raw.whole())
        })
    }

    /// Sends the request and waits for it, for scripts without `async`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send), and an error if it is called inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<Response<Bytes>, Error> {
        crate::blocking::wait(self.into_future())
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<Response<Bytes>, Error>;
    type IntoFuture = Pending<Response<Bytes>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Omits the query's values and the body, which may be personal.
impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &names)
            .field("body_bytes", &self.body.as_ref().map(Bytes::len))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
