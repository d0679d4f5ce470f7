//! A call that is ready to be sent: everything the network layer needs, for typed and raw calls alike.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Uri};
use percent_encoding::percent_decode_str;

use super::pieces::LONGEST;
use super::{Call, SHAPING, named, url};
use crate::catalogue::Method;
use crate::client::Client;
use crate::options::CallOptions;
use crate::target::Target;
use crate::transport::WantsStream;
use crate::upload::Form;

/// A call that is ready to be sent, or the reason why it cannot be.
pub(crate) struct Outgoing<'a> {
    pub(crate) client: &'a Client,
    pub(crate) target: Target,
    pub(crate) method: http::Method,
    /// The path parameters as given, and whatever else identifies the records. The latter is collected
    /// only if there are audit sinks.
    pub(crate) ids: Cow<'a, [(&'static str, String)]>,
    /// Its URL, or why it cannot be sent.
    pub(crate) address: Result<Uri, String>,
    /// Its own headers.
    pub(crate) headers: &'a [(HeaderName, HeaderValue)],
    pub(crate) body: Option<&'a Bytes>,
    /// The body if it is a form.
    pub(crate) form: Option<&'a Form>,
    /// A response type other than JSON that it accepts, and whether that is streamed.
    pub(crate) accept: Option<(HeaderValue, Option<WantsStream>)>,
    /// The id of the event after which a stream continues.
    pub(crate) last_event: Option<HeaderValue>,
    pub(crate) content_type: HeaderValue,
    pub(crate) options: Option<&'a CallOptions>,
    /// Whether the caller requests less if the call fails twice in a way that suggests it requested too
    /// much.
    pub(crate) shrinks: bool,
}

/// The content type of a body, unless the caller sets another one.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl Call {
    pub(crate) fn outgoing(&self) -> Outgoing<'_> {
        Outgoing {
            client: &self.client,
            target: Target::from(self.endpoint).adding(self.adds),
            method: self.endpoint.method().into(),
            ids: self.ids(),
            address: self.address(),
            headers: &self.headers,
            body: self.body.as_ref(),
            form: self.form.as_ref(),
            accept: None,
            last_event: None,
            content_type: JSON,
            options: self.options.as_deref(),
            shrinks: self.shrinks,
        }
    }

    fn ids(&self) -> Cow<'_, [(&'static str, String)]> {
        let named_by = self.endpoint.facts().named_by;
        if named_by.is_empty() || self.client.config().audit.is_empty() {
            return Cow::Borrowed(&self.path);
        }
        let query = self.query.iter().map(|(key, value)| {
            let value = percent_decode_str(value).decode_utf8_lossy();
            (*key, value)
        });
        let mut ids = self.path.clone();
        ids.extend(named::records(named_by, query, self.body.as_deref()));
        Cow::Owned(ids)
    }

    fn address(&self) -> Result<Uri, String> {
        if let Some(reason) = &self.refused {
            return Err(reason.clone());
        }
        if let Some(reason) = self.blank_condition() {
            return Err(reason);
        }
        if self.endpoint.facts().needs_filter && !self.has_filter() {
            return Err(self.no_filter());
        }
        if let Some(reason) = self.contradiction().or_else(|| self.about_another()) {
            return Err(reason);
        }
        let base = self.client.base_of(self.endpoint.facts().server)?;
        let path = self.endpoint.path();
        let query = self
            .query
            .iter()
            .map(|(key, value)| key.len() + value.len() + 2);
        let mut address = String::with_capacity(base.len() + path.len() + query.sum::<usize>());
        address.push_str(&base);
        url::fill(path, &self.path, &mut address)?;
        url::query(&self.query, &mut address);
        self.query_beyond(&mut address)?;
        if address.len() > LONGEST {
            return Err(self.too_long(address.len()));
        }
        uri(address)
    }

    /// Why it is not sent if it names another resource than the one its handle is for: it is unclear which
    /// of the two is meant.
    fn about_another(&self) -> Option<String> {
        let (by, value) = self.client.narrows(self.endpoint).ok()??;
        let mut named = self.query.iter().filter(|(key, _)| *key == by);
        let (_, other) = named.find(|(_, named)| *named != value)?;
        Some(format!(
            "its `{by}` is {other}, but the handle is only for {by} {value}; call it on the handle of \
             the store, or on that of {by} {other}"
        ))
    }

    /// Why a delete is not sent if one value of its filter is blank: the API may ignore the filter, and
    /// the call would affect everything.
    fn blank_condition(&self) -> Option<String> {
        if self.endpoint.method() != Method::Delete {
            return None;
        }
        let blank = |value: &str| is_blank(&percent_decode_str(value).decode_utf8_lossy());
        let mut conditions = self.query.iter().filter(|(key, _)| !SHAPING.contains(key));
        // Only an unencoded comma separates values.
        let (key, _) = conditions.find(|(_, values)| values.split(',').any(blank))?;
        let mut own = self.query.iter().filter(|(name, _)| name == key);
        Some(if own.all(|(_, values)| blank(values)) {
            no_values(key)
        } else {
            blank_value(key)
        })
    }
}

/// Whether the value of a filter contains only whitespace and commas.
pub(crate) fn is_blank(value: &str) -> bool {
    value.chars().all(|c| c == ',' || c.is_whitespace())
}

/// Why a call is not sent if its filter has no value.
pub(super) fn no_values(key: &str) -> String {
    format!("`{key}` has no values, and without it everything would match")
}

/// Why a call is not sent if one of the values of its filter is blank.
pub(crate) fn blank_value(key: &str) -> String {
    format!("one of the values of `{key}` is blank, which the API may treat as any value")
}

/// Why a call that requires a filter is not sent without one.
pub(crate) const NO_FILTER: &str = "it requires a filter; without one it would affect everything";

pub(crate) fn uri(address: String) -> Result<Uri, String> {
    Uri::try_from(address).map_err(|error| format!("its URL is invalid: {error}"))
}
