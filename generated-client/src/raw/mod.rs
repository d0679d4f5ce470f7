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

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Uri};

use crate::call::{self, Outgoing, Pending};
use crate::client::{Client, ReadOnlyClient};
use crate::download::{self, Download, EventStream, Repeat};
use crate::error::Error;
use crate::json::{self, Decode, Encode, Writer};
use crate::options::{CallOptions, overrides};
use crate::query::ToQuery;
use crate::response::Response;
use crate::target::{Other, Target, reads};
use crate::upload::Form;
use crate::value::RawJson;

#[cfg(feature = "blocking")]
pub use blocking::BlockingRawPages;
pub use page::RawPage;
pub use pages::RawPages;
use path::Route;

/// The methods that a raw call may have. A server could accept another spelling of one of these, which
/// the policy would not have recognised.
const METHODS: [http::Method; 6] = [
    http::Method::GET,
    http::Method::HEAD,
    http::Method::POST,
    http::Method::PUT,
    http::Method::PATCH,
    http::Method::DELETE,
];

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

    /// Sets the body to the JSON of a value: a model, a [`RawJson`], or anything that is [`Encode`]. A value
    /// that cannot be encoded, such as one whose own `Serialize` fails, makes the call fail with
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) before it is sent.
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

    pub(crate) fn outgoing(&self) -> Outgoing<'_> {
        let mut target = Target::Other(Arc::new(Other {
            method: self.method.clone(),
            path: path::shown(&self.path),
            groups: Vec::new(),
            official: false,
        }));
        let mut ids = Vec::new();
        let address = match Route::find(&self.method, &self.path, self.is_form()) {
            Ok(route) => {
                let address = self.address(&route);
                target = self.adding(route.target);
                ids = route.ids;
                ids.extend(self.records(&target));
                address
            }
            Err(reason) => Err(reason),
        };
        Outgoing {
            client: &self.client,
            target,
            method: self.method.clone(),
            ids: Cow::Owned(ids),
            address,
            headers: &[],
            body: self.body.as_ref(),
            form: self.form.as_ref(),
            accept: None,
            last_event: None,
            content_type: self.content_type.clone().unwrap_or(call::JSON),
            options: self.options.as_deref(),
            shrinks: false,
        }
    }

    /// Its target, including whether its body makes a retry unsafe.
    fn adding(&self, target: Target) -> Target {
        let unless = target.endpoint().map(|it| it.facts().repeatable_unless);
        let unless = unless.unwrap_or_default();
        let adds = match &self.body {
            // The contents of a form are not examined.
            _ if self.form.is_some() => !unless.is_empty(),
            Some(body) => call::adds(unless, body),
            None => false,
        };
        target.adding(adds)
    }

    /// Whether its body is a form with files, built by this crate or by the caller.
    fn is_form(&self) -> bool {
        let own = self.content_type.as_ref();
        self.form.is_some() || own.is_ok_and(|own| fields::is_of(own, fields::MULTIPART))
    }

    /// What identifies the records of a known endpoint in addition to its path, if there are audit
    /// sinks.
    fn records(&self, target: &Target) -> Vec<(&'static str, String)> {
        let named_by = target.endpoint().map_or(&[][..], |it| it.facts().named_by);
        if named_by.is_empty() || self.client.config().audit.is_empty() {
            return Vec::new();
        }
        let query = self.query.iter();
        let query = query.map(|(name, value)| (name.as_str(), value.as_str().into()));
        call::records(named_by, query, self.body.as_deref())
    }

    /// The field of its body that could make a server treat the call as one with another method.
    fn overriding_field(&self) -> Option<String> {
        if let Some(form) = &self.form {
            return form.names().find(|name| overrides(name)).map(str::to_owned);
        }
        let (kind, body) = (self.content_type.as_ref().ok()?, self.body.as_deref()?);
        fields::overriding(kind, body)
    }

    fn address(&self, route: &Route) -> Result<Uri, String> {
        if self.content_type.is_err() {
            return Err(
                "its content type contains characters that are not allowed in a header".to_owned(),
            );
        }
        let form = self.form.as_ref().and_then(Form::mistake);
        let mistake = self.mistake.as_ref().or(self.unwritten.as_ref()).or(form);
        if let Some(reason) = mistake {
            return Err(reason.clone());
        }
        if !METHODS.contains(&self.method) {
            return Err(format!("the API has no method {}", self.method));
        }
        if reads(&self.method) && (self.body.is_some() || self.form.is_some()) {
            return Err("a read must not have a body".to_owned());
        }
        if let Some((name, _)) = self.query.iter().find(|(name, _)| overrides(name)) {
            return Err(format!(
                "`{name}` in its query could turn it into another call"
            ));
        }
        if let Some(name) = self.overriding_field() {
            return Err(format!(
                "`{name}` in its body could turn it into another call"
            ));
        }
        let filters = |(name, value): &(String, String)| {
            route.filters.contains(&name.as_str()) && !call::is_blank(value)
        };
        if !route.filters.is_empty() && !self.query.iter().any(filters) {
            return Err(call::NO_FILTER.to_owned());
        }
        let blank = |(name, values): &&(String, String)| {
            route.filters.contains(&name.as_str())
                && (call::is_blank(values)
                    || name.ends_with(":in") && values.split(',').any(call::is_blank))
        };
        if let Some((name, _)) = self.query.iter().find(blank) {
            return Err(call::blank_value(name));
        }
        let mut address = self.client.base_url().to_owned();
        address.push_str(&route.path);
        for (at, (name, value)) in self.query.iter().enumerate() {
            address.push(if at == 0 { '?' } else { '&' });
            call::encode(name, &mut address);
            address.push('=');
            call::encode(value, &mut address);
        }
        if let Some(options) = &self.options {
            options.add_to(&mut address, &self.method, |name| self.asks(name))?;
        }
        call::uri(address)
    }
}

impl RawRequest {
    /// Sends the request for a file, which is read on demand; see [`Download`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send).
    pub fn download(self) -> Pending<Response<Download>> {
        Box::pin(async move {
            let outgoing = self.outgoing().streamed(download::accepts(None), true);
            outgoing.execute(None).await.map(download::file)
        })
    }

    /// Sends the request for events, which are read as they arrive; see [`EventStream`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send).
    pub fn events(self) -> Pending<Response<EventStream>> {
        download::events(self)
    }
}

impl Repeat for RawRequest {
    fn outgoing(&self) -> Outgoing<'_> {
        self.outgoing()
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

/// The response to a raw call.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::{Envelope, RawJson};
///
/// let response = store.read_only().raw("/v3/catalog/summary").await?;
/// let json: RawJson = response.json()?;
/// let whole: Envelope<RawJson> = response.decode()?;
/// # );
/// ```
impl Response<Bytes> {
    /// Decodes the body.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::{Envelope, RawJson};
    ///
    /// let response = store.read_only().raw("/v3/channels").await?;
    /// let channels: Envelope<Vec<RawJson>> = response.decode()?;
    /// for channel in channels.data.unwrap_or_default() {
    ///     println!("{channel}");
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON or not of that type. The error has the body and the
    /// location.
    pub fn decode<T: Decode>(&self) -> Result<T, Error> {
        json::from_slice(self.text()).map_err(|error| self.unreadable(error))
    }

    /// The body as any JSON.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// let response = store.read_only().raw("/v2/time").await?;
    /// println!("{}", response.json()?);
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON, which includes no body at all.
    pub fn json(&self) -> Result<RawJson, Error> {
        self.decode()
    }
}
